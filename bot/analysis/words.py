"""Words, cut by jieba; its dictionary is loaded at the first need, its cache kept private."""

import logging
import re
import tempfile
from functools import cache
from typing import Any

_CHINESE = re.compile(r"^[\u4e00-\u9fff]{2,6}$")
COMMON = 6.5
"""Words with a smaller inverse document frequency than this say nothing about a place."""


@cache
def _jieba() -> tuple[Any, dict[str, float]]:
    import jieba
    import jieba.analyse

    jieba.setLogLevel(logging.ERROR)
    cutter = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="linsheng-words-") as folder:
        cutter.tmp_dir = folder
        cutter.initialize()
    rarity, _ = jieba.analyse.TFIDF().idf_loader.get_idf()
    return cutter, rarity


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    cutter, rarity = _jieba()
    return frozenset(
        word
        for word in cutter.cut(text)
        if _CHINESE.match(word) and rarity.get(word, 0.0) >= COMMON
    )
