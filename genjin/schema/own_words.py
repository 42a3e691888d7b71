"""A team's own fields in words, in both languages: history, timeline, print and sheets of others read this. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from genjin.lib.lunar import in_words, read_lunar
from genjin.lib.money_words import yuan, yuan_range
from genjin.lib.regions import address_text
from genjin.schema.queries import Options, label
from genjin.schema.registry import Field

Words = tuple[str, str]
#: A linked record that the reader may not see, or that is gone.
UNSEEN = ("（看不到）", "(not visible)")


def own_words(field: Field, value: Any, options: Options, zone: ZoneInfo, names: Mapping[int, str]) -> Words:
    """A value as it is kept, as a person reads it. `names`: of whom or what it may point to.

    What an older type of the field has left is shown as it stands.
    """
    try:
        return _words(field, value, options, zone, names)
    except (TypeError, ValueError, KeyError, AttributeError):
        return _same(str(value))


def _words(field: Field, value: Any, options: Options, zone: ZoneInfo, names: Mapping[int, str]) -> Words:
    match field.like:
        case "option" | "options":
            keys = value if isinstance(value, list) else [value]
            zh, en = ([label(options, field.options or "", key, each) for key in keys] for each in ("zh", "en"))
            return "、".join(zh), ", ".join(en)
        case "tags":
            return "、".join(value), ", ".join(value)
        case "bool":
            return ("是", "Yes") if value else ("否", "No")
        case "money":
            currency = field.settings.get("currency", "CNY")
            return yuan(value, currency), yuan(value, currency, "en")
        case "money_range":
            return yuan_range(value["low"], value["high"]), yuan_range(value["low"], value["high"], "en")
        case "datetime":
            return _same(f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M}")
        case "lunar_date" if (day := read_lunar(value)) is not None:
            return in_words(day)
        case "member" | "department":
            return _same(names.get(value, "—"))
        case "link":
            return _same(names[value]) if value in names else UNSEEN
        case "rich":
            return _same(value["text"])
        case "attachment" | "picture":
            return _same("、".join(names.get(each, "—") for each in value))
        case "address":
            return _same(address_text(value))
        case "rating":
            return _same(f"{value} / {field.settings.get('max', 5)}")
        case "percent":
            return _same(f"{value}%")
        case _:
            return _same(f"{value}{field.settings.get('unit', '')}")


def _same(text: str) -> Words:
    return text, text
