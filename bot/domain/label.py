"""What people say of a finding: one label a message and finding, with no word and no author."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.basics import ChatId, CommunityId
from bot.domain.community import Communities
from bot.domain.matter import Matter, MatterKind
from bot.domain.talk import Flag, Heard, Reading, Talk, flags_for

TO_MONDAY = timedelta(days=2, hours=7)
"""From Friday 17:00, when those in charge get their digest, to the next Monday."""
HAZARD, ASKER = "hazard", "asker"


class Finding(StrEnum):
    """What a reading finds and a person can judge."""

    QUESTION = "question"
    CLAIM = "claim"
    ANSWER = "answer"
    HAZARD = "hazard"


FLAGS = {
    Finding.QUESTION: Flag.QUESTION,
    Finding.CLAIM: Flag.RUMOUR,
    Finding.HAZARD: Flag.HAZARD,
}


@dataclass(frozen=True, slots=True)
class Label:
    """What the reader found (`flagged`) and what a person says of it (`truth`, None is unsure).

    `audited` marks a message that chance drew; only those are counted in shares, because which
    cards people tap is their choice. The message is named for as long as its reading is kept.
    """

    community: CommunityId
    week: str
    finding: Finding
    flagged: bool
    truth: bool | None
    judge: str
    score: float | None = None
    reader: str = ""
    audited: bool = False
    chat: ChatId | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """The masked words that a person judged, kept only where the community switched it on."""

    community: CommunityId
    week: str
    finding: Finding
    truth: bool
    text: str
    chat: ChatId | None = None
    message: int | None = None


class Labels(Protocol):
    """Where labels and samples are kept; a second label of a message takes the first's place."""

    def put(self, label: Label) -> None: ...
    def since(self, community: CommunityId, week: str) -> tuple[Label, ...]: ...
    def keep(self, sample: Sample) -> None: ...
    def samples(self, community: CommunityId) -> tuple[Sample, ...]: ...
    def samples_by(self, author: str) -> int: ...
    def drop_samples(self, community: CommunityId) -> None: ...
    def left(self, chat: ChatId) -> None: ...
    def forget(self, author: str) -> None: ...


class LabelWork(Protocol):
    """The stores that labelling needs."""

    now: datetime

    @property
    def communities(self) -> Communities: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def talk(self) -> Talk: ...


def week_of(now: datetime, zone: str) -> str:
    """The week of labels and draws, from Friday 17:00 to Friday 17:00, named like its digest."""
    year, week, _ = (now.astimezone(ZoneInfo(zone)) + TO_MONDAY).date().isocalendar()
    return f"{year}-W{week:02}"


def flagged(reading: Reading, finding: Finding) -> bool:
    """Whether the reader found it, whatever is switched on or off."""
    return finding in FLAGS and FLAGS[finding] in flags_for(reading)


def score_of(reading: Reading, finding: Finding) -> float | None:
    """The score that a finding rests on; hazards and answers have none."""
    return {Finding.QUESTION: reading.asks, Finding.CLAIM: reading.claim}.get(finding)


def finding_in(matter: Matter) -> Finding:
    """What made a matter of a message."""
    if matter.kind is MatterKind.RUMOUR:
        return Finding.CLAIM
    return Finding.HAZARD if matter.fact("urgency") == HAZARD else Finding.QUESTION


def judged(work: LabelWork, matter: Matter, truth: bool, judge: str) -> None:
    """A tap on a card is a label; nothing where no reader ever read the message."""
    if matter.chat is not None and matter.message is not None:
        heard = work.talk.get(matter.chat, matter.message)
        if heard is not None:
            keep(work, matter.community, matter.chat, heard, finding_in(matter), truth, judge)
            keep_words(
                work, matter.community, matter.chat, heard, finding_in(matter), truth, matter.text
            )


def answer_judged(work: LabelWork, matter: Matter, truth: bool, judge: str = ASKER) -> None:
    """Whether the reply that was taken for the answer is one; its words are never a sample."""
    reply = matter.fact("reply")
    if matter.chat is not None and reply:
        heard = work.talk.get(matter.chat, int(reply))
        if heard is not None:
            keep(work, matter.community, matter.chat, heard, Finding.ANSWER, truth, judge)


def keep(
    work: LabelWork,
    community: CommunityId,
    chat: ChatId,
    heard: Heard,
    finding: Finding,
    truth: bool | None,
    judge: str,
    week: str = "",
    drawn: bool | None = None,
) -> None:
    """Keeps one label; with a week it is one that chance drew then, as flagged or not (`drawn`).

    A second reading may have changed what is kept since; the stratum stays the one it was in.
    """
    found = finding is Finding.ANSWER or flagged(heard.reading, finding)
    label = Label(
        community,
        week or _week(work, community),
        finding,
        found if drawn is None else drawn,
        truth,
        judge,
        score_of(heard.reading, finding),
        heard.reader,
        audited=bool(week),
        chat=chat,
        message=heard.message,
    )
    work.labels.put(label)


def keep_words(
    work: LabelWork,
    community: CommunityId,
    chat: ChatId,
    heard: Heard,
    finding: Finding,
    truth: bool,
    masked: str,
    week: str = "",
) -> None:
    """Keeps the masked words too, where the community wants that."""
    known = work.communities.get(community)
    if known is not None and known.samples and masked:
        week = week or _week(work, community)
        work.labels.keep(Sample(community, week, finding, truth, masked, chat, heard.message))


def _week(work: LabelWork, community: CommunityId) -> str:
    known = work.communities.get(community)
    return week_of(work.now, known.zone if known is not None else "UTC")
