"""Events of the log that automations wait for become runs, in the transaction of the cursor: each exactly once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F

from genjin.access.guard import unscoped
from genjin.automations.cases import counts, subject_of
from genjin.automations.models import Automation, AutomationVersion, Run
from genjin.automations.rules import DEEPEST, SOURCE, run_of
from genjin.automations.triggers import EVENTS, triggers_of
from genjin.history.followers import follower
from genjin.history.models import Event
from genjin.lib import moment
from genjin.records.models import Record
from genjin.schema.own_kinds import MADE_OF
from genjin.schema.shapes import Team

ALIVE = ("on", "failing")


@follower("automations", *EVENTS)
def lay_runs(events: Sequence[Event]) -> None:
    """One run for each automation and event that it answers; nothing of the condition is judged here.

    An automation never answers what it has caused itself, and no more than three answer each other: such a run
    stands in the log as refused. Five statements a batch.
    """
    waiting = _alive({event.org_id for event in events})
    if not waiting:
        return
    chains, kinds = _chains(events), _own_kinds(events)
    now = moment.now()
    rows = [
        row
        for event in events
        for automation, body in waiting[event.org_id]
        if (row := _run(automation, body, event, chains.get(event.pk, []), kinds.get(event.pk, ""), now)) is not None
    ]
    Run.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _alive(org_ids: set[int]) -> dict[int, list[tuple[Automation, dict[str, Any]]]]:
    """Organisation → automations in force and what they say."""
    rows = Automation.objects.filter(org_id__in=org_ids, state__in=ALIVE, removed_at__isnull=True)
    automations = {each.pk: each for each in rows.select_related("org").order_by("pk")}
    found: dict[int, list[tuple[Automation, dict[str, Any]]]] = defaultdict(list)
    versions = AutomationVersion.objects.filter(automation_id__in=list(automations), number=F("automation__live"))
    for each in versions.order_by("automation_id") if automations else ():
        automation = automations[each.automation_id]
        found[automation.org_id].append((automation, each.body))
    return found


def _chains(events: Sequence[Event]) -> dict[int, list[int]]:
    """Event → the automations that led to it, of the events that automations caused."""
    causes = {event.pk: pk for event in events if event.source == SOURCE and (pk := run_of(event.cause)) is not None}
    chains = dict(Run.objects.filter(pk__in=set(causes.values())).values_list("pk", "chain")) if causes else {}
    return {event: chains.get(pk, []) for event, pk in causes.items()}


def _own_kinds(events: Sequence[Event]) -> dict[int, str]:
    """Event → the own type of its row."""
    rows = {event.pk: event.subject_id for event in events if event.subject_type == MADE_OF}
    found = unscoped(Record, "worker").filter(pk__in=set(rows.values())) if rows else ()
    kinds = {each.pk: each.kind for each in found}
    return {event: kinds.get(row, "") for event, row in rows.items()}


def _run(
    automation: Automation, body: dict[str, Any], event: Event, chain: list[int], kind: str, now: Any
) -> Run | None:
    team = Team(event.org_id, automation.org.config_version)
    trigger = triggers_of(team).get(body["event"])
    since = automation.since
    if trigger is None or since is None or event.at < since or automation.pk in chain:
        return None
    if kind and trigger.kind != kind:
        return None
    subject = subject_of(trigger, event) if event.name in trigger.events else None
    if subject is None or not counts(team, trigger, body, event):
        return None
    deep = len(chain) >= DEEPEST
    return Run(
        org_id=event.org_id,
        automation=automation,
        number=automation.live or 0,
        event_id=event.pk,
        trigger=trigger.key,
        subject_type=trigger.kind,
        subject_id=subject,
        root_id=event.root_id if event.root_type == "customer" else None,
        at=event.at,
        due_at=now,
        chain=[*chain, automation.pk],
        state="refused" if deep else "waiting",
        why_zh=f"连锁超过 {DEEPEST} 层，没有执行" if deep else "",
        why_en=f"More than {DEEPEST} automations in a row; not done" if deep else "",
    )
