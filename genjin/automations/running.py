"""Carrying out runs: the rights of the publisher as they are now, the condition, the cap, then one action after the
other through the verbs that exist.

A run is claimed and committed before anything is done. What an action is going to do is written down before it is done,
and the door answers a repeated call with the kept reply: a worker killed at any moment leaves nothing half and nothing
twice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Count, F

from genjin.access.actor import Actor
from genjin.access.queries import actor_of_automation
from genjin.automations import rules
from genjin.automations.cases import Case, cases_of, holds_for, question_of
from genjin.automations.checking import missing_verb
from genjin.automations.doing import do
from genjin.automations.followers import ALIVE
from genjin.automations.models import Automation, AutomationVersion, Run
from genjin.automations.planning import planned
from genjin.automations.rules import HOUR, LEASE, MOST_TRIES, Saying, cause_of, outcome
from genjin.automations.steps import halt
from genjin.automations.triggers import triggers_of
from genjin.history.models import Event
from genjin.lib import moment
from genjin.lib.errors import Invalid, Refusal

log = logging.getLogger("genjin.automations")

MOST_A_ROUND = 100
ROUND_S = 20.0
_ERROR = Saying("系统出错了，管理员可以在日志里看到", "Something failed; the server's log tells what")


class Stop(Exception):
    """The run ends here: how, and why."""

    def __init__(self, state: str, saying: Saying) -> None:
        super().__init__(state)
        self.state, self.saying = state, saying


def run_waiting() -> int:
    """Carry out what waits, oldest first, for at most about 20 s; returns how many runs were taken in hand."""
    _take_up_the_dead(moment.now())
    ends, done = monotonic() + ROUND_S, 0
    rows = Run.objects.filter(state="waiting", due_at__lte=moment.now()).order_by("due_at", "id")
    for pk in rows.values_list("pk", flat=True)[:MOST_A_ROUND]:
        if monotonic() > ends:
            break
        done += carry_out(pk)
    return done


def _take_up_the_dead(now: datetime) -> None:
    """Runs whose worker died go on where they stood; one that ends its workers again and again is given up."""
    dead = Run.objects.filter(state="running", due_at__lte=now)
    dead.filter(tries__lt=MOST_TRIES).update(state="waiting")
    dead.update(state="failed", why_zh="反复中断，放弃了", why_en="Broken off again and again; given up")


def carry_out(pk: int) -> bool:
    """Carry out one run; False when another worker has it."""
    now = moment.now()
    mine = Run.objects.filter(pk=pk, state="waiting")
    if not mine.update(state="running", due_at=now + LEASE, tries=F("tries") + 1):
        return False
    run = Run.objects.select_related("automation").get(pk=pk)
    began = monotonic()
    try:
        state, saying = _carried(run, now)
    except Stop as stop:
        state, saying = stop.state, stop.saying
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("run %s of automation %s failed", pk, run.automation_id)
        state, saying = "failed", _ERROR
    told = {"state": state, "why_zh": saying.zh[:300], "why_en": saying.en[:300], "steps": run.steps}
    took = int(1000 * (monotonic() - began))
    Run.objects.filter(pk=pk, state="running").update(**told, took_ms=took)
    return True


def _carried(run: Run, now: datetime) -> tuple[str, Saying]:
    body, actor = _in_force(run, now)
    case = _case(run, actor)
    try:
        if not run.acted_at and not holds_for(case, question_of(actor, case.trigger, body), now):
            return "skipped", Saying("", "")
    except Invalid as wrong:
        halt(run.automation, "stopped", Saying(f"{wrong.zh}，先停下", f"{wrong.en}; stopped"), now)
        raise Stop("refused", Saying(wrong.zh, wrong.en)) from None
    if not run.acted_at:
        _count(run, int(body["cap"]), now)
    for place, action in enumerate(body["actions"]):
        _act(run, case, action, place, now)
    return outcome(run.steps), Saying("", "")


def _in_force(run: Run, now: datetime) -> tuple[Mapping[str, Any], Actor]:
    """What the automation said when the event was read, and the publisher with the rights that he has now."""
    automation = run.automation
    if automation.state not in ALIVE or automation.removed_at is not None:
        if automation.state == "paused":
            raise Stop("capped", Saying("到了每小时的上限，已经暂停", "It has paused at its cap"))
        raise Stop("dropped", Saying("自动化已经停了", "The automation has been stopped meanwhile"))
    body = AutomationVersion.objects.get(automation=automation, number=run.number).body
    actor = actor_of_automation(automation.publisher_id or 0, cause="")
    lacking = missing_verb(actor, body) if actor else None
    if actor is None or lacking:
        saying = (
            Saying(f"发布人已经没有“{lacking[0]}”的权限，先停下", f"Its publisher may no longer {lacking[1]}; stopped")
            if lacking
            else Saying("发布人已经离开，先停下", "Its publisher has left; stopped")
        )
        halt(automation, "stopped", saying, now)
        raise Stop("refused", saying)
    return body, actor


def _case(run: Run, actor: Actor) -> Case:
    event = Event.objects.select_related("data").get(pk=run.event_id)
    trigger = triggers_of(actor).get(run.trigger)
    case = cases_of(actor, trigger, [event]).get(event.pk) if trigger else None
    if case is None:
        raise Stop("unseen", Saying("发布人看不到这条记录，或者已经删了", "Gone, or not visible to the publisher"))
    return case


def _count(run: Run, cap: int, now: datetime) -> None:
    """Take one place of the hour, or pause the automation; exact with any number of workers, by the lock on its row.

    The team's own cap is asked before, without a lock: a few runs beyond it do no harm.
    """
    _ask_team(run, now)
    with transaction.atomic():
        Automation.objects.select_for_update().get(pk=run.automation_id)
        acted = Run.objects.filter(automation_id=run.automation_id, acted_at__gt=now - HOUR).count()
        if acted < cap:
            run.acted_at = now
            Run.objects.filter(pk=run.pk).update(acted_at=now)
            return
        saying = Saying(
            f"一小时内已经执行 {cap} 次，到了上限，先暂停。看过运行记录再打开",
            f"{cap} runs within an hour reach its cap; paused. Look at the log, then switch it on again",
        )
        halt(run.automation, "paused", saying, now)
    raise Stop("capped", Saying(f"到了每小时 {cap} 次的上限", f"The cap of {cap} an hour was reached"))


def _ask_team(run: Run, now: datetime) -> None:
    """Beyond what all automations of a team may do in an hour the busiest is paused, whichever came to its end."""
    acted = Run.objects.filter(automation__org_id=run.org_id, acted_at__gt=now - HOUR)
    many = dict(acted.order_by().values_list("automation_id").annotate(n=Count("pk")))
    if sum(many.values()) < rules.MOST_A_TEAM:
        return
    most = rules.MOST_A_TEAM
    busiest = Automation.objects.get(pk=max(many, key=lambda pk: many[pk]))
    saying = Saying(
        f"团队的自动化一小时内一共执行了 {most} 次，这条最多，先暂停。看过运行记录再打开",
        f"All automations of the team ran {most} times within an hour, this one the most; paused",
    )
    if busiest.state in ALIVE:
        halt(busiest, "paused", saying, now)
    raise Stop("capped", Saying(f"团队到了每小时 {most} 次的上限", f"The team's cap of {most} an hour was reached"))


def _act(run: Run, case: Case, action: Mapping[str, Any], place: int, now: datetime) -> None:
    """One action: planned and written down, then done. What was settled before a crash stays as it was."""
    known = run.steps[place] if place < len(run.steps) else None
    if known is not None and known["state"] != "begun":
        return
    try:
        plan = known["plan"] if known else planned(case, action, now)
        if known is None:
            run.steps.append({"do": action["do"], "state": "begun", "plan": plan, "zh": plan["zh"], "en": plan["en"]})
            Run.objects.filter(pk=run.pk).update(steps=run.steps)
        state = do(case.actor.with_(cause=cause_of(run.pk, place)), plan, run_id=run.pk, place=place)
        step = {"state": state, "zh": plan["zh"], "en": plan["en"]}
    except Refusal as no:
        step = {"state": "refused" if no.status in (403, 404) else "failed", "zh": no.zh, "en": no.en}
    told = {"do": action["do"], **step}
    run.steps[place:] = [told]
    Run.objects.filter(pk=run.pk).update(steps=run.steps)
