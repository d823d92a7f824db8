"""The reading room: text in, `Reading` out."""

from bot.analysis.export import ExportReader
from bot.analysis.plain import PlainReader
from bot.domain.talk import Reader

__all__ = ["ExportReader", "PlainReader", "reader_named"]


def reader_named(name: str) -> Reader | None:
    """The reader somebody chose: plain (learned tables), snownlp, or off. Raises `BadTable`."""
    if name == "off":
        return None
    if name == "snownlp":
        from bot.analysis.snow import SnowReader

        return SnowReader()
    from bot.analysis.first import FirstTable
    from bot.analysis.second import SecondTable
    from bot.analysis.tables import load
    from bot.analysis.trained import TrainedReader

    return TrainedReader(FirstTable(load("first")), SecondTable(load("second")))
