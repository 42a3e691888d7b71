"""Verbs on approvals: pass, return, resubmit, comment, waive, grade; spot checks; model records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.approvals.models import Approval, ApprovalStep, FieldReason, ModelRecord
from genjin.approvals.steps import (
    Ask,
    ask,
    decide,
    due,
    mend_todo,
    review_todo,
    root_of,
    rules_of,
    save_all,
    say,
    settle,
)
from genjin.approvals.subjects import Subject, subject_of
from genjin.customers.models import LIVING, Customer
from genjin.customers.steps import classify
from genjin.door.action import action, action_on, action_on_many
from genjin.door.change import Change, plain
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from genjin.schema.queries import options_of

Reply = dict[str, Any]
MOST_REASON = 500


def _may_decide(change: Change, approval: Approval) -> None:
    """Nobody reviews his own; a spot check is no review, and a request goes along its flow."""
    _no_request(approval)
    if change.actor.member_id in (approval.author_id, approval.created_by_id):
        raise Forbidden(
            "自己写的不能自己审，交给上一级或管理员",
            "Nobody reviews his own; leave it to your superior",
            extra={"ids": [approval.pk]},
        )
    if approval.kind == "peer":
        raise Forbidden("互查由抽到的同事来看，不用审核", "A spot check is graded by the colleague it was drawn for")


def _no_request(approval: Approval) -> None:
    if approval.kind == "request":
        raise Forbidden("这条走审批流程，到“审批”里处理", "It goes along its approval flow; deal with it there")


def _still_open(approval: Approval) -> None:
    if approval.state == "open":
        return
    if approval.state == "returned":
        raise Conflict(
            "这条已退回，等作者改完重新提交再审",
            "It was returned; wait until the author has submitted it again",
            code="returned",
            extra={"ids": [approval.pk]},
        )
    raise Conflict("这条已经审过了", "It has been decided already", code="decided", extra={"ids": [approval.pk]})


def _as_seen(change: Change, approvals: Sequence[Approval], seen: Mapping[int, int]) -> None:
    """Refuse to decide on a version that the reviewer has not read; remembers the one decided on."""
    by_type: dict[str, list[int]] = {}
    for each in approvals:
        by_type.setdefault(each.subject_type, []).append(each.subject_id)
    for record_type, ids in by_type.items():
        versions = _subject(record_type).versions(change.actor.org_id, ids)
        for each in approvals:
            if each.subject_type != record_type:
                continue
            now = versions.get(each.subject_id)
            if now is None:
                raise NotFound()
            if each.pk in seen and seen[each.pk] != now:
                raise Conflict(
                    "作者刚改过这条，重新看一遍再审",
                    "The author has just changed it; read it again first",
                    code="changed",
                    extra={"ids": [each.pk], "version": now},
                )
            each.seen_version = now


def _subject(record_type: str) -> Subject:
    found = subject_of(record_type)
    if found is None:
        raise NotFound()
    return found


@action_on_many(Approval, "approval.pass", "审核通过", "pass the review")
def pass_approvals(
    change: Change,
    approvals: list[Approval],
    *,
    note: str = "",
    intent_class: str = "",
    seen: Mapping[int, int] | None = None,
    comments: Sequence[tuple[int, str, str]] = (),
) -> Reply:
    """Pass one or many, all or nothing; a record is archived with reviewer and time (R-170, R-172).

    A new customer file gets its intent class with it (R-122, R-175). `comments`: (approval, field, text), written
    with the verdict.
    """
    for each in approvals:
        _may_decide(change, each)
        _still_open(each)
    _as_seen(change, approvals, seen or {})
    _classify(change, [each for each in approvals if each.kind == "file"], intent_class)
    by_id = {each.pk: each for each in approvals}
    for pk, field, text in comments:
        if pk not in by_id:
            raise Invalid("批注不是写给这几条的", "A comment is on none of these", field="comments")
        _commented(change, by_id[pk], text, field)
    for each in approvals:
        each.note = note[:500]
    decide(change, approvals, "pass", note=note)
    settle(change, approvals, "passed")
    for each in approvals:
        say(change, "approval.passed", each, why=note)
    return {"passed": len(approvals), "ids": [each.pk for each in approvals]}


def _classify(change: Change, checks: Sequence[Approval], intent_class: str) -> None:
    if not checks:
        return
    rows = unscoped(Customer, "step").filter(pk__in=[each.subject_id for each in checks]).order_by("pk")
    customers = list(rows.select_for_update(of=("self",)))
    if not intent_class:
        if any(not each.intent_class for each in customers):
            raise Invalid("核对通过前先定意向等级 A、B 或 C", "Set the intent class first", field="intent_class")
        return
    if intent_class not in options_of(change.actor.org_id, change.actor.config_version).get("intent_class", {}):
        raise Invalid("意向等级不在选项里", "Not an intent class", field="intent_class")
    classify(change, customers, intent_class)


@action_on(Approval, "approval.return", "退回", "return the record")
def return_approval(
    change: Change, approval: Approval, *, reasons: Mapping[str, str], note: str = "", seen: int | None = None
) -> Reply:
    """Send it back with a reason on each field that has to be mended (R-170, R-176)."""
    _may_decide(change, approval)
    _still_open(approval)
    fields = _subject(approval.subject_type).named(change.actor)
    texts = _reasons(fields, reasons)
    _as_seen(change, [approval], {} if seen is None else {approval.pk: seen})
    (decision,) = decide(change, [approval], "return", note=note)
    rows = [FieldReason(approval=approval, decision=decision, slug=slug, text=text) for slug, text in texts.items()]
    for row in rows:
        change.stamp(row)
    FieldReason.objects.bulk_create(rows)
    approval.note = note[:500]
    settle(change, [approval], "returned")
    labels = "、".join(fields[slug][0] for slug in texts)
    todo = mend_todo(change, approval, f"改退回的{_noun(approval)}：{labels}")
    say(change, "approval.returned", approval, todo=todo, after={"reasons": texts}, why=note)
    return {"id": approval.pk, "version": approval.version, "state": approval.state, "fields": list(texts)}


def _noun(approval: Approval) -> str:
    return "建档" if approval.kind == "file" else "跟进"


def _reasons(fields: Mapping[str, tuple[str, str]], reasons: Mapping[str, str]) -> dict[str, str]:
    """Slug → reason; refuses none at all, blanks, unknown fields, long texts, naming each."""
    if not reasons:
        raise Invalid("退回要写清哪个字段、为什么", "Say which field has to be mended, and why", field="reasons")
    problems = []
    for slug, text in reasons.items():
        label = fields.get(slug, (slug, slug))
        if slug not in fields:
            problems.append(
                Problem(f"reasons.{slug[:40]}", "unknown", f"“{slug[:40]}”不是记录里的字段", "Unknown field")
            )
        elif not text.strip():
            problems.append(Problem(f"reasons.{slug}", "missing", f"{label[0]}没写原因", f"{label[1]} has no reason"))
        elif len(text) > MOST_REASON or "\x00" in text:
            zh = f"{label[0]}的原因最多 {MOST_REASON} 个字"
            problems.append(Problem(f"reasons.{slug}", "type", zh, f"{label[1]}: at most {MOST_REASON} characters"))
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=tuple(problems))
    return {slug: text.strip() for slug, text in reasons.items()}


@action_on(Approval, "approval.resubmit", "重新提交", "submit again", act="log")
def resubmit(change: Change, approval: Approval, *, note: str = "") -> Reply:
    """The author has mended every returned field; the reviewer has it back (R-077)."""
    _no_request(approval)
    if change.actor.member_id not in (approval.author_id, approval.created_by_id):
        raise Forbidden("由写的人改完再提交", "Its author submits it again")
    if approval.state != "returned":
        raise Conflict("这条没有退回，不用重新提交", "It was not returned", code="not_returned")
    _demand_mended(change.actor, approval)
    versions = _subject(approval.subject_type).versions(change.actor.org_id, [approval.subject_id])
    if approval.subject_id not in versions:
        raise NotFound()
    values = {
        "state": "open",
        "round": approval.round + 1,
        "seen_version": versions[approval.subject_id],
        "asked_at": change.now,
        "decided_at": None,
        "decided_by_id": None,
    }
    change.save(approval, values)
    decide(change, [approval], "resubmit", note=note)
    step = _open_again(change, approval)
    say(change, "approval.resubmitted", approval, todo=review_todo(step), after={"round": approval.round}, why=note)
    return {"id": approval.pk, "version": approval.version, "state": approval.state, "round": approval.round}


def _demand_mended(actor: Actor, approval: Approval) -> None:
    left = list(
        unscoped(FieldReason, "step").filter(approval=approval, state="open").order_by("pk").values_list("slug", "text")
    )
    if not left:
        return
    known = _subject(approval.subject_type).named(actor)
    fields = {slug: known.get(slug, (slug, slug)) for slug, _ in left}
    problems = tuple(
        Problem(slug, "not_mended", f"{fields[slug][0]}还没改：{text}", f"{fields[slug][1]} is not mended: {text}")
        for slug, text in left
    )
    raise Conflict(
        f"还有 {len(left)} 处没改：{'、'.join(fields[slug][0] for slug, _ in left)}",
        f"{len(left)} still to mend: {', '.join(fields[slug][1] for slug, _ in left)}",
        field=problems[0].field,
        problems=problems,
        code="not_mended",
    )


def _open_again(change: Change, approval: Approval) -> ApprovalStep:
    """The step that was returned is open for the same reviewer again."""
    step: ApprovalStep = unscoped(ApprovalStep, "step").filter(approval=approval).order_by("-position", "-pk").first()  # type: ignore[assignment]
    rules = rules_of(change.actor.org_id, change.actor.config_version)
    due_at = due(change, rules.workdays(approval.kind))
    change.save(step, {"state": "open", "due_at": due_at, "decided_at": None, "decided_by_id": None})
    step.approval = approval
    return step


@action_on(Approval, "approval.comment", "写批注", "comment on the review", act="log")
def comment(change: Change, approval: Approval, *, text: str, field: str = "") -> Reply:
    """A word about it, on a field or the whole; changes no state."""
    _no_request(approval)
    return {"id": approval.pk, "comment_id": _commented(change, approval, text, field)}


def _commented(change: Change, approval: Approval, text: str, field: str) -> int:
    """The step behind a comment alone and one that goes with a verdict; the id of its row."""
    if not text.strip():
        raise Invalid("批注没有写内容", "The comment is empty", field="text")
    if field and field not in _subject(approval.subject_type).named(change.actor):
        raise Invalid(f"“{field[:40]}”不是记录里的字段", "Unknown field", field="field")
    (decision,) = decide(change, [approval], "comment", note=text.strip(), field=field)
    change.record(
        "approval.commented",
        approval,
        root=root_of(approval),
        after={"field": field, "text": text.strip()[:500], "subject_id": approval.subject_id},
    )
    return decision.pk


@action_on(Approval, "approval.waive", "撤回退回原因", "take reasons back")
def waive(change: Change, approval: Approval, *, fields: Sequence[str], note: str = "") -> Reply:
    """The reviewer no longer asks for these fields; with none left the record is with him again."""
    _may_decide(change, approval)
    if approval.state != "returned":
        raise Conflict("这条没有退回", "It was not returned", code="not_returned")
    rows = list(unscoped(FieldReason, "step").filter(approval=approval, state="open").order_by("pk"))
    chosen = [row for row in rows if row.slug in fields]
    if not chosen or {row.slug for row in chosen} != set(fields):
        raise Invalid("要撤回的字段里有没退回的", "Some of these fields are not waiting", field="fields")
    for row in chosen:
        row.state, row.settled_at = "waived", change.now
    save_all(change, chosen, ["state", "settled_at"])
    decide(change, [approval], "waive", note=note)
    after = {"fields": list(fields)}
    if len(chosen) < len(rows):
        change.record("approval.waived", approval, after={**after, "subject_id": approval.subject_id}, why=note)
        return {"id": approval.pk, "version": approval.version, "state": approval.state}
    change.save(approval, {"state": "open", "decided_at": None, "decided_by_id": None})
    say(change, "approval.reopened", approval, todo=review_todo(_open_again(change, approval)), after=after, why=note)
    return {"id": approval.pk, "version": approval.version, "state": approval.state}


@dataclass(frozen=True, slots=True)
class Answer:
    """Agree or not with one finding of the rules; `index` counts in the record's list of findings."""

    index: int
    agree: bool
    note: str = ""


