"""What puts a danger elsewhere: another time or place, a rehearsal, advice, a joke, a trade."""

import re

from bot.analysis.hazard.dangers import Danger

_ENDS = re.compile(r"[。!?;\n⏎]")
_PAUSES = re.compile(r"[。!?;\n⏎,、]")
_UNREAL = re.compile(
    r"演练|演习|演戏|彩排|训练|培训|讲座|宣传|模拟|测试|误报|虚惊|新闻|电视|报道|(?:看|刷"
    r"|[这那一]个|网上|的)视频|视频里|(?:看|刷|上)(?:到)?(?:抖音|快手|直播)"
    r"|抖音|热搜|电影|剧里|这剧|追剧|小说|(?:玩|打)游戏|游戏里|梦见|梦到|做梦|朋友圈|公众号"
    r"|短片|(?:公开|安全|急救|培训|[一两])课|哈哈|笑死|😂|🤣|狗头|玩笑"
)
_AFAR = re.compile(
    r"(?<!我在)(?<!人在)外地|外省|老家|国外|[别其]的?[他]?小区|(?:隔壁|对面|附近|另一个"
    r"|旁边)(?:那个)?小区|某[地市县]|网上|网传|我们?单位"
    r"|我?公司里|[\u4e00-\u9fff]{2}(?<!超)(?<!夜)(?<!菜)(?<!集)(?:省|市|县)(?:有|那边|发生|一"
    r"|某)|郊区|乡下|高速上"
)
_PAST = re.compile(
    r"去年|前年|上次|上个?月|上上?周|上个?礼拜|上回|以前|从前|小时候|那年|当年|那次|那天|那时"
    r"|昨[天晚夜日]|前天|前几天|前两天|前阵|曾经"
    r"|当时|后来|[年月周]前|那会儿?|大前天|往年|早年|历史上|\d{4}年"
)
_OVER = re.compile(
    r"(?:火|烟).{0,6}(?:灭了|扑灭|散了)|扑灭|灭掉了?|修好|处理好|处理完|解决了|救出来?|救上来"
    r"|放出来|(?:人(?:都|已经)?|孩子|老人|已经)出来了|(?<!没)(?<!未)找到了"
    r"|(?:已经?|都|安全|自己|平安)(?:回来|回家|到家)了|没事[了啦]|没大?碍|没啥事|脱险"
    r"|平安(?:到|回|无|$|[,。!])|恢复了?正常|排除了|结束了|关好了|已经?关[了掉]|(?:已|刚)修"
    r"|有惊无险|送医院了|没有?(?:泄漏|漏气|坠落|受伤|着火)|已?(?:查|弄)清|原来是(?:误|虚|谁|在"
    r"|老公|老婆|烧烤|做饭)|已经?(?:抢修|送电|处理|撤离)"
)
_STILL = re.compile(
    r"还在|还没|还有人|还是|越来越|更[大重浓]|现在|今[天早晚]|刚[刚才]?|又|至今|快来|救命|马上"
    r"|赶紧"
)
_MAYBE = re.compile(
    r"如果|要是|万一|假如|假设|若|一旦|倘若|(?:遇到|碰到|遇见|遇上).{0,12}(?:怎么|时|要|应|别"
    r"|先|千万|情况)|的话|哪天|迟早|早晚|总有一天|将来|会不会|到时候?"
    r"|非得|就怕|怕哪|真怕|真的?(?:着火|漏|出事|掉|塌|爆)了?.{0,8}(?:可|也|就|怎么|咋|谁)"
    r"|难道要|等到|才(?:修|管|换|知道)|可能会|容易|防着"
)
_ADVICE = re.compile(
    r"严禁|禁止|请勿|切勿|谨防|预防|防止|防范|(?:温馨|友情|再次)提醒|安全用|隐患|(?:容易|会"
    r"|可能|可|易|以免)(?:引起|引发|导致|造成)|避免|以防|注意(?:用|防|安全|关)|不得"
    r"|不要(?:在|把|从|往|乱|随)|不能(?:在|把|从|往|再)|别(?:再|老|总)|(?:应该|应当"
    r"|正确)(?:怎么)?(?:做|逃生|自救|处置)|小心(?:火|触电|着火|煤气|燃气|用)|记得关|定期"
)
_RULES = re.compile(
    r"罚(?:款|多少)|处罚|归谁|谁(?:负责|赔)|赔(?:不赔|多少|偿|钱)|违法|犯法|法律|怎么判|判刑"
    r"|算不算|保险|怎么(?:赔|规定|定责)|有没有规定|合不合"
    r"|入刑|责任|监控能|装(?:监控|摄像|个)|灭火器(?:过期|在哪|哪)|年检|(?:周末|改天|明天|下周"
    r"|回头).{0,8}(?:找|约|请)"
)
_TRADE = re.compile(
    r"优惠|特价|包邮|加微信|下单|到店|厂家|要不要装|(?:免费|包|负责)安装|多少钱|价格|推荐"
    r"|哪个牌|牌子|性价比|\d(?:元|块)|链接|团购|促销|出售|转让|买(?:个|一个|了)"
    r"|专业|上门(?:维修|服务|安装|开锁|清洗)|承接|(?:求|找|有|请|没有)师傅"
)
_NOW = re.compile(
    r"刚[刚才]?|现在|正在|还在|快来|快[去叫跑点下打]|赶紧|马上|救命|求助|求救|来人|急!|急急|!!"
    r"|!|帮忙|谁能|谁会|有没有医生|医生|120|119|救护车|白车"
    r"|报警|已经?报|越来越|里面有人|小心|绕|别(?:过|靠|碰|走|趟|停|开火)|疏散|撤|在哪家|谁有"
    r"|速效|送医|有人"
)


_NOT = re.compile(
    r"(?:(?<!有)没有?|(?<!有)冇|无|未|(?<!是)不是|并非|不算|又不|不会|不怕)[人被在会]?$"
)


def is_now(text: str) -> bool:
    """Whether the words press, or call for help."""
    return _NOW.search(text) is not None


def is_elsewhere(text: str, found: re.Match[str], danger: Danger) -> bool:
    """Whether the words around a danger say that it is not one here and now."""
    still = _STILL.search(text) is not None
    if _UNREAL.search(text) or _AFAR.search(text) or (_OVER.search(text) and not still):
        return True
    if _NOT.search(text[max(0, found.start() - 4) : found.start()]):
        return True
    said, clause = _around(text, found, _ENDS), _around(text, found, _PAUSES)
    if danger.unlike is not None and danger.unlike.search(said):
        return True
    if _MAYBE.search(clause) or any(sign.search(said) for sign in (_ADVICE, _RULES, _TRADE)):
        return True
    return not danger.lasts and not still and _PAST.search(said) is not None


def _around(text: str, found: re.Match[str], ends: re.Pattern[str]) -> str:
    """The sentence, or the clause, in which the danger stands."""
    start = 0
    for end in ends.finditer(text):
        if end.start() >= found.end():
            return text[start : end.end()]
        if end.end() <= found.start():
            start = end.end()
    return text[start:]
