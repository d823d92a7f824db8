"""Rumours that go from group to group with changes: whether they are known again."""

from pathlib import Path
from random import Random

from bot.analysis.learn.corpus import RUMOURS, rows
from bot.analysis.learn.score import OURS, Score, figure, share
from bot.domain.similar import SAME, likeness

STORIES, LEAST = 400, 30
GREETINGS = ("【转】", "刚在群里看到的，", "紧急通知！", "不知道真假：", "fwd: ", "")
GOODBYES = ("请大家相互转告！", "——转自家长群", "[祈祷][祈祷]", "大家小心", "")


def forwarded(text: str, chance: Random) -> str:
    """The same once more as it goes from group to group: cut, mistyped, with words around it."""
    kept = text[: max(20, int(len(text) * chance.uniform(0.6, 1.0)))]
    typed = [char for char in kept if chance.random() > 0.08]
    said = "".join(chance.choice("，。 ") if char in "，。！" else char for char in typed)
    return chance.choice(GREETINGS) + said + chance.choice(GOODBYES)


def forwards(folder: Path, chance: Random) -> list[Score]:
    """Rumours told again with changes: known by their own story, and by no other one.

    Two posts that are alike before anything is changed are one story.
    """
    posts = [row["text"] for row in rows(folder, RUMOURS) if row["label"] == "1"]
    stories = [text for text in dict.fromkeys(posts) if len(text) >= LEAST] or posts
    chance.shuffle(stories)
    stories = stories[:STORIES]
    again = [forwarded(text, chance) for text in stories]
    known = [likeness(*pair) >= SAME for pair in zip(again, stories, strict=True)]
    wrong = [
        any(
            likeness(said, other) >= SAME and likeness(own, other) < SAME
            for other in stories
            if other is not own
        )
        for said, own in zip(again, stories, strict=True)
    ]
    return [
        figure("forward told again is known", share, [(stories, {OURS: known})], 0.95),
        figure("forward taken for another story", share, [(stories, {OURS: wrong})], 0.04, True),
    ]
