"""Whether the reader's method holds where its words were not learned: public corpora, each alone.

Each function learns from one part of a corpus and is asked about another; what comes back are
scores with the number of texts they rest on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from bot.analysis.learn.baselines import as_shipped, asks, moods, ruled, spreads
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
from bot.analysis.learn.line import Labels, Line, Numbers
from bot.analysis.learn.moods import macro, three_classes
from bot.analysis.learn.score import OURS, Asked, Score, figure, share
from bot.analysis.plain import PlainReader
from bot.analysis.snow import HIGH, LOW
from bot.domain.talk import ASKS, CLAIMS, Mood

CHATTER = 9_000
ALIKE = 4
"""How often a short message is learned that is labelled as the 200 are, by inner folds."""
FLAGGED = {"naive": 0.2, "lexicon": CLAIMS, OURS: 0.0}
"""From where on each calls a text a rumour: one word of five, what a claim must weigh, a logit."""
POLES = {Mood.NEGATIVE: "0", Mood.POSITIVE: "1"}
SAME, OTHERS = (
    f"sentiment of 2 classes, macro-F1, learned in {where}"
    for where in ("the same domain", "the six other domains")
)


def sentiment(folder: Path) -> list[Score]:
    """Two classes in seven domains: in the domain, and with the domain left out."""
    found = list(rows(folder, "sentiment_binary_7domains.csv"))
    domains = sorted({row["domain"] for row in found})
    inside = [_asked(found, domain, within=True) for domain in domains]
    outside = [_asked(found, domain, within=False) for domain in domains]
    return [
        figure("sentiment, 2 classes, mean macro-F1 of 7 domains", macro, inside, 0.84),
        figure("the same, leave one domain out", macro, outside, 0.78),
        *(
            figure(domain, macro, [one], data=where)
            for where, asked in ((SAME, inside), (OTHERS, outside))
            for domain, one in zip(domains, asked, strict=True)
        ),
    ]


def _asked(found: Sequence[Mapping[str, str]], domain: str, within: bool) -> Asked:
    """The truth of a domain, and what is said of it by who learned there, or in all others."""
    learned = [
        (row["text"], row["label"])
        for row in found
        if row["split"] == "train" and (row["domain"] == domain) is within
    ]
    test = [row for row in found if row["split"] == "test" and row["domain"] == domain]
    texts = [row["text"] for row in test]
    line = Line(4.0, signs=False) if within else Line()
    said = line.learn(*zip(*learned, strict=True)).say(texts)
    return [row["label"] for row in test], {**moods(texts, learned, POLES), OURS: said}


def questions(folder: Path) -> list[Score]:
    """Questions in short messages (learned from other short messages) and in dialogue."""
    spoken = [
        (row["Utterance"], "1" if "question" in row["DA"] else "0", row["split"])
        for row in rows(folder, CPED)
    ]
    train = [(text, asks) for text, asks, part in spoken if part != "valid"]
    test = [(text, asks) for text, asks, part in spoken if part == "valid"]
    in_dialogue = _asking([(text, asks) for text, asks, _ in spoken])
    dialogue = _asking_said(_asking(train), test)
    return [
        _short_questions(folder, in_dialogue),
        figure("question, dialogue", _f1, [dialogue], 0.73),
    ]


def _asking_said(line: Line, test: Sequence[tuple[str, str]]) -> Asked:
    """What a line, a simple rule and the plain rules say of what asks."""
    texts = [text for text, _ in test]
    by_rule = ["01"[reading.asks >= ASKS] for reading in ruled(texts)]
    naive = ["01"[asks(text)] for text in texts]
    said = {"naive": naive, "lexicon": by_rule, OURS: line.say(texts)}
    return [label for _, label in test], said


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
    said = _asking_said(line, [(row["text"], row["question"]) for row in gold])
    return figure("question, short messages", _f1, [said], 0.87)


def _f1(truth: Labels, said: Labels) -> float:
    return float(f1_score(truth == "1", said == "1", zero_division=0))


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
    # A rumour shows in its style, so its figures, case and length stay as they are.
    line = Line(10.0, signs=False, form=str).learn(*_labelled(past))
    texts, truth = _labelled(later)
    said = _claiming(texts) | {OURS: line.score(texts)}
    told, known = (
        [text for text, label in zip(*_labelled(some), strict=True) if label == "1"]
        for some in (later, past)
    )
    return [
        figure("rumour AUC, learned from the past", _auc, [(truth, said)], 0.90),
        *_among_chatter(told, known, [row["text"] for row in rows(folder, SMS)], chance),
    ]


def _labelled(posts: Sequence[Mapping[str, str]]) -> tuple[list[str], list[str]]:
    return [row["text"] for row in posts], [row["label"] for row in posts]


def _among_chatter(
    told: Sequence[str], known: Sequence[str], chatter: list[str], chance: Random
) -> Iterator[Score]:
    """Later rumours among ordinary chat; learned from those that were known and other chat."""
    chance.shuffle(chatter)
    half = min(CHATTER, len(chatter) // 2)
    asked, learned = chatter[:half], chatter[half : 2 * half]
    labels = ["1"] * len(known) + ["0"] * len(learned)
    line = Line().learn([*known, *learned], labels)
    talk, scores = (_claiming(texts) | {OURS: line.score(texts)} for texts in (asked, told))
    flagged = {name: each >= FLAGGED[name] for name, each in talk.items()}
    recalled = {name: each > np.quantile(talk[name], 0.99) for name, each in scores.items()}
    yield figure("ordinary chat flagged as rumour", share, [(asked, flagged)], 0.02, below=True)
    yield figure("rumour recall at 1 % false alarms in chat", share, [(told, recalled)], 0.75)


def _claiming(texts: Sequence[str]) -> dict[str, Numbers]:
    """How much each text sounds like a rumour by five words, and by the plain rules."""
    return {
        "naive": np.array([spreads(text) for text in texts]),
        "lexicon": np.array([reading.claim for reading in ruled(texts)]),
    }


def _auc(truth: Labels, scores: Numbers) -> float:
    return float(roc_auc_score(truth == "1", scores)) if len(set(truth)) > 1 else float("nan")


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
    texts = [row["text"] for row in found]
    shipped = as_shipped()
    by_reader = {
        "naive": ["01"[shipped(text) < LOW] for text in texts],
        "lexicon": ["01"[reading.complaint] for reading in ruled(texts)],
        OURS: said,
    }
    truth = [row["complaint"] for row in found]
    return [figure("complaint, five parts", _f1, [(truth, by_reader)], 0.75)]


def complained(folder: Path) -> list[Score]:
    """The share of complaints' titles that is taken for praise; ours is the reader as shipped."""
    from bot.analysis import reader_named
    from bot.domain.talk import Message

    reader, shipped = reader_named("plain") or PlainReader(), as_shipped()
    titles = [row["title"] for row in rows(folder, "resident_complaints.csv")]
    praised = {
        "naive": [shipped(title) > HIGH for title in titles],
        "lexicon": [reading.mood is Mood.POSITIVE for reading in ruled(titles)],
        OURS: [reader.read(Message(title), ()).mood is Mood.POSITIVE for title in titles],
    }
    name, data = "residents' complaints scored positive", "the reader as it is shipped"
    return [figure(name, share, [(titles, praised)], 0.03, below=True, data=data)]


PARTS: tuple[Callable[[Path], list[Score]], ...] = (
    sentiment,
    three_classes,
    questions,
    lambda folder: rumours(folder, Random(7)),  # noqa: S311
    lambda folder: forwards(folder, Random(7)),  # noqa: S311
    lambda folder: interleaved(folder, Random(7)),  # noqa: S311
    complaints,
    complained,
)
