"""What the house knows already of the rows of a file: customers, people, records taken over before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import CHANNELS, reads
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.agenda.models import AgendaItem
from genjin.customers.models import LIVING, Contact, Customer
from genjin.exchange.export_cells import moment_text
from genjin.exchange.problems import written
from genjin.exchange.rows import DraftRow
from genjin.exchange.todo_drafts import todo_key
from genjin.exchange.verdicts import Known, KnownCustomer
from genjin.followups.models import FollowUp
from genjin.lib.companies import short_name
from genjin.orgs.models import Department, Membership

_AT_ONCE = 800


@dataclass(frozen=True, slots=True)
class Member:
    id: int
    name: str
    department_id: int | None


def members_of(actor: Actor) -> dict[str, Member]:
    """Active members by name; a name that two bear is nobody's."""
    found: dict[str, Member] = {}
    twice: set[str] = set()
    for row in Membership.objects.filter(org_id=actor.org_id, active=True).values_list("id", "name", "department_id"):
        if row[1] in found:
            twice.add(row[1])
        found[row[1]] = Member(*row)
    return {name: member for name, member in found.items() if name not in twice}


def departments_of(actor: Actor) -> dict[str, int]:
    """Departments by name; a name that two bear is nobody's."""
    rows = list(Department.objects.filter(org_id=actor.org_id).values_list("name", "id"))
    names = Counter(name for name, _ in rows)
    return {name: pk for name, pk in rows if names[name] == 1}


def known_of(actor: Actor, drafts: Sequence[DraftRow]) -> Known:
    """Look up the customers, channels and line keys of drafts; statements grow with thousands of rows only."""
    known = Known()
    customers = [each.customer for each in drafts if each.customer]
    living = unscoped(Customer, "duplicates").filter(LIVING, org_id=actor.org_id)
    for keys in _parts({each.key for each in customers}):
        _note(actor, living.filter(name_key__in=keys), known, "name_key")
    if living.exists():
        shorts = {short for each in customers if len(short := short_name(each.name)) >= 2}
        for keys in _parts(shorts):
            _note(actor, living.filter(short_key__in=keys), known, "short_key")
        if reads(actor, *CHANNELS):
            _note_channels(actor, drafts, known)
    for keys in _parts({each.line_key for each in drafts if each.followup}):
        rows = unscoped(FollowUp, "duplicates").filter(LIVING, org_id=actor.org_id, import_line__in=keys)
        known.taken.update(rows.values_list("import_line", flat=True))
    _note_records(actor, drafts, known)
    _note_todos(actor, drafts, known)
    return known


def _note_records(actor: Actor, drafts: Sequence[DraftRow], known: Known) -> None:
    """Records of the same customer, minute and words that were written here, as far as the actor sees them."""
    told = {
        (each.customer.key, written(record.contact_at, record.precision), record.summary): each.line_key
        for each in drafts
        if each.customer and (record := each.followup) and record.contact_at
    }
    for keys in _parts({key for key, _, _ in told}):
        rows = visible(actor, FollowUp).filter(customer__name_key__in=keys, historical=False, attempt="")
        for key, at, precision, summary in rows.values_list("customer__name_key", "contact_at", "precision", "summary"):
            if line_key := told.get((key, moment_text(at, actor.zone, precision), summary)):
                known.logged.add(line_key)


def same_todos(actor: Actor, acts: Sequence[str]) -> Any:
    """Living to-dos in one of these words that the actor may see."""
    return visible(actor, AgendaItem).filter(act__in=[act[:300] for act in acts])


def _note_todos(actor: Actor, drafts: Sequence[DraftRow], known: Known) -> None:
    """To-dos of these words that stand on the agenda, as far as the actor sees them."""
    for acts in _parts({each.todo.act for each in drafts if each.todo}):
        rows = same_todos(actor, acts).values_list("customer__name_key", "act", "due_at", "precision")
        for key, act, due_at, precision in rows:
            known.taken.add(todo_key(key or "", act, moment_text(due_at, actor.zone, precision)))


def _note(actor: Actor, rows: Any, known: Known, column: str) -> None:
    found = list(rows.values_list("pk", "name", "owner__name", column))
    for each, key in zip(_with_rights(actor, [row[:3] for row in found]), (row[3] for row in found), strict=True):
        target = known.by_name if column == "name_key" else known.by_short
        target.setdefault(key, each)


def _with_rights(actor: Actor, rows: Sequence[tuple[int, str, str | None]]) -> list[KnownCustomer]:
    ids = [row[0] for row in rows]
    if not ids:
        return []
    may_log = set(visible(actor, Customer, act="log").filter(pk__in=ids).values_list("pk", flat=True))
    may_change = set(visible(actor, Customer, act="change").filter(pk__in=ids).values_list("pk", flat=True))
    return [KnownCustomer(pk, name, owner or "", pk in may_log, pk in may_change) for pk, name, owner in rows]


def _note_channels(actor: Actor, drafts: Sequence[DraftRow], known: Known) -> None:
    values = {
        value
        for each in drafts
        if each.contact
        for value in (each.contact.phone, each.contact.wechat, each.contact.email)
        if value
    }
    living = unscoped(Contact, "duplicates").filter(LIVING, org_id=actor.org_id, customer__deleted_at__isnull=True)
    for part in _parts(values):
        rows = list(
            living.filter(Q(phone__in=part) | Q(wechat__in=part) | Q(email__in=part)).values_list(
                "customer_id", "customer__name", "customer__owner__name", "phone", "wechat", "email"
            )
        )
        for each, row in zip(_with_rights(actor, [row[:3] for row in rows]), rows, strict=True):
            for value in row[3:]:
                if value:
                    known.by_channel.setdefault(value, each)


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(value for value in values if value)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
