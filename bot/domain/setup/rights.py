"""Who may open a community, and who may take a further group into one."""

from datetime import datetime

from bot.domain.basics import ChatId, CommunityId, Denied, MemberId
from bot.domain.community import GroupState
from bot.domain.people import ADMINS, MAX_AGE, Act, Need, Standing, authorize
from bot.domain.setup.work import SetupWork


def invited(work: SetupWork, member: MemberId, chat: ChatId, code: str) -> bool:
    """Whether a code opens a community, or has opened this form; one for a role opens none."""
    form = work.forms.get(member)
    if form is not None and form.kind == "setup" and form.fields.get("chat") == str(chat):
        return True
    invitation = work.invitations.take(code, work.now)
    return invitation is not None and invitation.community is None


def require_setter(
    work: SetupWork, member: MemberId, community: CommunityId, standing: Standing
) -> None:
    """Still in charge where the community lives; asked wherever we still are."""
    own = tuple(g for g in work.people.grants(member) if g.community == community)
    groups = work.communities.groups(community)
    chats = tuple(group.chat for group in groups if group.state is GroupState.ACTIVE)[:1]
    if chats:
        authorize(Act.CONFIGURE, own, chats, standing, work.now)


def require_admin(chat: ChatId, standing: Standing, now: datetime) -> None:
    seen = standing.get(chat)
    if seen is None or seen.status is None or now - seen.at > MAX_AGE[Need.FRESH]:
        raise Denied(Act.SETUP, "denied.unsure")
    if seen.status not in ADMINS:
        raise Denied(Act.SETUP, "setup.only_admin")
