"""What verbs and reactions share when they ask for, settle or take back an approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from genjin.access.guard import GuardedQuerySet, unscoped
from genjin.access.models import Grant
from genjin.access.rows import Row
from genjin.approvals.models import PENDING, Approval, ApprovalStep, Decision, FieldReason
from genjin.approvals.rules import Facts, Post, ReviewRules, reviewer_of, rules_from, why_reviewed
from genjin.door.change import Change
from genjin.lib.standard import read_standard
from genjin.lib.time_limits import Clock, due_at
from genjin.orgs.models import Department, Organisation
from genjin.orgs.queries import calendar_of
from genjin.schema.bulk import insert_rows
from genjin.schema.compiled import fetch
from genjin.schema.registry import type_of


@lru_cache(maxsize=4096)
def rules_of(org_id: int, config_version: int) -> ReviewRules:
    """The standard pack's rules with what the organisation sets otherwise, once a configuration."""
    standard = read_standard("review")
    own = Organisation.objects.values_list("settings", flat=True).get(pk=org_id).get("review", {})
    return rules_from({**standard, **own})


def draw_of(org_id: int, record_type: str, pk: int) -> float:
    """A number in [0, 1) that is fixed for a record and known to nobody without this machine's key."""
    digest = salted_hmac("genjin.approvals.draw", f"{org_id}:{record_type}:{pk}", algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") / 2**64


@dataclass(frozen=True, slots=True)
class Ask:
    """One record that somebody has to look at. `authors`: who did it and who typed it."""

    kind: str
    subject_type: str
    subject_id: int
    customer_id: int
    department_id: int | None
    authors: tuple[int | None, ...]
    title: str
    seen_version: int
    why: list[dict[str, Any]] = field(default_factory=list)
    grader_id: int | None = None


def why_review(change: Change, subject_type: str, pk: int, facts: Facts) -> list[dict[str, Any]]:
    """Which rules ask for a review of this record; empty = none needed."""
    actor = change.actor
    rules = rules_of(actor.org_id, actor.config_version)
    return why_reviewed(rules, facts, draw_of(actor.org_id, subject_type, pk))


def ask(change: Change, asks: Sequence[Ask]) -> list[Approval]:
    """Open an approval for each, with one step for its reviewer; a fixed number of statements.

    Where nobody may decide (a team of one), nothing is asked. Used by verbs of higher folders.
    """
    if not asks:
        return []
    rules = rules_of(change.actor.org_id, change.actor.config_version)
    found = _reviewers(change, rules, asks)
    made: list[tuple[Approval, Post]] = []
    for each, post in zip(asks, found, strict=True):
        if post is not None:
            made.append((_approval(change, each), post))
    insert_rows(Approval, [approval for approval, _ in made])
    steps = []
    for approval, post in made:
        step = ApprovalStep(approval=approval, chosen_by=_chosen_by(approval, rules, post), role=post.role)
        step.member_id = post.member_id
        step.due_at = due(change, rules.workdays(approval.kind))
        change.stamp(step)
        steps.append(step)
    insert_rows(ApprovalStep, steps)
    for step in steps:
        say(change, "approval.asked", step.approval, todo=review_todo(step))
    return [approval for approval, _ in made]


def _chosen_by(approval: Approval, rules: ReviewRules, post: Post) -> str:
    if approval.grader_id is not None:
        return "member"
    return "superior" if post.role in rules.reviewers else "role"


def _approval(change: Change, each: Ask) -> Approval:
    approval = Approval(
        kind=each.kind,
        subject_type=each.subject_type,
        subject_id=each.subject_id,
        customer_id=each.customer_id,
        author_id=each.authors[0],
        grader_id=each.grader_id,
        title=each.title[:200],
        why=each.why,
        seen_version=each.seen_version,
        asked_at=change.now,
    )
    change.stamp(approval)
    if len(each.authors) > 1:
        approval.created_by_id = each.authors[1]
    return approval


def _reviewers(change: Change, rules: ReviewRules, asks: Sequence[Ask]) -> list[Post | None]:
    """The reviewer of each; a spot check has its grader. Two statements for any number."""
    if all(each.grader_id is not None for each in asks):
        return [Post(each.grader_id or 0, "", None) for each in asks]
    posts, paths = posts_of(change.actor.org_id, rules), paths_of(change.actor.org_id)
    return [reviewer_of(rules, posts, paths.get(each.department_id or 0, []), each.authors) for each in asks]


def posts_of(org_id: int, rules: ReviewRules) -> list[Post]:
    """Everybody who holds a reviewing role, with the department he holds it for."""
    wanted = sorted({*rules.reviewers, *rules.fallback})
    where = Q(org_id=org_id, role__key__among=wanted, member__active=True)
    columns = ("member_id", "role__key", "department_id", "member__department_id")
    rows = fetch(QuerySet(Grant), where, columns, steady=True)
    return [Post(member, role, own or place) for member, role, own, place in rows]


def paths_of(org_id: int) -> dict[int, list[int]]:
    """Department → itself and those above it, nearest first."""
    rows = fetch(QuerySet(Department), Q(org_id=org_id), ("id", "path"), steady=True)
    return {pk: [pk, *reversed([int(each) for each in path.split("/") if each])] for pk, path in rows}


def review_todo(step: ApprovalStep) -> dict[str, Any]:
    """What the reviewer finds on the agenda; the agenda makes the row (R-077)."""
    kind = {"file": "check_file", "peer": "peer_check"}.get(step.approval.kind, "review")
    # Whoever grades a colleague's record learns nothing of the customer.
    customer_id = None if kind == "peer_check" else step.approval.customer_id
    return {
        "kind": kind,
        "act": step.approval.title,
        "owner_id": step.member_id,
        "due_at": step.due_at,
        "customer_id": customer_id,
    }


def due(change: Change, workdays: int) -> datetime:
    """The close of the team's `workdays`-th working day from now, by its own hours and calendar (R-111)."""
    calendar = calendar_of(change.actor.org_id, change.actor.config_version)
    return due_at(change.now, workdays, Clock.WORKDAYS, calendar).at


def mend_todo(change: Change, approval: Approval, act: str) -> dict[str, Any]:
    """What the author finds on the agenda after a return."""
    rules = rules_of(change.actor.org_id, change.actor.config_version)
    due_at = due(change, rules.mend_workdays)
    return {
        "kind": "mend",
        "act": act[:300],
        "owner_id": approval.author_id,
        "due_at": due_at,
        "customer_id": approval.customer_id,
    }


def say(
    change: Change,
    name: str,
    approval: Approval,
    *,
    todo: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """One event; `todo` is what stands on the agenda from now on, None = nothing more."""
    change.record(
        name,
        approval,
        root=root_of(approval),
        after={
            "kind": approval.kind,
            "subject_type": approval.subject_type,
            "subject_id": approval.subject_id,
            "state": approval.state,
            "todo": todo,
            **(after or {}),
        },
        why=why,
    )


def root_of(approval: Approval) -> tuple[str, int] | None:
    """On whose timeline it stands; a spot check is between two colleagues."""
    return ("customer", approval.customer_id) if approval.customer_id and approval.kind != "peer" else None


def save_all(change: Change, rows: Iterable[Row], columns: Sequence[str]) -> None:
    """Write the named columns of many rows in one statement, versions raised."""
    found = list(rows)
    for row in found:
        row.version += 1
        row.updated_at = change.now
    if found:
        unscoped(type(found[0]), "step").bulk_update(found, [*columns, "version", "updated_at"], batch_size=200)


def decide(
    change: Change,
    approvals: Sequence[Approval],
    verdict: str,
    *,
    note: str = "",
    field: str = "",
    step: ApprovalStep | None = None,
    answers: Sequence[Mapping[str, Any]] = (),
) -> list[Decision]:
    """Keep who said what, one row an approval."""
    decisions = []
    for approval in approvals:
        decision = Decision(
            approval=approval,
            verdict=verdict,
            note=note,
            field=field,
            step=step,
            answers=list(answers),
            round=approval.round,
            subject_version=approval.seen_version,
        )
        change.stamp(decision)
        decisions.append(decision)
    insert_rows(Decision, decisions)
    return decisions


def settle(change: Change, approvals: Sequence[Approval], state: str) -> None:
    """Close approvals and the steps that were open: passed, returned or withdrawn."""
    stamp = {"decided_at": change.now, "decided_by_id": change.actor.member_id}
    step_state = {"withdrawn": "skipped"}.get(state, state)
    rows = unscoped(ApprovalStep, "step").filter(
        org_id=change.actor.org_id, approval__in=[each.pk for each in approvals], state__in=("open", "waiting")
    )
    steps = list(rows.order_by("pk").select_for_update(of=("self",)))
    _save_undoable(change, approvals, {"state": state, **stamp})
    _save_undoable(change, steps, {"state": step_state, **stamp})
    noted = [each for each in approvals if each.note]
    if noted:
        save_all(change, noted, ["note"])


def _save_undoable(change: Change, rows: Sequence[Row], values: Mapping[str, Any]) -> None:
    """Write many rows; inside a batch the log tells what they were, so that its undo sets them back."""
    changed = change.save_many([(row, values) for row in rows])
    if not change.batch:
        return
    for row in rows:
        pairs = changed.get(row.pk, {})
        before = {column: pair[0] for column, pair in pairs.items()}
        after = {column: pair[1] for column, pair in pairs.items()}
        change.record(f"{type_of(type(row)).slug}.settled", row, before=before, after=after)


def mark_mended(change: Change, subject_type: str, ids: Iterable[int], slugs: Iterable[str]) -> None:
    """Returned records were changed: the reasons on these fields are answered (R-176). One or two statements."""
    reasons = unscoped(FieldReason, "step").filter(
        org_id=change.actor.org_id,
        approval__subject_type=subject_type,
        approval__subject_id__in=list(ids),
        approval__state="returned",
        state="open",
        slug__in=set(slugs),
    )
    reasons.update(state="mended", settled_at=change.now, updated_at=change.now)


def pending(org_id: int, subject_type: str, ids: Iterable[int], *kinds: str) -> list[Approval]:
    """Approvals of these records that are not settled, locked."""
    rows = _pending(org_id).filter(subject_type=subject_type, subject_id__in=list(ids))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list(rows)


def pending_of_customers(org_id: int, ids: Iterable[int]) -> list[Approval]:
    """All that is not settled about these customers and their records, locked."""
    return list(_pending(org_id).filter(customer_id__in=list(ids)))


def _pending(org_id: int) -> GuardedQuerySet[Approval]:
    rows = unscoped(Approval, "step").filter(PENDING, org_id=org_id)
    return rows.order_by("pk").select_for_update(of=("self",))


def withdraw(change: Change, approvals: Sequence[Approval], why: str = "") -> None:
    """Nothing is asked any more: the record is gone or somebody else settled it."""
    if not approvals:
        return
    settle(change, approvals, "withdrawn")
    for approval in approvals:
        say(change, "approval.withdrawn", approval, why=why)
