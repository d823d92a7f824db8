"""Whether the reader's method holds where its words were not learned: public corpora, each alone.

Each function learns from one part of a corpus and is asked about another; what comes back are
scores with the number of texts they rest on.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import f1_score, roc_auc_score

from bot.analysis.learn.corpus import (
    CPED,
    RUMOURS,
    SMS,
    chats,
    rows,
    short_messages,
    written,
)
from bot.analysis.learn.dialogues import interleaved
from bot.analysis.learn.forwards import forwards
from bot.analysis.learn.line import Labels, Line
from bot.analysis.learn.moods import macro, three_classes
from bot.analysis.learn.score import Score

CHATTER = 9_000
ALIKE = 4
"""How often a short message is learned that is labelled as the 200 are, by inner folds."""


def sentiment(folder: Path) -> list[Score]:
    """Two classes in seven domains: in the domain, and with the domain left out."""
    found = list(rows(folder, "sentiment_binary_7domains.csv"))
    domains = sorted({row["domain"] for row in found})
    inside, outside, count = [], [], 0
    for domain in domains:
        test = [r for r in found if r["domain"] == domain and r["split"] == "test"]
        own = [r for r in found if r["domain"] == domain and r["split"] == "train"]
        others = [r for r in found if r["domain"] != domain and r["split"] == "train"]
        inside.append(_asked(own, test, line=Line(4.0, signs=False)))
        outside.append(_asked(others, test))
        count += len(test)
    return [
        Score("sentiment, 2 classes, mean macro-F1 of 7 domains", count, _mean(inside), 0.84),
        Score("the same, leave one domain out", count, _mean(outside), 0.78),
    ]


def _asked(
    train: Sequence[Any], test: Sequence[Any], text: str = "text", line: Line | None = None
) -> float:
    line = (line or Line()).learn([r[text] for r in train], [r["label"] for r in train])
    return macro([r["label"] for r in test], line.say([r[text] for r in test]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def questions(folder: Path) -> list[Score]:
    """Questions in short messages (learned from other short messages) and in dialogue."""
    spoken = [
        (row["Utterance"], "1" if "question" in row["DA"] else "0", row["split"])
        for row in rows(folder, CPED)
    ]
    train = [(text, asks) for text, asks, part in spoken if part != "valid"]
    test = [(text, asks) for text, asks, part in spoken if part == "valid"]
    said = _asking(train).say([text for text, _ in test])
    value = _f1([asks for _, asks in test], said)
    in_dialogue = _asking([(text, asks) for text, asks, _ in spoken])
    return [
        _short_questions(folder, in_dialogue),
        Score("question, dialogue", len(test), value, 0.73),
    ]


def _asking(labelled: Sequence[tuple[str, str]], elsewhere: Sequence[Line] = ()) -> Line:
    """A line that tells what asks."""
    line = Line(positive=2.0, elsewhere=elsewhere)
    return line.learn([text for text, _ in labelled], [asks for _, asks in labelled])


def _short_questions(folder: Path, in_dialogue: Line) -> Score:
    gold = list(rows(folder, "sms_question_gold200.csv"))
    letters = [r for r in rows(folder, "sms_complaint_labels.tsv") if r["source"] == "sms"]
    others = [(row["text"], row["q"]) for row in letters]
    others += [
        (said.text, said.asks) for chat in (*chats(folder), *written()) for said in chat.messages
    ]
    # Labelled as the 200 are, where others count favours and invitations as asking.
    labelled = short_messages(folder) * ALIKE
    labelled += [(text, "1" if asks == "1" else "0") for text, asks in others]
    known = {row["text"] for row in gold}
    line = _asking([one for one in labelled if one[0] not in known], [in_dialogue])
    said = line.say([row["text"] for row in gold])
    value = _f1([row["question"] for row in gold], said)
    return Score("question, short messages", len(gold), value, 0.87)


def _f1(truth: Sequence[str], said: Labels) -> float:
    return float(f1_score(np.array(truth) == "1", said == "1"))


def _posted(row: Mapping[str, str]) -> float:
    """When a post was made: seconds since 1970, or a date in words."""
    time = row["time"]
    if time.isdigit():
        return float(time)
    return datetime.strptime(time, "%a %b %d %H:%M:%S %z %Y").timestamp()


def rumours(folder: Path, chance: Random) -> list[Score]:
    """Posts that were rumours: learned from the past, asked of later ones and of ordinary chat."""
    posts = sorted(rows(folder, RUMOURS), key=_posted)
    cut = len(posts) * 7 // 10
    past, later = posts[:cut], posts[cut:]
    chatter = [row["text"] for row in rows(folder, SMS)]
    chance.shuffle(chatter)
    half = min(CHATTER, len(chatter) // 2)
    asked, learned = chatter[:half], chatter[half : 2 * half]
    # A rumour shows in its style, so its figures, case and length stay as they are.
    plain = Line(10.0, signs=False, form=str).learn(
        [row["text"] for row in past], [row["label"] for row in past]
    )
    truth = np.array([row["label"] == "1" for row in later])
    auc = roc_auc_score(truth, plain.score([row["text"] for row in later]))
    line = Line().learn(
        [row["text"] for row in past if row["label"] == "1"] + learned,
        ["1"] * sum(row["label"] == "1" for row in past) + ["0"] * len(learned),
    )
    talk = line.score(asked)
    told = line.score([row["text"] for row in later if row["label"] == "1"])
    recall = float((told > np.quantile(talk, 0.99)).mean())
    return [
        Score("rumour AUC, learned from the past", len(later), float(auc), 0.90),
        Score("ordinary chat flagged as rumour", len(asked), _share(talk > 0), 0.02, True),
        Score("rumour recall at 1 % false alarms in chat", len(told), recall, 0.75),
    ]


def _share(flags: npt.NDArray[np.bool_]) -> float:
    return float(flags.mean())


def complaints(folder: Path) -> list[Score]:
    """Complaint or not in short messages and letters' titles, in five parts."""
    found = list(rows(folder, "sms_complaint_labels.tsv"))
    order = list(range(len(found)))
    Random(7).shuffle(order)  # noqa: S311
    said = np.empty(len(found), object)
    for part in range(5):
        out = set(order[part::5])
        train = [row for n, row in enumerate(found) if n not in out]
        line = Line(positive=2.0).learn(
            [row["text"] for row in train], [row["complaint"] for row in train]
        )
        asked = sorted(out)
        said[asked] = line.say([found[n]["text"] for n in asked])
    value = _f1([row["complaint"] for row in found], said)
    return [Score("complaint, five parts", len(found), value, 0.75)]


