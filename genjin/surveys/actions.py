"""Verbs of surveys: what is asked, whom, and the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from genjin.access.actor import Actor, Grants
from genjin.access.guard import unscoped
from genjin.customers.models import LIVING, Contact, Customer
from genjin.door.action import action, action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.orgs.models import Organisation
from genjin.people.actions import bump
from genjin.surveys import steps
from genjin.surveys.models import Invitation, Survey
from genjin.surveys.rules import SETTING

Reply = dict[str, Any]
ANSWER = "survey.answer"
_TEXTS = ("title", "question")


@action("survey.create", "建满意度调查", "make a survey")
def create(change: Change, *, values: dict[str, Any]) -> Reply:
    """R-147: one question for a score, if one likes another with choices."""
    row = Survey(org_id=change.actor.org_id, created_by_id=change.actor.member_id, created_at=change.now,
                 updated_at=change.now, **_checked(values))  # fmt: skip
    row.save()
    change.record("survey.created", row, after={"title": row.title})
    return {"id": row.pk, "version": row.version}


@action("survey.update", "改满意度调查", "change a survey")
def update(change: Change, survey_id: int, *, version: int, values: dict[str, Any]) -> Reply:
    """Answers that have come keep the choices they named."""
    row = Survey.objects.select_for_update().filter(pk=survey_id, org_id=change.actor.org_id).first()
    if row is None:
        raise NotFound()
    if row.version != version:
        raise Conflict("有人刚改过这份调查，刷新再改", "Somebody has just changed this survey; reload it")
    before = {name: getattr(row, name) for name in values}
    for name, value in _checked(values).items():
        setattr(row, name, value)
    row.version, row.updated_at = row.version + 1, change.now
    row.save()
    change.record("survey.updated", row, before=before, after=values)
    return {"id": row.pk, "version": row.version}


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    for slug in _TEXTS:
        if not values[slug].strip():
            raise Invalid("写上标题和要打分的问题", "Give it a title and the question to score", field=slug)
    if len(set(values["choices"])) != len(values["choices"]):
        raise Invalid("选项有重复的", "A choice stands there twice", field="choices")
    if bool(values["choices"]) != bool(values["choice_question"].strip()):
        raise Invalid("选择题要有题目和选项，不要就都空着", "Give both the question and its choices, or neither",
                      field="choice_question")  # fmt: skip
    return values


@action("survey.configure", "改满意度的设置", "change the settings of surveys")
def configure(change: Change, *, days: int, low: int) -> Reply:
    """How long a link stays open, and which score opens a complaint (R-147)."""
    bump(change.actor.org_id)
    org = Organisation.objects.get(pk=change.actor.org_id)
    before = org.settings.get(SETTING)
    org.settings = {**org.settings, SETTING: {"days": days, "low": low}}
    org.save(update_fields=["settings"])
    change.record("survey.configured", org, before={"surveys": before}, after={"days": days, "low": low})
    return {"days": days, "low": low}


@action_on(Customer, "survey.send", "发满意度调查", "send a survey", act="log")
def send(change: Change, customer: Customer, *, survey_id: int, contact_id: int | None = None, by: str) -> Reply:
    """A link for one contact, to be passed on by hand or mailed (R-147)."""
    survey, contact = _survey(change, survey_id), _contact(change, customer, contact_id)
    if not survey.active:
        raise Invalid("这份调查已经停用", "This survey is not used any more", field="survey_id")
    if by == "mail" and (contact is None or not contact.email):
        raise Invalid("这个联系人没有邮箱，复制链接发给他", "This contact has no mail address", field="contact_id")
    if by == "mail" and not settings.EMAIL_HOST:
        raise Invalid("还没有设置发邮件，复制链接发给他", "Mail is not set up; copy the link", field="by")
    row = steps.invite(change, customer, survey, contact, by)
    return {"id": row.pk, "expires_at": row.expires_at}


@action_on(Customer, "survey.skip", "这次不发调查", "leave a planned survey out", act="log")
def skip(change: Change, customer: Customer, *, survey_id: int) -> Reply:
    survey = _survey(change, survey_id)
    if not any(item.source_id == survey.pk for item in steps.planned_items(customer)):
        raise Conflict("现在没有要发的调查", "No survey is due here", code="done")
    return {"id": steps.skip(change, customer, survey).pk}


@action_on(Customer, "survey.note", "记满意度", "note a score", act="log")
def note(
    change: Change,
    customer: Customer,
    *,
    score: int,
    comment: str = "",
    contact_id: int | None = None,
    at: datetime | None = None,
) -> Reply:
    """What the customer said of us to a colleague (R-148); a low score opens a complaint like an answer does."""
    contact = _contact(change, customer, contact_id)
    when = at or change.now
    if when > change.now:
        raise Invalid("时间还没到", "That is still to come", field="at")
    given = steps.Given(score, when, "noted", comment.strip(), contact_id=contact.pk if contact else None)
    row = steps.note_score(change, customer, given)
    steps.follow_up_low(change, customer, row)
    return {"id": row.pk}


@action(ANSWER, "答满意度调查", "answer a survey")
def answer(change: Change, *, invitation_id: int, score: int, comment: str, choices: list[str]) -> Reply:
    """By the customer himself, once, before the link expires (R-147). The link is all his right."""
    rows = unscoped(Invitation, "link").filter(pk=invitation_id, org_id=change.actor.org_id, deleted_at__isnull=True)
    row = rows.select_related("customer", "survey").select_for_update(of=("self",)).first()
    if row is None or row.customer.deleted_at is not None:
        raise NotFound()
    if row.state == "answered":
        raise Conflict("这份调查已经答过了，谢谢", "This survey has been answered already. Thank you", code="answered")
    if row.expires_at <= change.now:
        raise Conflict("这份调查已经过期", "This survey has expired", code="expired")
    known = tuple(each for each in row.survey.choices if each in choices)
    given = steps.Given(score, change.now, "survey", comment.strip(), known, row.contact_id, row.survey.about)
    return {"id": steps.take_answer(change, row, given).pk}


def visitor(org: Organisation) -> Actor:
    """Whoever holds a link: sees nothing, may answer."""
    grants = Grants(verbs=frozenset({ANSWER}))
    return Actor("link", org.pk, None, name="link", grants=grants, source="link", zone=org.zone,
                 config_version=org.config_version)  # fmt: skip


def _survey(change: Change, pk: int) -> Survey:
    row = Survey.objects.filter(pk=pk, org_id=change.actor.org_id).first()
    if row is None:
        raise Invalid("没有这份调查", "There is no such survey", field="survey_id")
    return row


def _contact(change: Change, customer: Customer, pk: int | None) -> Contact | None:
    if pk is None:
        return None
    row = unscoped(Contact, "step").filter(LIVING, pk=pk, customer_id=customer.pk, org_id=customer.org_id).first()
    if row is None:
        raise Invalid("这个联系人不是这家客户的", "Not a contact of this customer", field="contact_id")
    return row
