"""What is learned from labelled chats is used and measured on a writer who was left out."""

import numpy as np
import pytest

from bot.analysis.learn.corpus import Chat, Said
from bot.domain.talk import Reading
from tests import machine

pytestmark = pytest.mark.skipif(not machine.LEARNS, reason="scikit-learn is not installed")

ROUNDS = 24
TEXTS = (
    ("请问几点来水？", "1", (), ""),
    ("哈哈哈哈", "0", (), ""),
    ("晚上8点来", "0", (-2,), ""),
    ("谁有梯子借一下？", "1", (), ""),
    ("今天真冷", "0", (), ""),
    ("听说自来水要涨价到五块", "0", (), "K1!"),
    ("自来水涨价到五块是真的假的？", "0", (), "K1?"),
    ("据说三号楼要装基站", "0", (), "K2!"),
)


def chat(name: str) -> Chat:
    """A group where every first question is answered two messages later, every second never."""
    said = []
    for n in range(ROUNDS * len(TEXTS)):
        text, asks, back, claim = TEXTS[n % len(TEXTS)]
        answers = tuple(n + 1 + step for step in back)
        said.append(
            Said(name, n + 1, n * 7, f"R{n % 9}", "resident", None, text, "0", asks, answers,
                 claim, (), "")
        )  # fmt: skip
    return Chat(name, tuple(said), name[0])


def readings(one: Chat) -> list[Reading]:
    return [Reading(asks=float(said.asks), claim=float(bool(said.claim))) for said in one.messages]


CHATS = [chat(name) for name in ("a1", "b1", "c1")]


def test_answers_are_learned_and_measured_on_a_writer_left_out() -> None:
    from bot.analysis.learn.answers import laid, learn, measure_answers

    prepared = [laid(one, readings(one)) for one in CHATS]
    table = learn([one for one in prepared if one.chat.part != "c"])
    scores = measure_answers({"c": table}, prepared)
    figures = {score.name: score.found.value for score in scores}
    assert all(score.found.low <= score.found.value <= score.found.high for score in scores)
    assert figures["open question, AUC"] > 0.9
    assert figures["first answer found"] > 0.9
    assert figures["answers named, precision"] > 0.9


def test_claims_are_learned_and_measured_on_a_writer_left_out() -> None:
    from bot.analysis.learn.retelling import laid, learn, measure_claims

    prepared = [laid(one, readings(one)) for one in CHATS]
    table = learn([one for one in prepared if one.chat.part != "c"])
    scores = measure_claims({"c": table}, prepared)
    figures = {score.name: score.found.value for score in scores}
    assert all(score.found.low <= score.found.value <= score.found.high for score in scores)
    assert figures["same claim, pair F1"] > 0.8
    assert figures["same claim as found by itself, pair F1"] > 0.8
    assert 0 <= figures["what a message does with a claim, macro-F1"] <= 1


def test_pair_f1_counts_pairs_and_not_groups() -> None:
    from bot.analysis.learn.retelling import laid, pair_f1

    one = laid(CHATS[0], readings(CHATS[0]))
    assert pair_f1([(one, one.claims)]) == 1.0
    assert pair_f1([(one, [[at] for at in one.told.telling])]) == 0.0
    assert np.isclose(len(one.truth), len(one.pairs))
