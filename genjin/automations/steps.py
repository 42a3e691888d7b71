"""What verbs, runs and sending share when they write automations and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.automations.models import Automation, AutomationVersion, Delivery
from genjin.automations.rules import Saying
from genjin.lib import moment
from genjin.notify.rules import Saying as Told
from genjin.notify.steps import Line, put

#: The kind of notices that automations send, by which a member can keep them out of his inbox.
KIND = "automation"


def tell_members(org_id: int, plan: Mapping[str, Any], *, once: str) -> None:
    """Put a planned notice into the inboxes, each a single time."""
    now = moment.now()
    put(Line(org_id, pk, KIND, Told(plan["text"], plan["text"]), once, now, plan["link"]) for pk in plan["members"])


def tell_publisher(automation: Automation, saying: Saying, *, once: str, now: datetime) -> None:
    """Say to whoever answers for an automation that it does not work any more."""
    if automation.publisher_id is None:
        return
    told = Told(f"自动化“{automation.name}”：{saying.zh}", f"Automation “{automation.name}”: {saying.en}")
    link = f"/manage/automations/{automation.pk}"
    put([Line(automation.org_id, automation.publisher_id, KIND, told, once, now, link)])


def lay_delivery(org_id: int, run_id: int, place: int, plan: Mapping[str, Any]) -> None:
    """Lay a webhook ready; a second one of the same action is dropped."""
    row = Delivery(
        org_id=org_id, run_id=run_id, place=place, url=plan["url"], body=plan["body"], send_after=moment.now()
    )
    Delivery.objects.bulk_create([row], ignore_conflicts=True)


def halt(automation: Automation, state: str, saying: Saying, now: datetime) -> bool:
    """Stop an automation for a reason that everybody sees, and tell its publisher once; False when it stands so."""
    rows = Automation.objects.filter(pk=automation.pk).exclude(state=state)
    told = {"state": state, "why_zh": saying.zh[:300], "why_en": saying.en[:300], "updated_at": now}
    if not rows.update(**told):
        return False
    tell_publisher(automation, saying, once=f"automation:{automation.pk}:{state}:{now.isoformat()}", now=now)
    return True


def put_in_force(automation: Automation, body: Mapping[str, Any], *, by: int | None, why: str, now: datetime) -> None:
    """Make `body` the version in force, answered for by `by`; the row itself is saved by the caller."""
    last = AutomationVersion.objects.filter(automation=automation).order_by("-number").first()
    made = AutomationVersion.objects.create(
        automation=automation, number=last.number + 1 if last else 1, body=body, why=why, at=now, by_id=by
    )
    automation.live, automation.draft, automation.name = made.number, None, body["name"]


def answer_for(automation: Automation, *, by: int | None, now: datetime) -> None:
    """From now on it runs, with the rights of `by`; what happened before is not made up for."""
    automation.state, automation.publisher_id, automation.since = "on", by, now
    automation.why_zh = automation.why_en = ""
    automation.failures, automation.paused_until = 0, None
