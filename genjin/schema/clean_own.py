"""Values of a team's own fields, checked and brought into the form in which `extra` keeps them (JSON types only)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from genjin.lib import blocks
from genjin.lib.errors import Problem
from genjin.lib.lunar import read_lunar
from genjin.lib.phones import channels
from genjin.lib.regions import LONGEST_PLACE, region_of
from genjin.orgs.models import Department, Membership
from genjin.schema.own_types import LARGEST, LONGEST_LINE, LONGEST_TEXT, MOST_DIGITS
from genjin.schema.queries import Options
from genjin.schema.registry import Field

MOST_ENTRIES = 50
MOST_FILES = 20
MOST_MONEY = 10**15 - 1
_YEARS = range(1900, 2201)


class Wrong(Exception):
    """A value that a field does not take, in both languages, without the field's name."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def no_day(value: Any) -> tuple[str, str]:
    """What to say of a date that is none: one that the calendar does not hold is told apart from other words."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return f"填的 {value} 没有这一天，要像 2024-06-12", f"holds {value}, which is no day; write it like 2024-06-12"
    return "要像 2024-06-12", "must look like 2024-06-12"


def own_value(field: Field, value: Any, options: Options, org_id: int) -> Any | Problem:
    """What is kept of a value that is not blank, or what is wrong with it."""
    try:
        return _CLEANERS[field.type](field, value, options, org_id)
    except Wrong as wrong:
        return Problem(field.slug, "type", f"{field.zh}{wrong.zh}", f"{field.en} {wrong.en}")


def _text(field: Field, value: Any, options: Options, org_id: int) -> str:
    if not isinstance(value, str) or not (text := value.strip()):
        raise Wrong("要填文字", "must be text")
    usual = LONGEST_TEXT if field.type == "longtext" else LONGEST_LINE
    most = min(field.settings.get("max_length", usual), usual)
    if len(text) > most:
        raise Wrong(f"太长，最多 {most} 个字", f"is too long; at most {most} characters")
    if "\x00" in text:
        raise Wrong("里有无法保存的字符", "holds characters that cannot be saved")
    if field.type != "longtext" and ("\n" in text or "\r" in text):
        raise Wrong("只能写一行", "is a single line")
    return text


def _number(field: Field, value: Any, options: Options, org_id: int) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Wrong("要填数字", "must be a number")
    places = field.settings.get("precision", 2 if field.type == "percent" else 0 if field.type == "rating" else 6)
    if abs(value) > LARGEST or len(f"{abs(value):.{places}f}".replace(".", "").lstrip("0")) > MOST_DIGITS:
        raise Wrong("的数字太大", "is too large")
    if round(value, places) != value:
        if places == 0:
            raise Wrong("要填整数", "must be a whole number")
        raise Wrong(f"最多 {places} 位小数", f"has at most {places} decimals")
    low = field.settings.get("min", 1 if field.type == "rating" else None)
    high = field.settings.get("max", 5 if field.type == "rating" else None)
    if low is not None and value < low:
        raise Wrong(f"不能小于 {low}", f"must be at least {low}")
    if high is not None and value > high:
        raise Wrong(f"不能大于 {high}", f"must be at most {high}")
    return int(value) if value == int(value) else value


def _fen(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong("要填金额，单位是分，整数", "must be an amount in minor units")
    if value < 0:
        raise Wrong("不能是负数", "cannot be negative")
    if value > MOST_MONEY:
        raise Wrong("的金额太大", "is too large")
    return value


def _money(field: Field, value: Any, options: Options, org_id: int) -> int:
    return _fen(value)


def _range(field: Field, value: Any, options: Options, org_id: int) -> dict[str, int | None] | None:
    if not isinstance(value, dict) or set(value) - {"low", "high"}:
        raise Wrong("要填上下限", "must hold low and high")
    low, high = (None if value.get(end) is None else _fen(value[end]) for end in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise Wrong("的下限比上限大", "has a lower bound above the upper one")
    return None if low is None and high is None else {"low": low, "high": high}


def _date(field: Field, value: Any, options: Options, org_id: int) -> str:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong(*no_day(value)) from None
    if day.year not in _YEARS:
        raise Wrong("的年份不对", "has an impossible year")
    return day.isoformat()


def _datetime(field: Field, value: Any, options: Options, org_id: int) -> str:
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError
        at = at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise Wrong("的时间写法不对，要像 2024-06-12T14:30:00Z", "must look like 2024-06-12T14:30:00Z") from None
    if at.year not in _YEARS:
        raise Wrong("的年份不对", "has an impossible year")
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _lunar(field: Field, value: Any, options: Options, org_id: int) -> str:
    found = read_lunar(value) if isinstance(value, str) and len(value) < 40 else None
    if found is None:
        raise Wrong("要像 农历五月初三", "must be a lunar date such as 农历五月初三")
    return f"农历{'闰' if found.leap else ''}{found.month}月{found.day}日"


def _choice(field: Field, value: Any, options: Options, org_id: int) -> str:
    if not isinstance(value, str) or value not in options.get(field.options or "", {}):
        raise Wrong("不在选项里", "is not one of the options")
    return value


def _choices(field: Field, value: Any, options: Options, org_id: int) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        raise Wrong(f"要填一组选项，最多 {MOST_ENTRIES} 个", f"must be a list of at most {MOST_ENTRIES} options")
    return list(dict.fromkeys(_choice(field, each, options, org_id) for each in value))


def _tags(field: Field, value: Any, options: Options, org_id: int) -> list[str] | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Wrong("要填一组文字", "must be a list of texts")
    tags = list(dict.fromkeys(each.strip() for each in value if each.strip()))
    if len(tags) > MOST_ENTRIES or any(len(each) > 40 or "\x00" in each for each in tags):
        raise Wrong(f"最多 {MOST_ENTRIES} 个，每个 40 字以内", f"allows {MOST_ENTRIES} entries of 40 characters")
    return tags or None


def _bool(field: Field, value: Any, options: Options, org_id: int) -> bool:
    if not isinstance(value, bool):
        raise Wrong("要填是或否", "must be yes or no")
    return value


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**53:
        raise Wrong("要填编号", "must be an id")
    return value


def _member(field: Field, value: Any, options: Options, org_id: int) -> int:
    if not Membership.objects.filter(org_id=org_id, pk=_id(value), active=True).exists():
        raise Wrong("这个人不在团队里", "names nobody of the team")
    return int(value)


def _department(field: Field, value: Any, options: Options, org_id: int) -> int:
    if not Department.objects.filter(org_id=org_id, pk=_id(value)).exists():
        raise Wrong("没有这个部门", "names no department of the team")
    return int(value)


def _link(field: Field, value: Any, options: Options, org_id: int) -> int:
    """Its id, or the link as it was read. Whether there is such a record for whoever writes is asked in
    `access/links.py`."""
    return _id(value.get("id") if isinstance(value, dict) else value)


def _files(field: Field, value: Any, options: Options, org_id: int) -> list[int]:
    """Ids of files, or the files as they were read. Whether whoever writes uploaded them is asked in
    `files/reactions.py`."""
    if not isinstance(value, list) or len(value) > MOST_FILES:
        raise Wrong(f"要填一组附件，最多 {MOST_FILES} 个", f"must be a list of at most {MOST_FILES} files")
    return list(dict.fromkeys(_id(each.get("id") if isinstance(each, dict) else each) for each in value))


def _channel(field: Field, value: Any, options: Options, org_id: int) -> str:
    kinds = {"email"} if field.type == "email" else {"mobile", "landline"}
    found = [each for each in channels(_text(field, value, options, org_id)) if each.kind in kinds]
    if not found and field.type == "email":
        raise Wrong("的写法不对，要像 name@example.com", "must look like name@example.com")
    if not found:
        raise Wrong("的写法不对，手机要 11 位，座机要带区号", "is no phone number; a landline needs its area code")
    return found[0].value


def _url(field: Field, value: Any, options: Options, org_id: int) -> str:
    text = _text(field, value, options, org_id)
    text = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not set(text) & set(" <>\"'`\\")
    except ValueError:
        fine = False
    if not fine:
        raise Wrong("的写法不对，要像 https://example.com", "must look like https://example.com")
    return text


def _rich(field: Field, value: Any, options: Options, org_id: int) -> dict[str, Any] | None:
    """A text, or its tree of blocks (`lib/blocks`) with or without the text that it says; a tree that marks nothing is
    not kept."""
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict) or set(value) - {"text", "blocks"}:
        raise Wrong("要填文字，或者 text 和 blocks", "must be a text, or hold text and blocks")
    text, tree = value.get("text") or "", value.get("blocks") or []
    if tree:
        try:
            tree = blocks.validate(tree)
        except blocks.BlocksError as wrong:
            raise Wrong(wrong.zh, wrong.en) from None
        text = blocks.plain(tree)
    if not isinstance(text, str) or "\x00" in text:
        raise Wrong("里有无法保存的字符", "holds characters that cannot be saved")
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise Wrong(f"太长，最多 {LONGEST_TEXT} 个字", f"is too long; at most {LONGEST_TEXT} characters")
    return {"text": text, "blocks": [] if blocks.bare(tree) else tree} if text else None


def _address(field: Field, value: Any, options: Options, org_id: int) -> dict[str, Any] | None:
    if not isinstance(value, dict) or set(value) - {"region", "street"}:
        raise Wrong("要填地区和街道", "must hold region and street")
    parts, street = value.get("region") or [], value.get("street") or ""
    texts = [*parts, street] if isinstance(parts, list) else [None]
    if not all(isinstance(each, str) and not set(each) & set("\x00\n\r") for each in texts):
        raise Wrong("要填地区和街道", "must hold region and street")
    if len(street) > LONGEST_LINE or any(len(each) > LONGEST_PLACE or "/" in each for each in parts):
        raise Wrong(
            f"太长：每级地区最多 {LONGEST_PLACE} 个字，街道最多 {LONGEST_LINE} 个字",
            f"is too long: a region has at most {LONGEST_PLACE} characters, a street {LONGEST_LINE}",
        )
    region = region_of(parts)
    if region is None:
        raise Wrong("的地区不对，从省份开始选", "has an unknown region; begin with the province")
    return {"region": region, "street": street.strip()} if region or street.strip() else None


_CLEANERS: dict[str, Callable[[Field, Any, Options, int], Any]] = {
    "text": _text,
    "longtext": _text,
    "number": _number,
    "percent": _number,
    "rating": _number,
    "money": _money,
    "money_range": _range,
    "date": _date,
    "datetime": _datetime,
    "lunar_date": _lunar,
    "option": _choice,
    "options": _choices,
    "tags": _tags,
    "bool": _bool,
    "member": _member,
    "department": _department,
    "phone": _channel,
    "email": _channel,
    "url": _url,
    "address": _address,
    "attachment": _files,
    "picture": _files,
    "rich": _rich,
    "link": _link,
}
