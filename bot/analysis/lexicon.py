"""The words the plain rules look for; written for residents' talk, by hand, for this project."""

import re


def pattern(words: str) -> re.Pattern[str]:
    """Any of these words, longest first."""
    return re.compile("|".join(map(re.escape, sorted(words.split(), key=len, reverse=True))))


REQUEST = pattern(
    """
    请物业 请居委 麻烦物业 麻烦居委 希望物业 希望居委 能不能管 来人 派人 来修 修一下
    处理一下 看一下 清理一下 挪一下 挪车 请挪 通知一下 解释一下 给个说法 尽快
    """
)
RHETORICAL = pattern(
    """
    吃了吗 吃了没 难道 谁说不是 不是吗 对吧 是吧 是不 你说呢 何必 哪有 还用说
    有意思吗 至于吗 好意思 谁信 早干嘛 干什么吃的 都干啥了 听说了吗 知道吗 懂吗 凭啥
    怎么可能 关你什么事 你谁
    """
)
CANNED = re.compile(
    r"^(?:@\S+\s*)?(?:(?:好的?|已?收到|已反馈|已上报|已转达|马上反馈|知道了|明白|了解|ok|嗯+|稍等|在的|您好|谢谢"
    r"|感谢反馈|会?尽快处理|我们?(?:会|去)?反映(?:一下)?)[,。.!~ ]*)+$",
    re.IGNORECASE,
)
CLUELESS = pattern(
    """
    不知道 不清楚 不晓得 同问 我也想 我也是 +1 蹲 顶 我家也 我们也 也想知道 哈哈
    没注意 晓不得
    """
)
THANKS = pattern(
    """
    谢谢 感谢 多谢 辛苦 给力 点赞 好人 太好了 谢了 谢啦 3q thx
    """
)
HELP = pattern(
    """
    我来 我帮 可以帮 需要的找我 免费送 送给 借给 一起抬 我这有 我家有 拿去用 搭把手
    """
)
BELONGING = pattern(
    """
    咱们小区 我们小区 咱小区 咱们楼 我们楼 咱楼 远亲不如近邻 邻里 我爱 大家庭 咱们这
    """
)
ALIENATION = pattern(
    """
    走形式 问了也白问 白问 不指望 没用的 习惯了 无所谓了 想搬走 搬走算了 没人管
    不抱希望 懒得说 呵呵
    """
)
HOSTILE = pattern(
    """
    滚 有病 傻 神经病 不要脸 缺德 素质低 没素质 什么东西 闭嘴 脑子 垃圾人 欠揍
    """
)
BAD = pattern(
    """
    坏了 又坏 脏 臭 吵 漏水 漏了 堵 不满 差劲 太差 垃圾 恶心 气死 无语 过分 讨厌
    烦 难受 失望 担心 害怕 可怕 糟 乱收费 不作为 推诿 敷衍 坑 骗 黑心 危险 扰民
    没人 冻死 热死 投诉 反对 不同意 不合理 离谱 心寒 受不了 忍 崩溃 唉 怒 [哭]
    😡 😭 💢
    """
)
GOOD = pattern(
    """
    开心 高兴 喜欢 真好 太好 不错 漂亮 满意 赞 棒 感动 温暖 幸福 好吃 好香 好看
    真快 给力 支持 同意 放心 哈哈 祝 [玫瑰] [强] 👍 🌹 ❤ 😄 快乐 修好了
    """
)
NEGATION = re.compile(r"(?:不|没|别|未|无)\s*$")
SARCASM = pattern(
    """
    呵呵 真负责 可真行 真会 好一个 厉害了 真棒啊 牛啊 笑死
    """
)
SPREAD = pattern(
    """
    转发 转给 扩散 速转 转告 相互转告 互相转告 告诉家人 转起来 紧急通知 内部消息
    刚刚得到 刚接到 官方还没 不要外传 马上删
    """
)
RISK = pattern(
    """
    投毒 有毒 致癌 爆炸 感染 确诊 传染 封楼 封小区 停水 停电 停气 人贩子 偷小孩 拐
    地震 泄漏 死了 死亡 囤 千万别喝 千万别 召回 中毒 水有问题 命案 坠楼
    """
)
URGENT = pattern(
    """
    急 马上 赶紧 现在 快来 立刻 淹 爆管 喷水 全黑 没水了 没电了 出不去 进不去
    """
)
OFFICES = (
    (
        "property",
        pattern(
            """
    物业 保安 门岗 保洁 客服 管家 项目经理
    """
        ),
    ),
    (
        "manager",
        pattern(
            """
    居委 社区工作人员 社区主任 居委会 社区书记
    """
        ),
    ),
    (
        "grid",
        pattern(
            """
    网格员 网格长 网格
    """
        ),
    ),
    (
        "committee",
        pattern(
            """
    业委会 业主委员会 业委
    """
        ),
    ),
)
TOPICS = (
    (
        "property",
        pattern(
            """
    电梯 门禁 水管 路灯 停车 车库 车位 快递柜 垃圾 漏水 维修 监控 绿化 电动车 充电
    楼道 水箱 停水 停电 暖气 物业费 发票 道闸 下水
    """
        ),
    ),
    (
        "committee",
        pattern(
            """
    维修资金 换物业 业主大会 公共收益
    """
        ),
    ),
    (
        "manager",
        pattern(
            """
    证明 社保 医保 低保 居住证 体检 疫苗 选举 补贴 养老 办证 活动室 噪音 扰民 狗
    """
        ),
    ),
)
CUES = (
    ("W", BELONGING),
    ("H", HELP),
    ("T", THANKS),
    ("L", ALIENATION),
    ("X", HOSTILE),
)
