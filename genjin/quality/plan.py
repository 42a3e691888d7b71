"""A plan read as acts: does it only wait, is there something somebody can go and do, is there a day (R-058, R-069)."""

from __future__ import annotations

import re
from typing import NamedTuple

from genjin.lib.dates import DATE_WORD
from genjin.quality.facts import Clause, clauses
from genjin.quality.lexicon import (
    ACT,
    ASPIRATION,
    DEPARTMENT,
    DOCUMENT,
    EMPTY,
    LOOSE,
    OUTCOME,
    SELF_ACT,
    VAGUE_ACT,
    Lexicon,
)
from genjin.quality.patterns import each
from genjin.quality.theirs import has_sign, is_only_told, left_open, names_no_matter, without_empty_english

_WAITING = re.compile(
    r"\s?(?:(?:先|继续|耐心|暂时|目前|暂|还|就|只能|只好|再|主要|现在|现阶段|需要|需|要|还是|我方|我们|我)\s?){0,3}"
    r"(?:等待|等候|静候|静待|静等|干等|坐等|等着|等到|等(?!同|于|级|值|份|额|离子|高线|边|距|温|速|压|静压)"
    r"|待(?!定|办|遇|机|料|产|跟|联系|沟通|处理|推进|安排|维护|拜访|回访|跟踪|约|报价|签|发|检|修|摊)|候(?!车|补|选)"
    r"|看(?:客户|对方|[\u4e00-\u9fff]总|他+)(?:那边|方面|内部)?(?:的?(?:意思|情况|反[馈应响]|态度|时间|安排|决定|想法|意见|结果|答复|回复|消息)"
    r"|怎么|如何|什么|是否|能否|会不会|再|定|的?$)"
    r"|视(?=客户|对方)|听(?=客户|对方|通知|消息))"
)
# 中标公示等卞总消息: the wait stands behind its occasion, and nothing of ours before it.
_WAITING_INSIDE = re.compile(
    r"等(?:着|待|候)?(?:客户|对方|甲方|业主|[他她]+们?|[\u4e00-\u9fff]{1,3}(?:总|工|经理|主任|厂长|姐|哥|老板))?[^,;]{0,8}"
    r"(?:消息|通知|回复|答复|电话|回话|回信|决定|结果|信儿?|点头|拍板|定)$"
)
# The next move is the customer's: they will call, they decide, we leave them time.
_THEY = (
    r"(?:客户|对方|甲方|业主|买方|那边|他们|她们|[他她]|[\u4e00-\u9fff](?:总|工|经理|主任|厂长|姐|哥|女士|先生|老板))"
)
_THEIR_MOVE = re.compile(
    _THEY + r"(?:[^,;。]{0,16}(?:会|再|后|主动|自行|自然)?(?:联系|通知|回复|找|告诉|告知|答复|反馈|回)(?:我|咱)(?!的)"
    r"|(?:自然|自己|主动|就|再)?会?(?:主动|再|自己)?(?:讲|说|找来|联系|通知|回话|回信|来电|来找)(?=$|[,;。的])"
    r"|[^,;。]{0,10}会[^,;。]{0,4}(?:联系|通知|回复|找|告诉|告知|答复|反馈|叫|喊|讲|回话|约)"
    r"|(?<!工)[^,;]{0,12}(?:给|出|有)个?(?:答复|回复|结果|消息|反馈|结论|准信))"
)
# One of these stands in every such clause; looked for first because it is cheap.
_THEIR_SIGN = re.compile(r"会|讲|联系|通知|回复|答复|反馈|告[诉知]|找|说|回[我话信]|来电|结果|消息|结论|准信")
# Waiting without naming anybody: there is time, let it rest, see what comes.
_RESTING = re.compile(
    each(
        "有 出", r"了?(?:需要|需求|消息|结果|意向|信|结论|眉目)(?:了|后|来|时|的时候)?(?:再|会|就|自然|他|她|客户|对方)"
    )
    + "|"
    + each(
        "需要 想好 定了 定好 批了 批完 有空 看完 回来 开完 谈完 商量好 议定 考虑好 用完 试完 忙完",
        r"(?:了|时|的时候|之?后)?再(?:说|联系|谈|聊|议|找|定|看)",
    )
    + "|"
    + each("给 留", r"[^,;]{0,10}时间[^,;]{0,4}$")
    + r"|不(?:打扰|催|去催|着急催)|让[^,;]{1,8}(?:考虑|商量|想想|想清楚|研究|决定|消化|讨论|先?试用|试试|看看)"
    r"|先(?:放|晾|搁)(?:一[放下段阵边搁晾]|着|在一|$)|随(?:客户|对方|[他她])"
    r"|看[^,;]{0,10}(?:结果|反应|反馈|意思|怎么说|怎么定|如何)(?:$|[,;]|如何|再)"
)
_THEIR_CLAUSE = re.compile(
    r"\s?(?:他+(?!他)|客户|对方|甲方|业主|她们|她)(?:那边|方面|内部|公司)?"
    r"(?!(?:法务|财务|采购|技术|老板|领导|车间|仓库)?的(?!话|时候)|资料|样品|关系|信息|档案|需求|名单|合同|方案|报价|现场|图纸|名称|满意|地址|数据|订单|问题|款|处|侧|端|群|来源|维护|回访|拜访|跟进|走访|关怀|管理|服务|培训|沟通|联系|见面|等级|分级|标签|案例"
    # 王总那批模具 is a thing and 王总觉得 a view: neither makes the next move.
    r"|[那这][批台个套张单款几件]|生日|觉得|认为|感觉)"
)
# 跟王总说, 给他打电话通知: who stands behind such a word is spoken to, he does not call us.
_SPOKEN_TO = re.compile(
    r"(?:跟|和|同|给|向|对|与|找|约|问|陪|到|去|答|回|发|寄|送|催|见|打|打给|带|电话|微信|短信|邮件|当面)\s?他*$"
)
# The customer hands something over or comes to us on a day: an appointment, not a wait. What he only says,
# decides or talks over among his own remains one.
_HANDED_OVER = re.compile(
    r"来[厂司我取拉提签付拿看]|[来过]来$|到[厂店我][司们里]?|上门|自提|提货|取货|拉货|退货|[寄送交补付派装带还]|打款|转账|汇款|盖章|签(?:字|合同|收)|发(?!货?通知|话)"
)
_AMONG_THEIRS = re.compile(
    r"说|称|答应|开会|会议|讨论|评审|审批|商量|考虑|研究|决定|招标|开标|回国|答复|回复|反馈|给个?[信准结消]|走流程|批|定标|交流"
)
# 汪导有什么需求随时响应: standing by is our part, though a vague one.
_STANDING_BY = re.compile(
    r"(?:随时|及时|第一时间|全力|尽力|做好|积极)[^,;]{0,4}(?:响应|配合|支持|服务|待命|处理|解决|安排|满足|提供|协助|对接|跟上)"
)
# 股东会是12月5日 tells when something happens and asks nobody to do anything.
_WHEN_IT_IS = re.compile(
    r"(?:是|在|定在|安排在|要到|得到|才到?|推到|推迟到|延到)\s?(?:\d|[下本这]?周|[一二三四五六七八九十]{1,2}月|[月年][底初末])[^,;]{0,10}$"
)
_WHEN_SIGN = re.compile(r"[是在到得]")
_COUNTED = re.compile(r"\d\s?(?:[\u4e00-\u9fff]|%|[a-zA-Z]|$)")
_CLOCK_UNIT = re.compile(r"(?<!\d)\d{1,4}\s?(?:[日号点月年周天时分:]|个月|小时)")
_THEN = re.compile(r"(?:之后|以后|后|完|好|了|,|，)?(?:再|后|就|则|立即|当天|马上)")
_DAY = re.compile(
    r"\d[日号点/:.]|[周期拜][一二三四五六日天末]|[今明](?:天|个?儿)|后(?:天|个?儿(?!童))|听[日晚]|\d天|[一二三四五六七八九十]天"
)
# Of a very long plan the beginning decides.
_ENOUGH = 4_000
_A_FEW = 2
_GOING = frozenset(("去", "到", "赴", "前往", "到场", "到现场", "去现场", "去厂", "到厂", "到店", "去车间"))
_NOT_TO = ("不要", "无需", "不用", "不必", "不急", "不去", "不再", "暂不", "先不")
_LASTING = re.compile(r"持续|继续|保持|加强")
_NO_OBJECT = DEPARTMENT | ACT | SELF_ACT | VAGUE_ACT | LOOSE | ASPIRATION
_CONTACTING = re.compile(r"联系|沟通|对接|联络")


