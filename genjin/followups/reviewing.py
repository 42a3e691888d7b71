"""Records under review: which are sent, what a return asks to mend, what a colleague may read of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.agenda.models import AgendaItem
from genjin.approvals.rules import Facts
from genjin.approvals.steps import Ask, ask, mark_mended, pending, why_review
from genjin.approvals.subjects import Subject, register_subject
from genjin.customers.models import LIVING, Contact, Customer
from genjin.door.change import Change
from genjin.followups.fields import FOLLOWUP
from genjin.followups.models import FollowUp
from genjin.followups.queries import told_record
from genjin.lib.companies import display_name, short_name
from genjin.lib.errors import Conflict
from genjin.lib.phones import without_phones

#: Every field that a person fills in, and the next steps, which are rows of their own.
FIELDS = {
    each.slug: (each.zh, each.en)
    for each in FOLLOWUP.fields
    if not each.read_only and each.slug not in ("summary_blocks", "files", "department", "contacted_by")
} | {"next_steps": ("下一步", "Next steps")}
#: Marks in a text and the customer's marked words are mended where the text is.
_PART_OF = {"summary_blocks": "summary", "quotes": "feedback"}
_TEXTS = (
    "topic", "background", "problem", "handling", "comments", "stage_goal", "goal", "summary", "feedback", "result",
    "key_figures", "status_reason", "next_plan", "interest", "special", "competitor", "expectation", "help_needed",
    "reflection",
)  # fmt: skip
_PLAIN = ("kind", "channel", "contact_at", "precision", "entered_at", "late", "status", "score", "axes")


def send_to_review(
    change: Change, customer: Customer, record: FollowUp, *, template: str = "", changed: bool = False
) -> list[dict[str, Any]]:
    """Ask for a review when a rule of the pack names this record; returns why, empty = none needed (R-170).

    The record is live either way: a review changes its state, never its availability. `changed`: it had
    been archived and is not the text any more that the reviewer read.
    """
    facts = Facts(
        template or record.kind,
        record.status,
        customer.intent_class,
        record.score,
        historical=record.historical,
        attempt=bool(record.attempt),
    )
    why = [{"rule": "changed", "value": ""}] if changed else why_review(change, "followup", record.pk, facts)
    if not why:
        return []
    name = _name_of(change.actor, record)
    authors = (record.contacted_by_id, record.entered_by_id)
    title = f"审核{' ' + name if name else ''} 的跟进"
    department = customer.department_id or record.department_id
    wanted = Ask("review", "followup", record.pk, customer.pk, department, authors, title, record.version, why)
    return why if ask(change, [wanted]) else []


def _name_of(actor: Actor, record: FollowUp) -> str:
    if record.contacted_by_id == actor.member_id:
        return actor.name
    return record.contacted_by.name if record.contacted_by else ""


def after_mending(change: Change, record: FollowUp, slugs: Collection[str]) -> None:
    """A change answers the reasons on its fields; after archiving it asks for another look (R-176)."""
    if record.state == "returned":
        mark_mended(change, "followup", [record.pk], {*slugs, *(_PART_OF[each] for each in slugs if each in _PART_OF)})
    if record.state == "archived" and send_to_review(change, record.customer, record, changed=True):
        show_state(change, [record.pk], "submitted")


def show_state(change: Change, ids: Sequence[int], state: str) -> None:
    """Write the state of reviewing onto records, with reviewer and time when they are archived (R-172).

    The version stays: an author who has the record open may still save it.
    """
    archived = state == "archived"
    unscoped(FollowUp, "step").filter(org_id=change.actor.org_id, pk__in=ids).update(
        state=state,
        reviewed_by_id=change.actor.member_id if archived else None,
        reviewed_at=change.now if archived else None,
    )


def refuse_under_review(change: Change, records: Sequence[FollowUp]) -> None:
    """A record that somebody is looking at stays, so that no draw can be thrown again."""
    held = pending(change.actor.org_id, "followup", [each.pk for each in records], "review")
    if held:
        raise Conflict(
            "这条跟进在审核里，审完再删",
            "The record is being reviewed; delete it afterwards",
            code="under_review",
            extra={"ids": [each.subject_id for each in held]},
        )


def _versions(org_id: int, ids: Sequence[int]) -> dict[int, int]:
    rows = unscoped(FollowUp, "step").filter(LIVING, org_id=org_id, pk__in=ids)
    return dict(rows.values_list("pk", "version"))


def _visible(actor: Actor, pk: int, change: bool) -> bool:
    return visible(actor, FollowUp, act="change" if change else "see").filter(pk=pk).exists()


def bare(org_id: int, pk: int) -> dict[str, Any] | None:
    """A record as a colleague may read it: no names of customer and contacts, no numbers, no files (R-072).

    Spans of findings are moved along with the words before them. Three statements.
    """
    rows = unscoped(FollowUp, "peer").filter(LIVING, org_id=org_id, pk=pk, customer__deleted_at__isnull=True)
    record = rows.select_related("customer", "template").first()
    if record is None:
        return None
    people = unscoped(Contact, "peer").filter(org_id=org_id, customer_id=record.customer_id)
    hide = _Hide(record.customer.name, list(people.values_list("name", flat=True)))
    items = unscoped(AgendaItem, "peer").filter(LIVING, org_id=org_id, source_type="followup", source_id=pk)
    steps = [
        {"act": hide(act), "due_at": due_at, "precision": precision, "goal": hide(goal), "owner": owner}
        for act, due_at, precision, goal, owner in items.order_by("due_at", "id").values_list(
            "act", "due_at", "precision", "goal", "owner__name"
        )
    ]
    body: dict[str, Any] = {slug: getattr(record, slug) for slug in _PLAIN}
    body |= {slug: hide(getattr(record, slug)) for slug in _TEXTS}
    body |= {slug: hide.deep(getattr(record, slug)) for slug in ("quotes", "objections", "needs", "qa", "risks")}
    if record.template:
        body["kind"] = record.template.key
    findings = [_finding(each, record, hide) for each in record.findings]
    return {**body, "customer_id": record.customer_id, "next_steps": steps, "findings": findings}


def _finding(finding: dict[str, Any], record: FollowUp, hide: _Hide) -> dict[str, Any]:
    moved = hide.deep({**finding, "fix": None})
    raw, span = getattr(record, finding["field"], None), finding.get("span")
    if span and isinstance(raw, str):
        start = len(hide(raw[: span[0]]))
        moved["span"] = [start, start + len(hide(raw[span[0] : span[1]]))]
    else:
        moved["span"] = None
    return {**moved, "rule": finding["rule"], "field": finding["field"], "severity": finding["severity"]}


class _Hide:
    """Replaces the names of one customer in any text."""

    def __init__(self, customer: str, people: Sequence[str]) -> None:
        names = {customer, display_name(customer), short_name(customer)}
        words = {name: "客户" for name in names if len(name) > 1} | {name: "联系人" for name in people if len(name) > 1}
        longest = sorted(words, key=len, reverse=True)
        self._words = words
        self._pattern = re.compile("|".join(map(re.escape, longest))) if longest else None

    def __call__(self, text: str) -> str:
        plain = without_phones(text) if text else ""
        if self._pattern is None:
            return plain
        return self._pattern.sub(lambda found: self._words[found.group(0)], plain)

    def deep(self, value: Any) -> Any:
        if isinstance(value, str):
            return self(value)
        if isinstance(value, list):
            return [self.deep(each) for each in value]
        if isinstance(value, dict):
            return {key: self.deep(each) for key, each in value.items()}
        return value


register_subject(Subject("followup", FIELDS, _versions, bare, _visible, told_record))
