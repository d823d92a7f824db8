"""A folder of labelled texts in the form of the real one, small and made up, from a seed."""

import csv
from pathlib import Path
from random import Random

NAMES = "n min author role reply text sent q answers claim target cue"
TALK = (
    ("电梯什么时候修好", "0", "1", "-", "-", "-"),
    ("请问垃圾放哪里", "0", "1", "-", "-", "-"),
    ("物业太差劲了光收钱", "-", "0", "-", "property-", "-"),
    ("谢谢物业修得真快", "+", "0", "-", "property+", "T"),
    ("听说下个月要涨物业费", "0", "0", "K1!", "-", "-"),
    ("真的要涨价吗谁说的", "0", "r", "K1?", "-", "-"),
    ("今天天气不错", "0", "0", "-", "-", "-"),
    ("楼下桂花开了好香", "+", "0", "-", "community+", "W"),
    ("我下午在家", "0", "0", "-", "-", "-"),
    ("吵死了受不了", "-", "0", "-", "neighbours-", "X"),
)

ANSWER = ("下午三点师傅来修", "0", "0", "-", "-", "-")
LINES = 90


def made(folder: Path, seed: int = 5) -> Path:
    """Writes chats of three writers and every corpus; returns the folder."""
    chance = Random(seed)
    (folder / "chat").mkdir(parents=True)
    (folder / "text").mkdir()
    for name in ("a1", "a2", "b1", "b2", "c1", "c2"):
        _chat(folder / "chat", name, chance)
    _corpora(folder / "text", chance)
    return folder


def _chat(folder: Path, name: str, chance: Random) -> None:
    lines, minute, waiting = ["\t".join(NAMES.split(" "))], 0, 0
    for n in range(1, LINES + 1):
        minute += chance.randrange(1, 9)
        text, mood, asks, claim, target, cue = chance.choice(TALK)
        answers = "-"
        if waiting and chance.random() < 0.7:
            text, mood, asks, claim, target, cue = ANSWER
            answers = str(waiting)
            waiting = 0
        author = f"R{chance.randrange(9):02}"
        text = f"{text}{chance.choice(['', '啊', '！', f' {chance.randrange(30)}号楼'])}"
        row = [n, minute, author, "resident", "-", text, mood, asks, answers, claim, target, cue]
        lines.append("\t".join(map(str, row)))
        if asks == "1":
            waiting = n
    (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def _corpora(folder: Path, chance: Random) -> None:
    good, bad, dull = "真好喜欢开心", "太差讨厌生气", "明天开会通知"
    words = {"1": good, "0": bad, "pos": good, "neg": bad, "neu": dull}
    words |= {"positive": good, "negative": bad, "neutral": dull}

    def text(label: str) -> str:
        return "".join(chance.choice(words[label]) for _ in range(9))

    _csv(
        folder / "sentiment_binary_7domains.csv",
        [
            {"domain": d, "split": s, "label": label, "text": text(label)}
            for d in ("hotel", "weibo_usual")
            for s in ("train", "test")
            for label in "01" * 12
        ],
    )
    _csv(
        folder / "ewect_emotion_3class.csv",
        [
            {"domain": d, "split": s, "emotion": "x", "label": label, "text": text(label)}
            for d in ("weibo_virus", "weibo_usual")
            for s in ("train", "test")
            for label in ("pos", "neg", "neu") * 8
        ],
    )
    _csv(
        folder / "cped_dialogues_75pct.csv",
        [
            {
                "split": s,
                "Dialogue_ID": f"{s}{n}",
                "Speaker": speaker,
                "Sentiment": mood,
                "DA": act,
                "Utterance": f"{text(mood)}{end}",
            }
            for s in ("valid", "test")
            for n, mood in enumerate(("positive", "negative", "neutral") * 8)
            for speaker, act, end in (("甲", "question", "吗"), ("乙", "statement", "了")) * 2
        ],
    )
    letters = [
        {"id": n, "source": "sms", "text": t, "sent": "0", "q": q, "complaint": c}
        for n in range(20)
        for t, q, c in (
            (f"你几点来{n}", "1", "0"),
            (f"投诉乱收费第{n}次", "0", "1"),
            (f"晚安{n}", "0", "0"),
        )
    ]
    _csv(folder / "sms_complaint_labels.tsv", letters, "\t")
    _csv(
        folder / "sms_question_gold200.csv",
        [{"text": "你几点走", "question": 1}, {"text": "晚安好梦", "question": 0}],
    )
    _csv(folder / "nus_sms_zh.csv", [{"text": f"好的晚上见{chance.random()}"} for _ in range(40)])
    _csv(
        folder / "rumor_ced.csv",
        [
            {"id": n, "time": time, "label": n % 2, "text": ("震惊快转" if n % 2 else "会议") * 3}
            for n, time in enumerate(
                ["1347334462", "Sat Jun 29 12:40:09 +0800 2013"] + [f"13{n:08}" for n in range(38)]
            )
        ],
    )
    _csv(folder / "resident_complaints.csv", [{"title": f"投诉第{n}次"} for n in range(9)])


def _csv(path: Path, rows: list[dict[str, object]], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
