"""The reading room: text in, `Reading` out."""

from bot.analysis.export import ExportReader
from bot.analysis.first import FirstTable
from bot.analysis.meant import MeantTable
from bot.analysis.plain import PlainReader
from bot.analysis.second import SecondTable
from bot.analysis.tables import load
from bot.analysis.threads.likely import LikelyAnswer
from bot.analysis.threads.linker import AnswerTable
from bot.analysis.trained import TrainedReader
from bot.domain.talk import Likely, Reader

__all__ = [
    "ExportReader",
    "PlainReader",
    "TrainedReader",
    "likely_answer",
    "meaning_reader",
    "reader_named",
]


def reader_named(name: str) -> Reader | None:
    """The reader somebody chose: plain (learned tables), snownlp, or off. Raises `BadTable`."""
    if name == "off":
        return None
    if name == "snownlp":
        from bot.analysis.snow import SnowReader

        return SnowReader()
    return trained_reader("first", "second")


def likely_answer() -> Likely:
    """The trees that tell whether a message answers a question. Raises `BadTable`."""
    return LikelyAnswer(AnswerTable(load("answers")))


def meaning_reader() -> TrainedReader:
    """The reader whose tables weigh an embedding's meanings too. Raises `BadTable`."""
    return trained_reader("first", "meant-second", "meant")


def trained_reader(first: str, second: str, meant: str | None = None) -> TrainedReader:
    """The reader over two tables, or over three with one of meanings. Raises `BadTable`."""
    meanings = MeantTable(load(meant)) if meant else None
    return TrainedReader(FirstTable(load(first)), SecondTable(load(second)), meanings)
