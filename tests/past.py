"""A long chat history as Telegram Desktop exports one: seeded, of any length, written as a stream.

Run as `python -m tests.past 10000 result.json` to try the import by hand.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

BEGIN = datetime(2026, 8, 17, 0, 0, tzinfo=UTC)
TALK = (
    "今天{n}号楼下的桂花开了",
    "早上好",
    "{n}号楼的快递到门口了，麻烦自己拿一下",
    "哈哈哈哈哈",
    "晚饭后河边散步的人真多",
    "雨停了，可以出去走走",
    "谢谢大家",
    "孩子们在广场玩得很开心",
    "+1",
    "电梯里的灯换新的了，亮多了",
)
ASKED = (
    ("请问{n}号楼的门禁什么时候修好？", "门禁配件周{n}到，修好了告诉大家"),
    ("有人知道{n}号楼的快递柜怎么用吗？", "快递柜扫码就能用，取件码在短信里"),
    ("物业在吗？{n}号楼的电梯又停了，谁来管？", "电梯维修的人已经到了"),
    ("请问停车费{n}月份在哪里交？", "停车费在物业前台交，扫码也行"),
)
"""Questions, each with an answer that about half of them get."""


def lines(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """So many messages, service messages aside; every kind that an export holds."""
    dice, at = random.Random(seed), BEGIN
    yield {"id": 1, "type": "service", "action": "create_group", "date": "2026-08-17T00:00:00"}
    yield {"id": 2, "type": "service", "action": "topic_created", "date": "2026-08-17T00:00:00"}
    waiting: list[tuple[int, str]] = []
    for id in range(3, count + 3):
        at += timedelta(minutes=dice.uniform(1, 25))
        words, more = _said(dice, id, waiting)
        yield _message(id, at, dice.randrange(1, 120), words, more)


def _said(
    dice: random.Random, id: int, waiting: list[tuple[int, str]]
) -> tuple[object, dict[str, Any]]:
    n = dice.randrange(1, 12)
    if waiting and dice.random() < 0.5:
        asked, answer = waiting.pop()
        return answer.format(n=n), {"reply_to_message_id": asked}
    if dice.random() < 0.04:
        question, answer = dice.choice(ASKED)
        if dice.random() < 0.5:
            waiting.append((id, answer))
        return [question.format(n=n), {"type": "mention", "text": "@wuye"}], {}
    more: dict[str, Any] = {"edited": "2026-08-18T00:00:00"} if dice.random() < 0.05 else {}
    if dice.random() < 0.1:
        more |= {"reply_to_message_id": 2}
    if dice.random() < 0.05:
        return "", more | {"photo": "(File not included.)"}
    return dice.choice(TALK).format(n=n), more


def _message(
    id: int, at: datetime, author: int, text: object, more: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": id,
        "type": "message",
        "date": at.replace(tzinfo=None).isoformat(timespec="seconds"),
        "date_unixtime": str(int(at.timestamp())),
        "from": f"邻居{author}",
        "from_id": f"user{author}",
        "text": text,
        "text_entities": [],
    } | more


def write(path: Path, count: int, seed: int = 7) -> Path:
    """Writes `result.json`, a message at a time."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"name": "春晖里", "type": "private_supergroup", "id": 1, "messages": [\n')
        for number, line in enumerate(lines(count, seed)):
            file.write((",\n" if number else "") + json.dumps(line, ensure_ascii=False, indent=1))
        file.write("\n]}\n")
    return path


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
