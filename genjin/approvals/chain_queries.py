"""Requests as the screens show them: what waits for me, what I asked for, one with its chain, who would be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.approvals.chain_actions import REMIND_AGAIN
from genjin.approvals.chain_rules import earlier
from genjin.approvals.facts import facts_of, name_of
from genjin.approvals.flow_queries import (
    PURPOSES,
    case_of,
    drawn_for,
    fields_asked,
    flow_for,
    flows_for,
    matter_of,
    may_start,
    people_of,
    subject_and_row,
)
from genjin.approvals.flow_rules import Drawn
from genjin.approvals.models import Approval, ApprovalStep, Decision, StandIn
from genjin.approvals.queries import lent_to
from genjin.customers.models import LIVING
from genjin.lib.errors import NotFound
from genjin.orgs.models import Membership
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped

MOST = 100
MOST_DONE = 50
_COLUMNS = (
    "id", "version", "subject_type", "subject_id", "purpose", "title", "request", "state", "round",
    "asked_at", "decided_at", "note", "asker_id", "asker__name", "author_id", "author__name", "created_by_id",
    "reminded_at", "flow__body",
)  # fmt: skip


def inbox(actor: Actor, which: str, *, now: datetime) -> dict[str, Any]:
    """`mine`: waits for me, oldest first; `asked`: what I asked for, newest first; `done`: what I have decided, of
    which only what I may see otherwise is told. A constant number of statements but for the records' facts."""
    if which == "mine":
        ids = list(lent_to(actor).order_by("due_at", "id").values_list("approval_id", flat=True)[:MOST])
    elif which == "asked":
        rows = visible(actor, Approval).filter(kind="request", asker_id=actor.member_id)
        ids = list(rows.order_by("-id").values_list("pk", flat=True)[:MOST])
    else:
        ids = _decided_by(actor)
    return {"items": _shown(actor, ids, now=now), "count": lent_to(actor).count()}


def _decided_by(actor: Actor) -> list[int]:
    rows = unscoped(Decision, "lent").filter(
        LIVING, org_id=actor.org_id, created_by_id=actor.member_id, approval__kind="request",
        verdict__in=("pass", "refuse", "return"),
    )  # fmt: skip
    return list(dict.fromkeys(rows.order_by("-pk").values_list("approval_id", flat=True)[: MOST_DONE * 2]))[:MOST_DONE]


def one(actor: Actor, approval_id: int, *, now: datetime) -> dict[str, Any]:
    """A request whose decision is mine now, or that I see because I asked or see the record's customer."""
    lent = lent_to(actor).filter(approval_id=approval_id).exists()
    if not lent and not visible(actor, Approval).filter(pk=approval_id, kind="request").exists():
        raise NotFound()
    found = _shown(actor, [approval_id], now=now, whole=True)
    if not found:
        raise NotFound()
    return found[0]


def of_subject(actor: Actor, slug: str, pk: int, *, now: datetime) -> dict[str, Any]:
    """What was asked about a record that I see, newest first, and what I may ask for."""
    subject, _ = subject_and_row(actor, slug, pk)
    if not subject.visible(actor, pk, False):
        raise NotFound()
    rows = unscoped(Approval, "lent").filter(LIVING, org_id=actor.org_id, kind="request", subject_type=slug,
                                             subject_id=pk)  # fmt: skip
    ids = list(rows.order_by("-id").values_list("pk", flat=True)[:MOST])
    ask = actor.may("request.ask") and subject.visible(actor, pk, True)
    return {"items": _shown(actor, ids, now=now), "purposes": purposes(actor, slug) if ask else []}


def purposes(actor: Actor, slug: str) -> list[dict[str, Any]]:
    """What the actor may ask for about a record of this type: purposes that have a flow, and what each asks."""
    options = options_of(actor.org_id, actor.config_version).get(PURPOSES, {})
    found = []
    for key, choice in options.items():
        flows = flows_for(actor, slug, key)
        if flows and not choice.retired and may_start(actor, flows):
            found.append({"key": key, "zh": choice.zh, "en": choice.en, "fields": fields_asked(flows)})
    return found


