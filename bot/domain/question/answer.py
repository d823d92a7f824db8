"""Answers: by staff through the bot, in the group by anybody, and what the asker says to them."""

from dataclasses import replace
from types import MappingProxyType

from bot.domain.basics import ChatId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.due import Due
from bot.domain.label import answer_judged
from bot.domain.letter import Card, Ledger, Phrase, Priority, Value, button
from bot.domain.masking import masked
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.people import Role
from bot.domain.question import cards
from bot.domain.question.desk import QuestionDesk
from bot.domain.question.routing import keepers, managers, role_of
from bot.domain.question.values import (
    CARD,
    KIND,
    OVERDUE,
    REOPENS,
    SETTLE,
    SILENCE,
    QuestionWork,
    is_waiting,
)
from bot.domain.talk import ASKS, Reading

DONE = "👌"
WORDS = 1_000
WITHDRAW = frozenset({"撤回", "撤回。", "/withdraw"})


class AnswerDesk:
    """Everything that ends a question, or opens it again."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, questions: QuestionDesk) -> None:
        self._pen = Pen(new_id, pseudonym)
        self._questions = questions

    def begin(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """Somebody of the office wants to write the answer. Raises `Refusal`."""
        matter = self._questions.of_staff(work, member, id)
        if not is_waiting(matter):
            raise Refusal("question.closed")
        work.forms.put(Form(member, KIND, "answer", MappingProxyType({"matter": id})))
        rows = ((button("form.cancel", "q:cancel"),),)
        return Card("question.ask_answer", rows, {"number": matter.number})

    def typed(self, work: QuestionWork, member: MemberId, text: str, reading: Reading) -> Card:
        """The words of the answer. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != KIND:
            raise Refusal("form.gone")
        card = self.answer(work, member, form.fields["matter"], text, reading)
        work.forms.drop(member)
        return card

    def answer(
        self, work: QuestionWork, member: MemberId, id: str, text: str, reading: Reading
    ) -> Card:
        """Passes an answer on, under the office's name, as a reply to the question itself."""
        matter = self._questions.of_staff(work, member, id)
        words = masked(text.strip(), phones=False)
        if not words or len(words) > WORDS:
            raise Refusal("question.answer_length", limit=WORDS)
        if not is_waiting(matter):
            raise Refusal("question.closed")
        if reading.canned:
            raise Refusal("question.canned")
        role = role_of(work, matter.community, member) or Role.MANAGER
        by = Phrase(f"role.{role}")
        if matter.chat is not None and matter.message is not None:
            self._reply(work, matter, words, by)
        answered = replace(matter, keeper=member).with_facts(answer=words, by=role.value)
        self._answered(work, answered, member, words, by)
        self._questions.label(work, matter, member, truth=True)
        object = f"question:{matter.number}"
        self._pen.note(work, matter.community, member, "answer", object)
        return Card("question.answer_sent", (), {"number": matter.number})

    def _reply(self, work: QuestionWork, matter: Matter, words: str, by: Phrase) -> None:
        """A silent reply to the asker's own message."""
        chat = matter.chat or ChatId(0)
        values: dict[str, Value] = {"by": by, "text": words}
        self._pen.post(
            work,
            chat,
            Card("question.reply", (), MappingProxyType(values)),
            about=f"question:{matter.id}",
            priority=Priority.QUESTION,
            ledger=Ledger.REPLY,
            topic=int(matter.fact("topic") or 0) or None,
            target=matter.message,
            silent=True,
        )
        work.noise.book(chat, work.now.date(), Ledger.REPLY, Priority.QUESTION)

    def _answered(
        self, work: QuestionWork, matter: Matter, actor: MemberId | None, words: str, by: Phrase
    ) -> None:
        answered = replace(matter, stage=Stage.ANSWERED)
        work.dues.cancel(CARD, matter.id)
        work.dues.cancel(OVERDUE, matter.id)
        self._questions.keep(work, answered.with_facts(answered_at=work.now.isoformat()), actor)
        work.dues.put(Due(SETTLE, matter.id, work.now + SILENCE))
        if matter.chat is not None and matter.message is not None:
            self._pen.react(work, matter.chat, matter.message, DONE)
        owner = matter.owner
        private = matter.chat is None
        if owner is not None and (private or work.people.person(owner).reachable):
            self._pen.card(work, owner, cards.for_asker(matter, words, by))

    def heard(
        self,
        work: QuestionWork,
        matter: Matter,
        member: MemberId,
        office: str,
        text: str,
        message: int,
        reading: Reading,
    ) -> None:
        """Somebody replied to the question in the group; `office` is empty for neighbours."""
        if matter.kind is not MatterKind.QUESTION:
            return
        if member and member == matter.owner:
            self._own_words(work, matter, text, reading)
            return
        empty = reading.canned or reading.clueless or reading.asks >= ASKS
        if empty or not is_waiting(matter):
            return
        by = Phrase(f"role.{office}" if office else "question.neighbour")
        known = matter.with_facts(by=office or "neighbour", reply=str(message))
        self._answered(work, known, member or None, "", by)

    def _own_words(self, work: QuestionWork, matter: Matter, text: str, reading: Reading) -> None:
        if not self.withdrawn(work, matter, text) and "T" in reading.cues:
            self.thanked(work, matter)

    def withdrawn(self, work: QuestionWork, matter: Matter, text: str) -> bool:
        """The asker's 〔撤回〕 in reply to their own words; true if that is what it was."""
        if text.strip() not in WITHDRAW or matter.closed_at is not None:
            return False
        if matter.kind is not MatterKind.QUESTION or matter.owner is None:
            return False
        self._questions.withdraw(work, matter.owner, matter.id)
        return True

    def thanked(self, work: QuestionWork, matter: Matter) -> None:
        """The asker's 谢谢 or 👍 says that it is solved."""
        if matter.stage is Stage.ANSWERED:
            self._solve(work, matter)

    def latest_answered(self, work: QuestionWork, member: MemberId, chat: int) -> Matter | None:
        """The person's newest question here that waits for their word."""
        for matter in reversed(work.matters.of_owner(member)):
            mine = matter.kind is MatterKind.QUESTION and matter.chat == chat
            if mine and matter.stage is Stage.ANSWERED and matter.closed_at is None:
                return matter
        return None

    def solved(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """〔解决了〕. Raises `Refusal`."""
        matter = self._own(work, member, id)
        if matter.stage is not Stage.SOLVED:
            self._solve(work, matter)
        return Card("question.thanks_solved", (), {"number": matter.number})

    def unsolved(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """〔还没解决〕: open again, with its first clock. Raises `Refusal`."""
        matter = self._own(work, member, id)
        if is_waiting(matter):
            return Card("question.open_again", (), {"number": matter.number})
        if matter.closed_at is not None and work.now - matter.closed_at > REOPENS:
            raise Refusal("question.too_late")
        times = str(int(matter.fact("reopened") or 0) + 1)
        answer_judged(work, matter, truth=False)
        again = replace(matter, stage=Stage.OPEN, closed_at=None)
        again = again.with_facts(reopened=times, overdue="", answered_at="")
        self._questions.keep(work, again, member)
        work.dues.cancel(SETTLE, id)
        work.dues.put(Due(OVERDUE, id, max(work.now, matter.due_at or work.now)))
        told = dict.fromkeys(
            (*keepers(work, again.community, again.office), *managers(work, again.community))
        )
        for each in told:
            self._pen.card(work, each, _reopened(again))
        return Card("question.open_again", (), {"number": matter.number})

    def settle(self, work: QuestionWork, id: str) -> None:
        """72 hours of silence: it stays answered, never solved."""
        matter = work.matters.get(id)
        if matter is not None and matter.stage is Stage.ANSWERED and matter.closed_at is None:
            self._questions.keep(work, replace(matter, closed_at=work.now))

    def _solve(self, work: QuestionWork, matter: Matter) -> None:
        done = replace(matter, stage=Stage.SOLVED, closed_at=work.now)
        answer_judged(work, matter, truth=True)
        self._questions.keep(work, done, matter.owner)

    def _own(self, work: QuestionWork, member: MemberId, id: str) -> Matter:
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.QUESTION or matter.owner != member:
            raise Refusal("question.unknown")
        if matter.stage in (Stage.WITHDRAWN, Stage.CLOSED):
            raise Refusal("question.closed")
        return matter


def _reopened(matter: Matter) -> Card:
    card = cards.for_staff(matter)
    return Card("question.reopened", card.rows, card.values)
