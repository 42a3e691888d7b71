"""One customer on one page: facts, people, needs, agenda, one timeline (R-088, R-127)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from genjin.access.actor import Actor
from genjin.access.fields import reads, told
from genjin.access.reading import count_under
from genjin.access.visible import holds, visible
from genjin.customers.clock import clock_of, limit_words
from genjin.customers.duplicates import similar_to_customer
from genjin.customers.models import Customer
from genjin.customers.queries import contacts, detail, needs, one, told_cadence, told_silence
from genjin.customers.rules import is_silent
from genjin.desk.density import outline_of, over_contact
from genjin.desk.event_words import event_words
from genjin.desk.reasons import say
from genjin.desk.record_words import Row, kinds_of, record_sentence, rows_on
from genjin.desk.sentences import names_told, sentence_of
from genjin.desk.since import since
from genjin.followups import comments
from genjin.followups.models import FollowUp, FollowUpFile
from genjin.followups.queries import of_customer, told_record
from genjin.history.models import Event
from genjin.lib.blocks import preview
from genjin.orgs.queries import calendar_of
from genjin.schema import compiled
from genjin.schema.limits import limit_of
from genjin.schema.queries import Options, options_of

FIRST_PAGE = 20
MOST_PREVIEW = 160
MOST_CHANGES = 50
#: At most a hint is left in such a record; one warning makes it fewer.
GOOD_EXAMPLE = 95
#: Events that the timeline tells by other rows (a record, an agenda item) or not at all.
_TOLD_ELSEWHERE = ("followup.logged", "followup.attempted", "followup.taken_over", "agenda.added", "agenda.done",
                   "agenda.planned", "agenda.turned", "agenda.rested", "comment.added", "comment.updated",
                   "comment.carried")  # fmt: skip


def page(actor: Actor, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """Everything the customer page shows at first, in a constant number of statements."""
    customer = one(actor, customer_id)
    options = options_of(actor.org_id, actor.config_version)
    line = timeline(actor, customer, now=now)
    agenda = line.pop("agenda")
    return {
        "customer": detail(actor, customer),
        "contacts": contacts(actor, customer),
        "needs": needs(actor, customer),
        "stage_path": stage_path(customer, options, now, actor),
        "warnings": _warnings(customer, options, now, actor, bool(agenda)),
        "similar": similar_to_customer(actor, customer),
        "agenda": agenda,
        "timeline": line,
        "counts": _counts(actor, customer, line),
        "can": {
            "update": actor.may("customer.update") and holds(actor, customer, "change"),
            "comment": actor.may("comment.add"),
            "log": actor.may("followup.log") and holds(actor, customer, "log"),
            "transfer": actor.may("customer.transfer") and holds(actor, customer, "change"),
            "put_back": _may_put_back(actor, customer),
            "class": actor.may("customer.class") and holds(actor, customer, "change"),
            "delete": actor.may("customer.delete") and holds(actor, customer, "change"),
            "merge": actor.may("customer.merge") and holds(actor, customer, "change"),
            "share": actor.may("customer.collaborate") and holds(actor, customer, "change"),
        },
    }


def _may_put_back(actor: Actor, customer: Customer) -> bool:
    return customer.pool_id is None and actor.may("pool.put_back") and holds(actor, customer, "change")


def stage_path(customer: Customer, options: Options, now: datetime, actor: Actor) -> list[dict[str, Any]]:
    """The stages in order: done, current with its running clock, still to come."""
    stages = [choice for choice in options.get("stage", {}).values() if not choice.retired]
    keys = [choice.key for choice in stages]
    at = keys.index(customer.stage) if customer.stage in keys else -1
    path = []
    for place, choice in enumerate(stages):
        state = "done" if place < at else "current" if place == at else "todo"
        limit = limit_of(choice)
        entry: dict[str, Any] = {
            "key": choice.key,
            "zh": choice.zh,
            "en": choice.en,
            "state": state,
            "limit": limit_words(limit) if limit else None,
        }
        if state == "current":
            calendar = calendar_of(actor.org_id, actor.config_version)
            entry["clock"] = clock_of(choice.key, customer.stage_at, customer.paused, options, now, calendar)
        path.append(entry)
    return path


def _warnings(
    customer: Customer, options: Options, now: datetime, actor: Actor, has_next: bool
) -> list[dict[str, Any]]:
    days = told_silence(actor, customer.last_contact_at, customer.created_at, now) or 0
    intent_class = told(actor, "customer.intent_class", customer.intent_class)
    standing = {"intent_class": customer.intent_class, "life_cycle": customer.life_cycle}
    cadence = told_cadence(actor, options, standing)
    silent = is_silent(
        has_next_step=has_next,
        silent=days,
        cadence_days=cadence,
        paused=customer.paused,
        life_cycle=customer.life_cycle,
    )
    if not silent:
        return []
    if not has_next:
        return [{"key": "no_next_step", "zh": "没有下一步。定一个，或写明暂停原因",
                 "en": "No next step. Set one, or say why it rests"}]  # fmt: skip
    intent = f"{intent_class} 类" if intent_class else ""
    return [{"key": "silent", "zh": f"{days} 天没联系（{intent}应 {cadence} 天内）",
             "en": f"{days} days without contact (within {cadence})"}]  # fmt: skip


def timeline(actor: Actor, customer: Customer, *, now: datetime, kind: str = "all", cursor: str = "") -> dict[str, Any]:
    """Records and changes of one visible customer, newest first; the cursor belongs to the records."""
    if kind == "comment":
        return {**comments.of_customer(actor, customer, now=now, cursor=cursor), "agenda": []}
    if kind == "change":
        return {"items": _events(actor, customer, None, None), "next": None, "agenda": []}
    records = of_customer(actor, customer, now=now, cursor=cursor, limit=FIRST_PAGE)
    items = [
        {**shown, "template": shown["kind"], "kind": "followup", "at": each["contact_at"]}
        for each in records["items"]
        if (shown := told_record(actor, each))
    ]
    if kind == "file":
        items = [each for each in items if each["files"]]
    if kind == "all":
        oldest = items[-1]["at"] if items and records["next"] else None
        newest = items[0]["at"] if cursor and items else None
        below, about = comments.along(actor, customer, [each["id"] for each in items], oldest, newest, now=now)
        items = [{**each, "comments": below.get(each["id"], [])} for each in items]
        items += about + _events(actor, customer, oldest, newest)
        items.sort(key=lambda each: each["at"], reverse=True)
    return {"items": items, "next": records["next"], "agenda": records["agenda"]}


def _changes(customer: Customer, rows: Mapping[int, Row]) -> Q:
    """The events of a customer and of those that were merged into it; of `rows` of own types those of these alone."""
    merged = customer.extra.get("merged")
    place = Q(root_id__in=[customer.pk, *merged]) if merged else Q(root_id=customer.pk)
    seen = ~Q(subject_type="record") | Q(subject_type="record", subject_id__among=list(rows))
    return Q(org_id=customer.org_id, root_type="customer") & place & ~Q(name__in=_TOLD_ELSEWHERE) & seen


def _events(actor: Actor, customer: Customer, since: datetime | None, until: datetime | None) -> list[dict[str, Any]]:
    own = rows_on(actor, customer)
    where = _changes(customer, own)
    if since:
        where &= Q(at__gte=since)
    if until:
        where &= Q(at__lt=until)
    options = options_of(actor.org_id, actor.config_version)
    columns = ("id", "at", "name", "subject_type", "subject_id", "member__name", "why", "data__data")
    rows = compiled.fetch(QuerySet(Event), where, columns, order=("-id",), limit=MOST_CHANGES, steady=True)
    names = names_told(actor, [row[-1] or {} for row in rows], ["customer", *kinds_of(list(own.values()))])

    def told(name: str, kind: str, pk: int, data: dict[str, Any]) -> dict[str, str]:
        if kind == "record":
            return record_sentence(actor, own[pk], name, data, options, names)
        said = sentence_of(actor, name, data, options, names)
        return say(*event_words(name)) if said["zh"] == name else said

    return [
        {
            "kind": "event",
            "at": at,
            "id": pk,
            "event": name,
            "sentence": told(name, kind, of, data or {}),
            **({"record": {"type": own[of].kind.slug, "id": of}} if kind == "record" else {}),
            "by": member,
            "why": why,
        }
        for pk, at, name, kind, of, member, why, data in rows
    ]


def _counts(actor: Actor, customer: Customer, line: dict[str, Any]) -> dict[str, int]:
    """Numbers on the tabs; counted by statements only when the first page does not hold everything."""
    shown = [each for each in line["items"] if each["kind"] == "followup"]
    changes = sum(each["kind"] == "event" for each in line["items"])
    spoken = sum(comments.in_threads(each["comments"]) for each in shown)
    spoken += comments.in_threads(each for each in line["items"] if each["kind"] == "comment")
    followups, files = len(shown), sum(len(each["files"]) for each in shown)
    if line["next"]:
        followups = count_under(customer, FollowUp)
        attached = Q(followup__customer_id=customer.pk, followup__deleted_at__isnull=True)
        files = compiled.count(QuerySet(FollowUpFile), attached, steady=True)
    if line["next"] or changes >= MOST_CHANGES:
        changes = compiled.count(QuerySet(Event), _changes(customer, rows_on(actor, customer)), steady=True)
    if line["next"] or spoken >= comments.MOST_COMMENTS:
        spoken = comments.how_many(customer)
    return {
        "all": followups + changes + spoken,
        "followups": followups,
        "files": files,
        "changes": changes,
        "comments": spoken,
    }


def brief(actor: Actor, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """The left column of the log form: what to reach, what was said, what is promised."""
    customer = one(actor, customer_id)
    options = options_of(actor.org_id, actor.config_version)
    found = of_customer(actor, customer, now=now, limit=5)
    agenda, records = found["agenda"], [told_record(actor, each) for each in found["items"]]
    people = contacts(actor, customer)
    last = next((each for each in records if not each["attempt"]), None)
    return {
        "customer": {
            "id": customer.pk,
            "name": customer.name,
            "intent_class": told(actor, "customer.intent_class", customer.intent_class),
        },
        "goal": agenda[0]["goal"] or agenda[0]["act"] if agenda else "",
        "outline": outline_of(options, agenda[0]["goal"]) if agenda else None,
        "over_contact": over_contact(actor, customer, options, now=now),
        "last": _last(last),
        "promises": [
            {"id": each["id"], "side": "us", "act": each["act"], "due_at": each["due_at"],
             "precision": each["precision"], "overdue": each["overdue"]}
            for each in agenda
        ],
        "decision_chain": [each for each in people if each.get("decision_role")],
        "contacts": people,
        "objections": [
            objection for each in records for objection in each["objections"] if not objection.get("answer")
        ],
        "stage": next((each for each in stage_path(customer, options, now, actor) if each["state"] == "current"), None),
        "good_example": _good_example(actor, customer_id),
        "since": since(actor, customer),
    }  # fmt: skip


def _last(record: dict[str, Any] | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {
        "at": record["contact_at"],
        "precision": record["precision"],
        "channel": record["channel"],
        "contact": record["contact"]["name"] if record["contact"] else "",
        "words": (record["quotes"] or [record["feedback"]])[0],
        "attitude_from": record["attitude_from"],
        "attitude_to": record["attitude_to"],
        "summary": record["summary"],
        "preview": preview(record["summary_blocks"], MOST_PREVIEW),
    }


def _good_example(actor: Actor, customer_id: int) -> dict[str, Any] | None:
    """A good record of somebody the actor may read, to show how it is done (R-071)."""
    row = (
        visible(actor, FollowUp)
        .filter(score__gte=GOOD_EXAMPLE, attempt="", historical=False)
        .exclude(customer_id=customer_id)
        .order_by("-contact_at", "-id")
        .values("summary", "score", "contacted_by__name")
        .first()
        if reads(actor, "followup.summary", "followup.score")
        else None
    )
    by = told(actor, "followup.contacted_by", row["contacted_by__name"]) if row else ""
    return {"text": row["summary"], "score": row["score"], "by": by} if row else None
