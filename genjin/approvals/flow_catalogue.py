"""Flows for whoever writes them, and what they can be made of."""

from __future__ import annotations

from typing import Any

from genjin.access.actor import Actor
from genjin.access.models import Role
from genjin.approvals.flow_checking import warnings
from genjin.approvals.flow_queries import ASKED, PURPOSES, flows_of, people_of
from genjin.approvals.models import ApprovalFlow
from genjin.approvals.subjects import requestable, subject_of
from genjin.door.action import demand
from genjin.orgs.models import Department
from genjin.people.department_queries import holds_departments
from genjin.schema.queries import options_of
from genjin.schema.shapes import own_kinds, shaped
from genjin.schema.sql import filterable

READS = "flow.save"


def listed(actor: Actor) -> dict[str, Any]:
    """The flows in their order, each with where it would find nobody; and all that the editor draws itself from."""
    demand(actor, READS)
    people = people_of(actor.org_id, actor.config_version)
    roles = Role.objects.filter(org_id=actor.org_id).order_by("position", "id").values_list("key", "zh", "en")
    options = options_of(actor.org_id, actor.config_version).get(PURPOSES, {})
    return {
        "items": [
            {"id": row.pk, "version": row.version, "updated_at": row.updated_at, "body": row.body,
             "warnings": warnings(actor, row.body, people)}
            for row in flows_of(actor)
        ],
        "kinds": [_kind(actor, slug) for slug in (*requestable(), *own_kinds(actor))],
        "purposes": [{"key": each.key, "zh": each.zh, "en": each.en} for each in options.values() if not each.retired],
        "asked": list(ASKED),
        "roles": [{"key": key, "zh": zh, "en": en} for key, zh, en in roles],
        "people": [{"id": pk, "name": name} for pk, name in people.names.items()],
        "can": {"save": actor.may("flow.save"), "remove": actor.may("flow.remove"),
                "order": actor.may("flow.order")},
    }  # fmt: skip


def _kind(actor: Actor, slug: str) -> dict[str, Any]:
    kind = shaped(actor, slug)
    subject = subject_of(slug)
    fields = kind.fields if subject is None or subject.watched else ()
    watched = [each.slug for each in fields if each.kept and not each.part and each.slug != "name"]
    return {"key": slug, "zh": kind.zh, "en": kind.en, "fields": sorted(filterable(kind)), "watched": watched}


@holds_departments
def flows_naming(department: Department) -> tuple[str, str] | None:
    """Flows that ask the head of a department: it stays as long as they do."""
    rows = ApprovalFlow.objects.filter(org_id=department.org_id, removed_at__isnull=True)
    names = [
        row.body["name"] for row in rows
        if any(by["who"] == "department" and by.get("id") == department.pk
               for stage in row.body["stages"] for by in stage["by"])
    ]  # fmt: skip
    if not names:
        return None
    return f"审批流程“{'、'.join(names)}”要它的主管批", f"approval flows ask its head: {', '.join(names)}"
