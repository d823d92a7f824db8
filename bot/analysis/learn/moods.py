"""Negative, neutral and positive in public posts and in dialogue, asked of unseen ones."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from bot.analysis.learn.baselines import moods
from bot.analysis.learn.corpus import CPED, RUMOURS, SMS, rows, split
from bot.analysis.learn.likeness import Likeness, Near
from bot.analysis.learn.line import Chancy, Labels, Line, Numbers, together
from bot.analysis.learn.score import OURS, Score, figure
from bot.domain.talk import Mood

REVIEWS = "sentiment_binary_7domains.csv"
POSTS = "weibo_usual", "weibo_virus"
POLES = {"0": "neg", "1": "pos"}
OF_POSTS = {Mood.NEGATIVE: "neg", Mood.NEUTRAL: "neu", Mood.POSITIVE: "pos"}
OF_TURNS = {Mood.NEGATIVE: "negative", Mood.NEUTRAL: "neutral", Mood.POSITIVE: "positive"}
SPOKEN = 0.2
"""The strength of a line learned from dialogue, by the inner folds."""
FOLDS = 5
Row = Mapping[str, str]


def macro(truth: Sequence[str], said: Labels) -> float:
    """The mean of the F1 of all labels."""
    return float(f1_score(np.array(truth), said, average="macro", zero_division=0))


def three_classes(folder: Path) -> list[Score]:
    """Posts of two domains, and turns of dialogues in their place."""
    return [*_posts(folder), _dialogue(folder)]


def _posts(folder: Path) -> Iterator[Score]:
    """Two lines, which hear what lines of other corpora say, and what is near, together."""
    found = [row for row in rows(folder, "ewect_emotion_3class.csv") if row["label"] != "sur"]
    own, asked = split(found, "test")
    known = {row["text"] for row in asked}
    reviews = [row for row in rows(folder, REVIEWS) if row["text"] not in known]
    own += [dict(row, label=POLES[row["label"]]) for row in reviews if row["domain"] in POSTS]
    label_of: dict[str, str] = {}
    for row in own:
        label_of.setdefault(row["text"], row["label"])
    texts, labels = list(label_of), list(label_of.values())
    likeness = Likeness(texts, [*unlabelled(folder, known)])
    lines: list[Chancy] = [
        *lines_of(texts, labels, elsewhere(folder, reviews)),
        Near(likeness).learn(texts, labels),
    ]
    for domain, mark in (("weibo_virus", 0.76), ("weibo_usual", 0.78)):
        test = [row for row in asked if row["domain"] == domain]
        seen = [row["text"] for row in test]
        said = {**moods(seen, label_of.items(), OF_POSTS), OURS: together(lines, seen)}
        truth = [row["label"] for row in test]
        yield figure(f"3 classes, {domain}", macro, [(truth, said)], mark)


def lines_of(texts: Sequence[str], labels: Sequence[str], beside: Sequence[Line]) -> list[Line]:
    """The lines that are asked together."""
    lines = (Line(4.0, elsewhere=beside), Line(1.0, elsewhere=beside, ratios=True))
    return [line.learn(texts, labels) for line in lines]


def elsewhere(folder: Path, reviews: Iterable[Row]) -> list[Line]:
    """What praise and blame look like in reviews, and moods in dialogue."""
    poles = [
        (row["text"], row["label"])
        for row in reviews
        if row["split"] == "train" and row["domain"] not in (*POSTS, "cped")
    ]
    spoken = [(row["Utterance"], row["Sentiment"]) for row in rows(folder, CPED)]
    return [
        Line(4.0).learn(*zip(*poles, strict=True)),
        Line(2.0).learn(*zip(*spoken, strict=True)),
    ]


def unlabelled(folder: Path, known: Collection[str]) -> Iterator[str]:
    """Talk of other kinds for its words alone, without texts that are `known`."""
    for row in rows(folder, REVIEWS):
        if row["split"] == "train" and row["domain"] not in POSTS and row["text"] not in known:
            yield row["text"]
    for name, column in ((RUMOURS, "text"), (CPED, "Utterance"), (SMS, "text")):
        yield from (row[column] for row in rows(folder, name) if row[column] not in known)


def _dialogue(folder: Path) -> Score:
    """A line, then trees that know what it says of the turns before and of each speaker."""
    learned, asked = split(list(rows(folder, CPED)), "valid")
    trees = _trees().fit(in_place(learned, unseen(learned)), _moods(learned))
    line = Line(SPOKEN).learn([row["Utterance"] for row in learned], _moods(learned))
    said = trees.predict(in_place(asked, line.score([row["Utterance"] for row in asked])))
    known = zip((row["Utterance"] for row in learned), _moods(learned), strict=True)
    others = moods([row["Utterance"] for row in asked], known, OF_TURNS)
    return figure("3 classes, dialogue", macro, [(_moods(asked), {**others, OURS: said})], 0.42)


def _moods(turns: Iterable[Row]) -> list[str]:
    return [row["Sentiment"] for row in turns]


def unseen(turns: Sequence[Row]) -> Numbers:
    """The scores of each turn by a line that never saw its play."""
    words, moods = np.array([row["Utterance"] for row in turns], object), np.array(_moods(turns))
    plays = [row["Dialogue_ID"].split("_")[0] for row in turns]
    scores: Numbers = np.zeros((len(turns), len(set(moods.tolist()))))
    for known, asked in GroupKFold(FOLDS).split(words, groups=plays):
        line = Line(SPOKEN).learn(words[known].tolist(), moods[known].tolist())
        scores[asked] = line.score(words[asked].tolist())
    return scores


def _trees() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=80,
        learning_rate=0.05,
        max_leaf_nodes=5,
        min_samples_leaf=100,
        l2_regularization=5.0,
        max_features=0.4,
        class_weight="balanced",
        random_state=7,
    )


def in_place(turns: Sequence[Row], scores: Numbers) -> Numbers:
    """The scores of each turn beside those of the turns before it in its dialogue."""
    found: list[npt.NDArray[np.float64]] = []
    before: list[tuple[str, Numbers]] = []
    dialogue = ""
    for row, own in zip(turns, scores, strict=True):
        if row["Dialogue_ID"] != dialogue:
            dialogue, before = row["Dialogue_ID"], []
        found.append(np.concatenate([own, _place(row["Speaker"], before, len(own))]))
        before.append((row["Speaker"], own))
    return np.array(found)


def _place(speaker: str, before: Sequence[tuple[str, Numbers]], width: int) -> Numbers:
    """The last two turns, the means of all, of the speaker's and of others', and who spoke."""
    said = [scores for _, scores in before]
    own = [scores for name, scores in before if name == speaker]
    others = [scores for name, scores in before if name != speaker]
    last = float(bool(before) and before[-1][0] == speaker)
    speakers = len({name for name, _ in before})
    return np.concatenate(
        [
            *(_mean(some, width) for some in (said[-1:], said[-2:-1], said, own, others)),
            [last, float(bool(before)), min(len(before), 10) / 10, speakers / 5],
        ]
    )


def _mean(scores: Sequence[Numbers], width: int) -> Numbers:
    mean: Numbers = np.mean(scores, axis=0) if len(scores) else np.zeros(width)
    return mean
