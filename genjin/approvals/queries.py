"""Reading approvals: what waits for me, what came back to me, what was said about a record, the examples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from genjin.access.actor import Actor
from genjin.access.guard import GuardedQuerySet, unscoped
from genjin.access.visible import under_all, visible
from genjin.approvals.models import Approval, ApprovalStep, Decision, FieldReason, ModelRecord
from genjin.approvals.subjects import subject_of
from genjin.customers.models import LIVING

MOST = 200
_COLUMNS = (
    "id", "version", "kind", "subject_type", "subject_id", "customer_id", "title", "why", "state", "round",
    "seen_version", "asked_at", "decided_at", "decided_by_id", "decided_by__name", "note", "author_id",
    "author__name", "created_by_id", "grader_id", "grader__name",
)  # fmt: skip


def waiting_for(actor: Actor) -> GuardedQuerySet[Approval]:
    """Approvals whose open step is the actor's."""
    rows: GuardedQuerySet[Approval] = visible(actor, Approval).exclude(kind="request")
    return rows.filter(state="open", steps__state="open", steps__member_id=actor.member_id)


def returned_to(actor: Actor) -> GuardedQuerySet[Approval]:
    """Approvals that came back to the actor: he did it, or typed it."""
    rows: GuardedQuerySet[Approval] = visible(actor, Approval).exclude(kind="request")
    return rows.filter(Q(author_id=actor.member_id) | Q(created_by_id=actor.member_id), state="returned")


def lent_to(actor: Actor) -> GuardedQuerySet[ApprovalStep]:
    """The open links of requests that are the actor's to decide: each lends him what it is about."""
    rows: GuardedQuerySet[ApprovalStep] = unscoped(ApprovalStep, "lent")
    return rows.filter(
        LIVING, org_id=actor.org_id, member_id=actor.member_id, state="open", approval__kind="request",
        approval__state="open", approval__deleted_at__isnull=True,
    )  # fmt: skip


def counts(actor: Actor) -> dict[str, int]:
    """How many records, new files, spot checks and requests wait for the actor, and how many came back. Three
    statements."""
    found = dict(waiting_for(actor).values_list("kind").annotate(n=Count("id", distinct=True)).order_by())
    return {
        "records": found.get("review", 0),
        "files": found.get("file", 0),
        "peers": found.get("peer", 0),
        "returned": returned_to(actor).count(),
        "requests": lent_to(actor).count(),
    }


_SAID = {
    "records": ("待批阅的跟进", "Records to review", "/reviews"),
    "files": ("待核对的新客户", "New customers to check", "/reviews?which=files"),
    "peers": ("互查抽到你的", "Spot checks for you", "/reviews?which=peers"),
    "returned": ("退回给你改的", "Returned to you", "/reviews?which=returned"),
    "requests": ("等你审批", "Requests to decide", "/reviews?which=requests"),
}


def waiting(actor: Actor) -> list[dict[str, Any]]:
    """Lines of 工作台 {key, zh, en, count, note, link}, only of what there is. Two statements."""
    lines = []
    for key, count in counts(actor).items():
        zh, en, link = _SAID[key]
        if count:
            lines.append({"key": key, "zh": zh, "en": en, "count": count, "note": None, "link": link})
    return lines


def may_review(actor: Actor) -> bool:
    return actor.may("approval.pass")


def approval_rows(rows: GuardedQuerySet[Approval], most: int = MOST) -> list[dict[str, Any]]:
    """Plain rows of visible approvals."""
    return list(rows.values(*_COLUMNS)[:most])


