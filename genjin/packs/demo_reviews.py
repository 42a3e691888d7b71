"""The demo's reviewing: older records and files are settled, yesterday's wait, one came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.approvals.actions import pass_approvals, return_approval
from genjin.approvals.models import Approval, ApprovalStep
from genjin.followups.tasks import draw_the_week
from genjin.lib import moment
from genjin.orgs.models import Organisation

#: Files without a class wait a little longer than records.
FILES_WAIT = timedelta(days=6)
RETURNED_TO = "王海涛"
#: So many of the newest records wait for each supervisor, also on a Monday.
LEFT = 4


def settle_reviews(org: Organisation, actors: dict[str, Actor], local: datetime) -> None:
    """Each supervisor's work until yesterday morning, and the week's spot checks. `local` is aware."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday = midnight - timedelta(hours=14)
    rows = unscoped(ApprovalStep, "demo").filter(org=org, state="open")
    by_reviewer: dict[int, list[Approval]] = {}
    for step in rows.select_related("approval__author").order_by("approval__asked_at", "pk"):
        by_reviewer.setdefault(step.member_id or 0, []).append(step.approval)
    people = {actor.member_id: actor for actor in actors.values()}
    with moment.frozen(yesterday):
        for member_id, waiting in by_reviewer.items():
            _settle(people[member_id], waiting, yesterday)
    with moment.frozen(local):
        draw_the_week(org.pk)


def _settle(chief: Actor, waiting: list[Approval], now: datetime) -> None:
    reviews = [each for each in waiting if each.kind == "review"][:-LEFT]
    reviews = [each for each in reviews if each.asked_at < now]
    returned = next((each for each in reversed(reviews) if each.author and each.author.name == RETURNED_TO), None)
    if returned is not None:
        reasons = {
            "feedback": "补上客户的原话，带数字的那句",
            "summary": "写清现场看了哪几条线、谁在场",
        }
        return_approval(chief, returned.pk, reasons=reasons, note="其他都好，改这两处就行")
    passed = [each.pk for each in reviews if each is not returned]
    if passed:
        pass_approvals(chief, passed)
    old = [each.pk for each in waiting if each.kind == "file" and each.asked_at < now - FILES_WAIT]
    if old:
        pass_approvals(chief, old, intent_class="C")
