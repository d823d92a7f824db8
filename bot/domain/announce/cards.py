"""What the author of a notice is shown."""

from types import MappingProxyType

from bot.domain.announce.notice import body, is_urgent, scope_of, utf16
from bot.domain.community import Community, Group
from bot.domain.letter import Button, Card, Phrase, Rows, Value, button
from bot.domain.matter import Matter

TEMPLATES = ("water", "power", "lift")
LONG = 3500
"""Words that would not fit into the preview together with what stands around them."""


def ask_text(urgent: bool) -> Card:
    """Asks for the words, with templates where it is urgent."""
    cancel = ((button("form.cancel", "an:cancel"),),)
    if not urgent:
        return Card("announce.ask_text", cancel)
    rows = tuple((button(f"urgent.{name}", f"an:tpl:{name}"),) for name in TEMPLATES)
    return Card("announce.ask_urgent", (*rows, *cancel))


def which(communities: tuple[Community, ...]) -> Card:
    rows = tuple((button("announce.in", f"an:in:{c.id}", name=c.name),) for c in communities)
    return Card("announce.which", (*rows, (button("form.cancel", "an:cancel"),)))


def preview(
    matter: Matter, groups: tuple[Group, ...], chosen: frozenset[int], buildings: tuple[str, ...]
) -> Card:
    """Exactly what will appear, where, and the buttons to change or publish it."""
    id = matter.id
    more = [button("announce.when", f"an:when:{id}"), button("announce.edit", f"an:edit:{id}")]
    if len(groups) > 1:
        more.append(button("announce.groups", f"an:groups:{id}"))
    if buildings:
        more.append(button("announce.scope", f"an:scope:{id}"))
    rows: Rows = (
        (_publish(matter),),
        *(tuple(more[n : n + 2]) for n in range(0, len(more), 2)),
        (button("form.cancel", f"an:drop:{id}"),),
    )
    titles = "、".join(group.title for group in groups if group.chat in chosen)
    long = utf16(matter.text) > LONG
    values: dict[str, Value] = {
        "body": Phrase("announce.as_typed") if long else body(matter),
        "groups": titles or "—",
        "when": _when(matter),
    }
    return Card("announce.preview", rows, MappingProxyType(values))


def _publish(matter: Matter) -> Button:
    key = "announce.schedule" if matter.due_at else "announce.publish"
    return button(key, f"an:pub:{matter.id}")


def _when(matter: Matter) -> Phrase:
    if matter.due_at is None:
        return Phrase("announce.now")
    return Phrase("announce.at", MappingProxyType({"at": matter.due_at}))


def choose_groups(matter: Matter, groups: tuple[Group, ...], chosen: frozenset[int]) -> Card:
    rows = tuple(
        (
            button(
                "announce.on" if group.chat in chosen else "announce.off",
                f"an:group:{matter.id}:{group.chat}",
                name=group.title,
            ),
        )
        for group in groups
    )
    return Card("announce.choose_groups", (*rows, _back(matter)))


def choose_scope(matter: Matter, buildings: tuple[str, ...]) -> Card:
    chosen = scope_of(matter)
    boxes = [
        button(
            "announce.on" if building in chosen else "announce.off",
            f"an:bld:{matter.id}:{number}",
            name=building,
        )
        for number, building in enumerate(buildings)
    ]
    rows = tuple(tuple(boxes[n : n + 4]) for n in range(0, len(boxes), 4))
    return Card("announce.choose_scope", (*rows, _back(matter)))


def ask_when(matter: Matter) -> Card:
    return Card(
        "announce.ask_when", ((button("announce.at_once", f"an:now:{matter.id}"),), _back(matter))
    )


def too_many(matter: Matter) -> Card:
    """The fourth act of a day: the author decides."""
    rows = (
        (button("announce.anyway", f"an:any:{matter.id}"),),
        (button("announce.morning", f"an:morn:{matter.id}"),),
        _back(matter),
    )
    return Card("announce.many_today", rows)


def done(matter: Matter, silent: bool, third_urgent: bool) -> Card:
    """Published: it can be taken back for two minutes, then watched."""
    rows = (
        (button("announce.recall", f"an:recall:{matter.id}"),),
        (
            button("announce.progress", f"an:progress:{matter.id}"),
            button("announce.correct", f"an:correct:{matter.id}"),
        ),
    )
    key = "announce.done_silent" if silent else "announce.done"
    if third_urgent and is_urgent(matter):
        key = "announce.done_third"
    return Card(key, rows, {"number": matter.number})


def scheduled(matter: Matter) -> Card:
    rows = ((button("announce.unschedule", f"an:drop:{matter.id}"),),)
    when = matter.due_at or matter.created_at
    return Card("announce.scheduled", rows, {"at": when, "number": matter.number})


def failed(group: Group | None) -> Card:
    """It could not appear in this group."""
    title = group.title if group else "—"
    return Card("announce.failed", (), MappingProxyType({"group": title}))


def _back(matter: Matter) -> tuple[Button, ...]:
    return (button("form.back", f"an:show:{matter.id}"),)
