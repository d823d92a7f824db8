"""Number plates of the mainland, of Taiwan and of Hong Kong."""

import re
from collections.abc import Iterator

from bot.domain.personal.found import PLATE, Found

_NEAR = 16
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_MAINLAND = re.compile(
    rf"[{_PROVINCE}]\s?[A-Za-z][-\s·.•・]{{0,2}}(?=[A-Za-z]{{0,2}}[ ·-]?[A-Za-z]{{0,2}}[ ·-]?\d)"
    r"(?:[A-Za-z\d]{5,6}|[A-Za-z\d]{4}[港澳学警挂领使临]|[A-Za-z\d]{2}[ ·-][A-Za-z\d]{3}"
    r"|[A-Za-z\d]{3}[ ·-][A-Za-z\d]{2}|[A-Za-z\d](?:[ ·-][A-Za-z\d]){4,5})(?![A-Za-z\d])"
)
_ISLAND = re.compile(
    r"(?<![A-Za-z\d-])(?:[A-Za-z]{3}-?\d{4}|\d{4}-[A-Za-z\d]{2}|[A-Za-z]{2}-\d{4}"
    r"|[A-Za-z\d]{3}-\d{3})"
    r"(?![A-Za-z\d-])"
)
_HARBOUR = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{2}\s?\d{2,4}(?![A-Za-z\d])")
_CAR = re.compile(r"车|挪|停在|plate", re.IGNORECASE)
_PLATE = re.compile(r"车牌|车主|车号|plate|挪车|移车|私家车", re.IGNORECASE)
_MODEL = re.compile(r"型号|滤网|配件|墨盒|路由|版本|编号|单号|订单|航班|车次")


def plates(text: str) -> Iterator[Found]:
    """Whole number plates in a text of one spelling."""
    for found in _MAINLAND.finditer(text):
        yield Found(PLATE, *found.span(), found.start())
    if _CAR.search(text):
        yield from _named(_ISLAND, _CAR, text)
        yield from _named(_HARBOUR, _PLATE, text)


def _named(plate: re.Pattern[str], car: re.Pattern[str], text: str) -> Iterator[Found]:
    """Those that stand near a word for cars and not near one for models."""
    for found in plate.finditer(text):
        near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        if car.search(near) and not _MODEL.search(near):
            yield Found(PLATE, *found.span(), found.start())
