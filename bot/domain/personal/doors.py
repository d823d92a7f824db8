"""The door of a home: house and room together, or a room that is somebody's."""

import re
from collections.abc import Iterator

from bot.domain.personal.found import ADDRESS, Found
from bot.domain.personal.serials import names_a_thing
from bot.domain.sieve import Sieve

_COUNT = r"(?:(?<!\d)(?:\d{1,3}|\d?十\d?)|(?<![A-Za-z])[A-Za-z])"
_JOIN = r"[-\s的,/]{0,2}"
_PUBLIC = r"物业|居委|活动|办公|会议|服务|社区|党群|阅览|图书|教室|诊室|中心"
_NO_ROOM = (
    r"(?!\d|\.\d|-\d|\s?(?:元|块|人|平|米|㎡|m|度|年|票|吨|点|万|多|%|路|次|公里|瓦|伏|w|款|项"
    r"|条|名|位|台|辆"
    rf"|步|斤|克|字|页|班|车次|分钟|毫升|家|门店|天(?!天)|级|期|届|倍|股|层|楼|单元|{_PUBLIC}))"
)
_ROOM = rf"\d{{3,4}}\s?(?:室|房|号|户)?{_NO_ROOM}"
_LIKELY = r"(?:[1-9]|[1-4]\d)(?:0[1-9]|1\d|2\d)"
_HOUSE = rf"{_COUNT}\s?(?:号楼|号院|栋楼?|幢|座|#楼?|号房)"
_UNIT = rf"{_COUNT}\s?(?:单元|门|梯|号门)"
_FLOOR = rf"{_COUNT}\s?(?:楼|层)"
_WHOSE = (
    r"老人|老太|老头|孩子|小孩|娃|邻居|住户|业主|大爷|大妈|大叔|阿姨|奶奶|爷爷|女的|男的|人家"
    r"|夫妻|一家|租客"
    r"|房东|家里|那家|这家|户主|小伙|姑娘|先生|女士|叔叔"
)
_SIDE = r"[-\s的]?(?:[东西南北中左右](?:边|面|手)?(?:的)?(?:户|门|那?家|室)|[东西中左右]手(?:边)?)"
WHOLE = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        rf"(?P<house>{_HOUSE}{_JOIN}(?:{_UNIT}{_JOIN})?(?:{_FLOOR}{_JOIN})?){_ROOM}",
        rf"(?P<house>{_HOUSE}{_JOIN}(?:\d{{1,2}}-|[东西]单元{_JOIN})){_ROOM}",
        rf"(?P<house>{_UNIT}{_JOIN}(?:{_FLOOR}{_JOIN})?){_ROOM}",
        rf"(?P<house>{_HOUSE}{_JOIN}(?:{_UNIT}{_JOIN})?{_FLOOR})"
        r"(?:\s?[A-Za-z](?![A-Za-z\d区])|之\d{1,2}|\s?\d{1,2}室)",
        rf"(?P<house>(?:{_HOUSE}|{_UNIT}|[东西]单元){_JOIN}(?:{_UNIT}{_JOIN})?{_FLOOR}){_SIDE}",
        r"(?P<house>(?<!\d)\d{1,2}\s?座\s?)\d{1,2}[A-H](?![A-Za-z\d])",
        rf"(?P<house>{_FLOOR}\s?)[A-Za-z]\s?(?:室|房|户)",
        r"(?P<house>(?<!\d)\d{1,3}/F\s?)(?:flat|room|室)?\s?[A-H\d]{1,2}(?![A-Za-z\d])",
        r"(?P<house>)\bflat\s?[A-Z\d]{1,4}(?![A-Za-z\d])",
        rf"(?P<house>\bblock\s?[A-Z\d]{{1,3}}[-\s,]{{1,2}}){_LIKELY}{_NO_ROOM}",
        r"(?P<house>(?<!\d)\d{1,4}[巷弄]\s?)\d{1,4}号(?:之\d{1,2})?\s?(?:\d{1,2}楼(?:之\d{1,2})?"
        r"|\d{3,4}室?)",
        r"(?P<house>(?:我|我家|住|住在|家在"
        r"|[路街段])\s?)\d{1,4}号(?:之\d{1,2})?\s?\d{1,2}楼(?:之\d{1,2})?",
        r"(?P<house>)(?<!\d)(?:\d{1,4}号\s?)?\d{1,2}楼之\d{1,2}",
        rf"(?P<house>)(?<![\d月])(?<!月\d)\d{{1,3}}号{_LIKELY}\s?室?{_NO_ROOM}",
        r"(?P<house>)(?<![\d.-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d-]|\.\d|[年月日])",
        r"(?P<house>)(?<![\d./])\d{1,2}/\d{1,2}/[1-9]\d?0[1-9](?![\d/])",
        rf"(?P<house>(?:家|住|住在|送到?|放|我是|门牌号?是?|座|^\d{{1,3}}[.、,]"
        rf"|[+]1)\s?)(?:\d{{1,2}}|[A-Z])-{_LIKELY}(?![\d-])",
        rf"(?P<house>)(?<![\d.A-Za-z-])(?:\d{{1,2}}|[A-Z])-{_LIKELY}\s?(?=的|{_WHOSE}|室|房|户"
        rf"|自取|来拿|\s\S{{0,6}}[份箱盒斤袋桶件包])",
    )
)
BARE = tuple(
    re.compile(each)
    for each in (
        rf"(?P<house>)(?<![\d.第-]){_LIKELY}\s?(?:室|房)(?![内外间]|{_PUBLIC})",
        rf"(?P<house>)(?<![\d.第-]){_LIKELY}\s?(?=(?:那|这)?[家个户]?的?(?:{_WHOSE}))",
        r"(?P<house>(?:对门|隔壁|楼上|楼下|[我他她]家|门牌|房号|室号|房间号|敲|我是|住|家住"
        r"|住在)号?码?(?:是|在|:)?\s?)"
        rf"{_LIKELY}{_NO_ROOM}",
    )
)
_WHOLE_THERE = Sieve([door.pattern for door in WHOLE], re.IGNORECASE)
_BARE_THERE = Sieve([door.pattern for door in BARE])
_WORTH_A_LOOK = re.compile(r"\d{3}|[楼层座室之]|flat|/F", re.IGNORECASE)
_OF_A_HOME = re.compile(
    rf"[-/#号栋幢座楼层室房户家门梯元巷弄敲住之]|我是|flat|block|{_WHOSE}", re.IGNORECASE
)
"""Every pattern above needs one of these beside its figures."""
_PLACE = re.compile(rf"(?:{_PUBLIC})[^,。;!?]{{0,3}}$")


def doors(text: str) -> Iterator[Found]:
    """Doors of homes in a text of one spelling with its figures as 0 to 9."""
    if not (_WORTH_A_LOOK.search(text) and _OF_A_HOME.search(text)):
        return
    for n in _WHOLE_THERE.found(text):
        yield from (each for each in _all(WHOLE[n], text) if not names_a_thing(text, each.start))
    for n in _BARE_THERE.found(text):
        yield from (each for each in _all(BARE[n], text) if not _in_public(text, each.start))


def _all(door: re.Pattern[str], text: str) -> Iterator[Found]:
    for found in door.finditer(text):
        yield Found(ADDRESS, *found.span(), found.end("house"))


def _in_public(text: str, start: int) -> bool:
    """Whether the room belongs to an office, as the words before it say."""
    return _PLACE.search(text[max(0, start - 8) : start]) is not None
