"""Stances and reasons, in dicts."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.basics import MemberId
from bot.domain.consult.values import Reason, Stance
from tests.fakes.shelves import Conflict, Shelves, Taken


class FakeConsultations:
    """Fulfils `Consultations`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def take(self, matter: str, code: str, stance: Stance, receipt: str, at: str) -> None:
        self._shelves.require_matter(matter)
        self._shelves.stances[matter, code] = Taken(stance, receipt, at)

    def stance_of(self, matter: str, code: str) -> Stance | None:
        taken = self._shelves.stances.get((matter, code))
        return None if taken is None else taken.stance

    def tally(self, matter: str) -> Mapping[Stance, int]:
        taken = self._shelves.stances.items()
        counts = Counter(one.stance for (of, _), one in taken if of == matter)
        return MappingProxyType({stance: counts[stance] for stance in Stance})

    def taken_by(self, code: str) -> int:
        return sum(of == code for _, of in self._shelves.stances)

    def put_reason(self, reason: Reason) -> None:
        self._shelves.require_matter(reason.matter)
        self._shelves.reasons[reason.matter, reason.member] = reason

    def drop_reason(self, matter: str, member: MemberId) -> None:
        self._shelves.reasons.pop((matter, member), None)

    def reasons(self, matter: str) -> tuple[Reason, ...]:
        found = [one for one in self._shelves.reasons.values() if one.matter == matter]
        return tuple(sorted(found, key=lambda one: (one.text, one.member)))

    def drop_reasons(self, matter: str) -> None:
        for key in [key for key in self._shelves.reasons if key[0] == matter]:
            del self._shelves.reasons[key]

    def forget(self, member: MemberId) -> None:
        for key in [key for key in self._shelves.reasons if key[1] == member]:
            del self._shelves.reasons[key]

    def loosen(self, code: str, loose: Callable[[], str]) -> None:
        shelf = self._shelves.stances
        for matter, of in [key for key in shelf if key[1] == code]:
            fresh, taken = loose(), shelf.pop((matter, of))
            if (matter, fresh) in shelf:
                raise Conflict(f"{fresh!r} took a stance already")
            shelf[matter, fresh] = taken
