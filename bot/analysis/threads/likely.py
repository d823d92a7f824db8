"""One question and one later message of a group: how likely the one answers the other."""

from collections.abc import Sequence

from bot.analysis.lines import Line
from bot.analysis.threads.linker import AnswerTable
from bot.analysis.threads.links import Talked
from bot.domain.talk import Heard


class LikelyAnswer:
    """The trees of answers, asked about one pair; of what lies between only readings are known."""

    def __init__(self, table: AnswerTable) -> None:
        self._table = table

    def __call__(
        self, asked: Heard, words: str, between: Sequence[Heard], said: Heard, text: str
    ) -> float:
        lines = [_line(asked, words), *(_line(one, "") for one in between), _line(said, text)]
        talked = Talked(lines, frozenset({asked.message}))
        return self._table.likely(talked, 0, len(lines) - 1)


def _line(heard: Heard, text: str) -> Line:
    return Line(
        heard.message, heard.at, heard.author, heard.role, heard.reply_to, text, heard.reading
    )
