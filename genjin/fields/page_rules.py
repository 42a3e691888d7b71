"""Pure rules of the layout of a record's page: which part stands in which column, in which order, which is left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from genjin.lib.errors import Problem
from genjin.schema.registry import RecordType

#: A group of fields with a place of its own on the page.
GROUP = "group:"


def page_checked(
    sent: Sequence[Mapping[str, str]], kind: RecordType, groups: Collection[str], problems: list[Problem]
) -> list[dict[str, str]]:
    """The layout as it is stored; what the team does not name stands where the code has it."""
    found: dict[str, dict[str, str]] = {}
    for at, each in enumerate(sent):
        key = each["key"]
        if key in found:
            problems.append(Problem(f"page.{at}", "twice", f"“{key}”在版面里写了两次，留一个",
                                    f"“{key}” stands twice in the layout; keep one"))  # fmt: skip
        elif key not in kind.parts and key.removeprefix(GROUP) not in groups:
            problems.append(Problem(f"page.{at}", "unknown", f"页面上没有“{key}”这一块",
                                    f"The page has no part “{key}”"))  # fmt: skip
        found[key] = {"key": key, "place": each["place"]}
    return list(found.values())


def still_there(
    page: Sequence[Mapping[str, str]], kind: RecordType, groups: Collection[str]
) -> list[Mapping[str, str]]:
    """The layout in force without groups that are gone."""
    return [each for each in page if each["key"] in kind.parts or each["key"].removeprefix(GROUP) in groups]
