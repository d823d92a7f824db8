"""All desks, by the name under which handlers ask for them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.domain.announce import (
    AcknowledgeDesk,
    DraftDesk,
    FollowUpDesk,
    HelpDesk,
    PublishDesk,
)
from bot.domain.audit import AuditDesk
from bot.domain.basics import NewId, Pseudonym
from bot.domain.board import BoardDesk
from bot.domain.configure import ConfigureDesk
from bot.domain.consult import ConsultDesk, ConsultDraftDesk, OutcomeDesk, PromiseDesk
from bot.domain.digest import DigestDesk
from bot.domain.groups import GroupsDesk
from bot.domain.hearing import HearingDesk
from bot.domain.importing import ImportDesk
from bot.domain.inbox import InboxDesk
from bot.domain.learning import Dice, LearningDesk, SpotDesk
from bot.domain.poll import CountDesk, PollDesk
from bot.domain.privacy import PrivacyDesk
from bot.domain.question import AnswerDesk, QuestionDesk
from bot.domain.question.likely import LikelyDesk
from bot.domain.roles import RolesDesk
from bot.domain.rumour import JudgeDesk, RumourDesk
from bot.domain.second import SecondDesk
from bot.domain.setup import SetupDesk
from bot.domain.stale import StaleDesk
from bot.domain.talk import Likely, unlikely
from bot.domain.welcome import WelcomeDesk


@dataclass(frozen=True, slots=True)
class ConsultDesks:
    """The services of a consultation, from its draft to what was promised or forgotten."""

    draft: ConsultDraftDesk
    stance: ConsultDesk
    outcome: OutcomeDesk
    promise: PromiseDesk
    stale: StaleDesk


@dataclass(frozen=True, slots=True)
class LearningDesks:
    """What is measured of the reader, and the spot check it is measured by."""

    gauge: LearningDesk
    spot: SpotDesk


@dataclass(frozen=True, slots=True)
class Desks:
    """The services of the features."""

    acknowledge: AcknowledgeDesk
    answers: AnswerDesk
    audit: AuditDesk
    board: BoardDesk
    configure: ConfigureDesk
    consult: ConsultDesks
    count: CountDesk
    digest: DigestDesk
    draft: DraftDesk
    follow_up: FollowUpDesk
    groups: GroupsDesk
    hearing: HearingDesk
    help: HelpDesk
    imports: ImportDesk
    inbox: InboxDesk
    judge: JudgeDesk
    learning: LearningDesks
    poll: PollDesk
    privacy: PrivacyDesk
    publish: PublishDesk
    questions: QuestionDesk
    roles: RolesDesk
    rumours: RumourDesk
    second: SecondDesk
    setup: SetupDesk
    welcome: WelcomeDesk


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever runs the bot chose, as far as desks need to know."""

    owner: int | None = None
    zone: str = "Asia/Shanghai"
    days: int = 30
    k: int = 5
    plain: Callable[[str], str] = str.casefold
    """One form for the spellings of a word; the reading room knows both scripts."""
    reader: str = ""
    likely: Likely = unlikely
    dice: Dice = field(default_factory=lambda: Random(7).random)  # noqa: S311 - a draw, no secret


Heard = tuple[QuestionDesk, AnswerDesk, RumourDesk, SecondDesk]


def _heard(new_id: NewId, pseudonym: Pseudonym) -> Heard:
    """What may come of talk."""
    questions, rumours = QuestionDesk(new_id, pseudonym), RumourDesk(new_id, pseudonym)
    answers = AnswerDesk(new_id, pseudonym, questions)
    return questions, answers, rumours, SecondDesk(questions, rumours)


def _hearing(
    pseudonym: Pseudonym,
    desks: Heard,
    chosen: Choices,
) -> HearingDesk:
    likely = LikelyDesk(chosen.likely)
    return HearingDesk(pseudonym, *desks, chosen.dice, likely, chosen.reader)


def desks_of(new_id: NewId, pseudonym: Pseudonym, chosen: Choices) -> Desks:
    """All desks, over one source of ids and one of pseudonyms."""
    given = new_id, pseudonym
    questions, answers, rumours, second = heard = _heard(*given)
    return Desks(
        answers=answers,
        board=BoardDesk(*given, chosen.k),
        consult=_consult(*given),
        count=CountDesk(*given),
        digest=DigestDesk(*given),
        hearing=_hearing(pseudonym, heard, chosen),
        imports=ImportDesk(*given, questions),
        inbox=InboxDesk(*given),
        judge=JudgeDesk(new_id, pseudonym, rumours),
        learning=_learning(*given, chosen.reader),
        poll=PollDesk(*given, chosen.plain),
        questions=questions,
        rumours=rumours,
        second=second,
        acknowledge=AcknowledgeDesk(*given, chosen.k),
        audit=AuditDesk(pseudonym),
        configure=ConfigureDesk(*given),
        draft=DraftDesk(*given),
        follow_up=FollowUpDesk(*given),
        groups=GroupsDesk(*given),
        help=HelpDesk(*given),
        privacy=PrivacyDesk(*given, chosen.days, chosen.k),
        publish=PublishDesk(*given),
        roles=RolesDesk(*given),
        setup=SetupDesk(*given, chosen.owner, chosen.zone),
        welcome=WelcomeDesk(*given),
    )


def _learning(new_id: NewId, pseudonym: Pseudonym, reader: str) -> LearningDesks:
    gauge = LearningDesk(new_id, pseudonym, reader)
    return LearningDesks(gauge, SpotDesk(new_id, pseudonym, gauge))


def _consult(new_id: NewId, pseudonym: Pseudonym) -> ConsultDesks:
    return ConsultDesks(
        draft=ConsultDraftDesk(new_id, pseudonym),
        stance=ConsultDesk(new_id, pseudonym),
        outcome=OutcomeDesk(new_id, pseudonym),
        promise=PromiseDesk(new_id, pseudonym),
        stale=StaleDesk(new_id, pseudonym),
    )
