"""What chance drew, how many there were to draw from, and what is switched off, in dicts."""

from dataclasses import replace

from bot.domain.basics import ChatId, CommunityId
from bot.domain.label import Finding
from bot.domain.learning import Draw, Shown
from bot.domain.learning.values import Stratum
from tests.fakes.shelves import Counted, Shelves, Side, fresh_number

ANY = 1.0


class FakeDraws:
    """Fulfils `Draws`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def offer(self, lots: tuple[Draw, ...], size: int) -> None:
        for lot in lots:
            self._shelves.require_community(lot.community)
            known = self._shelves.strata.get(_side(lot))
            seen, bar = (0, ANY) if known is None else (known.seen, known.bar)
            self._shelves.strata[_side(lot)] = Counted(seen + 1, bar)
            if known is None or lot.lot < bar:
                self._keep(lot, size)

    def _keep(self, lot: Draw, size: int) -> None:
        draws, side = self._shelves.draws, _side(lot)
        if not any(_same(lot, one) for one in draws.values()):
            seq = fresh_number(draws)
            draws[seq] = replace(lot, state=Shown.WAITING, letter="", id=seq)
        kept = sorted((one for one in draws.values() if _side(one) == side), key=_by_lot)
        for high in kept[size:]:
            del draws[high.id]
        if len(kept) >= size:
            bar = kept[size - 1].lot
            self._shelves.strata[side] = replace(self._shelves.strata[side], bar=bar)

    def of(self, community: CommunityId, week: str) -> tuple[Draw, ...]:
        every = self._shelves.draws.values()
        found = [one for one in every if one.community == community and one.week == week]
        return tuple(sorted(found, key=_by_lot))

    def get(self, id: int) -> Draw | None:
        return self._shelves.draws.get(id)

    def shown_in(self, letter: str) -> Draw | None:
        every = self._shelves.draws.values()
        shown = (one for one in every if one.letter == letter and one.state is Shown.SHOWN)
        return next(shown, None)

    def put(self, draw: Draw) -> None:
        known = self._shelves.draws.get(draw.id)
        if known is not None:
            kept = replace(known, state=draw.state, letter=draw.letter)
            self._shelves.draws[draw.id] = kept

    def strata(self, community: CommunityId, week: str) -> tuple[Stratum, ...]:
        return tuple(
            Stratum(of_week, finding, flagged, counted.seen)
            for (of, of_week, finding, flagged), counted in self._shelves.strata.items()
            if of == community and of_week >= week
        )

    def drop_before(self, community: CommunityId, week: str) -> None:
        self._drop([o for o in self._every() if o.community == community and o.week < week])

    def forget(self, author: str) -> tuple[str, ...]:
        readings = self._shelves.readings.items()
        said = {place for place, heard in readings if heard.author == author}
        gone = [one for one in self._every() if (one.chat, one.message) in said]
        self._drop(gone)
        return tuple(one.letter for one in gone if one.letter)

    def moved(self, chat: ChatId) -> None:
        """The group became another one: nothing can be shown of it."""
        self._drop([one for one in self._every() if one.chat == chat])

    def purge(self, drawn: str, counted: str) -> None:
        """Ids go after a few weeks, counts later."""
        self._drop([one for one in self._every() if one.week <= drawn])
        strata = self._shelves.strata.items()
        self._shelves.strata = {side: one for side, one in strata if side[1] > counted}

    def _every(self) -> list[Draw]:
        return list(self._shelves.draws.values())

    def _drop(self, gone: list[Draw]) -> None:
        for one in gone:
            del self._shelves.draws[one.id]


class FakeGates:
    """Fulfils `Gates`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def off(self, community: CommunityId) -> frozenset[Finding]:
        gates = self._shelves.gates.items()
        return frozenset(finding for (of, finding), (off, _) in gates if of == community and off)

    def fresh(self, community: CommunityId, finding: Finding) -> str:
        return self._shelves.gates.get((community, finding), (False, ""))[1]

    def put(self, community: CommunityId, finding: Finding, off: bool, fresh: str) -> None:
        self._shelves.require_community(community)
        self._shelves.gates[community, finding] = off, fresh


def _side(draw: Draw) -> Side:
    return draw.community, draw.week, draw.finding, draw.flagged


def _same(one: Draw, other: Draw) -> bool:
    place = one.chat, one.message, one.finding
    return place == (other.chat, other.message, other.finding)


def _by_lot(draw: Draw) -> float:
    return draw.lot
