"""What puts a danger elsewhere: another time or place, a rehearsal, advice, a joke, a trade."""

import re

from bot.analysis.hazard.dangers import Danger

_NEAR = 12
_ENDS = re.compile(r"[。!?;\n⏎]")
_UNREAL = re.compile(
    r"演练|演习|演戏|彩排|训练|培训|讲座|宣传|模拟|测试|试运行|误报|虚惊|新闻|电视|报道|视频"
    r"|抖音|快手|热搜|电影|剧里|这剧|追剧"
    r"|小说|游戏|梦见|梦到|做梦|朋友圈|公众号|直播|短片|课|哈哈|笑死|😂|🤣|狗头|开玩笑|玩笑"
)
_AFAR = re.compile(
    r"(?<!我在)(?<!人在)外地|外省|老家|国外|[别其]的?[他]?小区|(?:隔壁|对面|附近|另一个"
    r"|旁边)(?:那个)?小区|某地|某市|网上|网传|我们?单位|我?公司里"
    r"|[\u4e00-\u9fff]{2}(?:省|市|县|镇|村)(?!场|民|政|里|口)|郊区|乡下|高速上"
)
_PAST = re.compile(
    r"去年|前年|上次|上个?月|上上?周|上个?礼拜|上回|以前|从前|小时候|那年|当年|那次|那天|那时"
    r"|昨[天晚夜日]|前天|前几天|前两天|前阵|曾经"
    r"|当时|后来|[年月周]前|那会儿?|大前天|往年|早年|历史上|\d{4}年"
)
_OVER = re.compile(
    r"(?:火|烟).{0,6}(?:灭了|扑灭|散了)|扑灭|灭掉了?|修好|处理好|处理完|解决了|救出来?|救上来"
    r"|放出来|(?:人|都|已经|孩子|老人)出来了|(?<!没)(?<!未)找到了"
    r"|(?:已经?|都|安全|自己|平安)(?:回来|回家|到家)了|没事[了啦]|没大?碍|没啥事|脱险|平安"
    r"|恢复了?正常|排除了|结束了|关好了|已经?关[了掉]|(?:已|刚)修"
    r"|有惊无险|送医院了|没有?(?:泄漏|漏气|坠落|受伤|着火)|已?(?:查|弄)清|原来是|结果是"
    r"|已经?(?:抢修|送电|处理|撤离)"
)
_MAYBE = re.compile(
    r"如果|要是|万一|假如|假设|若是?|一旦|倘若|遇到|碰到|遇见|的话|哪天|迟早|早晚|总有一天"
    r"|将来|会不会|别到时候|到时候?|非得|就怕|怕哪"
    r"|真怕|真的?(?:着火|漏|出事|掉|塌|爆)了?.{0,8}(?:可|也|就|怎么|咋|谁)|难道要|等到|才(?:修"
    r"|管|换|知道|来)|可能会|容易|防着"
)
_ADVICE = re.compile(
    r"严禁|禁止|请勿|切勿|谨防|预防|防止|防范|提醒|安全用|隐患|引起|引发|导致|造成|避免|以防"
    r"|注意(?:用|防|安全|关)|不得|不要(?:在|把|从|往|乱|随)"
    r"|不能(?:在|把|从|往|再)|别(?:再|老|总)|(?:应该|应当|正确)(?:怎么)?(?:做|逃生|自救|处置)"
    r"|小心(?:火|触电|着火|煤气|燃气|用)|记得关|检查"
)
_RULES = re.compile(
    r"罚(?:款|多少)|处罚|归谁|谁(?:负责|赔|管)|赔(?:不赔|多少|偿|钱)|违法|犯法|法律|判|算不算"
    r"|保险|怎么(?:赔|规定|定责)|(?:周末|改天|明天|下周|回头).{0,8}(?:找|约|请)|有没有规定"
    r"|合不合"
    r"|入刑|责任|监控能|装(?:监控|摄像|个)|灭火器(?:过期|在哪|哪)|年检"
)
_TRADE = re.compile(
    r"优惠|特价|包邮|加微信|下单|到店|厂家|安装|多少钱|价格|推荐|哪个牌|牌子|性价比"
    r"|\d{1,6}(?:元|块)|链接|团购|促销|出售|转让|买(?:个|一个|了)|专业|上门|承接|师傅"
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
    if _UNREAL.search(text) or _AFAR.search(text) or _OVER.search(text):
        return True
    if _NOT.search(text[max(0, found.start() - 4) : found.start()]):
        return True
    said = _sentence(text, found)
    if danger.unlike is not None and danger.unlike.search(said):
        return True
    if any(sign.search(said) for sign in (_ADVICE, _RULES, _MAYBE, _TRADE)):
        return True
    return not danger.lasts and _PAST.search(said) is not None


def _sentence(text: str, found: re.Match[str]) -> str:
    """The sentence in which the danger stands."""
    start = 0
    for end in _ENDS.finditer(text):
        if end.start() >= found.end():
            return text[start : end.end()]
        if end.end() <= found.start():
            start = end.end()
    return text[start:]
