"""What the group is told of a claim: one message, 正在核实 first, the verdict later."""

from dataclasses import replace
from types import MappingProxyType

from bot.domain import acts
from bot.domain.basics import ChatId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.label import judged
from bot.domain.letter import Card, Outcome, Phrase, Priority, Value, Verdict, button
from bot.domain.masking import masked
from bot.domain.matter import Matter, Stage
from bot.domain.pen import Pen
from bot.domain.people import Act, Role, Standing
from bot.domain.question.routing import role_of
from bot.domain.rumour.desk import RumourDesk
from bot.domain.rumour.values import (
    KIND,
    REMIND,
    SOURCE,
    WORDS,
    Judgement,
    RumourWork,
    letter_of,
)
from bot.domain.stale import alive
from bot.domain.touch import touch

CHECKED = "🤔"


class JudgeDesk:
    """正在核实, and the four verdicts; every one has a human and a source."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, rumours: RumourDesk) -> None:
        self._pen = Pen(new_id, pseudonym)
        self._rumours = rumours

    def check(
        self,
        work: RumourWork,
        member: MemberId,
        id: str,
        standing: Standing,
        confirmed: bool = False,
    ) -> Card:
        """〔发“正在核实”〕: the one message appears. Raises `Refusal`, `Denied`."""
        matter = self._rumours.of_verifier(work, member, id)
        if matter.stage is not Stage.OPEN:
            raise Refusal("rumour.closed")
        self._require(work, member, matter, standing)
        if self._too_many(work, matter, confirmed):
            return acts.too_many(f"r:check:{id}:any")
        checking = replace(matter, stage=Stage.CHECKING)
        by = self._by(work, matter, member)
        checking = self._put(work, checking, Card("rumour.checking", (), {"by": by}))
        self._keep(work, checking, member, "rumour_check")
        if matter.chat is not None and matter.message is not None:
            self._pen.react(work, matter.chat, matter.message, CHECKED)
        rows = ((button("rumour.judge", f"r:judge:{id}"),),)
        return Card("rumour.checking_done", rows, {"number": matter.number})

    def ask(self, work: RumourWork, member: MemberId, id: str) -> Card:
        """Which verdict? Raises `Refusal`."""
        matter = self._rumours.of_verifier(work, member, id)
        if matter.stage is Stage.CLOSED:
            raise Refusal("rumour.closed")
        rows = tuple(
            (button(f"verdict.{verdict}", f"r:v:{id}:{verdict}"),) for verdict in Judgement
        )
        values: dict[str, Value] = {"number": matter.number, "text": matter.text}
        return Card("rumour.which", rows, MappingProxyType(values))

    def choose(self, work: RumourWork, member: MemberId, id: str, verdict: str) -> Card:
        """The verdict is chosen; on what does it rest? Raises `Refusal`."""
        matter = self._rumours.of_verifier(work, member, id)
        if verdict not in tuple(Judgement):
            raise Refusal("refuse.old_button")
        fields = MappingProxyType({"matter": id, "verdict": verdict})
        work.forms.put(Form(member, KIND, "source", fields))
        rows = ((button("form.cancel", "r:cancel"),),)
        return Card("rumour.ask_source", rows, {"number": matter.number})

    def typed(self, work: RumourWork, member: MemberId, text: str) -> Card:
        """The source, then the words. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != KIND:
            raise Refusal("form.gone")
        matter = self._rumours.of_verifier(work, member, form.fields["matter"])
        limit = SOURCE if form.step == "source" else WORDS
        words = masked(text.strip(), phones=False)
        if not words or len(words) > limit:
            raise Refusal("rumour.length", limit=limit)
        if form.step == "source":
            fields = MappingProxyType({**form.fields, "source": words})
            work.forms.put(replace(form, step="words", fields=fields))
            return Card("rumour.ask_words", ((button("form.cancel", "r:cancel"),),))
        fields = MappingProxyType({**form.fields, "words": words})
        work.forms.put(replace(form, step="ready", fields=fields))
        return self._preview(matter, dict(fields))

    def _preview(self, matter: Matter, fields: dict[str, str]) -> Card:
        shown = _verdict_card(matter, fields["verdict"], fields["source"], fields["words"])
        rows = (
            (button("rumour.publish", f"r:pub:{matter.id}"),),
            (button("form.cancel", "r:cancel"),),
        )
        body = Phrase("rumour.preview_body", shown.values)
        return Card("rumour.preview", rows, MappingProxyType({"body": body}))

    def publish(
        self,
        work: RumourWork,
        member: MemberId,
        id: str,
        standing: Standing,
        confirmed: bool = False,
    ) -> Card:
        """The verdict takes the place of 正在核实, or is the one message. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != KIND or form.step != "ready":
            raise Refusal("form.gone")
        if form.fields["matter"] != id:
            raise Refusal("refuse.old_button")
        matter = self._rumours.of_verifier(work, member, id)
        self._require(work, member, matter, standing)
        fresh = not letter_of(matter)
        if fresh and self._too_many(work, matter, confirmed):
            return acts.too_many(f"r:pub:{id}:any")
        work.forms.drop(member)
        verdict, source, words = (form.fields[n] for n in ("verdict", "source", "words"))
        judged = replace(matter, stage=Stage.JUDGED, closed_at=work.now)
        judged = judged.with_facts(
            verdict=verdict, source=source, words=words, judged_at=work.now.isoformat()
        )
        judged = self._put(work, judged, _verdict_card(judged, verdict, source, words))
        self._keep(work, judged, member, "verdict")
        self._thank(work, judged, verdict)
        return Card("rumour.done", (), {"number": matter.number})

    def cancel(self, work: RumourWork, member: MemberId) -> Card:
        """Leaves the form."""
        work.forms.drop(member)
        return Card("form.cancelled")

    def lost(self, work: RumourWork, id: str, letter: str, outcome: Outcome) -> None:
        """The message was deleted: what was found is said once more, once."""
        matter = work.matters.get(id)
        if matter is None or outcome is not Outcome.GONE or matter.fact("reposted"):
            return
        if letter == letter_of(matter) or matter.stage is not Stage.JUDGED:
            return
        fresh = matter.with_facts(letter="", reposted="1")
        shown = _verdict_card(
            matter,
            matter.fact("verdict"),
            matter.fact("source"),
            matter.fact("words"),
        )
        work.matters.put(self._put(work, fresh, shown), "", work.now)

    def _put(self, work: RumourWork, matter: Matter, card: Card) -> Matter:
        """Into the one message; the first time it is posted as a reply to the claim."""
        chat = matter.chat
        if chat is None:
            groups = acts.active(work, matter.community)
            chat = groups[0].chat if groups else None
        if chat is None:
            raise Refusal("announce.no_group")
        about = f"rumour:{matter.id}"
        if letter_of(matter):
            self._pen.rewrite(work, chat, letter_of(matter), card, about)
            return matter
        resting = acts.plan(work, chat, Priority.VERDICT, confirmed=True).at is not None
        acts.book(work, chat, Priority.VERDICT)
        topic = int(matter.fact("topic") or 0) or None
        letter = self._pen.post(
            work,
            chat,
            card,
            about,
            priority=Priority.VERDICT,
            topic=topic,
            target=matter.message if matter.chat is not None else None,
            silent=resting,
        )
        return matter.with_facts(letter=letter)

    def _keep(self, work: RumourWork, matter: Matter, member: MemberId, act: str) -> None:
        code = self._pen.pseudonym(matter.community, member)
        work.matters.put(matter, code, work.now)
        work.dues.cancel(REMIND, matter.id)
        alive(work, matter)
        judged(work, matter, True, role_of(work, matter.community, member) or Role.MANAGER)
        self._pen.note(work, matter.community, member, act, f"rumour:{matter.number}")
        touch(work, matter.community)

    def _thank(self, work: RumourWork, matter: Matter, verdict: str) -> None:
        """Whoever brought it learns what was found, without a word of blame."""
        owner = matter.owner
        if owner is not None and work.people.person(owner).reachable:
            found = Phrase(f"verdict.{verdict}")
            self._pen.tell(work, owner, "rumour.thanks", verdict=found)

    def _require(
        self, work: RumourWork, member: MemberId, matter: Matter, standing: Standing
    ) -> None:
        chats = () if matter.chat is None else (matter.chat,)
        acts.require(work, member, Act.VERDICT, matter.community, chats, standing)

    def _too_many(self, work: RumourWork, matter: Matter, confirmed: bool) -> bool:
        chat = matter.chat or ChatId(0)
        verdict = acts.plan(work, chat, Priority.VERDICT, confirmed).verdict
        return verdict is Verdict.ASK

    def _by(self, work: RumourWork, matter: Matter, member: MemberId) -> Phrase:
        role = role_of(work, matter.community, member) or Role.MANAGER
        return Phrase(f"role.{role}")


def _verdict_card(matter: Matter, verdict: str, source: str, words: str) -> Card:
    values: dict[str, Value] = {
        "verdict": Phrase(f"verdict.{verdict}"),
        "source": source,
        "words": words,
        "number": matter.number,
    }
    return Card("rumour.verdict", (), MappingProxyType(values))
