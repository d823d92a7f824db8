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
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from bot.analysis import marks
from bot.analysis.first import SIGN
from bot.analysis.folded import END, START, folded
from bot.analysis.learn.corpus import chats, rows
from bot.analysis.learn.dialogues import interleaved
from bot.analysis.learn.forwards import forwards
from bot.analysis.learn.score import Score
from bot.analysis.normal import normal

Labels = npt.NDArray[Any]
CHATTER = 9_000
SMS = "nus_sms_zh.csv"


class Line:
    """The features of the first look and a logistic regression, alone."""

    def __init__(
        self,
        strength: float = 2.0,
        positive: float = 0.0,
        signs: bool = True,
        form: Callable[[str], str] | None = None,
    ) -> None:
        """`positive` weighs the second of two labels; without it all labels weigh the same."""
        self._grams = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True, lowercase=False
        )
        self._strength, self._positive, self._signs = strength, positive, signs
        self._form = form or formed
        self._labels: list[str] = []
        self._model: Any = None

    def learn(self, texts: Sequence[str], labels: Sequence[str]) -> "Line":
        """Learns two labels or more."""
        self._labels = sorted(set(labels))
        place = {label: n for n, label in enumerate(self._labels)}
        forms = [self._form(text) for text in texts]
        self._grams.fit(forms)
        two = len(self._labels) == 2
        self._model = LogisticRegression(
            C=self._strength,
            class_weight={0: 1.0, 1: self._positive} if self._positive else "balanced",
            max_iter=150,
            tol=1e-3,
            solver="liblinear" if two else "lbfgs",
        ).fit(self._seen(forms), [place[label] for label in labels])
        return self

    def say(self, texts: Sequence[str]) -> Labels:
        """The likeliest label of each text."""
        said = self._model.predict(self._seen([self._form(text) for text in texts]))
        labels: Labels = np.array(self._labels)[said]
        return labels

    def score(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """How sure it is of the second of two labels."""
        seen = self._seen([self._form(text) for text in texts])
        scores: npt.NDArray[np.float64] = self._model.decision_function(seen)
        return scores

    def _seen(self, forms: Sequence[str]) -> Any:
        seen = self._grams.transform(forms)
        if not self._signs:
            return seen
        marked = np.array([marks.marked(form[1:-1])[0] for form in forms]) * SIGN
        return sparse.hstack([seen, sparse.csr_matrix(marked)]).tocsr()


def formed(text: str) -> str:
    """The form in which the first look sees a text."""
    return f"{START}{folded(normal(text))}{END}"


def _macro(truth: Sequence[str], said: Labels) -> float:
    return float(f1_score(np.array(truth), said, average="macro"))


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
    return _macro([r["label"] for r in test], line.say([r[text] for r in test]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def three_classes(folder: Path) -> list[Score]:
    """Negative, neutral and positive in posts and in dialogue; what is asked was never learned."""
    found = [row for row in rows(folder, "ewect_emotion_3class.csv") if row["label"] != "sur"]
    posts, asked = _split(found, "test")
    known = {row["text"] for row in asked}
    poles = {"0": "neg", "1": "pos"}
    posts += [
        dict(row, label=poles[row["label"]])
        for row in rows(folder, "sentiment_binary_7domains.csv")
        if row["domain"] in ("weibo_usual", "weibo_virus") and row["text"] not in known
    ]
    line = Line().learn([row["text"] for row in posts], [row["label"] for row in posts])
    scores = []
    for domain, mark in (("weibo_virus", 0.76), ("weibo_usual", 0.78)):
        test = [row for row in asked if row["domain"] == domain]
        value = _macro([r["label"] for r in test], line.say([r["text"] for r in test]))
        scores.append(Score(f"3 classes, {domain}", len(test), value, mark))
    spoken = [dict(row, label=row["Sentiment"]) for row in rows(folder, CPED)]
    train, test = _split(spoken, "valid")
    value = _asked(train, test, "Utterance")
    return [*scores, Score("3 classes, dialogue", len(test), value, 0.42)]


CPED = "cped_dialogues_75pct.csv"


def _split(found: Sequence[Any], asked: str) -> tuple[list[Any], list[Any]]:
    return (
        [row for row in found if row["split"] != asked],
        [row for row in found if row["split"] == asked],
    )


def questions(folder: Path) -> list[Score]:
    """Questions in short messages (learned from other short messages) and in dialogue."""
    letters = [r for r in rows(folder, "sms_complaint_labels.tsv") if r["source"] == "sms"]
    gold = list(rows(folder, "sms_question_gold200.csv"))
    known = {row["text"] for row in gold}
    texts = [(row["text"], row["q"]) for row in letters if row["text"] not in known]
    texts += [(said.text, said.asks) for chat in chats(folder) for said in chat.messages]
    line = Line(positive=2.0).learn(
        [text for text, _ in texts], ["1" if asks == "1" else "0" for _, asks in texts]
    )
    said = line.say([row["text"] for row in gold])
    truth = [row["question"] for row in gold]
    scores = [
        Score("question, short messages", len(gold), _f1(truth, said), 0.87),
    ]
    spoken = [
        dict(row, label="1" if "question" in row["DA"] else "0") for row in rows(folder, CPED)
    ]
    train, test = _split(spoken, "valid")
    line = Line(positive=2.0).learn(
        [row["Utterance"] for row in train], [row["label"] for row in train]
    )
    said = line.say([row["Utterance"] for row in test])
    value = _f1([row["label"] for row in test], said)
    return [*scores, Score("question, dialogue", len(test), value, 0.73)]


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
    posts = sorted(rows(folder, "rumor_ced.csv"), key=_posted)
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
        scores.append(_macro([row["label"] for row in some], np.array(said)))
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
