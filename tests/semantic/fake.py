"""A second reader for tests: the real process around a mind that does what a text tells it."""

import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.analysis import trained_reader
from bot.analysis.semantic import child
from bot.analysis.semantic.mind import Mind, Vectors
from bot.domain.talk import Message, Mood, Reading

COMMAND = (sys.executable, "-m", "tests.semantic.fake")
BABBLER = """
import sys
print('{"ready": true}', flush=True)
for _ in sys.stdin:
    print("\\0 no json", flush=True)
"""
BABBLES = (sys.executable, "-c", BABBLER)
"""Greets well and answers with no JSON."""
HANGS, DIES, EATS = "卡住", "死掉", "吃光"
ASKS, CLAIMS = "盼回音", "隔壁讲"


class FakeMind(Mind):
    """Hangs, dies or eats all memory where a text says so; else finds what it says."""

    def read(self, message: Message, place: Sequence[float]) -> Reading:
        if HANGS in message.text and "patient" not in sys.argv:
            threading.Event().wait()
        if DIES in message.text:
            os._exit(3)
        if EATS in message.text:
            bytearray(2 << 30)
        found = super().read(message, place)
        return replace(
            found,
            mood=Mood.NEGATIVE if "烦" in message.text else found.mood,
            asks=0.9 if ASKS in message.text else found.asks,
            claim=0.9 if CLAIMS in message.text else found.claim,
        )


def embed(texts: list[str]) -> Vectors:
    """Two directions: warmth, and all else."""
    return np.array([[1.0, 0.0] if "暖" in t else [0.0, 1.0] for t in texts], np.float32)


def made() -> Mind:
    return FakeMind(embed, trained_reader("first", "second"))


if __name__ == "__main__":
    sys.exit(child.main(made))
