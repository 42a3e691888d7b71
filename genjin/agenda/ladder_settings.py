"""What a team says of its ladders (上报): which rungs hold for customers of a class, from a source, in a node.

The rules stand in the settings of the organisation, in order; of several that fit a row the first holds. Where none
does, the node, the kind of objection or of request says it, else what is usual.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.ladder_rules import Ladder, rungs_of
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.orgs.models import Organisation

SETTING, VERSION = "ladders", "ladders_version"
NODE = "node_limit"
#: Kind of to-do → what it is called; those that climb.
KINDS: Mapping[str, tuple[str, str]] = {
    NODE: ("流程节点", "Node of a process"),
    "objection": ("异议", "Objection"),
    "complaint": ("投诉", "Complaint"),
    "help": ("求助", "Request for help"),
    "cadence": ("按节奏联系", "Contact by cadence"),
    "handover": ("客户交接", "Hand-over of customers"),
    "contract_draft": ("起草合同", "Draft of a contract"),
    "payment": ("收款", "Payment due"),
    "renewal": ("续约", "Renewal"),
    "delivery": ("客户交接清单", "Hand-over list"),
}
Rule = Mapping[str, Any]


def rules_for(org_id: int, config_version: int) -> tuple[Rule, ...]:
    """The rules in force, read once a configuration; none where nobody has said anything."""
    return _kept(org_id, config_version) if config_version else _read(org_id)


def forget() -> None:
    _kept.cache_clear()


@lru_cache(maxsize=4096)
def _kept(org_id: int, config_version: int) -> tuple[Rule, ...]:
    return _read(org_id)


def _read(org_id: int) -> tuple[Rule, ...]:
    settings = Organisation.objects.filter(pk=org_id).values_list("settings", flat=True).first() or {}
    return tuple(settings.get(SETTING, {}).get("rules", ()))


def overlaid(
    org_id: int, config_version: int, items: Sequence[AgendaItem], found: Sequence[Ladder | None]
) -> list[Ladder | None]:
    """The ladders of these rows under the team's rules; one statement more where a rule is about their kinds.

    A row that its folder gives none (an answered objection) gets none; a node without one may get one.
    """
    rules = [each for each in rules_for(org_id, config_version) if each["kind"] in {item.kind for item in items}]
    if not rules:
        return list(found)
    ids = {each.customer_id for each in items if each.customer_id}
    rows = unscoped(Customer, "step").filter(pk__in=ids).values_list("pk", "intent_class", "source", "stage")
    known = {pk: (intent, source, stage) for pk, intent, source, stage in rows}
    told: list[Ladder | None] = []
    for item, ladder in zip(items, found, strict=True):
        rule = _first(rules, item.kind, known.get(item.customer_id or 0, ("", "", "")))
        if rule is None or (ladder is None and item.kind != NODE):
            told.append(ladder)
        else:
            told.append(Ladder(rungs_of(rule["rungs"]), ladder.since if ladder else None))
    return told


def _first(rules: Sequence[Rule], kind: str, facts: tuple[str, str, str]) -> Rule | None:
    for rule in rules:
        if rule["kind"] == kind and all(
            not rule[name] or fact in rule[name]
            for name, fact in zip(("classes", "sources", "nodes"), facts, strict=True)
        ):
            return rule
    return None
