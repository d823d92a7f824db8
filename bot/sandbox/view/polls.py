"""A poll as one person sees it: results only once they may be seen."""

from bot.sandbox.actors import Json, Poll, User
from bot.sandbox.world import World


def shown_poll(world: World, user: User, poll: Poll) -> Json:
    """Votes show after one's own vote or after closing; hidden ones after closing only."""
    mine = poll.votes.get(user.id)
    seen = poll.closed or (mine is not None and not poll.hidden)
    return {
        "question": poll.question,
        "options": _options(world, poll, seen),
        "mine": mine or [],
        "closed": poll.closed,
        "anonymous": poll.anonymous,
        "multiple": poll.multiple,
        "kind": poll.kind,
        "voters": len(poll.votes) if seen else None,
        "correct": poll.correct if seen and poll.kind == "quiz" else None,
        "explanation": poll.explanation if mine is not None or poll.closed else "",
        "description": poll.description,
        "closes": poll.closes.isoformat() if poll.closes else None,
    }


def _options(world: World, poll: Poll, seen: bool) -> list[Json]:
    counts = poll.counts()
    return [
        {
            "text": text,
            "votes": counts[n] if seen else None,
            "who": _voters(world, poll, n) if seen and not poll.anonymous else None,
        }
        for n, text in enumerate(poll.options)
    ]


def _voters(world: World, poll: Poll, option: int) -> list[str]:
    return [str(world.json_of(id)["first_name"]) for id, v in poll.votes.items() if option in v]
