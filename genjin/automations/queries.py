"""Reading automations: the list, one whole, its versions and its log, and everything that the editor offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Max

from genjin.access.actor import Actor
from genjin.access.fields import concealed
from genjin.access.models import Role
from genjin.access.visible import visible
from genjin.approvals.flow_queries import purposes_of
from genjin.automations.actions import find
from genjin.automations.checking import OWN_VERBS, asked
from genjin.automations.models import FAILED, Automation, AutomationVersion, Delivery, Run
from genjin.automations.triggers import triggers_of
from genjin.customers.models import Customer
from genjin.door.action import demand
from genjin.lib import moment
from genjin.orgs.models import Department
from genjin.people.department_queries import holds_departments
from genjin.records.models import Record
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.paging import Order, after, page_of
from genjin.schema.shapes import own_kinds, shaped

READS = "automation.update"
LATELY = timedelta(days=7)
#: What the log can be narrowed to.
WHICH: Mapping[str, tuple[str, ...]] = {
    "done": ("done",),
    "failed": (*FAILED, "capped"),
    "skipped": ("skipped", "unseen", "dropped"),
}
_NEWEST = Order("id", descending=True, of=int)


def listed(actor: Actor) -> dict[str, Any]:
    """All automations, those in force first; four statements."""
    demand(actor, READS)
    rows = list(_living(actor).select_related("publisher"))
    ids = [row.pk for row in rows]
    versions = AutomationVersion.objects.filter(automation_id__in=ids, number=F("automation__live"))
    bodies = {(each.automation_id, each.number): each.body for each in versions}
    since = moment.now() - LATELY
    acted = Run.objects.filter(automation_id__in=ids, acted_at__gt=since).order_by().values_list("automation_id")
    many = dict(acted.annotate(many=Count("id")))
    lost = Run.objects.filter(automation_id__in=ids, state__in=FAILED).order_by().values_list("automation_id")
    failed = dict(lost.annotate(last=Max("at")))
    items = [
        {
            **_head(row),
            "body": bodies.get((row.pk, row.live or 0)) or row.draft,
            "runs": many.get(row.pk, 0),
            "failed_at": failed.get(row.pk),
        }
        for row in rows
    ]
    return {"items": items, "can": _can(actor)}


def _living(actor: Actor) -> Any:
    return Automation.objects.filter(org_id=actor.org_id, removed_at__isnull=True).order_by("id")


def _can(actor: Actor) -> dict[str, bool]:
    return {name: actor.may(f"automation.{name}") for name in ("create", "update", "publish", "switch", "remove")}


def _head(row: Automation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "name": row.name,
        "state": row.state,
        "why": {"zh": row.why_zh, "en": row.why_en} if row.why_zh else None,
        "changed": row.draft is not None,
        "published": row.live is not None,
        "publisher": {"id": row.publisher.pk, "name": row.publisher.name} if row.publisher else None,
        "updated_at": row.updated_at,
    }


def one(actor: Actor, automation_id: int) -> dict[str, Any]:
    """One whole: what is being written, what is in force, and whether receivers know it by a secret."""
    demand(actor, READS)
    row = find(actor.org_id, automation_id)
    live = AutomationVersion.objects.filter(automation=row, number=row.live or 0).first()
    return {
        **_head(row),
        "body": row.draft or (live.body if live else None),
        "live": live.body if live else None,
        "number": row.live,
        "secret": bool(row.secret),
        "paused_until": row.paused_until,
        "can": _can(actor),
    }


def versions(actor: Actor, automation_id: int) -> dict[str, Any]:
    """What it has said so far, newest first, and who brought it in force."""
    demand(actor, READS)
    row = find(actor.org_id, automation_id)
    rows = AutomationVersion.objects.filter(automation=row).select_related("by").order_by("-number")[:100]
    return {
        "items": [
            {"number": each.number, "body": each.body, "why": each.why, "at": each.at,
             "by": {"id": each.by.pk, "name": each.by.name} if each.by else None, "live": each.number == row.live}
            for each in rows
        ]
    }  # fmt: skip


def log(actor: Actor, automation_id: int, *, which: str = "", cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """What it did with which event, newest first. Rows that the reader may not see stay without a name; five statements
    a page."""
    demand(actor, READS)
    row = find(actor.org_id, automation_id)
    rows = Run.objects.filter(automation=row)
    rows = rows.filter(state__in=WHICH[which]) if which in WHICH else rows
    rows = after(rows, _NEWEST, cursor) if cursor else rows
    found = list(rows.order_by("-id")[: limit + 1])
    pairs, following = page_of([(each.pk, each) for each in found], limit, 0, 0)
    shown: list[Run] = [each for _, each in pairs]
    names = _names(actor, shown) | _row_names(actor, shown)
    tries = _tries(shown)
    return {"items": [_line(each, names, tries) for each in shown], "next": following}


#: ("customer" or an own type, id) → the name that the reader may see.
Names = Mapping[tuple[str, int], str]


def _names(actor: Actor, runs: Sequence[Run]) -> dict[tuple[str, int], str]:
    ids = {run.root_id for run in runs if run.root_id}
    rows = visible(actor, Customer).filter(pk__in=ids).values_list("pk", "name") if ids else []
    return {("customer", pk): str(concealed(actor, "customer", {"name": name})["name"]) for pk, name in rows}


def _row_names(actor: Actor, runs: Sequence[Run]) -> dict[tuple[str, int], str]:
    """Of the rows of own types that runs are about."""
    ids = {run.subject_id for run in runs if is_own_kind(run.subject_type)}
    rows = visible(actor, Record).filter(pk__in=ids).values_list("kind", "pk", "name") if ids else []
    return {(kind, pk): str(concealed(actor, kind, {"name": name})["name"]) for kind, pk, name in rows}


def _tries(runs: Sequence[Run]) -> dict[tuple[int, int], Delivery]:
    rows = Delivery.objects.filter(run_id__in=[run.pk for run in runs])
    return {(each.run_id, each.place): each for each in rows}


def _told(names: Names, kind: str, pk: int | None) -> dict[str, Any] | None:
    if pk is None:
        return None
    return {"id": pk, "name": names[kind, pk]} if (kind, pk) in names else {"id": None, "name": ""}


def _line(run: Run, names: Names, tries: Mapping[tuple[int, int], Delivery]) -> dict[str, Any]:
    customer = _told(names, "customer", run.root_id)
    record = _told(names, run.subject_type, run.subject_id) if is_own_kind(run.subject_type) else None
    hidden = any(each is not None and each["id"] is None for each in (customer, record))
    return {
        "id": run.pk,
        "at": run.at,
        "state": run.state,
        "holds": None if run.state in ("waiting", "running", "unseen", "refused", "dropped") and not run.acted_at
        else run.state != "skipped",
        "customer": customer,
        "record": record and {"type": run.subject_type, **record},
        "event_id": str(run.event_id),
        "number": run.number,
        "why": {"zh": run.why_zh, "en": run.why_en} if run.why_zh else None,
        "took_ms": run.took_ms,
        "steps": [_step(each, tries.get((run.pk, at)), hidden) for at, each in enumerate(run.steps)],
    }  # fmt: skip


def _step(step: Mapping[str, Any], delivery: Delivery | None, hidden: bool) -> dict[str, Any]:
    """An action and what became of it; its words may name the customer."""
    words = {"zh": "", "en": ""} if hidden else {"zh": step["zh"], "en": step["en"]}
    more = {"tries": delivery.tries, "next_at": delivery.send_after} if delivery and step["state"] == "waiting" else {}
    return {"do": step["do"], "state": step["state"], **words, **more}


def catalogue(actor: Actor) -> dict[str, Any]:
    """Everything the editor draws itself from: events, the fields of each, roles; fields that the actor may not read
    are not there."""
    demand(actor, READS)
    roles = Role.objects.filter(org_id=actor.org_id).order_by("position", "id").values_list("key", "zh", "en")
    return {
        "triggers": [
            {"key": each.key, "kind": each.kind, "zh": each.zh, "en": each.en, "moves": each.moves,
             "of": _called(actor, each.kind), "fixed": each.fixed, "fields": sorted(asked(actor, each))}
            for each in triggers_of(actor).values()
        ],
        "settable": {slug: list(_settable(actor, slug)) for slug in ("customer", *own_kinds(actor))},
        "purposes": {slug: purposes_of(actor, slug) for slug in ("customer", *own_kinds(actor))},
        "roles": [{"key": key, "zh": zh, "en": en} for key, zh, en in roles],
        "can": _can(actor),
    }  # fmt: skip


def _called(actor: Actor, kind: str) -> dict[str, str]:
    found = shaped(actor, kind)
    return {"zh": found.zh, "en": found.en}


_EASY = ("text", "option", "options", "number", "money", "date", "bool", "tags", "rating", "percent", "longtext", "url")


def _settable(actor: Actor, kind: str) -> Iterable[str]:
    """Fields that an action may set to a value that is the same for all."""
    marks = actor.grants.fields.get(kind, {})
    verbs = OWN_VERBS if kind == "customer" else {"state": "record.move"}
    for each in shaped(actor, kind).fields:
        writable = each.slug in verbs or not (each.read_only or each.part)
        if writable and each.type in _EASY and each.slug not in marks and each.slug != "name":
            yield each.slug


@holds_departments
def automations_naming(department: Department) -> tuple[str, str] | None:
    """Automations in force or being written that give to a department by name: it stays as long as they do."""
    rows = Automation.objects.filter(org_id=department.org_id, removed_at__isnull=True)
    live = AutomationVersion.objects.filter(automation__in=rows, number=F("automation__live"))
    in_force = dict(live.values_list("automation_id", "body"))
    names = []
    for row in rows.order_by("id"):
        bodies = [body for body in (row.draft, in_force.get(row.pk)) if body]
        whom = [each["to"] for body in bodies for each in body["actions"] if "to" in each]
        if any(to["who"] in ("department", "role") and to.get("id") == department.pk for to in whom):
            names.append(row.name)
    if not names:
        return None
    return (
        f"{len(names)} 条自动化（{'、'.join(names)}）要用它",
        f"{len(names)} automations ({', '.join(names)}) name it",
    )
