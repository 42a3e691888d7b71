"""What verbs, runs and sending share when they write automations and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from genjin.automations.checking import check, whole_enough
from genjin.automations.models import Automation, AutomationVersion, Delivery
from genjin.automations.packing import completed
from genjin.automations.rules import Saying
from genjin.door.change import Change
from genjin.lib import moment
from genjin.notify.models import Robot
from genjin.notify.rules import Saying as Told
from genjin.notify.steps import Line, put, queue

#: The kind of notices that automations send, by which a member can keep them out of his inbox.
KIND = "automation"


def tell_members(org_id: int, plan: Mapping[str, Any], *, once: str) -> None:
    """Put a planned notice into the inboxes, each a single time."""
    now = moment.now()
    put(Line(org_id, pk, KIND, Told(plan["text"], plan["text"]), once, now, plan["link"]) for pk in plan["members"])


def tell_group(org_id: int, plan: Mapping[str, Any], *, once: str) -> None:
    """Lay what was planned ready for the robot of a chat group, a single time; one switched off since says nothing."""
    robot = Robot.objects.filter(org_id=org_id, pk=plan["robot_id"], enabled=True).first()
    if robot is not None:
        queue(robot, once=once, title=plan["text"], lines=[], now=moment.now())


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


def body_in_force(row: Automation) -> dict[str, Any] | None:
    """What it says now; None before its first publication."""
    if row.live is None:
        return None
    found: dict[str, Any] = AutomationVersion.objects.get(automation=row, number=row.live).body
    return found


def lay(change: Change, key: str, body: Mapping[str, Any], *, why: str) -> None:
    """What a pack says of an automation. A new one is a draft. One in force keeps people and addresses and stays so,
    answered for by whoever applies the pack; where something is missing now it becomes a draft again."""
    actor = change.actor.with_(config_version=0)
    row = Automation.objects.filter(org_id=actor.org_id, key=key, removed_at__isnull=True).first()
    known = (row.draft or body_in_force(row)) if row else None
    said = completed(body, known)
    check(actor, said, whole=False)
    fresh = row is None
    if row is None:
        row = Automation(org_id=actor.org_id, key=key, created_at=change.now, created_by_id=actor.member_id)
    row.updated_at = change.now
    if row.live is not None and whole_enough(actor, said):
        put_in_force(row, said, by=actor.member_id, why=why, now=change.now)
        if row.state != "off":
            answer_for(row, by=actor.member_id, now=change.now)
    else:
        row.draft, row.live, row.state, row.name = dict(said), None, "draft", said["name"]
    row.version += 0 if fresh else 1
    row.save()
    change.record("automation.created" if fresh else "automation.updated", row, after={"name": row.name}, why=why)


def drop(change: Change, row: Automation) -> None:
    """It does nothing any more; its log stays as long as that of others."""
    row.removed_at, row.state = change.now, "off"
    row.version += 1
    row.save()
    change.record("automation.removed", row, before={"name": row.name})
