"""From a typed record to the rules and back: one judgement for the panel, the form and the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.reading import objects_under
from genjin.customers.models import Contact, Customer
from genjin.followups.fields import SLUGS
from genjin.followups.schemas import FollowUpParts
from genjin.lib.errors import Invalid, Problem
from genjin.orgs.models import Department, Membership
from genjin.quality.judge import judge, points
from genjin.quality.queries import standard_of
from genjin.quality.record import Finding, NextStep, Record, Verdict
from genjin.quality.standard import Standard
from genjin.schema.queries import Options, label


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules need to know beyond the record itself."""

    customer: Customer | None
    contact: Contact | None
    people: Mapping[int, str]
    departments: Mapping[int, str]
    author: str


def setting_of(actor: Actor, customer: Customer | None, parts: FollowUpParts) -> Setting:
    """Names of the people and departments a record points at; ids of others are refused."""
    contact = None
    if customer is not None:
        named = None if parts.contact_id is None else Q(pk=parts.contact_id)
        found = objects_under(customer, Contact, named, order=("-primary", "id"), limit=1)
        contact = found[0] if found else None
        if named is not None and contact is None:
            raise Invalid("联系人不是这家客户的", "The contact is not of this customer", field="contact_id")
    wanted = {step.owner_id for step in parts.next_steps} | {parts.contacted_by, *parts.participants_ours}
    people = _names(Membership, actor, wanted, active=True)
    departments = _names(Department, actor, {step.department_id for step in parts.next_steps})
    author = people.get(parts.contacted_by or 0, actor.name)
    return Setting(customer, contact, people, departments, author)


def _names(model: Any, actor: Actor, wanted: set[int | None], **conditions: Any) -> dict[int, str]:
    ids = {each for each in wanted if each is not None}
    if not ids:
        return {}
    found = dict(model.objects.filter(org_id=actor.org_id, pk__in=ids, **conditions).values_list("id", "name"))
    if set(found) != ids:
        raise Invalid("指定的人或部门不在团队里", "A named person or department is not in the team", field="next_steps")
    return found


def record_of(actor: Actor, parts: FollowUpParts, setting: Setting, options: Options, *, now: datetime) -> Record:
    """The record as the rules read it, in the organisation's local time."""
    contact, customer = setting.contact, setting.customer
    at = parts.contact_at.astimezone(actor.zone).replace(tzinfo=None) if parts.contact_at else now
    steps = tuple(
        NextStep(
            act=step.act,
            owner=setting.people.get(step.owner_id or 0)
            or setting.departments.get(step.department_id or 0)
            or setting.author,
            due_at=step.due_at.astimezone(actor.zone).replace(tzinfo=None) if step.due_at else None,
            goal=step.goal or None,
        )
        for step in parts.next_steps
    )
    return Record(
        customer=customer.name if customer else "",
        contact=contact.name if contact else "",
        contact_info=(contact.phone or contact.wechat or contact.email) if contact else "",
        contact_at=at.date() if parts.precision == "day" else at,
        entered_at=now,
        channel=label(options, "channel", parts.channel),
        summary=parts.summary,
        feedback=parts.feedback or "；".join(f"“{quote}”" for quote in parts.quotes),
        next_step="" if steps else parts.next_sentence,
        author=setting.author,
        status=label(options, "followup_status", parts.status or "contacted"),
        next_steps=steps,
        quotes=tuple(parts.quotes),
        has_owner_column=False,
        people=tuple(setting.people.values()),
        is_company=customer is None or customer.kind != "person",
    )


def judge_parts(
    actor: Actor, parts: FollowUpParts, setting: Setting, options: Options, *, now: datetime
) -> tuple[Verdict, Standard]:
    """The verdict of the written standard on what was typed."""
    standard = standard_of(actor)
    local = now.astimezone(actor.zone).replace(tzinfo=None)
    record = record_of(actor, parts, setting, options, now=local)
    return judge(record, standard, now=local), standard


def demand_standard(verdict: Verdict, gaps: Sequence[Mapping[str, Any]] = ()) -> None:
    """Refuse a submission that an error rule fires on, or in which the template still wants something,
    naming every field (R-020, R-057, R-017, R-047, R-055)."""
    errors = [each for each in verdict.findings if each.severity == "error"]
    problems = tuple(
        Problem(SLUGS.get(each.field, each.field), each.rule, each.message, each.message_en) for each in errors
    ) + tuple(Problem(each["field"], each["rule"], each["message"]["zh"], each["message"]["en"]) for each in gaps)
    if not problems:
        return
    raise Invalid(
        f"还差 {len(problems)} 处：{problems[0].zh}",
        f"{len(problems)} to mend: {problems[0].en}",
        field=problems[0].field,
        problems=problems,
        code="standard",
        extra={"findings": [*findings_json(verdict.findings), *gaps], "score": verdict.score},
    )


def findings_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings for the panel: field slugs, spans in characters, both languages."""
    return [
        {
            "rule": each.rule,
            "severity": each.severity,
            "field": SLUGS.get(each.field, each.field),
            "field_zh": each.field,
            "span": list(each.span) if each.span else None,
            "message": {"zh": each.message, "en": each.message_en},
            "why": each.why,
            "example": each.example,
            "suggestion": {"zh": each.suggestion, "en": each.suggestion_en},
            "fix": each.fix,
            "risk": each.risk._asdict() if each.risk else None,
        }
        for each in findings
    ]


def panel(verdict: Verdict, standard: Standard) -> dict[str, Any]:
    """The answer of the check panel."""
    scored = [each for each in verdict.findings if each.severity != "hint"]
    after, _ = points([each for each in scored if each.fix is None], standard)
    return {
        "score": verdict.score,
        "axes": verdict.axes,
        "findings": findings_json(verdict.findings),
        "passed": len(standard.scored - {each.rule for each in scored}),
        "score_after": max(after, verdict.score),
        "errors": sum(each.severity == "error" for each in scored),
    }
