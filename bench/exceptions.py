"""The board of exceptions over a million customers: `python -m bench.run exceptions [customers [stuck]]`.

Needs an empty (or by this or `bench/due.py` filled) PostgreSQL database in GENJIN_DATABASE_URL: two open agenda rows a
customer, of a thousand people in fifty departments. So many of them are made late, of all kinds of the board, with
something that holds up a third of them. Measured is the answer to GET /exceptions through the whole server in this
process, for whoever sees the whole firm, a department's supervisor and a rep, beside the least SQL that counts and
lists the same late rows without scope, reasons or field rights. Writes bench/results/exceptions.json.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import due, load  # noqa: E402
from bench.million import send  # noqa: E402
from genjin.access.guard import unscoped  # noqa: E402
from genjin.agenda.models import AgendaItem  # noqa: E402
from genjin.agenda.rules import STUCK_KINDS  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.orgs.models import Login, Membership, Organisation  # noqa: E402

CUSTOMERS, STUCK = 1_000_000, 20_000
TIMES = 40
#: Of a hundred late rows, by kind; objections are left out, they have a table of their own.
SHARES = {"node_limit": 55, "cadence": 20, "help": 8, "review": 7, "approve": 5, "takeup": 5}
STAGES = ("lead", "needs", "proposal", "demo", "negotiation", "service")
PATHS = {
    "first page": "/exceptions",
    "one kind": "/exceptions?kind=node",
    "one node": "/exceptions?node=demo",
    "one reason": "/exceptions?reason=none",
}
COUNT = """
SELECT a.kind, m.department_id, c.stage, count(*), sum(now() - a.due_at)
FROM agenda_agendaitem a JOIN orgs_membership m ON m.id = a.owner_id JOIN customers_customer c ON c.id = a.customer_id
WHERE a.org_id = %s AND a.state = 'open' AND a.deleted_at IS NULL AND a.kind = ANY(%s) AND a.due_at <= now()
  AND c.deleted_at IS NULL
GROUP BY 1, 2, 3
"""
LIST = """
SELECT a.id, a.kind, a.act, a.due_at, a.climb_at, m.name, c.name, c.stage
FROM agenda_agendaitem a JOIN orgs_membership m ON m.id = a.owner_id JOIN customers_customer c ON c.id = a.customer_id
WHERE a.org_id = %s AND a.state = 'open' AND a.deleted_at IS NULL AND a.kind = ANY(%s) AND a.due_at <= now()
  AND c.deleted_at IS NULL
ORDER BY a.climb_at, a.id LIMIT 21
"""


def make_late(count: int) -> None:
    """So many rows on ladders, of all people, are late and of the kinds of the board; before, all are as they were."""
    now = moment.now()
    rows = unscoped(AgendaItem, "bench")
    rows.filter(kind__in=STUCK_KINDS).update(kind=due.KIND, due_at=now + timedelta(days=30), climb_at=None)
    total = rows.filter(kind=due.KIND).count()
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agenda_agendaitem SET kind = (%s::text[])[1 + (id / %s) %% 100], due_at = %s::timestamptz - "
            "(1 + id %% 400) * interval '1 hour', created_at = %s::timestamptz - interval '30 days', climb_at = CASE "
            "WHEN id %% 4 = 0 THEN NULL ELSE %s::timestamptz + (id %% 90) * interval '1 hour' END, rung = 1, "
            "source_id = customer_id, source_type = 'node' WHERE kind = %s AND id %% %s = 0",
            [kinds, max(1, total // count), now, now, now, due.KIND, max(1, total // count)],
        )
        # What holds up belongs to the customer of the next late row.
        cursor.execute(
            "UPDATE agenda_agendaitem AS held SET customer_id = beside.customer_id FROM agenda_agendaitem AS beside "
            "WHERE held.kind IN ('help', 'approve') AND beside.id = held.id + %s",
            [max(1, total // count)],
        )
        cursor.execute(
            "UPDATE customers_customer SET stage = (%s::text[])[1 + id %% 6], next_due_at = CASE "
            "WHEN id %% 3 = 0 THEN NULL ELSE %s::timestamptz + (id %% 9 - 4) * interval '1 day' END WHERE id IN "
            "(SELECT customer_id FROM agenda_agendaitem WHERE kind = ANY(%s))",
            [list(STAGES), now, list(SHARES)],
        )
        for table in ("agenda_agendaitem", "customers_customer"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def spent(call: Callable[[], object]) -> dict[str, float]:
    """p50 and p95 in ms of one caller."""
    for _ in range(5):
        call()
    found = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        call()
        found.append((time.perf_counter() - begun) * 1000)
    found.sort()
    return {"p50_ms": round(statistics.median(found), 1), "p95_ms": round(found[int(len(found) * 0.95)], 1)}


def bare(org_id: int) -> None:
    """The same rows counted and listed by two statements."""
    with connection.cursor() as cursor:
        for sql in (COUNT, LIST):
            cursor.execute(sql, [org_id, list(STUCK_KINDS)])
            cursor.fetchall()


def readers() -> dict[str, tuple[str, int]]:
    """Who → session and how many statements the first page takes."""
    org = Organisation.objects.get(name="基准公司")
    people = Membership.objects.filter(org=org).order_by("pk")
    chosen = {
        "whole firm": people.get(name="管理员"),
        "a department": people.get(name="7-0"),
        "a rep": people.get(name="7-1"),
    }
    found = {}
    for who, member in chosen.items():
        if member.login is None:
            login, _ = Login.objects.get_or_create(account=f"board-{member.pk}@example.com", defaults={"password": ""})
            member.login = login
            member.save()
        session = load.session_of(member)
        send(session, "GET", "/exceptions")
        with CaptureQueriesContext(connection) as captured:
            send(session, "GET", "/exceptions")
        found[who] = (session, len(captured))
    return found


def run(customers: int = CUSTOMERS, stuck: int = STUCK) -> dict[str, Any]:
    """Fill if empty, make rows late, then measure."""
    call_command("migrate", verbosity=0)
    if not Organisation.objects.exists():
        due.fill(customers)
    make_late(stuck)
    org_id = Organisation.objects.get(name="基准公司").pk
    found: dict[str, Any] = {"day": moment.now().date().isoformat(), "cores": os.cpu_count(), "people": due.PEOPLE}
    found["open agenda rows"] = unscoped(AgendaItem, "bench").filter(state="open").count()
    late = unscoped(AgendaItem, "bench").filter(kind__in=STUCK_KINDS, due_at__lte=moment.now())
    found["late rows"] = late.count()
    for who, (session, statements) in readers().items():
        found[who] = {"statements": statements, "rows": send(session, "GET", "/exceptions")["total"]}
        for name, path in PATHS.items():
            found[who][name] = spent(lambda session=session, path=path: send(session, "GET", path))  # type: ignore[misc]
            print(f"{who}, {name}", json.dumps(found[who][name]), flush=True)
    found["bare SQL, whole firm"] = spent(lambda: bare(org_id))
    return found
