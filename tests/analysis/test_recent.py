"""What was worked out for a text is remembered only until the reader hears what comes next."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.analysis import PlainReader, reader_named
from bot.analysis.recent import recent
from bot.domain.talk import Reader


@pytest.mark.parametrize("made", [PlainReader, partial(reader_named, "plain")])
def test_nothing_is_remembered_once_no_more_is_coming(made: Callable[[], Reader]) -> None:
    reader, heard = made(), list[str]()

    @recent
    def shouted(text: str) -> str:
        heard.append(text)
        return text.upper()

    assert [shouted("lift"), shouted("lift")] == ["LIFT", "LIFT"]
    assert heard == ["lift"]
    reader.ahead(())
    assert shouted("lift") == "LIFT"
    assert heard == ["lift", "lift"]
