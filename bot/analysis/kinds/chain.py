"""One more in a row: +1, 同求, an entry of a list, a call to join one."""

import re

from bot.analysis.kinds.sign import ASKING

SHORT = 24
_UNIT = (
    r"(?:份|箱|盒|斤|件|袋|瓶|桶|只|个|位|人|户|套|张|包|提|条|本|组|大|小|名|打|捆|把|罐"
    r"|板|枚|盆)"
)
_FIGURE = r"(?:\d{1,3}|[一二两三四五六七八九十半])"
_WE = r"(?:我们?家?|[俺咱]家?|也|再|都|那|给|帮|麻烦|请|算|还|就)"
_STAND = r"(?:支持|反对|同意|赞成|报名|附议|同求|同问|顶|参加|加入|已领|未领|已交|弃权)"
_PLUS = re.compile(
    rf"^(?:{_WE}|{_STAND}|要|同|家里|是|这边|\d{{1,3}}(?:号楼?|栋|楼)|[,。!~ ]){{0,8}}"
    r"[+➕]\s?(?:\d{1,5}|[一半])(?![\d元块])|^[+➕丄](?:$|\s?[+➕我个份半一\d]|同)|^加一(?:$"
    r"|[,。! 个份])|^加(?:我|俺|个)"
    r"|^.{1,12}[+➕]1[!。~ ]{0,3}$|(?:要的|参加的|去的|同意的|想要的|有意的?|报名|需要的?"
    r"|感兴趣的?)(?:请|就|扣|打|回复)?[+➕扣]\s?1"
)
_ECHO = re.compile(
    rf"^{_WE}{{0,4}}(?:同[求问上感需]|附议|跟(?:一?个|上|团|风|队|单|帖|楼|[+一])?|顶(?:上去?"
    rf"|一下|起来|一?个)?|蹲(?:一?个|蹲|结果)?|求(?:同|带|拼)"
    r"|推(?:一?个)?|接龙|支持|反对|赞成|报名|报个名|一票|1票|(?:算|带|加|留|叫|捎)(?:我|俺|咱"
    r"|上)?(?:们|家)?一?[个份位人家]?|占个?[坑位楼]|排队?|举手"
    r"|(?:保持|跟上?|复制)?队形|mark|插眼|路过顶一下|沙发|投[^,。]{1,4}一票|要|来|参加|加入|去"
    r"|预[定订])"
    r"(?:支持|赞成|反对|同意|[!。,~ 了啊哈吖的呀吧咯嘞+1👍🙋]){0,8}(?:谢谢?.{0,6}|辛苦.{0,6}"
    r"|唔该)?$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"^(?:同[上求问感]|附议|丄同)[,。! +]")
_ORDER = re.compile(
    rf"^{_WE}{{0,4}}(?:加|要|来|订|拿|留|算|带|报|预[定订]|买|团|收)(?:我|上我"
    rf"|俺)?{_FIGURE}\s?{_UNIT}"
    rf"|^(?:报名|参加|预[定订]|登记)[:,、 ].{{0,14}}{_FIGURE}\s?{_UNIT}"
    rf"|改(?:成|为|做|要)\s?{_FIGURE}\s?{_UNIT}|^(?:\d{{1,3}}[.、]\s?)?\S{{0,6}}(?:退|减|多加"
    rf"|再加){_FIGURE}\s?{_UNIT}"
)
_SHARE = re.compile(
    rf"^(?:\d{{1,3}}[.、,:)\u20e3]?\s?)?[^\s,。!]{{1,10}}[\s,:](?:[^\s,。!]{{1,6}}[\s,])?{_FIGURE}\s?{_UNIT}(?:$"
    rf"|[\s,!。])"
)
_BOUGHT = re.compile(r"了|吃|过|花|卖|有|元|块|钱|才|只")
_ENTRY = re.compile(
    rf"^\d{{1,3}}(?:[.、)\u20e3]"
    rf"|号?[:,])\s?[^\d\s,。:]{{1,8}}(?:\s+\S{{0,8}}?{_FIGURE}\s?{_UNIT}|[\s,]+{_STAND})"
    r"|^\d{1,3}[.、)\u20e3]\s?[^\s,。!不没谁]{1,5}$|^\d{1,2}-\d{3,4}\s.{0,10}"
    rf"{_UNIT}"
)
_LIST = re.compile(
    r"(?:^|[\s,:;])1[.、)\u20e3]?\s?[^\d\s,。;!]{1,4}(?:\([^)]{1,6}\))?[\s,、]{0,3}"
    rf"(?:{_FIGURE}\s?{_UNIT}|{_STAND}"
    rf"|\S{{1,4}}\s)?[\s,、]{{0,3}}2[.、)\u20e3\s]?\s?(?:[^\d\s年月日号楼栋点份]|$)"
)
_CALL = re.compile(r"接龙|^例[ .:1]|^#[^#\s]{1,12}(?:报名|登记|统计|团)")
_NO_CALL = re.compile(
    r"接错|太长|删|乱|退出|刷屏|[别不]要?(?:再)?接龙|烦|昨天的接龙|上次的?接龙|接龙(?:了|里|那"
    r"|小程序|链接|有|没|都|能)|(?:我|他|她)(?:已经)?接龙|成语"
)
_ASKING = re.compile(ASKING)


def is_chain(text: str, may_be_list: bool) -> bool:
    """Whether it is one more in a row; a bare list counts only where `may_be_list` allows it."""
    if _PLUS.search(text) or _ECHO.search(text) or _AGAIN.search(text) or _ORDER.search(text):
        return True
    if _ASKING.search(text):
        return False
    if _CALL.search(text):
        return not _NO_CALL.search(text)
    return may_be_list and (_is_share(text) or bool(_ENTRY.search(text) or _LIST.search(text)))


def _is_share(text: str) -> bool:
    """A name and a quantity, and little else."""
    return len(text) <= SHORT and bool(_SHARE.search(text)) and not _BOUGHT.search(text)
