"""Which type of field a label asks for: by what the cell offers, by what was filled in, by the words of the label."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from genjin.lib.dates import half_width, read_day
from genjin.lib.papers.labels import Label, has_clock

Guess = tuple[str, dict[str, str | int]]
_BOOL = {frozenset(pair) for pair in (("是", "否"), ("有", "无"), ("Y", "N"), ("Yes", "No"))}
_LONG = re.compile(
    r"内容|摘要|描述|说明|情况|反馈|需求|问题|原因|计划|措施|建议|意见|总结|背景|结果|结论|备注|要点|分析|反思|风险|过程|异议|诉求"
    r"|评语|事项|待办|记录$|安排|痛点|顾虑|清单|回应|解答|亮点|收获"
)
#: In this order: the first that fits.
_WORDS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("bool", re.compile(r"^是否|^有无|与否$")),
    ("serial", re.compile(r"自动编号|流水号")),
    ("attachment", re.compile(r"附件|扫描件|文件$|资料$|合同文本")),
    ("picture", re.compile(r"照片|图片|截图|名片|签字$|签名$|盖章")),
    ("email", re.compile(r"邮箱|电子邮件|e-?mail", re.I)),
    ("url", re.compile(r"网址|网站|官网|链接|主页")),
    ("phone", re.compile(r"电话|手机|座机|传真|联系号码")),
    ("address", re.compile(r"地址$")),
    ("percent", re.compile(r"概率|比例|占比|折扣|百分比|[^效频]率$")),
    ("rating", re.compile(r"满意度|评分$|打分|星级")),
    ("money_range", re.compile(r"预算|价格区间|金额范围|价位")),
    ("money", re.compile(
        r"金额|报价$|价格$|单价|总价|费用|货款|回款|成交额|销售额|合同额|采购额|成本|应收|实收|定金|押金")),
    ("number", re.compile(r"数量|台数|人数|次数|个数|件数|面积|重量|天数|套数|用量|产能|规模$")),
    ("member", re.compile(
        r"^(?:我方)?(?:负责人|责任人|跟进人员?|审核人|业务员|销售(?:人员|代表|经理|员)?|记录人|填[写表报]人|经办人|协作人|执行人|录入人|"
        r"服务人员|工程师|客户经理|上级|主管|接待人)$")),
    ("department", re.compile(r"部门$")),
    ("tags", re.compile(r"标签$")),
    ("datetime", re.compile(
        r"(?:跟进|沟通|拜访|联系|会议|回访|到访|面谈|来电|通话|接触|洽谈|预约|会面)(?:的|日期|开始)?时间|日期时间")),
    ("date", re.compile(r"日期|时间$|生日|期限$|截止|到期|年月$|时间节点")),
)  # fmt: skip
_PHONE = re.compile(r"^(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$|^0\d{2,3}[- ]?\d{7,8}$|^400[- ]?\d{3}[- ]?\d{4}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$")
_CLOCK = re.compile(r"\d{1,2}[:：点时]\d{0,2}")
_MONEY = re.compile(r"^[¥￥$]\s?[\d,.]+|^[\d,.]+\s*(?:万元?|元|亿元?)$")
_NUMBER = re.compile(r"^-?[\d,]+(?:\.\d+)?$")
_UNITS: Mapping[str, str] = {"%": "percent", "％": "percent", "百分比": "percent"}
_MONEY_UNITS = re.compile(r"^(?:[万亿]?元|美元|USD|RMB)$")
_MONTHS = re.compile(r"月|年|周|小时|分钟|天|日")


def kind_of(
    label: Label, *, samples: Sequence[str], options: Sequence[str], many: bool, day: bool, roomy: bool
) -> Guess:
    """The type and its settings. `roomy`: the paper leaves space for several lines."""
    if options:
        if frozenset(options) in _BOOL:
            return "bool", {}
        return ("options" if many else "option"), {}
    name, hints = label.text, f"{label.text} {label.help}"
    if label.scale:
        return _scaled(name, label.scale)
    by_unit = _by_unit(name, label.unit)
    if by_unit:
        return by_unit
    if day or re.search(r"YYYY|yyyy|年.?月.?日", label.help):
        return ("datetime" if has_clock(hints) else "date"), {}
    by_values = _by_values([half_width(each).strip() for each in samples if each.strip()], name)
    if by_values:
        return by_values, {}
    found = next((type_ for type_, pattern in _WORDS if pattern.search(name)), "")
    if found == "date" and has_clock(hints):
        found = "datetime"
    if roomy and found in ("", "number", "money_range", "tags", "date") and _LONG.search(name):
        return "longtext", {}
    if found:
        return found, {"max": 5} if found == "rating" else {}
    return ("longtext" if roomy or _LONG.search(name) else "text"), {}


def _scaled(name: str, top: int) -> Guess:
    """满意度（1-5） is a rating, 成交概率（0-100） a share, 评分（0-100） a number with bounds."""
    if 3 <= top <= 10:
        return "rating", {"max": top}
    if top == 100 and re.search(r"概率|率$|比例|占比|进度", name):
        return "percent", {}
    return "number", {"min": 0, "max": top}


def _by_unit(name: str, unit: str) -> Guess | None:
    if not unit:
        return None
    if unit in _UNITS:
        return "percent", {}
    if _MONEY_UNITS.match(unit) or unit in ("万", "亿"):
        return ("money_range" if re.search(r"预算|范围|区间", name) else "money"), {}
    if unit == "分":
        return "rating", {"max": 5}
    return "number", {"unit": unit}


def _by_values(samples: Sequence[str], name: str) -> str:
    """What was filled in says more than the label, where all of it is of one kind."""
    if not samples:
        return ""
    if all(map(_PHONE.match, samples)):
        return "phone"
    if all(map(_EMAIL.match, samples)):
        return "email"
    if all(each.startswith(("http://", "https://", "www.")) for each in samples):
        return "url"
    if all(len(each) <= 25 and read_day(each) for each in samples) and not all(map(_NUMBER.match, samples)):
        return "datetime" if any(map(_CLOCK.search, samples)) else "date"
    if all(map(_MONEY.match, samples)):
        return "money"
    if all(re.fullmatch(r"[\d.]+[%％]", each) for each in samples):
        return "percent"
    if all(map(_NUMBER.match, samples)) and not re.search(r"号|编码|代码", name):
        return "money" if re.search(r"金额|价|费|款|额$", name) else "number"
    if any("\n" in each or len(each) > 40 for each in samples):
        return "longtext"
    return ""


def few_values(samples: Sequence[str]) -> tuple[str, ...]:
    """A column in which a few short words come again and again is a choice of them."""
    named = tuple(dict.fromkeys(each.strip() for each in samples))
    again = len(samples) >= 6 and 2 <= len(named) <= 8 and len(named) * 2 <= len(samples)
    return named if again and all(len(each) <= 8 for each in named) else ()
