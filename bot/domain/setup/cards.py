"""What a manager is shown at each step of opening a community."""

from bot.domain.basics import LANGS
from bot.domain.community import Community, Form
from bot.domain.letter import Button, Card, Rows, button
from bot.domain.people import Role

STEPS = ("hear", "name", "buildings", "topics", "roles", "preview")
SPOKEN = (Role.PROPERTY, Role.COMMITTEE, Role.SECRETARY, Role.MANAGER, Role.GRID)


def card_for(form: Form, hears: bool, pins: bool) -> Card:
    """The card of the step a form is at."""
    match form.step:
        case "hear":
            return _hear(hears, pins)
        case "name":
            return Card("setup.name", (*_languages(form), _walk()), {"name": form.fields["name"]})
        case "buildings":
            known = form.fields.get("buildings") or "—"
            return Card("setup.buildings", (_walk(),), {"buildings": known})
        case "topics":
            return _topics(form)
        case "roles":
            rows = tuple((button(f"role.{r}", f"su:role:{r}"),) for r in SPOKEN)
            return Card("setup.roles", (*rows, _walk("setup.later")))
        case _:
            walk = (button("form.back", "su:back"), button("form.cancel", "su:cancel"))
            posting = ((button("setup.publish", "su:publish"),), walk)
            return Card("setup.preview", posting, {"name": form.fields["name"]})


def joining(communities: tuple[Community, ...]) -> Card:
    """A further group: into one of these communities, or a new one."""
    rows: list[tuple[Button, ...]] = [
        (button("setup.join", f"su:merge:{community.id}", name=community.name),)
        for community in communities
    ]
    rows.append((button("setup.new", "su:new"),))
    return Card("setup.which", (*rows, (button("form.cancel", "su:cancel"),)))


def opened(name: str) -> Card:
    """What is useful right after opening."""
    rows = (
        (button("setup.first_notice", "an:new"), button("setup.first_poll", "p:new")),
        (button("import.button", "ih"),),
        (button("setup.give_roles", "ro:list"), button("setup.see_groups", "gr:list")),
    )
    return Card("setup.done", rows, {"name": name})


def _hear(hears: bool, pins: bool) -> Card:
    rows: Rows = (
        (button("setup.look_again", "su:look"), button("form.next", "su:next")),
        (button("form.cancel", "su:cancel"),),
    )
    if hears and pins:
        return Card("setup.hear_yes", (rows[0][1:], rows[1]))
    return Card("setup.hear_no_pin" if hears else "setup.hear_no", rows)


def _languages(form: Form) -> Rows:
    chosen = form.fields["lang"]
    return tuple(
        (button(f"lang.{lang}_on" if lang == chosen else f"lang.{lang}", f"su:lang:{lang}"),)
        for lang in LANGS
    )


def _topics(form: Form) -> Card:
    rows = tuple(
        (
            button(f"setup.{what}_here{_on(form, what, here=True)}", f"su:{what}:here"),
            button(f"setup.{what}_general{_on(form, what, here=False)}", f"su:{what}:general"),
        )
        for what in ("notice", "board")
    )
    return Card("setup.topics", (*rows, _walk()))


def _on(form: Form, what: str, here: bool) -> str:
    return "_on" if (form.fields.get(what) == "here") is here else ""


def _walk(forward: str = "form.next") -> tuple[Button, ...]:
    return (
        button("form.back", "su:back"),
        button(forward, "su:next"),
        button("form.cancel", "su:cancel"),
    )