PARTS: tuple[Callable[[Path], list[Score]], ...] = (
    sentiment,
    three_classes,
    questions,
    lambda folder: rumours(folder, Random(7)),  # noqa: S311
    lambda folder: forwards(folder, Random(7)),  # noqa: S311
    lambda folder: interleaved(folder, Random(7)),  # noqa: S311
    complaints,
)


def naive_sentiment(folder: Path, each: int = 200) -> dict[str, float]:
    """SnowNLP as it comes on the two-class test texts, some of each domain."""
    from snownlp import SnowNLP

    found = [r for r in rows(folder, "sentiment_binary_7domains.csv") if r["split"] == "test"]
    scores = []
    for domain in sorted({row["domain"] for row in found}):
        some = [row for row in found if row["domain"] == domain][:each]
        said = [str(int(SnowNLP(row["text"]).sentiments > 0.5)) for row in some]
        scores.append(macro([row["label"] for row in some], np.array(said)))
    return {"sentiment, 2 classes, mean macro-F1 of 7 domains": _mean(scores)}


def complained(folder: Path) -> tuple[float, int]:
    """The share of complaints' titles that the shipped reader takes for praise, and how many."""
    from bot.analysis import reader_named
    from bot.domain.talk import Message, Mood

    reader = reader_named("plain")
    titles = [row["title"] for row in rows(folder, "resident_complaints.csv")]
    good = sum(
        reader.read(Message(title), ()).mood is Mood.POSITIVE
        for title in titles
        if reader is not None
    )
    return good / len(titles), len(titles)
