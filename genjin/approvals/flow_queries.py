"""Flows as they are in force, the people whom they find, and what a condition makes of a record."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from genjin.access.actor import Actor, matches
from genjin.access.forms import reader_of
from genjin.access.models import Grant
from genjin.access.queries import verbs_of_members
from genjin.approvals.flow_rules import Drawn, Matter, People, drawn
from genjin.approvals.models import ApprovalFlow, StandIn
from genjin.approvals.rules import Post
from genjin.approvals.steps import paths_of, rules_of
from genjin.approvals.subjects import Subject, subject_of
from genjin.lib.errors import Invalid, NotFound
from genjin.lib.filters import Expression, FilterError, Kind, judge, parse
from genjin.orgs.models import Department, Membership
from genjin.people.absences import Absence, tells_absence
from genjin.schema.judged import values_of
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.queries import options_of
from genjin.schema.registry import RecordType
from genjin.schema.shapes import Whose, own_kinds, shaped
from genjin.schema.sql import filterable

DECIDES = "request.approve"
PURPOSES = "approval_purpose"
#: What a request itself says, as conditions name it.
ASKED: Mapping[str, Kind] = {"ask.amount": Kind.MONEY, "ask.percent": Kind.NUMBER, "ask.days": Kind.NUMBER}
_FLOWS: OrderedDict[tuple[int, int], tuple[ApprovalFlow, ...]] = OrderedDict()
_MOST_CACHED = 2_000


def flows_of(whose: Whose) -> tuple[ApprovalFlow, ...]:
    """The living flows of a team in their order; once a statement per configuration."""
    key = (whose.org_id, whose.config_version)
    if key in _FLOWS:
        return _FLOWS[key]
    rows = ApprovalFlow.objects.filter(org_id=whose.org_id, removed_at__isnull=True)
    found = tuple(rows.order_by("position", "id"))
    if whose.config_version:
        _FLOWS[key] = found
        if len(_FLOWS) > _MOST_CACHED:
            _FLOWS.popitem(last=False)
    return found


def forget() -> None:
    """Empty the cache, between tests."""
    _FLOWS.clear()


def subject_kind(whose: Whose, slug: str) -> RecordType:
    """The record type of a flow; `NotFound` where nothing of it can be asked about."""
    subject = subject_of(slug)
    if subject is None or subject.row is None or (is_own_kind(slug) and slug not in own_kinds(whose)):
        raise NotFound(field="kind")
    return shaped(whose, slug)


def subject_and_row(whose: Whose, slug: str, pk: int, *, lock: bool = False) -> tuple[Subject, Any]:
    """Who answers for a record, and the living record itself; `NotFound` without one."""
    subject_kind(whose, slug)
    subject = subject_of(slug)
    assert subject is not None and subject.row is not None
    row = subject.row(whose.org_id, pk, lock)
    if row is None or (is_own_kind(slug) and row.kind != slug):
        raise NotFound()
    return subject, row


def condition_of(kind: RecordType, raw: Any) -> Expression:
    """A condition of a flow over the record's fields and the request; raises `Invalid` naming what it cannot be."""
    try:
        return parse(raw, {**filterable(kind), **ASKED})
    except FilterError as error:
        raise Invalid(f"条件不行：{error.zh}", f"The condition will not do: {error.en}", field="condition") from None


@dataclass(frozen=True, slots=True)
class Case:
    """One request as conditions are judged on it: the asker, the record and what is asked for."""

    actor: Actor
    kind: RecordType
    values: Mapping[str, Any]
    now: datetime

    def holds(self, raw: Any) -> bool:
        reader = reader_of(self.actor, self.now)
        return judge(condition_of(self.kind, raw), self.values, reader.now, reader.me, reader.ours)


def case_of(actor: Actor, slug: str, row: Any, request: Mapping[str, Any], now: datetime) -> Case:
    kind = shaped(actor, slug)
    asked = {
        f"ask.{name}": request[name] if name == "amount" else Decimal(str(request[name]))
        for name in ("amount", "percent", "days")
        if request.get(name) is not None
    }
    return Case(actor, kind, {**values_of(kind, row), **asked}, now)


