"""What another standard would have said: a draft laid before the records of the last 90 days, and before a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.reading import read
from genjin.access.visible import under_all
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Contact
from genjin.door.action import demand
from genjin.fields.impact import LOOKED_BACK, MOST_EXAMPLES, MOST_ROWS
from genjin.followups.judging import findings_json
from genjin.followups.models import COUNTED, FollowUp
from genjin.orgs.models import Department, Membership
from genjin.quality.judge import judge
from genjin.quality.queries import compiled, standard_of, with_options
from genjin.quality.record import FEEDBACK, NEXT_STEP, SUMMARY, NextStep, Record, Verdict
from genjin.quality.standard import Standard
from genjin.quality.team import checked
from genjin.schema.paging import Order
from genjin.schema.queries import Options, label, options_of

_AT_ONCE = 1000
#: What findings quote or mend: whoever may not read all of it is told the rule alone.
_QUOTED = ("followup.summary", "followup.feedback", "contact.phone", "contact.wechat", "contact.email")
_COLUMNS = (
    "id", "customer_id", "contact_id", "contact_at", "precision", "entered_at", "channel", "status", "summary",
    "feedback", "quotes", "contacted_by_id", "customer__name", "customer__kind",
)  # fmt: skip


@dataclass
class _Tally:
    looked_at: int = 0
    stopped: int = 0
    freed: int = 0
    points: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    people: Counter[int] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)


def replay(actor: Actor, body: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Which records of the last 90 days the draft would have stopped that went through, and the other way round.

    The same refusals as publishing; nothing is written. Taken-over records and attempts are not asked. At most the
    newest 20,000 (`capped`). {"since", "looked_at", "capped", "stopped", "freed", "points", "by_rule", "by_member",
    "examples", "said"}; `points` = by how much the mean score moves.
    """
    demand(actor, "standard.publish")
    options = options_of(actor.org_id, actor.config_version)
    present, draft = standard_of(actor), with_options(compiled(checked(body)), options)
    since, tally = now - LOOKED_BACK, _Tally()
    people = dict(Membership.objects.filter(org_id=actor.org_id).values_list("id", "name"))
    for each, record in _records(actor, since, options, people):
        local = record.entered_at
        assert isinstance(local, datetime)
        old, new = (judge(record, one, now=local, with_hints=False) for one in (present, draft))
        _count(tally, each, old, new)
    return _told(draft, tally, since, people, whole=reads(actor, *_QUOTED))


def _records(
    actor: Actor, since: datetime, options: Options, people: Mapping[int, str]
) -> Iterator[tuple[Mapping[str, Any], Record]]:
    """The newest records that people wrote, as the rules read them; four statements for a thousand."""
    where = COUNTED & Q(entered_at__gte=since)
    rows = read(actor, FollowUp, _COLUMNS, where, order=Order("entered_at", descending=True), limit=MOST_ROWS)
    departments = dict(Department.objects.filter(org_id=actor.org_id).values_list("id", "name"))
    for start in range(0, len(rows), _AT_ONCE):
        told = [dict(zip(_COLUMNS, cells, strict=True)) for cells in rows[start : start + _AT_ONCE]]
        steps, contacts = _steps(actor, told, people, departments), _contacts(actor, told)
        for each in told:
            yield each, _record(actor, each, tuple(steps[each["id"]]), contacts, people, options)


def _steps(
    actor: Actor, told: Sequence[Mapping[str, Any]], people: Mapping[int, str], departments: Mapping[int, str]
) -> Mapping[int, list[NextStep]]:
    found: dict[int, list[NextStep]] = defaultdict(list)
    rows = under_all(actor, AgendaItem, [each["customer_id"] for each in told])
    rows = rows.filter(source_type="followup", source_id__in=[each["id"] for each in told])
    names = ("source_id", "act", "goal", "due_at", "owner_id", "department_id")
    for source, act, goal, due_at, owner, department in rows.order_by("id").values_list(*names):
        whom = people.get(owner or 0) or departments.get(department or 0)
        found[source].append(NextStep(act, whom, due_at.astimezone(actor.zone).replace(tzinfo=None), goal or None))
    return found


def _contacts(actor: Actor, told: Sequence[Mapping[str, Any]]) -> Mapping[int, tuple[str, str]]:
    rows = under_all(actor, Contact, [each["customer_id"] for each in told])
    rows = rows.filter(pk__in={each["contact_id"] for each in told if each["contact_id"]})
    names = ("id", "name", "phone", "wechat", "email")
    return {pk: (name, phone or wechat or email) for pk, name, phone, wechat, email in rows.values_list(*names)}


