"""What a question wants to be told, and what a text could tell."""

import re

from bot.analysis.recent import recent
from bot.domain.sieve import Sieve

WANTS = {
    "when": r"几点|什么时候|啥时|多久|几时|几号|哪天|何时|多咱|几天|多长时间|时间",
    "where": r"哪里|哪儿|哪有|在哪|去哪|边度|哪边|哪块|什么地方|何处|地址|位置|哪(?=[?\s。]*$)",
    "who": r"谁|哪位|哪个|哪家|边个|啥人|有人|师傅|推荐|介绍",
    "many": r"多少|几多|几块|几个|几钱|多钱|几楼|多大|多高|多远|价|贵",
    "phone": r"电话|号码|联系方式|微信|二维码|群号",
    "how": r"怎么|咋|怎样|点样|哪能|如何|办法",
    "why": r"为什么|为啥|为何|怎么会|怎么还|点解",
    "what": r"什么|啥|乜|哪些|哪种",
    "whether": r"[吗么嘛咩伐没不冇][\s?。!~…]*$|(.)[不没唔]\1|有没有|能不能|可以|能否|是否",
    "help": r"求|帮|麻烦|劳驾|拜托|请|借|送|来看|处理|修",
    "lost": r"丢|捡|找不到|谁的|不见|落在|拿错|认领|钥匙|快递",
    "join": r"一起|拼|组队|约|同去|搭|差.个|缺.个",
    "again": r"^\s*(?:同问|\+|加一|蹲|问)|还没|还是没",
}
OFFERS = {
    "digit": r"\d",
    "clock": r"\d\s*[点:时]|[一二两三四五六七八九十]点|今天|明天|后天|昨天|周[一-日末]|[早晚]上"
    r"|下午|中午|小时|分钟|号",
    "place": r"[门楼栋口边旁里外上下对面]|物业|前台|大厅|服务|超市|路|站|隔壁",
    "phone": r"\d{3,4}[-\s]?[\d*]{4,}|1\d{2}[\d*]{6,}|电话|微信|私|加我|名片",
    "money": r"\d\s*[元块毛万]|免费|不要钱|便宜|[一二两三四五六七八九十百]块",
    "yes": r"^\s*(?:有|可以|能|行|是|对|在|会|好|嗯|要|没问题|系|得)|有的|可以的|已经",
    "no": r"^\s*(?:没|不|冇|唔|无)|没有|不行|不能|不用|不是|还没",
    "mine": r"我的|我家|是我|我来|我去|我有|俺|我帮|我给|算我|报名",
    "doing": r"安排|处理|马上|已[经派报联通]|联系|师傅|过去|上门|正在|尽快|反映|核实|登记",
    "advice": r"可以|试试|建议|先|找|打|去|问|应该|最好|要带|需要|拿|按|看看",
    "because": r"因为|由于|所以|故障|检修|施工|坏|停|原因|是.{1,12}的",
    "unknown": r"不知道|不晓得|唔知|不清楚|没听说|谁知道|同问|^\s*\+\d|蹲|我也想",
    "laugh": r"哈哈|笑死|嘻嘻|呵呵|\[(?:捂脸|偷笑|破涕为笑|笑哭|旺柴|doge)\]|😂|🤣",
    "thanks": r"谢|多谢|唔该|感恩|辛苦|好的|收到|明白|知道了|晓得了",
    "at": r"@",
}
FITS = {
    "when": ("clock", "digit"),
    "where": ("place",),
    "who": ("mine", "phone", "advice"),
    "many": ("digit", "money"),
    "phone": ("phone",),
    "how": ("advice", "doing"),
    "why": ("because",),
    "whether": ("yes", "no"),
    "help": ("doing", "mine", "yes"),
    "lost": ("mine", "place"),
    "join": ("mine", "yes"),
}
"""Which offers satisfy which wish."""
_WANTS, _OFFERS = Sieve(tuple(WANTS.values())), Sieve(tuple(OFFERS.values()))
_ECHO = re.compile(r"\s*(?:\+\s*\d+|加一|同问|同求|蹲|我也想[问知]道?)[\W_]*$")
_SIGNS = re.compile(r"\[(?!图片|视频|文件|位置|链接|名片)[^\]]{0,9}\]|[\W_]")
_JOIN = list(WANTS).index("join")
_FIT = [frozenset(map(list(OFFERS).index, FITS.get(want, ()))) for want in WANTS]
Carried = tuple[float, ...]


@recent
def wanted(text: str) -> Carried:
    """One number a wish, 1 where a normalised text has it."""
    return _carried(_WANTS, text, len(WANTS))


@recent
def offered(text: str) -> Carried:
    """One number an offer, 1 where a normalised text makes it."""
    return _carried(_OFFERS, text, len(OFFERS))


def _carried(looked_for: Sieve, text: str, count: int) -> Carried:
    found = [0.0] * count
    for n in looked_for.found(text):
        found[n] = 1.0
    return tuple(found)


def for_company(want: Carried) -> bool:
    """Whether a question calls for companions: there +1 is an answer."""
    return bool(want[_JOIN])


def echoes(text: str) -> bool:
    """Whether a text only asks the same once more: +1, 同问."""
    return _ECHO.match(text) is not None


def wordless(text: str) -> bool:
    """Whether a text is nothing but smileys and signs."""
    return not _SIGNS.sub("", text)


def fits(want: Carried, offer: Carried) -> tuple[float, float]:
    """How many wishes the offers satisfy, and the share of those that can be satisfied."""
    wishes = [satisfied_by for wished, satisfied_by in zip(want, _FIT, strict=True) if wished]
    offers = {n for n, made in enumerate(offer) if made}
    could = float(sum(map(bool, wishes)))
    met = float(sum(not satisfied_by.isdisjoint(offers) for satisfied_by in wishes))
    return met, met / could if could else 0.0