class PlanReading(NamedTuple):
    """`waits_only`: nothing but waiting, no dated check-back of ours. `executable`: somebody could go and do it."""

    waits_only: bool
    executable: bool
    dated: bool
    waiting: tuple[int, int] | None


def read_plan(
    text: str, lexicon: Lexicon, names: tuple[str, ...] = (), contact: str = "", owner: str = ""
) -> PlanReading:
    """Read a half-width plan. `names` of people do not count as content; what the `contact` does is not our step,
    unless he is its `owner`; what the owner does is never theirs.
    """
    text = text[:_ENOUGH]
    if len(owner) > 1 and owner in text:
        text = text.replace(owner, "我" * len(owner))
    if len(contact) > 1 and contact != owner and contact in text:
        text = text.replace(contact, "他" * len(contact))
    text = without_empty_english(text)
    parts = clauses(text, lexicon, names, keep_words=True)
    dated = False
    day_given = _DAY.search(text) is not None
    waiting: tuple[int, int] | None = None
    executable = own_date = False
    signed = has_sign(text)
    for part in parts:
        words = text[part.start : part.end]
        part_dated = DATE_WORD.search(words) is not None
        dated = dated or part_dated
        wait_end, acts = _waits(words, part, dated=part_dated, day_given=day_given)
        if signed and wait_end is None and not acts:
            wait_end = left_open(words, part.tokens, dated=part_dated, day_given=day_given)
        if wait_end is not None:
            waiting = waiting or (part.start, part.end)
            executable = executable or acts
            continue
        if part_dated and _WHEN_SIGN.search(words) is not None and _WHEN_IT_IS.search(words) is not None:
            continue
        if signed and not acts and is_only_told(words, dated=part_dated):
            continue
        own_date = own_date or (part_dated and _is_contacting(words, part))
        executable = executable or acts or is_act(words, part, dated=part_dated, day_given=day_given)
    waits_only = waiting is not None and not executable and not own_date
    return PlanReading(waits_only, executable or (waiting is not None and own_date), dated, waiting)


