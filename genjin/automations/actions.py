"""Verbs on automations: each is a document with versions; whoever publishes or switches it on answers for it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from genjin.automations.checking import check
from genjin.automations.models import Automation
from genjin.automations.rules import MOST_AUTOMATIONS
from genjin.automations.steps import answer_for, body_in_force, drop, put_in_force
from genjin.door.action import action
from genjin.door.change import Change
from genjin.history.queries import last_change
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.people.actions import bump

Reply = dict[str, Any]
Body = Mapping[str, Any]


def find(org_id: int, automation_id: int, *, lock: bool = False) -> Automation:
    """A living automation of the team; `NotFound` for any other."""
    rows = Automation.objects.filter(org_id=org_id, removed_at__isnull=True)
    found = (rows.select_for_update() if lock else rows).filter(pk=automation_id).first()
    if found is None:
        raise NotFound()
    return found


def _begun(change: Change, automation_id: int, version: int) -> Automation:
    """The row, locked, as the editor knew it; 409 with the other's name when somebody was faster."""
    row = find(change.actor.org_id, automation_id, lock=True)
    if row.version != version:
        last = last_change(row.org_id, "automation", row.pk, ())
        by = last.name if last and last.name else ""
        raise Conflict(
            f"{by or '有人'}刚改过“{row.name}”，先看看再改",
            f"{by or 'Somebody'} has just changed “{row.name}”; look at it first",
            extra={"version": row.version, "by": {"id": last.member_id, "name": by} if last and by else None},
        )
    return row


def _saved(change: Change, row: Automation) -> Reply:
    row.version += 1
    row.updated_at = change.now
    row.save()
    bump(change.actor.org_id)
    return {"id": row.pk, "version": row.version, "state": row.state}


@action("automation.create", "新建自动化", "make an automation")
def create(change: Change, *, body: Body) -> Reply:
    """A new one, as a draft: nothing happens before it is published."""
    actor = change.actor
    check(actor, body, whole=False)
    living = Automation.objects.filter(org_id=actor.org_id, removed_at__isnull=True)
    if living.count() >= MOST_AUTOMATIONS:
        raise Conflict(f"最多 {MOST_AUTOMATIONS} 条自动化，先删掉不用的", f"At most {MOST_AUTOMATIONS} automations",
                       code="full")  # fmt: skip
    row = Automation.objects.create(
        org_id=actor.org_id,
        key=f"a_{secrets.token_hex(6)}",
        name=body["name"],
        draft=body,
        created_at=change.now,
        created_by_id=actor.member_id,
        updated_at=change.now,
    )
    bump(actor.org_id)
    change.record("automation.created", row, after={"name": row.name})
    return {"id": row.pk, "version": row.version, "state": row.state}


@action("automation.update", "修改自动化", "change an automation")
def update(change: Change, automation_id: int, *, version: int, body: Body) -> Reply:
    """What it shall say after the next publication; what is in force goes on meanwhile."""
    row = _begun(change, automation_id, version)
    check(change.actor, body, whole=False)
    live = body_in_force(row)
    row.draft = None if body == live else body
    if row.live is None:
        row.name = body["name"]
    change.record("automation.updated", row, after={"name": body["name"]})
    return _saved(change, row)


@action("automation.publish", "发布自动化", "publish an automation")
def publish(change: Change, automation_id: int, *, version: int, secret: str, why: str = "") -> Reply:
    """Bring the draft in force and switch it on; from now on it acts with the rights of whoever published it.

    Refuses, naming every place, what is not whole, what he may not read and what he may not do himself. One that calls
    a webhook and has no secret yet takes `secret`, which the caller tells the person, once (`made`).
    """
    row = _begun(change, automation_id, version)
    if row.draft is None:
        raise Conflict("没有要发布的改动", "There is nothing to publish", code="same")
    body = dict(row.draft)
    check(change.actor, body, whole=True)
    put_in_force(row, body, by=change.actor.member_id, why=why, now=change.now)
    answer_for(row, by=change.actor.member_id, now=change.now)
    made = not row.secret and any(each["do"] == "webhook" for each in body["actions"])
    row.secret = secret if made else row.secret
    reply = {**_saved(change, row), "made": made}
    change.record("automation.published", row, after={"name": row.name, "number": row.live}, why=why)
    return reply


@action("automation.switch", "开关自动化", "switch an automation on or off")
def switch(change: Change, automation_id: int, *, version: int, on: bool) -> Reply:
    """On: with the rights of whoever switches it on, who must be able to publish it; what happened meanwhile is not
    made up for. Off: what waits is not done any more."""
    row = _begun(change, automation_id, version)
    body = body_in_force(row)
    if body is None:
        raise Conflict("还没有发布过，先发布", "It has never been published; publish it first", code="state")
    if on:
        if not change.actor.may("automation.publish"):
            raise Invalid("打开等于发布，你没有发布的权限", "Switching on needs the right to publish", field="on")
        check(change.actor, body, whole=True)
        answer_for(row, by=change.actor.member_id, now=change.now)
    else:
        row.state, row.why_zh, row.why_en = "off", "", ""
    said = {"zh": f"{'打开' if on else '停用'}“{row.name}”", "en": f"“{row.name}” switched {'on' if on else 'off'}"}
    change.record("automation.switched", row, after={"name": row.name, "said": said})
    return _saved(change, row)


@action("automation.secret", "换 Webhook 密钥", "change the secret of a webhook")
def new_secret(change: Change, automation_id: int, *, version: int, secret: str) -> Reply:
    """Another secret by which receivers know the webhooks of this automation; its caller tells it, a single time."""
    row = _begun(change, automation_id, version)
    row.secret = secret
    change.record("automation.secret_changed", row, after={"name": row.name})
    return _saved(change, row)


@action("automation.remove", "删除自动化", "remove an automation")
def remove(change: Change, automation_id: int, *, version: int) -> Reply:
    """Nothing comes of its events any more."""
    row = _begun(change, automation_id, version)
    drop(change, row)
    bump(change.actor.org_id)
    return {"id": row.pk}
