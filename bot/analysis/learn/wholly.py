"""How well answers and retold claims are found in chats whose writer was never met."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.analysis.learn import answers, retelling
from bot.analysis.learn.chats import Pair
from bot.analysis.learn.cores import on_every_core
from bot.analysis.learn.score import Score
from bot.analysis.learn.whole import Workshop
from bot.analysis.scores import Row

CHATS = "residents' chats, each writer left out once, mean over writers"
Read = dict[str, Sequence[Pair]]


def whole_chats(workshop: Workshop, read: Mapping[str, Read]) -> Iterator[Row]:
    """One row a figure, for the plain reader and, where there is one, with meanings."""
    of = {
        name: _figures(workshop, read[name], name) for name in ("plain", "meaning") if name in read
    }
    for task in of["plain"]:
        yield row_of({name: scores[task] for name, scores in of.items()})


def row_of(scores: Mapping[str, Score]) -> Row:
    """One figure of each reader; the interval is of the newest of ours."""
    ours = scores["plain"]
    newest = scores.get("meaning", ours).found
    return Row(
        ours.name,
        CHATS,
        ours.count,
        {name: score.found.value for name, score in scores.items()},
        newest.low,
        newest.high,
        must=ours.mark,
        must_with_meaning=ours.with_meaning,
    )


def _figures(workshop: Workshop, read: Read, name: str) -> dict[str, Score]:
    found: dict[str, Score] = {}
    for part, measure in (
        (answers, answers.measure_answers),
        (retelling, retelling.measure_claims),
    ):
        laid: list[Any] = [
            part.laid(chat, [r for _, r in read[chat.name]], _vectors(workshop, chat, name))
            for chat in workshop.chats
        ]
        tables = _tables_without(workshop.writers, part.learn, laid)
        found |= {score.name: score for score in measure(tables, laid)}
    return found


def _tables_without(
    writers: Sequence[str], learn: Callable[[Sequence[Any]], Any], laid: Sequence[Any]
) -> dict[str, Any]:
    """For each writer the table of everybody else."""

    def without(writer: str) -> Any:
        return learn([one for one in laid if one.chat.part != writer])

    return dict(zip(writers, on_every_core(without, writers), strict=True))


def _vectors(workshop: Workshop, chat: Any, name: str) -> dict[int, Any] | None:
    if name != "meaning":
        return None
    return {said.number: workshop.meanings[said.text] for said in chat.messages}
