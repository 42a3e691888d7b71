"""A node's limit changes while people write: `python -m bench.run redate`, in the database that `bench.due` fills.

A hundred thousand customers stand in one node with an open to-do of it. Its limit is published anew; the worker gives
the to-dos their new times while a writer moves limits of the same rows by hand (R-090). Then the limit goes, and comes
back, so that all of them get a clock anew. Written down are the seconds until the last row is right, what the preview
said, and how long the writer waited at most.
"""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from bench import due
from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.models import Grant
from genjin.access.queries import actor_of_member
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.playbook.books import Book, books_of, shown
from genjin.playbook.impact import impact
from genjin.playbook.limit_steps import KIND
from genjin.playbook.models import LimitRecount
from genjin.playbook.publish_actions import publish
from genjin.playbook.tasks import keep_limits
from genjin.schema.queries import options_of

ROWS = 100_000
STAGE = "needs"


def fill(org_id: int) -> int:
    """So many customers in the node since a week, each with its open to-do; returns how many there are."""
    rows = unscoped(AgendaItem, "bench").filter(OPEN, org_id=org_id, kind=KIND)
    if rows.count() >= ROWS:
        return rows.count()
    since = moment.now() - timedelta(days=1)
    customers = unscoped(Customer, "bench").filter(org_id=org_id).order_by("pk")
    first = customers.values_list("pk", flat=True)[0]
    customers.filter(pk__lt=first + ROWS).update(stage=STAGE, stage_at=since)
    item = unscoped(AgendaItem, "bench").filter(org_id=org_id, kind=due.KIND).order_by("pk")[0]
    due.copy_rows(AgendaItem, item.pk, ROWS, {
        "id": "(SELECT max(id) FROM agenda_agendaitem) + n", "kind": f"'{KIND}'", "source_type": "'node'",
        "source_id": f"{first} + n - 1", "customer_id": f"{first} + n - 1",
        "owner_id": f"(SELECT owner_id FROM customers_customer WHERE id = {first} + n - 1)",
        "due_at": f"'{since.isoformat()}'::timestamptz + interval '30 days'",
    })  # fmt: skip
    due.after_copying(AgendaItem)
    return rows.count()


class Writer(threading.Thread):
    """Writes on random rows of those that are re-dated, and notes how long each write took."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__()
        self.ids, self.waits, self.over = ids, [0.0], threading.Event()

    def run(self) -> None:
        step = 7919
        at = 0
        while not self.over.is_set():
            at = (at + step) % len(self.ids)
            begun = time.perf_counter()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE agenda_agendaitem SET hushed = hushed WHERE id = %s", [self.ids[at]])
            self.waits.append(time.perf_counter() - begun)
            time.sleep(0.02)
        connection.close()


def run() -> dict[str, Any]:
    """Publish another limit, then none, then one again; each time one worker does its rounds."""
    org = Organisation.objects.order_by("pk").first()
    assert org is not None
    admins = Grant.objects.filter(org_id=org.pk, role__key="admin")
    boss, count = actor_of_member(admins.values_list("member_id", flat=True)[0]), fill(org.pk)
    days = 21 if _limit_of(org.pk).get("amount") == 20 else 20
    limit = {"warn_hours": None, "pause_waiting": True, "clock": "days"}
    return {
        "rows": count,
        "changed": published(boss, org.pk, {**limit, "amount": days}),
        "removed": published(boss, org.pk, None),
        "set_again": published(boss, org.pk, {**limit, "amount": days}),
    }


def _document(org_id: int) -> tuple[Book, dict[str, Any], dict[str, Any]]:
    book = next(each for each in books_of(org_id, 0) if any(node["key"] == STAGE for node in each.body["nodes"]))
    document = shown(book, options_of(org_id, 0))
    return book, document, next(each for each in document["nodes"] if each["key"] == STAGE)


def _limit_of(org_id: int) -> dict[str, Any]:
    found: dict[str, Any] = _document(org_id)[2]["limit"] or {}
    return found


def published(boss: Actor, org_id: int, limit: dict[str, Any] | None) -> dict[str, Any]:
    """What it took until the last row was right, while somebody wrote on the same customers."""
    book, document, node = _document(org_id)
    node["limit"] = limit
    node["ladder"] = node["ladder"] if limit else []
    last = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    rows = unscoped(AgendaItem, "bench").filter(org_id=org_id, kind=KIND)
    writer = Writer(list(rows.order_by("-pk").values_list("pk", flat=True)[:ROWS]))
    asked = time.perf_counter()
    told = impact(boss, book.key, document, {}, now=moment.now())["clocks"]
    writer.start()
    begun = time.perf_counter()
    publish(boss, key=book.key, version=book.version, document=document, mapping={})
    done = time.perf_counter() - begun
    while LimitRecount.objects.exists():
        keep_limits()
    seconds = time.perf_counter() - begun
    writer.over.set()
    writer.join()
    waits, events = sorted(writer.waits), Event.objects.filter(pk__gt=last)
    return {
        "preview_seconds": round(begun - asked, 2),
        "preview": {name: told[name] for name in ("begun", "begun_over", "redated", "redated_over", "ended")},
        "publish_seconds": round(done, 2),
        "seconds": round(seconds, 1),
        **{name: events.filter(name=f"agenda.{name}").count() for name in ("turned", "rested", "planned")},
        "open_after": rows.filter(OPEN).count(),
        "writes_meanwhile": len(waits) - 1,
        "longest_write_ms": round(waits[-1] * 1000, 1),
        "p95_write_ms": round(waits[int(len(waits) * 0.95)] * 1000, 1),
    }
