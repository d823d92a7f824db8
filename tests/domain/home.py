"""A small community over dicts, and what can be seen of it: letters, duties, labels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.basics import ChatId, CommunityId, MemberId, pseudonyms
from bot.domain.community import Community, Group, GroupState
from bot.domain.letter import Kind, Letter
from bot.domain.matter import Matter
from bot.domain.people import Grant, Person, Role, Seen, Standing, Status
from bot.domain.question import Said
from bot.domain.talk import Coming, Heard, Message, Reading
from handlers.desks import Desks
from tests.fakes import FakeWork, Shelves

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
"""A Wednesday, ten in the morning where they live."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HOME, CHAT = CommunityId("home"), ChatId(-100)
CHEN, LI, GUO, LIN, WANG = (MemberId(n) for n in (90_011, 90_012, 90_013, 90_021, 90_022))
"""The owner, the property office, the grid worker, and two neighbours."""
CODE = pseudonyms(b"k" * 32)


def opened() -> FakeWork:
    """One open work in a community with three people in charge who can be written to."""
    work = FakeWork(Shelves(), NOW)
    work.communities.put(Community(HOME, "春晖里", "zh-Hans", "Asia/Shanghai", NOW - DAY))
    work.communities.put_group(
        Group(CHAT, HOME, "一号群", GroupState.ACTIVE, hears_all=True, can_pin=True, since=NOW)
    )
    for member, role in ((CHEN, Role.OWNER), (LI, Role.PROPERTY), (GUO, Role.GRID)):
        work.people.grant(Grant(HOME, member, role, False, NOW - DAY))
        work.people.put_person(Person(member, reachable=True))
    return work


def said(message: int = 5, topic: int | None = None) -> Said:
    """A place in the group."""
    return Said(CHAT, message, topic)


def seen(
    status: Status = Status.MEMBER, age: timedelta = timedelta(), now: datetime = NOW
) -> Standing:
    """What Telegram said of a person a moment ago."""
    return {CHAT: Seen(status, now - age)}


def told(work: FakeWork, to: int, kind: Kind = Kind.SEND) -> list[Letter]:
    """The letters of one kind to a chat or a person, in the order they were written."""
    rows = work.shelves.letters.values()
    every = [row.letter for row in rows if row.chat == to and row.letter is not None]
    return [letter for letter in every if letter.kind is kind]


def keys(work: FakeWork, to: int, kind: Kind = Kind.SEND) -> list[str]:
    """Which texts these are."""
    return [letter.key for letter in told(work, to, kind)]


TO_PROPERTY = Reading(asks=0.9, addressed=True, office="property")
DOOR = "2号楼门禁又刷不开了，找谁？"


def asked(
    work: FakeWork, desks: Desks, reading: Reading = TO_PROPERTY, explicit: bool = False
) -> Matter:
    """Lin's question in the group."""
    return desks.questions.ask(work, HOME, LIN, DOOR, reading, said(), explicit)


def duties(work: FakeWork, object: str) -> dict[str, datetime]:
    """What is still to be done about something, and when."""
    return {
        kind: duty.due.at
        for (kind, of), duty in work.shelves.dues.items()
        if of == object and duty.done_at is None
    }


def acts(work: FakeWork) -> list[str]:
    """What stands in the log."""
    return [entry.act for entry in work.audit.entries(HOME, NOW - DAY)]


def now_of(work: FakeWork, matter: Matter) -> Matter:
    """A matter as it is now."""
    found = work.matters.get(matter.id)
    assert found is not None
    return found


def heard(
    work: FakeWork, message: int, reading: Reading, author: str = "lin", ago: timedelta = MINUTE
) -> Heard:
    """Something that was read in the group before."""
    one = Heard(message, work.now - ago, author, "", None, reading, "plain-1")
    work.talk.put(CHAT, one)
    return one


@dataclass
class Finds:
    """A reader that finds what the test says, and remembers what it was given."""

    reading: Reading
    messages: list[Message] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)

    @property
    def given(self) -> list[str]:
        """The words it was given."""
        return [message.text for message in self.messages]

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        self.messages.append(message)
        return self.reading

    def later(self, message: Message) -> Reading | None:
        return None

    def ahead(self, coming: Sequence[Coming]) -> None:
        self.coming = list(coming)


def finds(**found: object) -> Finds:
    """A reader that finds this in whatever it is given."""
    return Finds(Reading(**found))  # type: ignore[arg-type]  # any field of a reading
