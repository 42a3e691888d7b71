"""Ways of leaving the next move to the customer that name nobody: their act and then …, English, what is only told.

Written speech and dialect hardly ever say 等客户: 封顶再讲, 批了再找我, 写好丢过来, pending PO (R-058, R-069).
"""

from __future__ import annotations

import re

from genjin.quality.lexicon import DEPARTMENT, Token
from genjin.quality.names import named_function
from genjin.quality.patterns import each

_CUSTOMER = r"(?:客户|对方|甲方|业主|买方|院方|校方|店主|店家|人家|其|他+们?|她们?|伊拉?|佢哋?)"
_US = r"(?:我方|我司|我们?|咱们?|俺们?)(?!的)"
_END = rf"(?=$|[,;。的]|{_US})"
# One of these characters stands in every such plan; looked for first, because it is cheap.
_SIGN = re.compile(r"[会由再来找报已都未没若在先无需候伊佢说家慢知果是期国假学摇a-zH]")
# 试好会讲, 批了再找我, 写好丢过来, 想好了来前台办: an occasion of theirs, then a move towards us.
_MOVE = re.compile(
    rf"(?<![开议年晚展协社董商例机聚学大])会得?(?:自己|自|主动|再|来)?(?:讲|喊|开口|吱声|吭声|出声|叫|找){_END}"
    rf"|(?:[了好完过够到意]|通过|自然?|有[\u4e00-\u9fff]{{1,2}})[^,;。]{{0,4}}会得?(?:自己|自|主动|再)?"
    rf"(?:联系|通知|告诉|告知|反馈|来电|来(?:报名|办|买|拿|取|签|续费?)?|说|回话|回信|下单|补货?){_END}"
    rf"|(?:[了好完够齐妥]|下来|出来|通过|到手)[^,;。]{{0,3}}(?:找|报给?|叫|喊|通知|告诉|告知|联系|回|打给|知会|发给?|丢给|寄给?|交给?|传给?){_US}"
    r"|[了好完够齐妥](?:之?后|的话)?[再就会]?(?:发|丢|寄|送|传|拿|交|递|甩)过?来(?!电)"
    r"|[了好完]再?来(?:办|买|交|拿|取|复查|复诊|签|续|报名|门?店|厂|前台|公司)"
    r"|(?:肯|愿意|满意|同意|中意|吃|试|看|商量|考虑)[^,;。]{0,4}再(?:下单|买|拿货|订货|签|付|进货|补货)$"
    r"|再讲(?=$|[,;。吧呗嘛])"
)
# 由客户另行告知, 暂无需我方动作, 稿子在客户手上: whatever the day, it is theirs.
_THEIRS = re.compile(
    rf"由{_CUSTOMER}[^,;。]{{0,6}}(?:另行|自行|拍板|告知|通知|决定|说了算|做主|定(?![稿制位做金]))"
    "|"
    + each("无需 不需要? 不用 用不着", rf"{_US}[^,;。]{{0,3}}(?:动作|操作|介入|做什么|出面)")
    + rf"|在{_CUSTOMER}手[上里头中]"
    r"|听候"
)
_IF = re.compile(
    rf"(?:若|如果?|要是|一旦){_CUSTOMER}[^,;。]{{0,4}}(?:同意|接受|认可|答应|没意见|无异议)[^,;。]{{0,8}}[则就再便即]"
)
# The customer's people by what they are; only where the sentence goes on to tell what they do or say.
_PEOPLE = re.compile(
    r"\s?(?:人家|伊拉?|佢哋?|店主|店家|会员|客人|家长|学员|患者|病人|老爷子|老太太|老人家|老板娘|董事长|院方|校方|[Hh][Rr]|buyer|行政)"
    r"\s?(?:那边)?(?:说|讲|想|考虑|自己|正?在(?!线|场)|还|慢慢|回家|回去|回国|同|凑|先(?!给|发|把|由)|不肯|没定|没空)"
    r"|[^,;。给跟和向对把让请]{1,6}(?:客户|对方|甲方|业主|他+们?|她们?|伊|佢)(?:那边)?(?:还在|正在|还没|慢慢|在(?!线|场|途|库|产|位)(?=[\u4e00-\u9fff]{1,3}$))"
)
# 样品都寄过去了, 小试结果未出, 合同1月底到期: told, and nobody is asked to do anything.
_TOLD = re.compile(
    r"已经?[^,;。]{0,12}(?:过[^,;。]{0,3}|了|签收|收到|[发寄送]出|送达|提交|回)$|已(?:发|寄|报|签|交)$"
    "|"
    + each("发 寄 送 推 传 交 报", r"了?(?:过去|出去)了$")
    + "|"
    + each("结果 批复 批文 报告 通知 手续", r"[还尚]?[未没有]{1,2}(?:出来?|下来?|到|定)$")
)
_ALL_DONE = re.compile(r"都[^,;。]{1,8}了$")
_TOLD_EVENT = re.compile(r"(?:到期|回国|放假|开学|摇号|上[\u4e00-\u9fff]{0,4}会)$")
_THEY_DO_NOT = re.compile(rf"[^,;。]{{0,3}}{_CUSTOMER}(?:不|没|未)(?![^,;。]{{0,6}}[就则])")
_OUR_ACTOR = re.compile(r"[我咱俺请让派催@]|安排|由(?!客户|对方|甲方|业主)|[小阿][\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[a-z][a-z]{3}")
_ENGLISH_WAIT = re.compile(
    r"(?:^|[^a-z])(?:pending|await(?:ing)?|wait(?:ing)?"
    r"|no (?:feedback|reply|response|news|answer)|stand ?by|on hold)(?![a-z])",
    re.IGNORECASE,
)
# Words that promise nothing; taken out before a plan is read.
_ENGLISH_EMPTY = re.compile(
    r"(?<![a-z])(?:follow(?:ing)?[ -]?up|keep(?:ing)? (?:in touch|contact|pushing|following)"
    r"|keep住?|(?<!on )hold住?|touch base|stay in touch|push(?=一下|[,;\s]|$)|closely"
    r"|continue to|continuously|asap|as usual"
    r"|maintain (?:the )?relationship|with (?:the )?(?:client|customer|them|him|her)|actively|regularly)(?![a-z])",
    re.IGNORECASE,
)
# 妥善处理相关事宜: the matters are not named.
_MATTERS = re.compile(
    r"(?:处理|落实|推进|安排|跟进|办理|对接|做好|开展|完成|抓好)[^,;。]{0,8}(?:事宜|事项|相关工作|有关工作|各项工作|后续工作|相关问题)$"
)