def sample(actor: Actor, sent: Any, now: datetime) -> dict[str, Any]:
    """Who would be asked, step by step; nothing is written. `body` null: by the flows in force."""
    subject, row = subject_and_row(actor, sent.subject_type, sent.subject_id)
    if not subject.visible(actor, sent.subject_id, False):
        raise NotFound()
    by = actor
    if sent.asker_id is not None:
        if not Membership.objects.filter(org_id=actor.org_id, pk=sent.asker_id, active=True).exists():
            raise NotFound(field="asker_id")
        by = actor_of_member(sent.asker_id)
    case = case_of(by, sent.subject_type, row, sent.asked(), now)
    if sent.body is not None:
        body: Mapping[str, Any] | None = sent.body.said()
        applies = case.holds(sent.body.condition)
    else:
        flow = flow_for(case, flows_for(actor, sent.subject_type, sent.purpose))
        body, applies = (flow.body if flow else None), flow is not None
    people = people_of(actor.org_id, actor.config_version)
    found = drawn_for(people, body, case, matter_of(people, row, by.member_id)) if body else []
    return {
        "applies": applies,
        "flow": body["name"] if body else "",
        "steps": [_drawn(each, people.names) for each in found],
        "stuck": any(each.member_id is None and each.why != "condition" for each in found),
    }


def _drawn(each: Drawn, names: Mapping[int, str]) -> dict[str, Any]:
    member = {"id": each.member_id, "name": names[each.member_id]} if each.member_id is not None else None
    return {"position": each.position, "name": each.name, "mode": each.mode, "member": member,
            "chosen_by": each.chosen_by, "role": each.role, "why": each.why}  # fmt: skip


def _shown(actor: Actor, ids: Sequence[int], *, now: datetime, whole: bool = False) -> list[dict[str, Any]]:
    """Requests whose being there the caller has settled, in the order of `ids`; of the record only what is lent by an
    open link of mine, or what I see anyway."""
    rows = {row["id"]: row for row in unscoped(Approval, "lent").filter(pk__in=ids, org_id=actor.org_id)
            .values(*_COLUMNS)}  # fmt: skip
    links: dict[int, list[dict[str, Any]]] = {}
    columns = ("id", "approval_id", "position", "name", "mode", "state", "why", "chosen_by", "role", "round", "due_at",
               "decided_at", "member_id", "member__name", "instead_id", "instead__name",
               "decided_by__name")  # fmt: skip
    steps = unscoped(ApprovalStep, "lent").filter(LIVING, approval_id__in=ids)
    for link in steps.order_by("position", "pk").values(*columns):
        if link["round"] == rows[link["approval_id"]]["round"]:
            links.setdefault(link["approval_id"], []).append(link)
    said = _said(ids)
    roles = dict(Role.objects.filter(org_id=actor.org_id).values_list("key", "zh")) if ids else {}
    about = _records(actor, rows.values())
    found = []
    for row in (rows[pk] for pk in ids if pk in rows):
        mine = _is_mine(actor, row, links.get(row["id"], []))
        subject = _subject(actor, row, about, lent=mine, whole=whole)
        found.append(_one(actor, row, links.get(row["id"], []), said.get(row["id"], []), roles, subject, now=now))
    return found


Records = dict[tuple[str, int], tuple[Any, bool]]


