"""All desks, by the name under which handlers ask for them."""

from dataclasses import dataclass

from bot.domain.announce import AcknowledgeDesk, DraftDesk, HelpDesk, PublishDesk
from bot.domain.audit import AuditDesk
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
    groups: GroupsDesk
    help: HelpDesk
    privacy: PrivacyDesk
    publish: PublishDesk
    roles: RolesDesk
    setup: SetupDesk
    welcome: WelcomeDesk
