"""All desks, by the name under which handlers ask for them."""

from dataclasses import dataclass

from bot.domain.announce import (
    AcknowledgeDesk,
    DraftDesk,
    FollowUpDesk,
    HelpDesk,
    PublishDesk,
)
from bot.domain.audit import AuditDesk
from bot.domain.basics import NewId, Pseudonym
from bot.domain.configure import ConfigureDesk
from bot.domain.groups import GroupsDesk
from bot.domain.privacy import PrivacyDesk
from bot.domain.roles import RolesDesk
from bot.domain.setup import SetupDesk
from bot.domain.welcome import WelcomeDesk


@dataclass(frozen=True, slots=True)
class Desks:
    """The services of the features."""

    acknowledge: AcknowledgeDesk
    audit: AuditDesk
    configure: ConfigureDesk
    draft: DraftDesk
    follow_up: FollowUpDesk
    groups: GroupsDesk
    help: HelpDesk
    privacy: PrivacyDesk
    publish: PublishDesk
    roles: RolesDesk
    setup: SetupDesk
    welcome: WelcomeDesk


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever runs the bot chose, as far as desks need to know."""

    owner: int | None = None
    zone: str = "Asia/Shanghai"
    days: int = 30
    k: int = 5


def desks_of(new_id: NewId, pseudonym: Pseudonym, chosen: Choices) -> Desks:
    """All desks, over one source of ids and one of pseudonyms."""
    return Desks(
        acknowledge=AcknowledgeDesk(new_id, pseudonym, chosen.k),
        audit=AuditDesk(pseudonym),
        configure=ConfigureDesk(new_id, pseudonym),
        draft=DraftDesk(new_id, pseudonym),
        follow_up=FollowUpDesk(new_id, pseudonym),
        groups=GroupsDesk(new_id, pseudonym),
        help=HelpDesk(new_id, pseudonym),
        privacy=PrivacyDesk(new_id, pseudonym, chosen.days, chosen.k),
        publish=PublishDesk(new_id, pseudonym),
        roles=RolesDesk(new_id, pseudonym),
        setup=SetupDesk(new_id, pseudonym, chosen.owner, chosen.zone),
        welcome=WelcomeDesk(new_id, pseudonym),
    )
