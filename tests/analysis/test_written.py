"""The chats of our own that the tables are learned from are labelled as the schema says."""

import re
from pathlib import Path

from bot.analysis.first import ACTORS, CUES
from bot.analysis.learn.corpus import PARTS, SHORT, WRITTEN, rows, short_messages, written
from bot.analysis.tables import HERE

CHATS = written()
ROLES = {
    "R": "resident",
    "P": "property",
    "C": "committee",
    "W": "grid",
    "O": "owners",
    "B": "business",
}
TARGETS = {f"{actor}{sign}" for actor in ACTORS for sign in "+-"}


MESSAGES = [said for chat in CHATS for said in chat.messages]


def test_there_are_many_and_each_writer_is_in_one_part_only() -> None:
    assert len(CHATS) >= 90
    writers = {chat.name.removeprefix("own ")[0]: set[str]() for chat in CHATS}
    for chat in CHATS:
        writers[chat.name.removeprefix("own ")[0]].add(chat.part)
    assert {len(parts) for parts in writers.values()} == {1}
    assert len({chat.part for chat in CHATS}) == PARTS


def test_messages_are_numbered_in_the_order_of_time() -> None:
    for chat in CHATS:
        numbers = [said.number for said in chat.messages]
        minutes = [said.minute for said in chat.messages]
        assert numbers == list(range(1, len(numbers) + 1)), chat.name
        assert minutes == sorted(minutes), chat.name
        assert 0 <= minutes[0] <= minutes[-1] < 7 * 24 * 60, chat.name


def test_labels_are_those_of_the_schema() -> None:
    for said in MESSAGES:
        assert said.role == ROLES[said.author[0]], said
        assert said.text.strip(), said
        assert said.mood in ("-", "0", "+"), said
        assert said.asks in ("0", "1", "r"), said
        assert re.fullmatch(r"(?:K\d+[!?xv])?", said.claim), said
        assert set(said.targets) <= TARGETS, said
        assert set(said.cues) <= set(CUES), said


def test_answers_and_replies_go_back_to_what_was_said() -> None:
    for chat in CHATS:
        asked = {said.number for said in chat.messages if said.asks == "1"}
        for said in chat.messages:
            assert all(one in asked and one < said.number for one in said.answers), said
            assert said.reply is None or 0 < said.reply < said.number, said


def test_nobody_can_be_called_from_them() -> None:
    called = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]")
    assert [said for said in MESSAGES if called.search(said.text)] == []


def test_their_counts_are_told_as_they_are() -> None:
    messages = f"{len(MESSAGES):,} messages"
    told = " ".join((WRITTEN / "README.md").read_text("utf-8").split())
    assert f"{len(CHATS)} invented groups" in told
    assert messages in told
    card = " ".join((HERE / "reader.md").read_text("utf-8").split())
    assert f"{len(CHATS)} more, {messages}" in card
    assert f"labels {len(SHORT.read_text('utf-8').splitlines()) - 1:,} messages" in told


def test_short_messages_are_labelled_once_each_and_hold_no_words() -> None:
    labels = [line.split("\t") for line in SHORT.read_text("utf-8").splitlines()[1:]]
    assert [one for one in labels if not re.fullmatch(r"[0-9a-f]{16}", one[0])] == []
    assert {asks for _, asks in labels} == {"0", "1"}
    assert len({digest for digest, _ in labels}) == len(labels)


def test_short_messages_are_all_there_and_none_that_others_labelled(data_folder: Path) -> None:
    known = {row["text"] for row in rows(data_folder, "sms_question_gold200.csv")}
    known |= {row["text"] for row in rows(data_folder, "sms_complaint_labels.tsv")}
    labelled = short_messages(data_folder)
    assert len(labelled) == len(SHORT.read_text("utf-8").splitlines()) - 1
    assert known.isdisjoint(text for text, _ in labelled)
