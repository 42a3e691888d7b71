"""Verbs on follow-up records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from genjin.access.guard import unscoped
from genjin.access.links import taken
from genjin.access.reading import read_under
from genjin.access.visible import visible
from genjin.agenda.models import OPEN, AgendaItem
from genjin.agenda.rules import SETTLED_ELSEWHERE
from genjin.agenda.steps import ToDo, close, earliest, earliest_after_contact, schedule
from genjin.customers.models import LIVING, Contact, Customer
from genjin.customers.rules import not_begun
from genjin.customers.steps import add_needs, root, touch
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.door.given import insert_new
from genjin.files.steps import demand_kinds, hold_files
from genjin.followups.drafts import CALL
from genjin.followups.fields import FOLLOWUP
from genjin.followups.judging import demand_standard, findings_json, judge_parts, setting_of
from genjin.followups.layouts import choose, gaps_of, new_gaps, record_values, values_of, written_with
from genjin.followups.models import Draft, FollowUp, FollowUpFile
from genjin.followups.replanning import as_input, replan, steps_of, todo_of
from genjin.followups.reviewing import after_mending, send_to_review
from genjin.followups.rich import settled, settled_patch
from genjin.followups.rules import columns_of, is_late, last_words, won_parts
from genjin.followups.schemas import AttemptIn, FollowUpIn, FollowUpParts, FollowUpPatch
from genjin.followups.templates import Layout
from genjin.lib.blank import is_blank
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.quality.record import Verdict
from genjin.schema.barred import refuse_barred
from genjin.schema.clean import clean
from genjin.schema.extra import as_columns
from genjin.schema.queries import Options, options_of
from genjin.schema.saving import save_columns
from genjin.schema.shapes import shaped
from genjin.search.serials import serials_of
from genjin.search.steps import Entry, index_entries

Reply = dict[str, Any]
#: The third attempt in a row suggests another channel.
MANY_ATTEMPTS = 3
_OPTION_SLUGS = (
    "channel", "kind", "status", "attitude_from", "attitude_to", "mood", "trust", "repurchase", "referral",
)  # fmt: skip


def _options(change: Change) -> Options:
    return options_of(change.actor.org_id, change.actor.config_version)


@action_on(Customer, "followup.log", "写跟进", "log a follow-up", act="log")
def log_followup(change: Change, customer: Customer, *, parts: FollowUpIn) -> Reply:
    """One contact: judged by the standard, stored, its next steps on the agenda, the customer's
    columns moved (R-001–R-010, R-074). Refuses with 422 `standard` when an error rule fires."""
    options = _options(change)
    _refuse_barred(change, parts)
    parts = settled(parts)
    if parts.contact_at is None:
        parts = parts.model_copy(update={"contact_at": change.now})
    chosen = {slug: value for slug in _OPTION_SLUGS if (value := getattr(parts, slug))}
    clean(FOLLOWUP, {"channel": "", **chosen}, options)
    own = _own(change, parts, options, new=True)
    setting = setting_of(change.actor, customer, parts)
    verdict, _ = judge_parts(change.actor, parts, setting, options, now=change.now)
    layout = choose(change.actor, parts.template, parts.kind)
    _, gaps = gaps_of(change.actor, layout, values_of(parts, customer, setting.contact) | own, change.now)
    demand_standard(verdict, gaps)
    _demand_dates(parts)
    if not parts.duplicate_ok:
        _refuse_twice(customer, parts)
    record = _insert(change, customer, parts, own, verdict, setting.contact, layout)
    items = schedule(
        change,
        [todo_of(step, record) for step in parts.next_steps],
        customer_id=customer.pk,
        source=("followup", record.pk),
        show=False,
    )
    _close_done(change, customer, parts.closes_agenda_ids)
    _touch(change, customer, record)
    if parts.needs:
        add_needs(change, customer, [need.model_dump() for need in parts.needs])
    _attach(change, record, parts)
    review = send_to_review(change, customer, record, template=layout.key)
    if parts.draft_key:
        keys = [parts.draft_key, f"{CALL}{customer.pk}"]
        Draft.objects.filter(member_id=change.actor.member_id, client_key__in=keys).delete()
    return {
        "id": record.pk,
        "version": record.version,
        "score": record.score,
        "findings": record.findings,
        "agenda": [{"id": item.pk, "act": item.act, "due_at": item.due_at} for item in items],
        "customer": {"id": customer.pk, "name": customer.name},
        "review": review,
    }


def _own(change: Change, parts: FollowUpParts, options: Options, *, new: bool = False) -> dict[str, Any]:
    """The team's own fields as they were sent, checked; of a new record also their defaults. What is missing is said
    with the rest (`gaps_of`)."""
    kind, sent = shaped(change.actor, FOLLOWUP), dict(parts.model_extra or {})
    marks = change.actor.grants.fields.get("followup", {})
    usual = {each.slug: each.settings.get("default") for each in kind.own if each.slug not in marks} if new else {}
    values = {slug: value for slug, value in usual.items() if value is not None} | sent
    blank = {slug: None for slug, value in values.items() if is_blank(value) and slug in kind.by_slug}
    filled = {slug: value for slug, value in values.items() if slug not in blank}
    return {**blank, **taken(change.actor, kind, filled)}


def _refuse_barred(change: Change, parts: FollowUpParts) -> None:
    marks = change.actor.grants.fields.get("followup", {})
    values = {slug: getattr(parts, slug) for slug in parts.model_fields_set}
    refuse_barred(shaped(change.actor, FOLLOWUP), marks, values, new=not isinstance(parts, FollowUpPatch))


def _demand_dates(parts: FollowUpParts) -> None:
    """A date only in the words of a step is no deadline: nobody would be reminded (R-030)."""
    if any(step.due_at is None for step in parts.next_steps):
        raise Invalid(
            "下一步没有日期，选一天，到时才会提醒你",
            "A next step has no date; choose a day to be reminded",
            field="next_steps",
            code="standard",
        )


def _refuse_twice(customer: Customer, parts: FollowUpIn) -> None:
    """A retry without a key would write the record again: say so instead (C3)."""
    twin = Q(contact_at=parts.contact_at or customer.created_at, summary=parts.summary)
    if read_under(customer, FollowUp, ("id",), twin, limit=1):
        raise Conflict(
            "同一时间、同样内容的跟进已经有一条",
            "The same record exists already",
            code="duplicate",
            field="summary",
        )


def _insert(
    change: Change,
    customer: Customer,
    parts: FollowUpIn,
    own: dict[str, Any],
    verdict: Verdict,
    contact: Contact | None,
    layout: Layout,
) -> FollowUp:
    columns = as_columns({}, columns_of(parts) | own)
    record = FollowUp(**columns, customer=customer, contact=contact, template_id=layout.id)
    change.stamp(record)
    record.entered_at = change.now
    record.entered_by_id = change.actor.member_id
    record.contacted_by_id = parts.contacted_by or change.actor.member_id
    record.department_id = change.actor.department_id
    record.late = is_late(record.contact_at, record.precision, change.now, change.actor.zone)
    record.stage_then, record.life_cycle_then = customer.stage, customer.life_cycle
    record.score, record.axes = verdict.score, dict(verdict.axes)
    record.findings = findings_json(verdict.findings)
    record.seconds_spent = parts.seconds_spent
    insert_new(change, [record])
    change.record(
        "followup.logged",
        record,
        root=root(customer),
        after={
            "channel": record.channel,
            "contact_at": record.contact_at,
            "score": record.score,
            "contacted_by": record.contacted_by_id,
            **({"objections": record.objections} if record.objections else {}),
            **won_parts(columns),
            **({"begins": True} if not_begun(customer) else {}),
        },
    )
    _index(change, record, new=True)
    return record


def _index(change: Change, record: FollowUp, *, new: bool = False) -> None:
    words, serials = (record.summary, record.feedback[:200]), serials_of(change.actor, record)
    index_entries([Entry(record.org_id, "followup", record.pk, words, (), serials)], new=new)


def _close_done(change: Change, customer: Customer, ids: list[int]) -> None:
    """A contact task is done by its record: tick off what the writer says this contact settled."""
    if not ids:
        return
    mine = visible(change.actor, AgendaItem, act="log").filter(OPEN, pk__in=ids, customer_id=customer.pk)
    items = mine.exclude(kind__in=SETTLED_ELSEWHERE)
    for item in items.select_for_update(of=("self",)):
        close(change, item)


def _touch(change: Change, customer: Customer, record: FollowUp) -> None:
    newest = customer.last_contact_at is None or record.contact_at >= customer.last_contact_at
    touch(
        change,
        customer,
        contact_at=record.contact_at,
        by=record.contacted_by_id,
        channel=record.channel,
        words=last_words(record.quotes, record.feedback),
        also=earliest_after_contact(change, customer.pk) if newest else earliest(customer.pk),
    )
    if record.contact_id:
        contact = record.contact
        if contact and (contact.last_contact_at is None or contact.last_contact_at < record.contact_at):
            contact.last_contact_at = record.contact_at
            save_columns(contact, ["last_contact_at"])


def _attach(change: Change, record: FollowUp, parts: FollowUpIn) -> None:
    held = hold_files(change, [each.id for each in parts.file_ids])
    kinds = {each.id: each.kind for each in parts.file_ids}
    demand_kinds(change.actor, kinds.values())
    FollowUpFile.objects.bulk_create([FollowUpFile(followup=record, file=file, kind=kinds[file.pk]) for file in held])
    if held:
        index_entries([Entry(file.org_id, "file", file.pk, (file.name,)) for file in held], new=True)


@action_on(Customer, "followup.attempt", "记一次尝试", "note an attempt", act="log")
def log_attempt(change: Change, customer: Customer, *, parts: AttemptIn) -> Reply:
    """未接通 and the like: channel, time, next try. No wording rules, no reset of the cadence."""
    options = _options(change)
    clean(FOLLOWUP, {"channel": parts.channel}, options)
    refuse_barred(FOLLOWUP, change.actor.grants.fields.get("followup", {}), {"summary": parts.note}, new=True)
    if parts.kind not in options.get("attempt_kind", {}):
        raise Invalid("尝试的结果不在选项里", "Not a kind of attempt", field="kind")
    at = parts.contact_at or change.now
    if at > change.now + timedelta(minutes=1):
        raise Invalid("跟进时间在将来", "The contact time is in the future", field="contact_at")
    if parts.next_try_at <= at:
        raise Invalid("下次尝试要晚于这次", "The next try must be later than this one", field="next_try_at")
    record = FollowUp(
        customer=customer,
        contact_id=_contact_id(change, customer, parts),
        contact_at=at,
        entered_at=change.now,
        channel=parts.channel,
        attempt=parts.kind,
        status="no_answer",
        summary=parts.note,
        contacted_by_id=change.actor.member_id,
        entered_by_id=change.actor.member_id,
        department_id=change.actor.department_id,
    )
    change.stamp(record)
    insert_new(change, [record])
    change.record("followup.attempted", record, root=root(customer), after={"attempt": parts.kind})
    act = f"再联系 {customer.contact_name or customer.name}"
    todo = ToDo(act, parts.next_try_at, None, None, parts.precision, "", "next_try", record.contact_id)
    (item,) = schedule(change, [todo], customer_id=customer.pk, source=("followup", record.pk))
    return {
        "id": record.pk,
        "version": record.version,
        "agenda": [{"id": item.pk, "act": item.act, "due_at": item.due_at}],
        "customer": {"id": customer.pk, "name": customer.name},
        "suggestion": _suggestion(customer, parts.channel),
    }


def _contact_id(change: Change, customer: Customer, parts: AttemptIn) -> int | None:
    if parts.contact_id is None:
        return None
    found = customer.contacts.model
    if not visible(change.actor, found).filter(pk=parts.contact_id, customer_id=customer.pk).exists():
        raise Invalid("联系人不是这家客户的", "The contact is not of this customer", field="contact_id")
    return parts.contact_id


def _suggestion(customer: Customer, channel: str) -> dict[str, str] | None:
    latest = list(
        unscoped(FollowUp, "step")
        .filter(LIVING, org_id=customer.org_id, customer=customer)
        .order_by("-contact_at", "-id")
        .values_list("attempt", flat=True)[:MANY_ATTEMPTS]
    )
    if len(latest) < MANY_ATTEMPTS or not all(latest):
        return None
    return {
        "zh": f"连续 {MANY_ATTEMPTS} 次没联系上，换个方式试试，或找另一位联系人",
        "en": f"{MANY_ATTEMPTS} attempts in a row; try another channel or another contact",
    }


@action_on(FollowUp, "followup.update", "修改跟进", "change the record", act="log")
def update_followup(change: Change, record: FollowUp, *, parts: FollowUpPatch) -> Reply:
    """The author mends his record; the old version stays in the log (R-163, R-164, R-176)."""
    return mend(change, record, parts)


def mend(change: Change, record: FollowUp, parts: FollowUpPatch) -> Reply:
    """The step behind a change by hand and a restore."""
    demand_author(change, record)
    _refuse_barred(change, parts)
    if "template" in parts.model_fields_set:
        raise Invalid("写好的记录不换模板", "A record keeps the template it was written with", field="template")
    parts = settled_patch(parts, record)
    planned = "next_steps" in parts.model_fields_set
    sent = parts.model_fields_set - {"version", "next_steps", "next_sentence", "contact_id", "contacted_by"}
    change.expect(record, parts.version, sorted(sent))
    options = _options(change)
    own = _own(change, parts, options)
    verdict = _judged_anew(change, record, parts, sent, options)
    if planned:
        _demand_dates(parts)
    columns = columns_of(parts) | own
    values = {slug: value for slug, value in columns.items() if slug in sent or (planned and slug == "next_plan")}
    clean(FOLLOWUP, {slug: values[slug] for slug in _OPTION_SLUGS if values.get(slug)}, options)
    plan = replan(change, record, parts.next_steps) if planned else None
    if not record.historical and not record.attempt:
        scored = {"score": verdict.score, "axes": dict(verdict.axes), "findings": findings_json(verdict.findings)}
        values |= scored
    changed = change.save(record, values)
    told = {slug: pair for slug, pair in changed.items() if slug not in _SCORED}
    if plan:
        told["next_steps"] = plan
    if told:
        _tell_update(change, record, told, moved=bool(changed))
    return {"id": record.pk, "version": record.version, "state": record.state, "score": record.score}


_SCORED = {"score", "axes", "findings", "next_plan"}


def _judged_anew(change: Change, record: FollowUp, parts: FollowUpPatch, sent: set[str], options: Options) -> Verdict:
    """The whole record as it would stand, judged at the time of its entry."""
    whole = parts.model_copy(update=_standing(record, sent))
    setting = setting_of(change.actor, record.customer, whole)
    planned = "next_steps" in parts.model_fields_set
    if not planned:
        whole = whole.model_copy(update={"next_steps": as_input(steps_of(record))})
    verdict, _ = judge_parts(change.actor, whole, setting, options, now=record.entered_at)
    if not record.historical and not record.attempt:
        gaps = _opened_gaps(change, record, parts, sent)
        demand_standard(verdict if planned else _without_plan(verdict), gaps)
    return verdict


def _tell_update(change: Change, record: FollowUp, told: dict[str, tuple[Any, Any]], *, moved: bool) -> None:
    if not moved:
        change.save(record, {"updated_at": change.now})
    change.record(
        "followup.updated",
        record,
        root=("customer", record.customer_id),
        before={slug: pair[0] for slug, pair in told.items()},
        after={slug: pair[1] for slug, pair in told.items()},
    )
    _index(change, record)
    after_mending(change, record, told)


def _opened_gaps(change: Change, record: FollowUp, parts: FollowUpPatch, sent: set[str]) -> list[dict[str, Any]]:
    """What the template wants and this change would leave blank."""
    before = record_values(record) | {"next_steps": True, "files": True}
    after = before | {slug: value for slug, value in columns_of(parts).items() if slug in sent}
    return new_gaps(change.actor, written_with(record, change.actor), before, after, change.now)


def demand_author(change: Change, record: FollowUp) -> None:
    """Refuse whoever neither spoke to the customer nor typed the record (R-163)."""
    if change.actor.member_id in (record.contacted_by_id, record.entered_by_id):
        return
    raise Forbidden("只有写的人能改这条跟进；要补充就另写一条", "Only its author may change this record")


def _standing(record: FollowUp, sent: set[str]) -> dict[str, Any]:
    """The values that the patch leaves as they are, so that the whole record is judged."""
    kept = ("contact_at", "precision", "channel", "summary", "feedback", "quotes", "status", "contact_id")
    return {slug: getattr(record, slug) for slug in kept if slug not in sent}


def _without_plan(verdict: Verdict) -> Verdict:
    plan = {"下一步计划", "负责人", "截止日期"}
    return Verdict(
        verdict.score,
        verdict.axes,
        [each for each in verdict.findings if each.field not in plan],
        verdict.normalized,
    )