@action_on(Approval, "approval.grade", "互查", "grade a colleague's record", act="log")
def grade(change: Change, approval: Approval, *, answers: Sequence[Answer], note: str = "") -> Reply:
    """A peer goes through the same findings as the rules; the answers feed no score (R-072)."""
    if approval.kind != "peer" or approval.grader_id != change.actor.member_id:
        raise Forbidden("这条互查没有抽到你", "This spot check was not drawn for you")
    _still_open(approval)
    record = _subject(approval.subject_type).bare(change.actor.org_id, approval.subject_id)
    if record is None:
        raise NotFound()
    findings = record["findings"]
    given = {each.index: each for each in answers}
    if set(given) != set(range(len(findings))) or len(given) != len(answers):
        raise Invalid(
            f"{len(findings)} 条检查结果要逐条写同意或不同意",
            f"Agree or disagree with each of the {len(findings)} findings",
            field="answers",
        )
    (decision,) = decide(change, [approval], "grade", note=note)
    decision.answers = [
        {"index": at, "rule": finding["rule"], "field": finding["field"], "agree": given[at].agree,
         "note": given[at].note}
        for at, finding in enumerate(findings)
    ]  # fmt: skip
    decision.save(update_fields=["answers"])
    settle(change, [approval], "passed")
    agreed = sum(each.agree for each in answers)
    say(change, "approval.graded", approval, after={"agreed": agreed, "findings": len(findings)})
    return {"id": approval.pk, "state": approval.state, "agreed": agreed, "findings": len(findings)}


