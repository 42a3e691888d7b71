"""The types that a team's own fields can have: how each is stored, sorted, and what it can be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
#: A JSON number keeps so many digits exactly.
MOST_DIGITS = 15
LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class OwnType:
    """`stored`: the letter of `schema/extra.py`. `of`: the Python type it is sorted by, None where there is no order.
    `settings`: name → (smallest, largest) whole number. `options`: it takes its values from an option list."""

    zh: str
    en: str
    stored: str
    of: type | None = None
    settings: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    options: bool = False
    #: Typed freely, so that nobody can count or filter by it well (R-219).
    free: bool = False
    #: Given by the team's form itself, never filled in.
    given: bool = False


_BOUNDS = {"min": (-LARGEST, LARGEST), "max": (-LARGEST, LARGEST)}
OWN_TYPES: dict[str, OwnType] = {
    "text": OwnType("单行文字", "line of text", "t", str, {"max_length": (1, LONGEST_LINE)}, free=True),
    "longtext": OwnType("多行文字", "text", "t", None, {"max_length": (1, LONGEST_TEXT)}, free=True),
    "rich": OwnType("富文本", "rich text", "d", free=True),
    "number": OwnType("数字", "number", "n", float, {"precision": (0, 6), **_BOUNDS}),
    "percent": OwnType("百分比", "percent", "n", float, {"precision": (0, 2), **_BOUNDS}),
    "rating": OwnType("评分", "rating", "n", float, {"max": (3, 10)}),
    "money": OwnType("金额", "amount", "n", float),
    "money_range": OwnType("金额范围", "amount range", "r", float),
    "date": OwnType("日期", "date", "t", str),
    "datetime": OwnType("日期和时间", "date and time", "t", str),
    "lunar_date": OwnType("农历日期", "lunar date", "t", str),
    "option": OwnType("单选", "choice", "t", int, options=True),
    "options": OwnType("多选", "several choices", "l", options=True),
    "tags": OwnType("标签", "tags", "l"),
    "bool": OwnType("是/否", "yes or no", "b"),
    "member": OwnType("成员", "member", "n"),
    "department": OwnType("部门", "department", "n"),
    "phone": OwnType("电话", "phone", "t", str),
    "email": OwnType("邮箱", "e-mail", "t", str),
    "url": OwnType("网址", "web address", "t", str),
    "address": OwnType("地址", "address", "a", str),
    "link": OwnType("关联记录", "record link", "n"),
    "attachment": OwnType("附件", "files", "l"),
    "picture": OwnType("图片", "pictures", "l"),
    "serial": OwnType("自动编号", "serial number", "t", str, given=True),
    "formula": OwnType("公式", "formula", "n", float, {"precision": (0, 6)}, given=True),
    "lookup": OwnType("引用字段", "looked-up value", "x", given=True),
}
STORED: dict[str, str] = {name: each.stored for name, each in OWN_TYPES.items()}
#: Lists of uploaded files.
FILED = frozenset({"attachment", "picture"})
#: Made of other fields: nothing is lost with them.
DERIVED = frozenset({"formula", "lookup"})
#: Types that can become one another while values are there: what one holds, the other takes as it stands.
WIDER: dict[str, frozenset[str]] = {
    "text": frozenset({"longtext"}),
    "phone": frozenset({"text", "longtext"}),
    "email": frozenset({"text", "longtext"}),
    "url": frozenset({"text", "longtext"}),
    "serial": frozenset({"text", "longtext"}),
    "rating": frozenset({"number"}),
    "percent": frozenset({"number"}),
}


def like_of(type_: str, settings: Mapping[str, Any]) -> str:
    """The type as which values of a field are kept and read: a formula's is that of what it gives."""
    return str(settings.get("result", "number")) if type_ == "formula" else type_


def orders_by(like: str) -> type | None:
    return OWN_TYPES[like].of


def settings_json() -> list[dict[str, Any]]:
    """The types as a designer offers them."""
    return [
        {
            "type": name,
            "label": {"zh": each.zh, "en": each.en},
            "options": each.options,
            "given": each.given,
            "settings": {key: {"min": low, "max": high} for key, (low, high) in each.settings.items()},
        }
        for name, each in OWN_TYPES.items()
    ]