def _waits(words: str, part: Clause, *, dated: bool, day_given: bool) -> tuple[int | None, bool]:
    """(where the waiting ends, None when the clause does not wait; whether something of ours is done in it)."""
    wait = _WAITING.match(words)
    if wait:
        theirs = _left_to_them(words) is not None
        return wait.end(), not theirs and _acts_after(words, part, wait.end())
    left = _left_to_them(words)
    if left is not None:
        end, resting = left
        # 带样让他试试: our own act stands before what is left to them.
        return end, resting and (_acts_before(words, part, end, dated=dated) or _reports_result(words, part, end))
    their = _THEIR_CLAUSE.match(words)
    if their:
        if _STANDING_BY.search(words, their.end()) is not None:
            return None, False
        if (dated or day_given) and _HANDED_OVER.search(words, their.end()) and not _AMONG_THEIRS.search(words):
            return None, True
        return their.end(), _acts_after(words, part, their.end())
    if "等" in words:
        inside = _WAITING_INSIDE.search(words)
        if inside and not any(kinds & (ACT | SELF_ACT) and start < inside.start() for start, _, kinds in part.tokens):
            return inside.end(), False
    return None, False


def _left_to_them(words: str) -> tuple[int, bool] | None:
    """Where a clause begins to leave the next move to the customer, and whether it names no caller (让他试试)."""
    # The first search is cheap and spares the second in nearly all plans.
    if _THEIR_SIGN.search(words) is not None:
        for move in _THEIR_MOVE.finditer(words):
            if not _SPOKEN_TO.search(words, 0, move.start()):
                return move.start(), False
    rest = _RESTING.search(words)
    # 26日看化验结果: on a day of ours we look ourselves.
    if rest is None or (rest.group(0).startswith("看") and _DAY.match(words) and not words.startswith("看")):
        return None
    return rest.start(), True


