"""Long numbers that lead to a thing and not to a person: orders, parcels, meetings, meters."""

import re

_NEAR = 12
_THING = re.compile(
    r"订单|单号|运单|工单|编号|qq|扣扣|群号|会议|票据|发票|车票|彩票|流水|卡号|取件|账号|学号"
    r"|合同|读数"
    r"|条码|条形码|型号|序列|验证码|代码|户号|编码|货架|版本|密码|邮编|备案|案号|no\.?\s*$"
    r"|快递[单号]",
    re.IGNORECASE,
)
_PERSON = re.compile(r"电话|手机|联系|打|tel|call|phone|找|身份证|证件|证号", re.IGNORECASE)


def names_a_thing(text: str, start: int) -> bool:
    """Whether the words just before the number say that it belongs to a thing."""
    before = text[max(0, start - _NEAR) : start]
    named = max((thing.end() for thing in _THING.finditer(before)), default=-1)
    return named >= 0 and not _PERSON.search(before, named)