def flows_for(whose: Whose, slug: str, purpose: str = "") -> list[ApprovalFlow]:
    """Flows in force for a record type, all or those of one purpose, in their order."""
    found = [each for each in flows_of(whose) if each.body["kind"] == slug and each.body.get("on", True)]
    return [each for each in found if purpose in ("", each.body["purpose"])]


def flow_for(case: Case, flows: Sequence[ApprovalFlow]) -> ApprovalFlow | None:
    """The first whose condition holds; None = this needs nobody's yes."""
    return next((each for each in flows if case.holds(each.body.get("condition"))), None)


def fields_asked(flows: Sequence[ApprovalFlow]) -> list[str]:
    """What a request of one purpose has to name, whichever flow it goes along."""
    return [name for name in ("amount", "percent", "days") if any(name in each.body["fields"] for each in flows)]


def may_start(actor: Actor, flows: Sequence[ApprovalFlow]) -> bool:
    """May the actor ask for this? Each of its flows says which roles may; none named = everybody."""
    return any(not each.body["starters"] or set(each.body["starters"]) & set(actor.grants.roles) for each in flows)


def people_of(org_id: int, config_version: int) -> People:
    """The team as approvals need it, five statements."""
    rules = rules_of(org_id, config_version)
    able = {pk for (pk, _), verbs in verbs_of_members(org_id).items() if matches(DECIDES, verbs)}
    rows = Membership.objects.filter(org_id=org_id, active=True, pk__in=able).order_by("pk")
    members = list(rows.values_list("pk", "name", "department_id"))
    grants = Grant.objects.filter(org_id=org_id, member__active=True)
    columns = ("member_id", "role__key", "department_id", "member__department_id")
    heads = Department.objects.filter(org_id=org_id, head__isnull=False).values_list("pk", "head_id")
    return People(
        names={pk: name for pk, name, _ in members},
        places={pk: place for pk, _, place in members},
        posts=[Post(member, role, own or place) for member, role, own, place in grants.values_list(*columns)],
        chains=paths_of(org_id),
        heads={pk: head for pk, head in heads if head is not None},
        reviewers=rules.reviewers,
        fallback=rules.fallback,
    )


def matter_of(people: People, row: Any, author_id: int | None, *own: int | None) -> Matter:
    """Whose matter a request is: whoever asks, for whom he asks, and where the record stands."""
    mine = frozenset(pk for pk in (author_id, *own) if pk is not None)
    place = Membership.objects.filter(pk=author_id or 0).values_list("department_id", flat=True).first()
    return Matter(author_id, place, row.department_id, mine)


def drawn_for(people: People, flow: Mapping[str, Any], case: Case, matter: Matter) -> list[Drawn]:
    return drawn(people, flow["stages"], matter, case.holds)


def stand_ins(org_id: int, day: date) -> dict[int, int]:
    """Member → who decides for him on this day."""
    rows = StandIn.objects.filter(org_id=org_id, since__lte=day, until__gte=day, delegate__active=True)
    return dict(rows.values_list("member_id", "delegate_id"))


@tells_absence
def stand_ins_between(org_id: int, first: date, last: date) -> list[tuple[int, Absence]]:
    """Whoever has somebody to decide for him is away meanwhile."""
    rows = StandIn.objects.filter(org_id=org_id, since__lte=last, until__gte=first, delegate__active=True)
    columns = ("member_id", "since", "until", "delegate_id")
    return [(pk, Absence(*rest)) for pk, *rest in rows.order_by("pk").values_list(*columns)]


def purposes_of(whose: Whose, slug: str) -> list[dict[str, str]]:
    """What can be asked about a record type without a figure that only a person knows."""
    options = options_of(whose.org_id, whose.config_version).get(PURPOSES, {})
    found = {key: flows_for(whose, slug, key) for key in options}
    return [{"key": key, "zh": options[key].zh, "en": options[key].en} for key, flows in found.items()
            if flows and not fields_asked(flows)]  # fmt: skip


def purpose_label(whose: Whose, purpose: str) -> tuple[str, str]:
    """What is asked for, in both languages."""
    choice = options_of(whose.org_id, whose.config_version).get(PURPOSES, {}).get(purpose)
    return (choice.zh, choice.en) if choice else (purpose, purpose)