def _reports_result(words: str, part: Clause, begin: int) -> bool:
    """出结果就报给洪姐: a result of our own, passed on."""
    if not words.startswith("出", begin):
        return False
    return any(
        kinds & (ACT | SELF_ACT)
        and not kinds & VAGUE_ACT
        and len(words) - last >= 2
        and not words.startswith("我", last)
        for start, last, kinds in part.tokens
        if start >= begin + 2
    )


def _acts_before(words: str, part: Clause, end: int, *, dated: bool) -> bool:
    """A deed of ours with its object in words[:end]."""
    for start, last, kinds in part.tokens:
        if last > end:
            return False
        if kinds & (ACT | SELF_ACT) and not kinds & (VAGUE_ACT | OUTCOME) and not _negated(words, start):
            return dated or end - last >= 2
    return False


def _is_contacting(words: str, part: Clause) -> bool:
    return _CONTACTING.search(words) is not None or any(kinds & ACT for _, _, kinds in part.tokens)


def _acts_after(words: str, part: Clause, wait_end: int) -> bool:
    then = _THEN.search(words, wait_end)
    if not then:
        return False
    for start, end, kinds in part.tokens:
        if _negated(words, start) or words.startswith(("我司", "我们", "我方", "咱"), end):
            continue
        if start >= then.end() - 1 and kinds & (ACT | SELF_ACT) and not kinds & (VAGUE_ACT | OUTCOME):
            return bool(kinds & SELF_ACT) or len(words) - end >= 2
    return False


def is_act(words: str, part: Clause, *, dated: bool, day_given: bool) -> bool:
    """True when a clause that does not wait names something concrete to do.

    `dated`: the clause has a time; `day_given`: the plan names a day somewhere.
    """
    seen = 0
    for _, _, kinds in part.tokens:
        seen |= kinds
    if not dated and names_no_matter(words):
        return False
    # 改完再寄5只: with a number of things "again" is an order, not "some day".
    loose = bool(seen & LOOSE) and not dated and not _is_counted(words)
    wishful = bool(seen & ASPIRATION)
    objects = _objects(part)
    if objects < _A_FEW and _is_counted(words):
        objects += _A_FEW
    # 继续对接 goes on for ever; it needs more than a stray character to be an act.
    least = 3 if not dated and _LASTING.search(words) else 1
    for start, _, kinds in part.tokens:
        if not kinds & (ACT | SELF_ACT) or (kinds & OUTCOME and wishful) or _negated(words, start):
            continue
        if kinds & SELF_ACT and not loose and (dated or objects or not wishful):
            return True
        if not kinds & VAGUE_ACT and (objects >= least or (day_given and not loose)):
            return True
    if not loose and _goes_to_do(words, part):
        return True
    if not seen & (VAGUE_ACT | LOOSE | ASPIRATION):
        # No verb of the list, but something particular is said: 6月25日续保.
        return objects >= (2 if dated else 5)
    if not dated or not seen & VAGUE_ACT or _LASTING.search(words):
        return False
    # 6月25日联系王总 can be done; 下周再联系 cannot.
    return (_CONTACTING.search(words) is not None and _DAY.search(words) is not None) or (objects >= 4 and not wishful)


def _goes_to_do(words: str, part: Clause) -> bool:
    """去现场量: going somewhere and a deed there need no further object."""
    goes = False
    for start, end, kinds in part.tokens:
        if words[start:end] in _GOING:
            goes = True
        elif goes and kinds & ACT and not kinds & VAGUE_ACT and not _negated(words, start):
            return True
    return False


def _is_counted(words: str) -> bool:
    """A number of things, not of hours or days."""
    return _COUNTED.search(words) is not None and _COUNTED.search(_CLOCK_UNIT.sub("", words)) is not None


def _negated(words: str, start: int) -> bool:
    return start > 0 and (words[start - 1] in "不别勿甭" or words[max(0, start - 2) : start] in _NOT_TO)


def _objects(part: Clause) -> int:
    """Characters that say on what: unexplained ones and the names of papers and things."""
    acting = papers = 0
    for start, end, kinds in part.tokens:
        if kinds & DOCUMENT and kinds & EMPTY:
            papers += end - start
        elif kinds & _NO_OBJECT and not kinds & (EMPTY | DOCUMENT):
            acting += end - start
    return part.residue - acting + papers
