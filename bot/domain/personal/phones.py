"""Telephone numbers that reach a person or a household; public lines are not among them."""

import re
from collections.abc import Iterator

from bot.domain.personal.found import PHONE, Found
from bot.domain.personal.serials import names_a_thing
from bot.domain.personal.spelled import GAP

_NEAR = 14
_GROUPS = 5
_MOBILE = re.compile(
    rf"(?<![\dA-Z])(?<!\d[-.])(?:(?:\+"
    rf"|00)?86{GAP}{{0,2}})?1[3-9](?:{GAP}{{0,2}}\d){{9}}(?!{GAP}?\d)"
    rf"|(?<![\dA-Za-z])(?<!\d[-.])1{GAP}{{1,2}}[3-9](?:{GAP}{{0,2}}\d){{9}}(?!{GAP}?\d)"
)
_LANDLINE = re.compile(
    rf"(?<![\dA-Za-z.])\(?0[1-9]\d{{0,2}}\)?{GAP}{{0,3}}[2-9]\d{{2,3}}{GAP}?\d{{4}}(?!{GAP}?\d)"
)
_ISLAND = re.compile(rf"(?<![\dA-Za-z.])09\d\d{GAP}?\d{{3}}{GAP}?\d{{3}}(?!\d)")
_ABROAD = re.compile(
    rf"(?<![\dA-Za-z])(?:\+\d{{1,3}}|00(?:85[23]|886)|85[23](?:\)|{GAP})"
    rf"|886{GAP}?9)(?:(?:{GAP}|[()]){{0,2}}\d){{7,11}}(?!\d)"
)
_LOCAL = re.compile(rf"(?<![\dA-Za-z.+])(?<!\d-)[2-9]\d{{2,3}}{GAP}?\d{{4}}(?!\d|{GAP}\d)")
_CALLED = re.compile(
    r"电话|手机|手提|座机|固话|tel|whatsapp|call|phone|致电|联络|联系|打[给俾畀比我他她这]"
    r"|打\s?$|signal|wts|搵"
    r"|来电|拨",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(r"\s?(?:搵|揾|找(?!零)|联系|\([^)]{1,4}(?:生|小姐|太|先生|女士)\))")
_PUBLIC = re.compile(
    r"(?:物业|居委会?|派出所|医院|社区|街道|客服|热线|供电|自来水|水务|燃气|报修|管理处|管理室"
    r"|前台|服务"
    r"|门岗|保安|中心|政府|学校|银行|公安|警务室|值班|市民|咨询|投诉|举报)[^\d,。;!?]{0,6}$"
)


def phones(text: str) -> Iterator[Found]:
    """Telephone numbers in a text of one spelling."""
    for line in (_ABROAD, _MOBILE, _ISLAND):
        yield from _all(line, text)
    for found in _all(_LANDLINE, text):
        if not _PUBLIC.search(text[max(0, found.start - _NEAR) : found.start]):
            yield found
    for found in _all(_LOCAL, text):
        before = text[max(0, found.start - _NEAR) : found.start]
        called = _CALLED.search(before) or _ASKED_FOR.match(text, found.end)
        if called and not _PUBLIC.search(before):
            yield found


def _all(line: re.Pattern[str], text: str) -> Iterator[Found]:
    for found in line.finditer(text):
        start, end = found.span()
        if _like_one_number(found.group()) and not names_a_thing(text, start):
            yield Found(PHONE, start, end, start)


def _like_one_number(words: str) -> bool:
    """Few groups, or figure by figure; not a row of small numbers."""
    groups = re.findall(r"\d+", words)
    return len(groups) <= _GROUPS or all(len(group) == 1 for group in groups)
