"""All desks as the roof puts them together, for tests."""

from bot.domain.announce import AcknowledgeDesk, DraftDesk, HelpDesk, PublishDesk
from bot.domain.audit import AuditDesk
from bot.domain.basics import NewId, Pseudonym
from bot.domain.configure import ConfigureDesk
from bot.domain.groups import GroupsDesk
from bot.domain.privacy import PrivacyDesk
from bot.domain.roles import RolesDesk
from bot.domain.setup import SetupDesk
from bot.domain.welcome import WelcomeDesk
from handlers.desks import Desks


def desks(new_id: NewId, pseudonym: Pseudonym, owner: int | None = None) -> Desks:
    """One of each."""
    return Desks(
        acknowledge=AcknowledgeDesk(new_id, pseudonym),
        audit=AuditDesk(pseudonym),
        configure=ConfigureDesk(new_id, pseudonym),
        draft=DraftDesk(new_id, pseudonym),
        groups=GroupsDesk(new_id, pseudonym),
        help=HelpDesk(new_id, pseudonym),
        privacy=PrivacyDesk(new_id, pseudonym),
        publish=PublishDesk(new_id, pseudonym),
        roles=RolesDesk(new_id, pseudonym),
        setup=SetupDesk(new_id, pseudonym, owner),
        welcome=WelcomeDesk(new_id, pseudonym),
    )
