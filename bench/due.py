"""What is due in a minute, and a morning with 50,000 reminders: `python -m bench.run due [customers [reminders]]`.

Needs an empty (or by this filled) PostgreSQL database in GENJIN_DATABASE_URL. A million customers with two open agenda
rows each, of a thousand people in fifty departments: one row with ordinary reminders, one on a ladder. Writes
bench/results/due.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from genjin.access.actor import Actor  # noqa: E402
from genjin.access.guard import unscoped  # noqa: E402
from genjin.access.queries import actor_of_member  # noqa: E402
from genjin.agenda.actions import add_todo  # noqa: E402
from genjin.agenda.climbing import climb_all, waiting_to_climb  # noqa: E402
from genjin.agenda.ladder_rules import Ladder, Rung  # noqa: E402
from genjin.agenda.ladders import ladder_of  # noqa: E402
from genjin.agenda.models import AgendaItem  # noqa: E402
from genjin.customers.actions import create_customer  # noqa: E402
from genjin.customers.models import Customer  # noqa: E402
from genjin.history.models import Event  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.notify.models import Notice  # noqa: E402
from genjin.notify.queries import waiting_for_reminder  # noqa: E402
from genjin.notify.tasks import remind_all  # noqa: E402
from genjin.orgs.models import Membership, Organisation  # noqa: E402
from genjin.packs.organisation import add_department, create_organisation, give_role  # noqa: E402

CUSTOMERS, DUE = 1_000_000, 50_000
PEOPLE, DEPARTMENTS = 1000, 50
#: Rows whose time comes within one minute of a working day of two million.
IN_A_MINUTE = 500
KIND = "bench"
LADDER = Ladder((Rung("before", 4, "hours", "remind", "owner"), Rung("due", 4, "workhours", "copy", "superior")))
WAYS: Mapping[str, Callable[[], object]] = {"climb": climb_all, "remind": remind_all}


@ladder_of(KIND)
def ladders(_: Actor, items: Sequence[AgendaItem]) -> list[Ladder | None]:
    """One for all."""
    return [LADDER] * len(items)


def fill(customers: int) -> None:
    """Rows are copies of one that the product made, multiplied inside the database."""
    now = moment.now()
    boss = create_organisation("基准公司", account="due@example.com", password="bench-2026", person="管理员", now=now)
    ids = []
    for number in range(DEPARTMENTS):
        department = add_department(boss.org, f"销售{number}部")
        for place in range(PEOPLE // DEPARTMENTS):
            member = Membership.objects.create(org=boss.org, name=f"{number}-{place}", department=department)
            give_role(member, "supervisor" if place == 0 else "rep")
            ids.append((member.pk, department.pk))
    first = actor_of_member(ids[1][0])
    customer = int(create_customer(first, values={"name": "第一有限公司", "source": "online"})["id"])
    item = int(add_todo(first, act="发报价", due_at=now + timedelta(days=30), customer_id=customer)["id"])
    owner, department_id = (f"(ARRAY{[each[at] for each in ids]})[1 + n % {PEOPLE}]" for at in (0, 1))
    own = {"id": f"{customer} + n", "name": "name || n", "name_key": "name_key || n", "owner_id": owner,
           "department_id": department_id}  # fmt: skip
    copy_rows(Customer, customer, customers - 1, own)
    later = f"'{now.isoformat()}'::timestamptz + interval '1 day' + (n % 80000) * interval '1 minute'"
    common = {"owner_id": owner, "customer_id": f"{customer} + n % {customers}", "due_at": later,
              "created_at": "created_at - interval '10 days'"}  # fmt: skip
    copy_rows(AgendaItem, item, customers, {**common, "id": f"{item} + n", "tell_at": later, "told": "'none'"})
    copy_rows(AgendaItem, item, customers, {**common, "id": f"{item + customers} + n", "kind": f"'{KIND}'",
                                        "tell_at": "NULL", "climb_at": later})  # fmt: skip
    after_copying(Customer, AgendaItem)


def copy_rows(model: type[models.Model], pk: int, count: int, own: Mapping[str, str]) -> None:
    """So many copies of one row, with other values by expressions over `n`."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(own.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {model._meta.db_table}, "
            f"generate_series(1, {count}) AS n WHERE id = {pk}"
        )


