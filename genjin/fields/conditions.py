"""Conditions and rules of a form: what is wrong with them, said beside the field that has them. No statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.fields.ground import Ground
from genjin.lib.errors import Problem
from genjin.lib.filters import FilterError, Kind, comparisons, parse
from genjin.schema.registry import RecordType
from genjin.schema.shapes import WHEN, merged
from genjin.schema.sql import filterable


def conditions_wrong(body: Mapping[str, Any], places: list[int], ground: Ground) -> list[Problem]:
    """Every condition that cannot be read over the form as it would be: an unknown or hidden field, an operator or
    value that it does not have, an option that is none or retired. `places`: where each field stood."""
    kind = merged(ground.kind, _bare(body), ground.org_id, 0)
    found = []
    for at, entry in zip(places, body["fields"], strict=True):
        for name in WHEN:
            if name in entry:
                itself = entry["key"] if name == "visible_when" else ""
                found += _wrong(entry[name], kind, ground, f"fields.{at}", itself)
    for at, rule in enumerate(body.get("rules", ())):
        found += _wrong(rule["must"], kind, ground, f"rules.{at}", "")
        if rule.get("field") and rule["field"] not in kind.by_slug:
            found.append(_problem(f"rules.{at}", f"没有“{rule['field']}”这个字段", f"no field “{rule['field']}”"))
    return found


def _bare(body: Mapping[str, Any]) -> dict[str, Any]:
    fields = [{name: value for name, value in each.items() if name not in WHEN} for each in body["fields"]]
    return {**body, "fields": fields, "rules": []}


def _wrong(raw: Any, kind: RecordType, ground: Ground, place: str, itself: str) -> list[Problem]:
    try:
        expression = parse(raw, filterable(kind, ground.marks))
    except FilterError as error:
        return [_problem(place, error.zh, error.en)]
    for test in comparisons(expression):
        field = kind.by_slug[test.field]
        if test.field == itself:
            return [_problem(place, f"“{field.zh}”不能由自己决定显不显示", f"{field.en} cannot decide on itself")]
        if test.kind not in (Kind.OPTION, Kind.OPTIONS) or test.value is None:
            continue
        choices = ground.options.get(field.options or "", {}) if field.options else None
        for key in test.value if isinstance(test.value, tuple) else (test.value,):
            choice = choices.get(str(key)) if choices is not None else None
            if choices is not None and choice is None:
                return [_problem(place, f"“{field.zh}”没有“{key}”这个选项", f"“{key}” is no option of {field.en}")]
            if choice is not None and choice.retired:
                return [_problem(place, f"“{field.zh}”的选项“{choice.zh}”已停用，换一个",
                                 f"The option “{choice.en}” of {field.en} is retired; choose another")]  # fmt: skip
    return []


def _problem(place: str, zh: str, en: str) -> Problem:
    return Problem(place, "condition", f"条件不行：{zh}", f"The condition will not do: {en}")
