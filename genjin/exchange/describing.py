"""What the values of a column look like, in one sentence beside its proposed field (R-237). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypedDict

from genjin.lib.amounts import AmountError, read_amount, unit_of_header
from genjin.lib.dates import read_datetime
from genjin.lib.money_words import yuan_range
from genjin.lib.phones import channels
from genjin.lib.sheets import Cell
from genjin.lib.sheets.table import cell_str

#: As many rows are looked at; the check that follows reads all of them.
MOST_LOOKED_AT = 2000
_NAMED = 3
_KINDS = {
    "mobile": ("手机", "mobiles"),
    "landline": ("座机", "landlines"),
    "email": ("邮箱", "e-mails"),
    "wechat": ("微信", "WeChat ids"),
}


class Seen(TypedDict):
    """One sentence in both languages; `doubt` when a person should look at the column."""

    zh: str
    en: str
    doubt: bool


def described(field: str | None, header: str, cells: Sequence[Cell], now: datetime) -> Seen | None:
    """What stands in a column that goes to `field`; None when there is nothing to say. `now` is naive local time."""
    filled = [cell for cell in cells[:MOST_LOOKED_AT] if cell_str(cell)]
    if field is None or not filled:
        return None if field is None else {"zh": "这一列是空的", "en": "this column is empty", "doubt": True}
    by_field: dict[str, Callable[[], Seen]] = {
        "customer.name": lambda: _counted(filled, "家", "companies"),
        "contact.name": lambda: _counted(filled, "人", "people"),
        **dict.fromkeys(_TIMES, lambda: _times(filled, now)),
        **dict.fromkeys(_CONTACTS, lambda: _contacts(filled)),
        **dict.fromkeys(_TEXTS, lambda: _texts(filled)),
        **dict.fromkeys(_AMOUNTS, lambda: _amounts(filled, header)),
    }
    seen = by_field.get(field, lambda: _names(filled))()
    blank = min(len(cells), MOST_LOOKED_AT) - len(filled)
    if not blank:
        return seen
    return {**seen, "zh": f"{seen['zh']}，空 {blank} 行", "en": f"{seen['en']}, {blank} blank"}


_TIMES = ("followup.contact_at", "followup.entered_at", "followup.due", "agenda.due_at", "agenda.done_at")
_CONTACTS = ("contact.info", "contact.phone", "contact.wechat", "contact.email")
_TEXTS = ("followup.summary", "followup.feedback", "followup.next_step", "customer.notes", "agenda.act")
_AMOUNTS = ("customer.amount", "customer.budget", "customer.yearly_budget")


def _times(cells: Sequence[Cell], now: datetime) -> Seen:
    readings = [read_datetime(cell if isinstance(cell, str | int | float | date) else None, now=now)
                for cell in cells]  # fmt: skip
    unread = sum(each.value is None for each in readings)
    days = sum(each.value is not None and each.precision == "day" for each in readings)
    relative = sum(each.relative for each in readings)
    zh = [f"{len(cells) - unread} 行读得出日期"]
    en = [f"{len(cells) - unread} dates read"]
    for count, told, said in (
        (days, "没有钟点", "without a clock"),
        (relative, "是“昨天”“上周”这类", "such as 昨天"),
        (unread, "读不出", "not readable"),
    ):
        if count:
            zh.append(f"{count} 行{told}")
            en.append(f"{count} {said}")
    return {"zh": "，".join(zh), "en": ", ".join(en), "doubt": bool(unread or relative)}


def _contacts(cells: Sequence[Cell]) -> Seen:
    found = [channels(cell_str(cell)) for cell in cells]
    kinds = Counter(each.kind for row in found for each in row)
    unread = sum(not row for row in found)
    zh = "、".join(f"{_KINDS[kind][0]} {count}" for kind, count in kinds.most_common())
    en = ", ".join(f"{count} {_KINDS[kind][1]}" for kind, count in kinds.most_common())
    if len(kinds) > 1:
        zh, en = f"分成{zh}", f"split into {en}"
    if unread:
        zh, en = f"{zh}{'，' * bool(zh)}{unread} 行认不出", f"{en}{', ' * bool(en)}{unread} not recognised"
    return {"zh": zh, "en": en, "doubt": unread > 0}


def _texts(cells: Sequence[Cell]) -> Seen:
    mean = round(sum(len(cell_str(cell)) for cell in cells) / len(cells))
    return {"zh": f"平均 {mean} 字", "en": f"{mean} characters on average", "doubt": False}


def _amounts(cells: Sequence[Cell], header: str) -> Seen:
    """How the first figure is read, so that 万 and 元 are not mixed up unseen."""
    unit = unit_of_header(header)
    for cell in cells:
        try:
            low, high = read_amount(cell if isinstance(cell, str | int | float) else None, unit=unit)
        except AmountError:
            continue
        text = cell_str(cell)
        return {"zh": f"{text} 读作 {yuan_range(low, high)}", "en": f"{text} is read as {yuan_range(low, high, 'en')}",
                "doubt": False}  # fmt: skip
    return {"zh": "读不出金额", "en": "no amount could be read", "doubt": True}


def _counted(cells: Sequence[Cell], zh: str, en: str) -> Seen:
    count = len({cell_str(cell) for cell in cells})
    return {"zh": f"{count} {zh}", "en": f"{count} {en}", "doubt": False}


def _names(cells: Sequence[Cell]) -> Seen:
    kinds = Counter(cell_str(cell) for cell in cells)
    most = [name for name, _ in kinds.most_common(_NAMED)]
    if len(kinds) <= _NAMED and all(len(name) <= 8 for name in most):
        return {"zh": "、".join(most), "en": ", ".join(most), "doubt": False}
    return {"zh": f"{len(kinds)} 个不同的值", "en": f"{len(kinds)} different values", "doubt": False}