def after_copying(*tables: type[models.Model]) -> None:
    """The next id is free, and the planner knows the rows."""
    with connection.cursor() as cursor:
        for model in tables:
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            cursor.execute(f"ANALYZE {table}")


def make_due(count: int, column: str, now: datetime) -> None:
    """So many rows, of all people, speak up now; those of the run before are quiet."""
    rows = unscoped(AgendaItem, "bench").filter(**{f"{column}__isnull": False})
    rows.filter(**{f"{column}__lte": now}).update(**{column: now + timedelta(days=40)})
    ids = list(rows.filter(kind=KIND if column == "climb_at" else "task").order_by("pk").values_list("pk")[:count])
    soon = now + timedelta(hours=3)
    rows.filter(pk__in=[pk for (pk,) in ids]).update(**{column: now, "due_at": soon, "rung": 0, "told": "none"})


def scan(way: Callable[[datetime], object], column: str) -> dict[str, Any]:
    """Milliseconds in the database for finding what is due in a minute, and the tables that were read as a whole."""
    now = moment.now()
    make_due(IN_A_MINUTE, column, now)
    with CaptureQueriesContext(connection) as captured:
        list(way(now))  # type: ignore[call-overload]
    sql = captured[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        plan = json.loads(json.dumps(cursor.fetchone()[0]))[0]
    return {"ms": round(plan["Execution Time"], 1), "whole_tables": sorted(set(_scans(plan["Plan"])))}


def _scans(node: Mapping[str, Any]) -> list[str]:
    own = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" else []
    return own + [name for each in node.get("Plans", []) for name in _scans(each)]


def morning(name: str, column: str, count: int) -> dict[str, Any]:
    """Two workers, started together; what they told is counted afterwards."""
    Notice.objects.all().delete()
    before = Event.objects.filter(name="agenda.climbed").count()
    make_due(count, column, moment.now())
    begun = time.perf_counter()
    workers = [subprocess.Popen([sys.executable, "-m", "bench.due", "work", name]) for _ in range(2)]
    failed = sum(worker.wait() != 0 for worker in workers)
    seconds = time.perf_counter() - begun
    told = Notice.objects.values("member").annotate(many=Count("id"))
    left = unscoped(AgendaItem, "bench").filter(**{f"{column}__lte": moment.now()}).count()
    return {
        "due": count,
        "seconds": round(seconds, 1),
        "workers_failed": failed,
        "left": left,
        "rungs": Event.objects.filter(name="agenda.climbed").count() - before,
        "people_told": len(told),
        "most_notices_of_one": max((each["many"] for each in told), default=0),
    }


def run(customers: int = CUSTOMERS, due: int = DUE) -> dict[str, Any]:
    """Fill if empty, then measure."""
    call_command("migrate", verbosity=0)
    if not Organisation.objects.exists():
        fill(customers)
    found: dict[str, Any] = {"day": moment.now().date().isoformat(), "cores": os.cpu_count()}
    found["agenda rows"] = unscoped(AgendaItem, "bench").filter(state="open").count()
    found["scan of a minute, ladders"] = scan(waiting_to_climb, "climb_at")
    found["scan of a minute, reminders"] = scan(waiting_for_reminder, "tell_at")
    found["morning, ladders"] = morning("climb", "climb_at", due)
    found["morning, reminders"] = morning("remind", "tell_at", due)
    return found


if __name__ == "__main__" and sys.argv[1:2] == ["work"]:
    WAYS[sys.argv[2]]()