def has_sign(text: str) -> bool:
    """Whether any of the other questions is worth asking of this half-width plan."""
    return _SIGN.search(text) is not None


def without_empty_english(text: str) -> str:
    """The same text, of the same length, with follow up, keep in touch … blanked."""
    if _ENGLISH.search(text) is None:
        return text
    return _ENGLISH_EMPTY.sub(lambda found: " " * len(found.group(0)), text)


def left_open(words: str, tokens: list[Token], *, dated: bool, day_given: bool) -> int | None:
    """Where a clause leaves the next move to people of the customer's whom it does not name as such, or None."""
    theirs = _THEIRS.search(words) or _PEOPLE.match(words)
    if theirs:
        return None if _is_ours(words, tokens, theirs.start()) else theirs.start()
    if dated:
        return None
    waits = _ENGLISH_WAIT.search(words)
    if waits:
        return waits.start()
    if not day_given and (condition := _IF.match(words)):
        return condition.end()
    move = _MOVE.search(words)
    return None if move is None or _is_ours(words, tokens, move.start()) else move.start()


def _is_ours(words: str, tokens: list[Token], end: int) -> bool:
    """Somebody of ours stands before words[end:]: 让美工改好发来."""
    before = words[:end]
    return (
        _OUR_ACTOR.search(before) is not None
        or any(kinds & DEPARTMENT and start < end for start, _, kinds in tokens)
        or named_function(before) is not None
    )


def is_only_told(words: str, *, dated: bool) -> bool:
    """A clause about what is over, what has not come or when something happens: no act."""
    return (
        _TOLD.search(words) is not None
        or (not dated and "把" not in words and _ALL_DONE.search(words) is not None)
        or (dated and _TOLD_EVENT.search(words) is not None and _OUR_ACTOR.search(words) is None)
        or _THEY_DO_NOT.match(words) is not None
    )


def names_no_matter(words: str) -> bool:
    """处理打样相关事宜: an act whose object is left open."""
    return words.endswith(("事宜", "事项", "工作", "问题")) and _MATTERS.search(words) is not None
