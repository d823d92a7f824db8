"""One spelling for many: each character becomes one character, so that places stay the same."""

import re

_NARROW = {ord("　"): " ", **{0xFF01 + at: chr(0x21 + at) for at in range(0x5E)}}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー－"), "-")
_OLD = "號樓棟單門層戶電話機車訂證護聯絡碼驗會議編運雲粵滬遼魯蘇贛貴陝寧瓊對業處隔鄰務資僑國臺遞費"
_NEW = "号楼栋单门层户电话机车订证护联络码验会议编运云粤沪辽鲁苏赣贵陕宁琼对业处隔邻务资侨国台递费"
_SIMPLE = {ord(old): new for old, new in zip(_OLD, _NEW, strict=True)}
_FIGURES = {ord(word): str(at) for at, word in enumerate("零一二三四五六七八九")}
_MORE = {
    ord("〇"): "0",
    ord("○"): "0",
    ord("洞"): "0",
    ord("拐"): "7",
    ord("勾"): "9",
    ord("两"): "2",
    ord("幺"): "1",
    ord("壹"): "1",
    ord("贰"): "2",
    ord("叁"): "3",
}
_PLAIN = _NARROW | _DASHES | _SIMPLE
_COUNTED = _PLAIN | _FIGURES | _MORE
_SPOKEN = re.compile(
    r"[〇零洞幺一二三四五六七八九](?:[-\s]?[〇零洞拐勾幺两一二三四五六七八九\d]){3}"
)

GAP = r"[-\s.·\u200b-\u200d\u2060\ufeff]"
"""What people put between figures."""


def narrow(text: str) -> str:
    """Half width, one dash, simplified; as long as the text."""
    return text.translate(_PLAIN)


def counted(text: str) -> str:
    """The same with Chinese figures as 0 to 9."""
    return text.translate(_COUNTED)


def spoken(text: str) -> bool:
    """Whether a number is spelled out in Chinese figures."""
    return _SPOKEN.search(text) is not None
