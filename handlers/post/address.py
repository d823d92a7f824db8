"""The language, the zone and the message a letter needs, looked up when it leaves."""

from bot.domain.basics import CommunityId, MemberId
from bot.domain.letter import Letter, State
from handlers.feature import Home
from handlers.post.carry import Address
from handlers.store import FullWork

_UNDER_WAY = frozenset({State.PENDING, State.SENDING})


class Waits(Exception):
    """The letter refers to one that has not been sent yet."""


def address_of(work: FullWork, letter: Letter, home: Home) -> Address:
    """How to render a letter, and which message it is about. Raises `Waits`."""
    message, gone = letter.target, False
    if letter.refers is not None:
        message = work.letters.message_of(letter.refers)
        state = work.letters.state_of(letter.refers)
        if message is None and state in _UNDER_WAY:
            raise Waits
        gone = message is None and state is State.SENT
    community = work.communities.get(_community(work, letter) or CommunityId(""))
    lang, elder = community.lang if community else home.lang, False
    if letter.to > 0:
        person = work.people.person(MemberId(letter.to))
        lang, elder = person.lang or lang, person.elder
    zone = community.zone if community else home.zone
    return Address(letter.lang or lang, zone, message, elder, gone)


def _community(work: FullWork, letter: Letter) -> CommunityId | None:
    if letter.to < 0:
        group = work.communities.group(letter.to)
        return group.community if group else None
    member = MemberId(letter.to)
    held = [grant.community for grant in work.people.grants(member)]
    told = [membership.community for membership in work.people.memberships(member)]
    return next(iter((*held, *told)), None)
