"""Sending webhooks: signed, guarded where the connection is made, tried again with growing pauses.

Nothing is sent inside a transaction. An address that does not answer is left alone for a while (the circuit opens), and
its automation is shown as failing with the reason; one that arrives closes it again.
"""

from __future__ import annotations

import logging
from datetime import datetime
from time import monotonic
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import F

from genjin.access.queries import actor_of_automation
from genjin.automations.models import Automation, Delivery, Run
from genjin.automations.rules import FAULTS, LEASE, MOST_FAILURES, PAUSE, Saying, outcome, retry_after, signature
from genjin.automations.steps import halt
from genjin.lib import moment
from genjin.lib.outbound import OutboundFailed, OutboundRefused, post_json

log = logging.getLogger("genjin.automations")

#: One that has paused itself begins nothing new, but what it has done already is told.
SENDS = ("on", "failing", "paused")
MOST_A_ROUND = 50
ROUND_S = 20.0


def send_waiting() -> int:
    """Send what is due, for at most about 20 s; returns how many were tried."""
    now = moment.now()
    Delivery.objects.filter(state="sending", send_after__lte=now).update(state="waiting")
    ends, tried = monotonic() + ROUND_S, 0
    # Whoever carries the run out writes down its steps to the end; only then does this log what became of one.
    rows = Delivery.objects.filter(state="waiting", send_after__lte=now).exclude(run__state="running")
    rows = rows.order_by("send_after", "id")
    for pk in rows.values_list("pk", flat=True)[:MOST_A_ROUND]:
        if monotonic() > ends:
            break
        tried += send(pk)
    return tried


def send(pk: int) -> bool:
    """Send one waiting webhook; False when another worker has it or its automation sends nothing now."""
    now = moment.now()
    delivery = Delivery.objects.select_related("run__automation").get(pk=pk)
    automation = delivery.run.automation
    waiting = Delivery.objects.filter(pk=pk, state="waiting")
    if automation.state not in SENDS or automation.removed_at or not _is_there(automation):
        if waiting.update(state="dropped", error="off"):
            _note(delivery, "failed", "off")
        return False
    if automation.paused_until is not None and automation.paused_until > now:
        waiting.update(send_after=automation.paused_until)
        return False
    if not waiting.update(state="sending", send_after=now + LEASE, tries=F("tries") + 1):
        return False
    fault = _post(automation, delivery, now)
    _settle(delivery, fault, moment.now())
    return True


def _is_there(automation: Automation) -> bool:
    """Whoever answers for it may still: what he may not see any more leaves the house no more."""
    actor = actor_of_automation(automation.publisher_id or 0, cause="")
    return actor is not None and actor.may("automation.publish")


def _post(automation: Automation, delivery: Delivery, now: datetime) -> str:
    """A key of `FAULTS`, blank when it was taken. The answer is neither kept nor shown."""
    body: dict[str, Any] = {
        "id": str(delivery.pk),
        "automation": {"id": str(automation.pk), "name": automation.name},
        **delivery.body,
    }
    headers = signature(automation.secret, now, orjson.dumps(body)) | {"Genjin-Delivery": str(delivery.pk)}
    try:
        reply = post_json(delivery.url, body, allow_private=settings.OUTBOUND_ALLOW_PRIVATE, headers=headers)
    except OutboundRefused:
        return "address"
    except OutboundFailed:
        return "unreachable"
    return "" if reply.ok else "refused"


def _settle(delivery: Delivery, fault: str, now: datetime) -> None:
    """Write down how it went, with the webhook and its automation in one transaction."""
    tries = delivery.tries + 1
    pause = retry_after(tries) if fault and fault != "address" else None
    with transaction.atomic():
        automation = Automation.objects.select_for_update().get(pk=delivery.run.automation_id)
        state = "waiting" if pause else "failed" if fault else "sent"
        after = now + pause if pause else now
        Delivery.objects.filter(pk=delivery.pk, state="sending").update(state=state, error=fault, send_after=after)
        failures = automation.failures + 1 if fault else 0
        opened = now + PAUSE if failures >= MOST_FAILURES else None
        values: dict[str, Any] = {"failures": failures, "paused_until": opened}
        if not fault and automation.state == "failing":
            values |= {"state": "on", "why_zh": "", "why_en": ""}
        Automation.objects.filter(pk=automation.pk).update(**values)
        if state != "waiting":
            _note(delivery, "failed" if fault else "done", fault)
        if state == "failed" or opened:
            zh, en = FAULTS[fault]
            halt(automation, "failing", Saying(f"Webhook 没有送到：{zh}", f"The webhook does not arrive: {en}"), now)
    if fault:
        log.warning("webhook %s of automation %s: %s, try %s", delivery.pk, delivery.run.automation_id, fault, tries)


def _note(delivery: Delivery, state: str, fault: str) -> None:
    """What became of it, in the log of its run."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=delivery.run_id)
        if delivery.place >= len(run.steps):
            return
        step = run.steps[delivery.place]
        zh, en = FAULTS.get(fault, ("", ""))
        said = {"zh": f"{step['zh']}：{zh}", "en": f"{step['en']}: {en}"} if fault else {}
        run.steps[delivery.place] = {**step, "state": state, **said}
        final = run.state if run.state == "running" else outcome(run.steps)
        Run.objects.filter(pk=run.pk).update(steps=run.steps, state=final)
