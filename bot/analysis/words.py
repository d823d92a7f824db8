"""Words, cut by jieba; its dictionary is loaded at the first need, its cache kept private."""

import logging
import re
import tempfile
from functools import cache
from typing import Any

_CHINESE = re.compile(r"^[\u4e00-\u9fff]{2,6}$")
COMMON = 6.5
_EMPTY = """
谢谢 感谢 有没有 有人 大家 一下 什么 怎么 怎么办 知道 请问 今天 明天 昨天 现在 时候 可以 没有
收到 辛苦 早上好 晚上好 哈哈 哈哈哈 加一 邻居 你们 我们 他们 咱们 这个 那个 这边 那边 一起
已经 还有 不是 几点
"""
EMPTY = frozenset(_EMPTY.split())


@cache
def _jieba() -> tuple[Any, dict[str, float]]:
    import jieba
    import jieba.analyse

    jieba.setLogLevel(logging.ERROR)
    cutter = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="linsheng-words-") as folder:
        cutter.tmp_dir = folder
        cutter.initialize()
    rarity, _ = jieba.analyse.default_tfidf.idf_loader.get_idf()
    return cutter, rarity


def cut(text: str) -> list[str]:
    """All words of a text, in their order."""
    return [word for word in _jieba()[0].cut(text) if word.strip()]


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    cutter, rarity = _jieba()
    return frozenset(
        word
        for word in cutter.cut(text)
        if _CHINESE.match(word) and word not in EMPTY and rarity.get(word, 0.0) >= COMMON
    )