def _record(
    actor: Actor,
    told: Mapping[str, Any],
    steps: tuple[NextStep, ...],
    contacts: Mapping[int, tuple[str, str]],
    people: Mapping[int, str],
    options: Options,
) -> Record:
    author = people.get(told["contacted_by_id"] or 0, "")
    contact, info = contacts.get(told["contact_id"] or 0, ("", ""))
    at = told["contact_at"].astimezone(actor.zone).replace(tzinfo=None)
    return Record(
        customer=told["customer__name"],
        contact=contact,
        contact_info=info,
        contact_at=at.date() if told["precision"] == "day" else at,
        entered_at=told["entered_at"].astimezone(actor.zone).replace(tzinfo=None),
        channel=label(options, "channel", told["channel"]),
        summary=told["summary"],
        feedback=told["feedback"] or "；".join(f"“{quote}”" for quote in told["quotes"]),
        author=author,
        status=label(options, "followup_status", told["status"] or "contacted"),
        next_steps=steps,
        quotes=tuple(told["quotes"]),
        has_owner_column=False,
        people=(author,) if author else (),
        is_company=told["customer__kind"] != "person",
    )


def _count(tally: _Tally, told: Mapping[str, Any], old: Verdict, new: Verdict) -> None:
    tally.looked_at += 1
    tally.points += new.score - old.score
    before, after = (
        {(each.rule, each.field) for each in verdict.findings if each.severity == "error"} for verdict in (old, new)
    )
    tally.freed += bool(before) and not after
    more = [each for each in new.findings if each.severity == "error" and (each.rule, each.field) not in before]
    if not more or before:
        return
    tally.stopped += 1
    tally.rules.update({each.rule for each in more})
    tally.people[told["contacted_by_id"] or 0] += 1
    if len(tally.examples) < MOST_EXAMPLES:
        tally.examples.append({**told, "findings": more})


def _told(draft: Standard, tally: _Tally, since: datetime, names: Mapping[int, str], *, whole: bool) -> dict[str, Any]:
    mean = round(tally.points / tally.looked_at, 1) if tally.looked_at else 0.0
    return {
        "since": since,
        "looked_at": tally.looked_at,
        "capped": tally.looked_at >= MOST_ROWS,
        "stopped": tally.stopped,
        "freed": tally.freed,
        "points": mean,
        "by_rule": [
            {"key": rule, "label": _name(draft, rule), "count": count} for rule, count in tally.rules.most_common()
        ],
        "by_member": [
            {"id": pk or None, "name": names.get(pk, ""), "count": count} for pk, count in tally.people.most_common()
        ],
        "examples": [
            {
                "id": each["id"],
                "customer": {"id": each["customer_id"], "name": each["customer__name"]},
                "at": each["entered_at"],
                "by": names.get(each["contacted_by_id"] or 0, ""),
                "summary": each["summary"][:120] if whole else "",
                "findings": findings_json(each["findings"])
                if whole
                else [{"rule": one.rule, "message": _name(draft, one.rule)} for one in each["findings"]],
            }
            for each in tally.examples
        ],
        "said": _sentence(tally, mean),
    }


def _name(draft: Standard, rule: str) -> dict[str, str]:
    return {"zh": draft.rules[rule].zh, "en": draft.rules[rule].en}


def _sentence(tally: _Tally, mean: float) -> dict[str, str]:
    seen, more, fewer = tally.looked_at, tally.stopped, tally.freed
    if not seen:
        return {"zh": "近 90 天没有人写的记录可以回放", "en": "Nobody wrote a record in the last 90 days"}
    share = f"{more / seen:.1%}"
    zh = [f"会多拦下 {more} 条（{share}）" if more else "没有一条会多拦下"]
    en = [f"{more} more would be stopped ({share})" if more else "none more would be stopped"]
    if fewer:
        zh.append(f"{fewer} 条原来拦的会放过")
        en.append(f"{fewer} would pass that were stopped")
    if mean:
        zh.append(f"平均分 {mean:+g}".replace("-", "−"))
        en.append(f"the mean score moves by {mean:+g}".replace("-", "−"))
    return {
        "zh": f"近 90 天的 {seen:,} 条里，{'，'.join(zh)}",
        "en": f"Of {seen:,} records in 90 days, {', '.join(en)}",
    }


def try_text(actor: Actor, body: Mapping[str, Any], texts: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """What the draft says of a summary, a feedback and a next step, beside what the standard in force says."""
    demand(actor, "standard.publish")
    options = options_of(actor.org_id, actor.config_version)
    present, draft = standard_of(actor), with_options(compiled(checked(body)), options)
    local = now.astimezone(actor.zone).replace(tzinfo=None)
    record = Record(
        summary=texts["summary"], feedback=texts["feedback"], next_step=texts["next_step"], author=actor.name,
        contact_at=local, entered_at=local, has_owner_column=False,
    )  # fmt: skip
    found = {}
    for name, one in (("now", present), ("draft", draft)):
        verdict = judge(record, one, now=local)
        told = [each for each in verdict.findings if each.field in (SUMMARY, FEEDBACK, NEXT_STEP)]
        found[name] = findings_json([each for each in told if getattr(record, _CELLS[each.field])])
    return found


_CELLS = {SUMMARY: "summary", FEEDBACK: "feedback", NEXT_STEP: "next_step"}