def shaped(rows: Sequence[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Approvals with steps, decisions and reasons, three statements for any number.

    `rows` come from a visible query: what hangs below them is as visible as they are.
    """
    ids = [row["id"] for row in rows]
    if not ids:
        return []
    steps = _below(ApprovalStep, ids, actor, "position", "member_id", "member__name", "state", "due_at")
    decisions = _below(
        Decision, ids, actor,
        "verdict", "note", "field", "round", "created_at", "created_by_id", "created_by__name", "answers",
    )  # fmt: skip
    reasons = _below(
        FieldReason, ids, actor, "slug", "text", "state", "settled_at", "created_at", "created_by__name", "decision_id"
    )
    return [
        _shape(actor, row, steps.get(row["id"], []), decisions.get(row["id"], []), reasons.get(row["id"], []))
        for row in rows
    ]


def _below(model: Any, ids: Sequence[int], actor: Actor, *columns: str) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in under_all(actor, model, ids).order_by("pk").values("id", "approval_id", *columns):
        found.setdefault(row.pop("approval_id"), []).append(row)
    return found


def _shape(
    actor: Actor,
    row: dict[str, Any],
    steps: list[dict[str, Any]],
    decisions: list[dict[str, Any]],
    reasons: list[dict[str, Any]],
) -> dict[str, Any]:
    subject = subject_of(row["subject_type"])
    labels = subject.named(actor) if subject else {}
    plain = (
        "id", "version", "kind", "subject_type", "subject_id", "title", "why", "state", "round", "seen_version",
        "asked_at", "decided_at", "note",
    )  # fmt: skip
    return {
        **{name: row[name] for name in plain},
        "author": _person(row, "author"),
        "decided_by": _person(row, "decided_by"),
        "grader": _person(row, "grader"),
        "steps": [
            {"id": each["id"], "position": each["position"], "member": _person(each, "member"),
             "state": each["state"], "due_at": each["due_at"]}
            for each in steps
        ],
        "decisions": [
            {"id": each["id"], "verdict": each["verdict"], "note": each["note"], "field": each["field"],
             "round": each["round"], "at": each["created_at"], "by": _person(each, "created_by"),
             "answers": each["answers"]}
            for each in decisions
        ],
        "reasons": [
            {"id": each["id"], "field": each["slug"], "label": _label(labels, each["slug"]), "text": each["text"],
             "state": each["state"], "at": each["created_at"], "by": each["created_by__name"],
             "settled_at": each["settled_at"]}
            for each in reasons
        ],
    }  # fmt: skip


def _label(labels: Any, slug: str) -> dict[str, str]:
    zh, en = labels.get(slug, (slug, slug))
    return {"zh": zh, "en": en}


def _person(row: dict[str, Any], name: str) -> dict[str, Any] | None:
    return {"id": row[f"{name}_id"], "name": row[f"{name}__name"]} if row[f"{name}_id"] else None


def of_record(actor: Actor, record_type: str, record_id: int) -> list[dict[str, Any]]:
    """Everything asked and said about a record the caller has found visible, newest first.

    Results of spot checks are for the author and whoever reviews, nobody else (R-072).
    """
    rows = visible(actor, Approval).filter(subject_type=record_type, subject_id=record_id).exclude(kind="request")
    found = approval_rows(rows.order_by("-asked_at", "-id"), 50)
    if not may_review(actor):
        found = [each for each in found if each["kind"] != "peer" or actor.member_id == each["author_id"]]
    return shaped([each for each in found if each["kind"] != "peer" or each["state"] == "passed"], actor)


def decided_today(actor: Actor, since: datetime) -> dict[str, int]:
    """The actor's verdicts since the start of his day."""
    rows = visible(actor, Approval).filter(
        decisions__created_by_id=actor.member_id,
        decisions__created_at__gte=since,
        decisions__verdict__in=("pass", "return"),
    )
    found = dict(rows.values_list("decisions__verdict").annotate(n=Count("decisions__id", distinct=True)).order_by())
    return {"passed": found.get("pass", 0), "returned": found.get("return", 0)}


def models(actor: Actor, record_type: str, kind: str = "") -> list[dict[str, Any]]:
    """Good and bad examples of a type, newest first; they hold no names and are for the whole team (R-073)."""
    rows = visible(actor, ModelRecord).filter(subject_type=record_type)
    if kind:
        rows = rows.filter(kind=kind)
    columns = ("id", "version", "subject_id", "kind", "verdict", "note", "body", "created_at", "created_by__name")
    subject = subject_of(record_type)
    found = []
    for row in rows.order_by("verdict", "-id").values(*columns)[:50]:
        body = subject.told(actor, row["body"]) if subject else row["body"]
        found.append({**row, "body": body, "created_by": row["created_by__name"]})
        del found[-1]["created_by__name"]
    return found


def approved_of(org_id: int, subject_type: str, subject_id: int, purpose: str) -> bool:
    """Has a request about this record been granted, and has it not lapsed since? For gates of higher folders, which ask
    in a change whose right they have checked. The newest that was not withdrawn counts."""
    rows = unscoped(Approval, "step").filter(
        LIVING, org_id=org_id, kind="request", subject_type=subject_type, subject_id=subject_id, purpose=purpose
    )
    newest = rows.exclude(state="withdrawn").order_by("-id").values_list("state", flat=True).first()
    return bool(newest == "passed")
