"""What verbs and reactions of surveys share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from genjin.access.guard import unscoped
from genjin.agenda.intake import close_items, take_back_items
from genjin.agenda.models import OPEN, AgendaItem
from genjin.complaints.steps import Told, open_complaint
from genjin.customers.models import Contact, Customer
from genjin.customers.steps import root
from genjin.door.change import Change
from genjin.orgs.models import Organisation
from genjin.schema.bulk import insert_rows
from genjin.surveys.links import new_nonce
from genjin.surveys.models import Invitation, Satisfaction, Survey
from genjin.surveys.rules import KIND, Settings, settings_from


@dataclass(frozen=True, slots=True)
class Given:
    """A score as it was given."""

    score: int
    at: datetime
    source: str
    comment: str = ""
    choices: tuple[str, ...] = ()
    contact_id: int | None = None
    about: str = ""


def settings_of(org_id: int, config_version: int) -> Settings:
    return _settings(org_id, config_version)


def forget() -> None:
    _settings.cache_clear()


@lru_cache(maxsize=4096)
def _settings(org_id: int, config_version: int) -> Settings:
    return settings_from(Organisation.objects.filter(pk=org_id).values_list("settings", flat=True).first())


def invite(change: Change, customer: Customer, survey: Survey, contact: Contact | None, by: str) -> Invitation:
    """A link for one contact, open for as long as the team says; what was planned for this customer is done."""
    days = settings_of(change.actor.org_id, change.actor.config_version).days
    row = _invitation(change, customer, survey, contact, by, "sent", timedelta(days=days))
    after = {"title": survey.title, "by": by, "contact_id": row.contact_id}
    change.record("survey.sent", row, root=root(customer), after=after)
    close_items(change, planned_items(customer))
    return row


def skip(change: Change, customer: Customer, survey: Survey) -> Invitation:
    """This time not: it counts as asked, so that the plan comes again after its months."""
    row = _invitation(change, customer, survey, None, "none", "skipped", timedelta())
    change.record("survey.skipped", row, root=root(customer), after={"title": survey.title})
    take_back_items(change, planned_items(customer))
    return row


def _invitation(
    change: Change,
    customer: Customer,
    survey: Survey,
    contact: Contact | None,
    by: str,
    state: str,
    open_for: timedelta,
) -> Invitation:
    row = Invitation(
        survey=survey,
        customer=customer,
        contact=contact,
        nonce=new_nonce(),
        state=state,
        by=by,
        sent_at=change.now,
        expires_at=(change.now + open_for).replace(microsecond=0),
    )
    change.stamp(row)
    insert_rows(Invitation, [row])
    return row


def take_answer(change: Change, row: Invitation, given: Given) -> Satisfaction:
    """The customer's own score: told to whoever holds and whoever asked him; a low one opens a complaint (R-147)."""
    change.save(row, {"state": "answered", "answered_at": change.now})
    found = note_score(change, row.customer, given, invitation=row, word="answered")
    follow_up_low(change, row.customer, found)
    return found


def note_score(
    change: Change, customer: Customer, given: Given, *, invitation: Invitation | None = None, word: str = "noted"
) -> Satisfaction:
    """One score of a customer, with who held it then (R-148, R-154)."""
    row = Satisfaction(
        customer=customer,
        contact_id=given.contact_id,
        invitation=invitation,
        at=given.at,
        score=given.score,
        comment=given.comment[:1000],
        choices=list(given.choices),
        source=given.source,
        about=given.about,
        credited_id=customer.owner_id,
    )
    change.stamp(row)
    insert_rows(Satisfaction, [row])
    asked = invitation.created_by_id if invitation else None
    to = [pk for pk in dict.fromkeys((customer.owner_id, asked)) if pk and pk != change.actor.member_id]
    after = {"score": row.score, "comment": row.comment, "to": to}
    change.record(f"satisfaction.{word}", row, root=root(customer), after=after)
    return row


def follow_up_low(change: Change, customer: Customer, row: Satisfaction) -> None:
    """A low score is a complaint, whether or not the customer says what is wrong (R-147)."""
    if row.score > settings_of(change.actor.org_id, change.actor.config_version).low:
        return
    said = f"：{row.comment}" if row.comment else "，没有留言，先打电话问清楚"
    picked = f"（{'、'.join(row.choices)}）" if row.choices else ""
    told = Told(
        "other",
        "serious" if row.score == 1 else "ordinary",
        f"满意度打了 {row.score} 分{picked}{said}",
        "survey" if row.source == "survey" else "other",
        row.contact_id,
        origin=("satisfaction", row.pk),
        loud=True,
    )
    open_complaint(change, customer, told)


def planned_items(customer: Customer) -> list[AgendaItem]:
    """What of a customer is to be sent, locked."""
    rows = unscoped(AgendaItem, "step").filter(OPEN, kind=KIND, customer_id=customer.pk, org_id=customer.org_id)
    return list(rows.order_by("pk").select_for_update(of=("self",)))
