"""Pure rules of the layout of a record's page: which part stands in which column, in which order, which is left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from genjin.fields.ground import Ground
from genjin.lib.errors import Problem
from genjin.schema.registry import RecordType

#: A group of fields with a place of its own on the page.
GROUP = "group:"


def page_of(
    sent: Mapping[str, Any], ground: Ground, groups: Collection[str], problems: list[Problem]
) -> list[Mapping[str, str]]:
    """The layout as it is stored. What the team does not name stands where the code has it; a form that is sent
    without a layout keeps the one in force, but for groups that are gone."""
    kind = ground.kind
    if "page" not in sent:
        return [each for each in ground.live.get("page", ()) if _is_there(each["key"], kind, groups)]
    found: dict[str, Mapping[str, str]] = {}
    for at, each in enumerate(sent["page"]):
        key = each["key"]
        if key in found:
            problems.append(Problem(f"page.{at}", "twice", f"“{key}”在版面里写了两次，留一个",
                                    f"“{key}” stands twice in the layout; keep one"))  # fmt: skip
        elif not _is_there(key, kind, groups):
            problems.append(Problem(f"page.{at}", "unknown", f"页面上没有“{key}”这一块",
                                    f"The page has no part “{key}”"))  # fmt: skip
        found[key] = {"key": key, "place": each["place"]}
    return list(found.values())


def _is_there(key: str, kind: RecordType, groups: Collection[str]) -> bool:
    return key in kind.parts or key.removeprefix(GROUP) in groups
