"""One finding: what it is, where it stands, and from where on it must be hidden."""

from dataclasses import dataclass

KINDS = PHONE, IDENTITY, PLATE, ADDRESS = ("phone", "identity", "plate", "address")


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data between `start` and `end`; what stands before `hidden` may be read by all."""

    kind: str
    start: int
    end: int
    hidden: int