def _records(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> Records:
    """The living records behind requests, each with whether the actor sees it of his own; two statements a type."""
    by_slug: dict[str, set[int]] = {}
    for row in rows:
        by_slug.setdefault(row["subject_type"], set()).add(row["subject_id"])
    found: Records = {}
    for slug, ids in by_slug.items():
        model: Any = shaped(actor, slug).model
        seen = set(visible(actor, model).filter(pk__in=ids).values_list("pk", flat=True))
        for record in unscoped(model, "lent").filter(LIVING, org_id=actor.org_id, pk__in=ids):
            found[slug, record.pk] = record, record.pk in seen
    return found


def _is_mine(actor: Actor, row: Mapping[str, Any], links: Iterable[Mapping[str, Any]]) -> bool:
    """Is it with me now, so that its record is lent to me?"""
    own = actor.member_id in (row["asker_id"], row["author_id"], row["created_by_id"])
    here = any(each["state"] == "open" and each["member_id"] == actor.member_id for each in links)
    return row["state"] == "open" and not own and here


def _said(ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    columns = ("id", "approval_id", "verdict", "note", "answers", "round", "created_at", "created_by_id",
               "created_by__name", "step_id")  # fmt: skip
    for row in unscoped(Decision, "lent").filter(approval_id__in=ids).order_by("pk").values(*columns):
        found.setdefault(row["approval_id"], []).append(
            {"id": row["id"], "verdict": row["verdict"], "note": row["note"], "round": row["round"],
             "at": row["created_at"], "by": row["created_by__name"] or "", "by_id": row["created_by_id"],
             "step_id": row["step_id"], "about": (row["answers"] or [{}])[0]}
        )  # fmt: skip
    return found


def _one(
    actor: Actor, row: Mapping[str, Any], links: list[dict[str, Any]], said: list[dict[str, Any]],
    roles: Mapping[str, str], subject: Mapping[str, Any], *, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    mine, asked = _is_mine(actor, row, links), actor.member_id in (row["asker_id"], row["author_id"])
    plain = ("id", "version", "purpose", "title", "state", "round", "asked_at", "decided_at")
    soon = row["reminded_at"] is not None and now - row["reminded_at"] < REMIND_AGAIN
    # Who has decided and sees the record no more keeps what he said himself.
    told = mine or asked or subject["open"]
    return {
        **{name: row[name] for name in plain},
        "request": row["request"] if told else {},
        "note": row["note"] if told else "",
        "flow": (row["flow__body"] or {}).get("name", ""),
        "asker": {"id": row["asker_id"], "name": row["asker__name"]},
        "author": {"id": row["author_id"], "name": row["author__name"]},
        "subject": subject,
        "steps": [_link(each, roles) for each in links],
        "said": said if told else [each for each in said if each["by_id"] == actor.member_id],
        "due_at": min((each["due_at"] for each in links if each["state"] == "open" and each["due_at"]), default=None),
        "can": {
            "decide": mine and actor.may("request.approve"),
            "back_to": earlier([_Seen(each) for each in links]) if mine else [],
            "recall": asked and row["state"] in ("open", "returned") and actor.may("request.recall"),
            "again": asked and row["state"] == "returned" and actor.may("request.again"),
            "remind": asked and row["state"] == "open" and not soon and actor.may("request.remind"),
        },
    }


class _Seen:
    """A row of a link as the rules read it."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.position: int = row["position"]
        self.mode: str = row["mode"]
        self.state: str = row["state"]
        self.why: str = row["why"]
        self.member_id: int | None = row["member_id"]


def _link(row: Mapping[str, Any], roles: Mapping[str, str]) -> dict[str, Any]:
    plain = ("id", "position", "name", "mode", "state", "why", "chosen_by", "due_at", "decided_at")
    member = {"id": row["member_id"], "name": row["member__name"]} if row["member_id"] else None
    return {
        **{name: row[name] for name in plain},
        "role": roles.get(row["role"], ""),
        "member": member,
        "instead": row["instead__name"] or "",
        "decided_by": row["decided_by__name"] or "",
    }


def _subject(actor: Actor, row: Mapping[str, Any], records: Records, *, lent: bool, whole: bool) -> dict[str, Any]:
    """The record: named and told where it is lent or seen, else only of which type it is."""
    slug, pk = row["subject_type"], row["subject_id"]
    kind = shaped(actor, slug)
    record, seen = records.get((slug, pk), (None, False))
    told = {"type": slug, "zh": kind.zh, "en": kind.en, "id": None, "name": "", "version": None, "facts": [],
            "open": seen}  # fmt: skip
    if record is None or not (lent or seen):
        return told
    facts = facts_of(actor, slug, record) if whole else []
    return {**told, "id": pk, "name": name_of(actor, slug, record), "version": record.version, "facts": facts}


def stand_in_of(actor: Actor) -> dict[str, Any] | None:
    """Who decides for me, and when."""
    row = StandIn.objects.filter(member_id=actor.own_id).select_related("delegate").first()
    if row is None:
        return None
    return {"delegate": {"id": row.delegate_id, "name": row.delegate.name}, "since": row.since, "until": row.until}


def colleagues(actor: Actor) -> list[dict[str, Any]]:
    """Who may be asked to sign or to stand in: active members that may approve, but me."""
    people = people_of(actor.org_id, actor.config_version)
    return [{"id": pk, "name": name} for pk, name in people.names.items() if pk != actor.member_id]