@action("approval.sample", "抽取互查", "draw spot checks")
def draw_spot_checks(change: Change, *, drawn: Sequence[Ask]) -> Reply:
    """A job has drawn records; each waits for its peer (R-072)."""
    return {"asked": len(ask(change, drawn))}


@action("model.mark", "标为范例", "keep as an example")
def mark_model(change: Change, *, record_type: str, record_id: int, verdict: str, note: str = "") -> Reply:
    """Keep a record as it stands as a good or bad example of its kind, without names (R-073)."""
    subject = subject_of(record_type)
    if subject is None:
        raise Invalid("这种记录不能标为范例", "This type of record cannot be an example", field="record_type")
    if not subject.visible(change.actor, record_id, False):
        raise NotFound()
    if not subject.visible(change.actor, record_id, True):
        raise Forbidden("你能看这条记录，但不能标为范例", "You may see this record, but not keep it as an example")
    body = subject.bare(change.actor.org_id, record_id)
    if body is None:
        raise NotFound()
    customer_id = body.pop("customer_id")
    rows = unscoped(ModelRecord, "step").filter(LIVING, org_id=change.actor.org_id, subject_type=record_type)
    known = rows.filter(subject_id=record_id).first()
    values = {"verdict": verdict, "note": note[:500], "kind": body["kind"], "body": plain(body)}
    if known is not None:
        change.save(known, values)
        change.record("model.changed", known, after={"verdict": verdict, "record_id": record_id})
        return {"id": known.pk, "version": known.version}
    model = ModelRecord(subject_type=record_type, subject_id=record_id, customer_id=customer_id, **values)
    change.stamp(model)
    model.save()
    change.record("model.marked", model, after={"verdict": verdict, "record_id": record_id})
    return {"id": model.pk, "version": model.version}


@action_on(ModelRecord, "model.drop", "取消范例", "drop the example")
def drop_model(change: Change, model: ModelRecord) -> Reply:
    """No longer an example; the record itself stays."""
    change.save(model, {"deleted_at": change.now})
    change.record("model.dropped", model, before={"verdict": model.verdict, "record_id": model.subject_id})
    return {"id": model.pk}
