"""What the type of an own field can be told: currency, bounds, the pattern of numbers, and the value it begins with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from genjin.fields.ground import Entry, Ground
from genjin.lib.errors import Invalid, Problem
from genjin.lib.formulas import Type
from genjin.lib.formulas.reading import LONGEST
from genjin.lib.serials import is_pattern
from genjin.schema.clean_own import own_value
from genjin.schema.own_types import FILED, OWN_TYPES
from genjin.schema.shapes import own_field

_CURRENCY = re.compile(r"[A-Z]{3}")
#: Setting → the types that have it, and what a text of it must be.
_TEXTS: Mapping[str, tuple[tuple[str, ...], Callable[[str], bool]]] = {
    "currency": (("money", "formula"), lambda text: _CURRENCY.fullmatch(text) is not None),
    "unit": (("number", "formula"), lambda text: 0 < len(text) <= 10),
    "pattern": (("serial",), is_pattern),
    "to": (("link",), lambda text: len(text) <= 40),
    "through": (("lookup",), lambda text: len(text) <= 40),
    "field": (("lookup",), lambda text: len(text) <= 40),
    "formula": (("formula",), lambda text: len(text) <= LONGEST),
    "result": (("formula",), lambda text: text in list(Type)),
}


def refused(zh: str, en: str) -> Invalid:
    return Invalid(zh, en)


def checked_settings(entry: Entry, ground: Ground) -> dict[str, Any]:
    """The settings of an own field as they are stored; `Invalid` naming the field for one that its type does not have,
    or a default that it would not take."""
    zh, sent = entry["zh"], dict(entry.get("settings", {}))
    default = sent.pop("default", None)
    for name, value in sent.items():
        if not _is_right(entry["type"], name, value):
            if name == "pattern" and entry["type"] == "serial":
                raise refused(
                    f"“{zh}”的编号格式不对，要正好有一个流水号，像 SQ-{{YYYY}}-{{0000}}",
                    f"The pattern of {zh} needs exactly one running number, as in SQ-{{YYYY}}-{{0000}}",
                )
            raise refused(f"“{zh}”的设置“{name}”不对", f"The setting “{name}” of {zh} is not right")
    if sent.get("min", 0) > sent.get("max", sent.get("min", 0)):
        raise refused(f"“{zh}”的最小值比最大值大", f"The smallest value of {zh} is above the largest")
    if default is None or default == "" or default == []:
        return sent
    if OWN_TYPES[entry["type"]].given:
        raise refused(f"“{zh}”不是手填的，没有默认值", f"{zh} is not filled in by hand and has no default")
    if entry["type"] in FILED:
        raise refused(f"“{zh}”没有默认值", f"{zh} has no default")
    trial = own_field({"key": "cf_1", **entry, "settings": sent})
    found = own_value(trial, default, ground.options, ground.org_id)
    if isinstance(found, Problem):
        raise refused(f"默认值不行：{found.zh}", f"The default will not do: {found.en}")
    return {**sent, "default": found}


def _is_right(type_: str, name: str, value: Any) -> bool:
    known = OWN_TYPES[type_].settings
    if name in _TEXTS and type_ in _TEXTS[name][0]:
        return isinstance(value, str) and _TEXTS[name][1](value)
    if name not in known or isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low, high = known[name]
    return low <= value <= high and (name in ("min", "max") or isinstance(value, int))
