"""The week in words: few lines, no decimals, nothing about any one person."""

from collections.abc import Iterator, Sequence
from statistics import median

from bot.domain.digest.facts import Answered, Week
from bot.domain.interval import wilson
from bot.domain.letter import Phrase, phrase
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.poll.values import options_of, votes_of

SHORT, EACH = 24, 3
FEW = 8
"""Fewer questions than this are counted, not made into shares."""


def for_residents(week: Week) -> tuple[Phrase, ...]:
    """What residents changed comes first; then what was said and not done."""
    return tuple(_residents(week))


def _residents(week: Week) -> Iterator[Phrase]:
    answered = sum(one.first is not None for one in week.questions)
    if week.solved:
        # What was asked in private is counted, and never quoted in a group.
        public = [matter for matter in week.solved if matter.chat is not None]
        yield phrase("digest.solved", count=len(week.solved), names=_names(public) or "—")
    if answered:
        yield phrase("digest.answered", count=answered, asked=len(week.questions))
    if week.waiting:
        yield phrase("digest.waiting", count=len(week.waiting))
    yield from _promises(week)
    yield from _votes(week)
    for matter in [m for m in week.rumours if m.stage is Stage.JUDGED][:EACH]:
        yield phrase(
            "digest.checked",
            words=_short(matter.fact("words"), 60),
            verdict=Phrase(f"verdict.{matter.fact('verdict')}"),
        )
    for matter in week.coming[:EACH]:
        at = matter.due_at or matter.created_at
        yield phrase("digest.coming", text=_short(matter.text), at=at)


def _promises(week: Week) -> Iterator[Phrase]:
    late = [m for m in week.promises if m.stage is Stage.OVERDUE]
    if late:
        yield phrase("digest.late", names=_names(late))
    kept = [m for m in week.promises if m.stage is Stage.KEPT]
    if kept:
        yield phrase("digest.kept", names=_names(kept))


def _votes(week: Week) -> Iterator[Phrase]:
    decided = [words for matter in week.decided if (words := _result(matter))]
    if decided:
        yield phrase("digest.decided", names=_joined(decided))
    running = [m for m in (*week.polls, *week.consults) if m.stage is Stage.OPEN]
    if running:
        yield phrase("digest.running", names=_names(running))


def for_managers(week: Week) -> tuple[Phrase, ...]:
    """Twelve lines at most, each with its count; shares carry an interval."""
    return tuple(_managers(week))


def _managers(week: Week) -> Iterator[Phrase]:
    yield from _answers(week)
    stuck = sorted(week.waiting, key=lambda m: m.created_at)[:EACH]
    if stuck:
        yield phrase("digest.stuck", names=_numbers(stuck))
    again = sum(int(m.fact("reopened") or 0) for m in week.waiting)
    if again:
        yield phrase("digest.reopened", count=again)
    due = [m for m in week.promises if m.stage in (Stage.KEPT, Stage.OVERDUE)]
    if due:
        kept = sum(m.stage is Stage.KEPT for m in due)
        yield phrase("digest.promises", due=len(due), kept=kept)
    flagged = [m for m in week.rumours if m.created_at >= week.begin]
    if flagged:
        real = sum(m.stage in (Stage.CHECKING, Stage.JUDGED) for m in flagged)
        yield phrase("digest.flagged", count=len(flagged), real=real)
    yield phrase("digest.itself", acts=week.acts, own=week.own, out=week.opted_out)
    yield phrase("digest.read", count=week.messages)


def _answers(week: Week) -> Iterator[Phrase]:
    asked, on_time = len(week.questions), sum(one.in_time for one in week.questions)
    if not asked:
        yield Phrase("digest.no_questions")
        return
    if asked < FEW:
        yield phrase("digest.few_questions", asked=asked, in_time=on_time)
    else:
        low, high = wilson(on_time, asked)
        yield phrase(
            "digest.rate",
            asked=asked,
            in_time=on_time,
            share=round(100 * on_time / asked),
            low=round(100 * low),
            high=round(100 * high),
        )
        yield phrase("digest.median", hours=_median(week.questions))
    solved = sum(one.solved for one in week.questions)
    yield phrase("digest.confirmed", solved=solved, asked=asked)


def _median(questions: tuple[Answered, ...]) -> str:
    """The median time to the first answer, those without one counted as longer than any."""
    hours = sorted(one.hours if one.hours is not None else float("inf") for one in questions)
    middle = median(hours)
    return "—" if middle == float("inf") else str(max(1, round(middle)))


def _result(matter: Matter) -> str:
    """What a vote came to: a poll's most wanted option; nothing where nobody voted."""
    if matter.kind is not MatterKind.POLL:
        return _short(matter.text) or "—"
    votes = votes_of(matter)
    if not any(votes):
        return ""
    best = [n for n, count in enumerate(votes) if count == max(votes)]
    names = " / ".join(_short(options_of(matter)[n]) for n in best)
    return f"{_short(matter.text)} → {names}"


def _names(matters: Sequence[Matter]) -> str:
    return _joined([_short(matter.text) or "—" for matter in matters])


def _joined(words: Sequence[str]) -> str:
    names = "；".join(words[:EACH])
    return f"{names}…" if len(words) > EACH else names


def _numbers(matters: list[Matter]) -> str:
    return "；".join(f"#{m.number} {_short(m.text, 16)}" for m in matters)


def _short(text: str, limit: int = SHORT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
