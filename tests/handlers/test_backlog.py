"""After an outage: everything has its effect, and nobody is buried under late answers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from telegram import Update

from bot.domain.basics import MemberId
from bot.domain.people import Person
from handlers.feature import Context, Entry, Feature
from handlers.reply import here, say
from tests.handlers.frame import Frame, note
from tests.telegram import heard

GROUP, LIN = -100, 21


async def tell(update: Update, context: Context) -> None:
    context.work.people.put_person(Person(context.actor.id, "zh-Hans", elder=True))
    say(update, context, "denied.role")


async def briefly(update: Update, context: Context) -> None:
    here(update, context, "denied.member")


TRIED = Feature(commands={"tell": Entry(tell), "briefly": Entry(briefly)})


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Frame]:
    frame = await Frame(tmp_path, TRIED).start()
    yield frame
    frame.database.close()


async def test_many_late_questions_of_one_person_get_one_late_answer(frame: Frame) -> None:
    frame.time.now += timedelta(hours=20)
    await frame.takes(*[heard(n, LIN, LIN, "/tell") for n in range(1, 31)])
    assert len(frame.telegram.calls("sendMessage")) == 1


async def test_a_group_hears_no_passing_answer_hours_later(frame: Frame) -> None:
    frame.time.now += timedelta(hours=20)
    await frame.takes(heard(1, GROUP, LIN, "/briefly"))
    assert frame.telegram.calls("sendMessage") == []


async def test_late_messages_do_not_count_as_too_fast(frame: Frame) -> None:
    day = int(frame.time.now.timestamp())
    frame.time.now += timedelta(hours=20)
    many = [heard(n, GROUP, LIN, "hi") for n in range(1, 200)]
    many += [heard(200 + n, LIN, LIN, "/tell") for n in range(70)]
    for n, update in enumerate(many):
        update["message"]["date"] = day + n * 60
    await frame.takes(*many)
    assert not any("太快" in call["text"] for call in frame.telegram.calls("sendMessage"))
    with frame.database.work() as work:
        assert work.people.person(MemberId(LIN)).elder


async def test_words_that_are_too_long_for_one_message_are_cut_at_a_line_and_not_lost(
    frame: Frame,
) -> None:
    lines = "\n".join(f"{n} <b> & " + "字" * 60 for n in range(100))
    frame.writes(note("a", LIN, "help.reply", values={"role": "x", "text": lines}))
    await frame.service.settle()
    said = frame.telegram.calls("sendMessage")[0]["text"]
    assert len(said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) <= 4096
    assert said.endswith("字\n…")
    assert "&lt;b&gt; &amp;" in said
