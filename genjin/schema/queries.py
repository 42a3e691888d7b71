"""Options of an organisation, cached until its configuration changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from genjin.schema.models import Option
from genjin.schema.own_kinds import states_list
from genjin.schema.registry import RecordType
from genjin.schema.shapes import Team, own_kinds

_CACHE: OrderedDict[tuple[int, int], Options] = OrderedDict()
_MOST_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a list."""

    key: str
    zh: str
    en: str
    synonyms: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    retired: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "zh": self.zh,
            "en": self.en,
            "color": self.facts.get("color"),
            "facts": self.facts,
            "retired": self.retired,
        }


Options = dict[str, dict[str, Choice]]


def options_of(org_id: int, config_version: int) -> Options:
    """List name → key → choice, in the team's order; at most two statements per configuration. The states of the
    team's own types stand among them (`own_kinds.states_list`)."""
    key = (org_id, config_version)
    if key in _CACHE:
        return _CACHE[key]
    found = _load(org_id) | _states(Team(org_id, config_version))
    if config_version:  # a job that does not know the number asks each time
        _CACHE[key] = found
        if len(_CACHE) > _MOST_CACHED:
            _CACHE.popitem(last=False)
    return found


def _load(org_id: int) -> Options:
    found: Options = {}
    for row in Option.objects.filter(org_id=org_id).order_by("list_name", "position", "id"):
        found.setdefault(row.list_name, {})[row.key] = Choice(
            row.key, row.zh, row.en, tuple(row.synonyms), row.facts, row.retired
        )
    return found


def _states(team: Team) -> Options:
    return {states_list(slug): choices_of(kind) for slug, kind in own_kinds(team, retired=True).items()}


def choices_of(kind: RecordType) -> dict[str, Choice]:
    """The states of a type as options; those that were are retired ones."""
    found = {}
    for each in (*kind.states, *kind.past):
        following = {"next": list(each.next)} if each.next is not None else {}
        facts = {"color": each.color or None, "closed": each.closed, **following}
        found[each.key] = Choice(each.key, each.zh, each.en, (), facts, each in kind.past)
    return found


def label(options: Options, list_name: str, key: str, language: str = "zh") -> str:
    """The label of a key; the key itself when the list does not know it."""
    choice = options.get(list_name, {}).get(key)
    if choice is None:
        return key
    return choice.en if language == "en" else choice.zh
