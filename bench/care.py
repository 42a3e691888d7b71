"""Care by plan for many customers: `python -m bench.care [customers]`.

Needs an empty PostgreSQL database in GENJIN_DATABASE_URL. One team, customers that were won on different days of the
last year, a person with a birthday at each; the standard plans. Written down: the first night, which makes the next
act of each plan and customer sixty days ahead, the night after it, and the memory of the process.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from genjin.access.guard import unscoped  # noqa: E402
from genjin.access.queries import actor_of_member  # noqa: E402
from genjin.care.models import CareItem  # noqa: E402
from genjin.care.tasks import make_tonight  # noqa: E402
from genjin.customers.actions import create_contact, create_customer  # noqa: E402
from genjin.customers.models import Contact, Customer  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.packs.organisation import create_organisation  # noqa: E402

CUSTOMERS = 1_000_000


def _copy(model: Any, pk: int, many: int, changed: dict[str, str]) -> None:
    """The row so many times over, with other values in some columns (SQL over `n`)."""
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, generate_series(1, {many}) AS n "
            f"WHERE id = {pk}"
        )
        cursor.execute(f"ANALYZE {table}")


def fill(many: int) -> int:
    """The team and its customers; returns its id."""
    call_command("migrate", verbosity=0)
    boss = create_organisation("大客户量", account="boss@bench.example", password="x", person="老板", now=moment.now())
    actor = actor_of_member(boss.pk)
    values = {"name": "客户 0", "source": "online", "life_cycle": "signed"}
    first = create_customer(actor, values=values, contact={"name": "王总"}, confirm_duplicate=True)["id"]
    create_contact(actor, first, values={"name": "李芸", "birthday": "农历八月十五"})
    person = unscoped(Contact, "bench").get(name="李芸")
    _copy(Customer, first, many - 1, {
        "id": f"{first} + n", "name": "'客户 ' || n", "name_key": "'客户' || n",
        "won_at": "now() - (n % 365) * interval '1 day'", "stage_at": "now()",
    })  # fmt: skip
    _copy(Contact, person.pk, many - 1, {
        "id": f"{person.pk} + n", "customer_id": f"{first} + n",
        "birthday": "CASE WHEN n % 3 = 0 THEN '农历' || (1 + n % 12) || '月' || (1 + n % 30) || '日' "
                    "ELSE '1980-' || lpad((1 + n % 12)::text, 2, '0') || '-' || lpad((1 + n % 28)::text, 2, '0') END",
    })  # fmt: skip
    return boss.org_id


def run(many: int = CUSTOMERS) -> dict[str, Any]:
    org_id, results = fill(many), dict[str, Any]()
    for night, days in (("first", 0), ("same night again", 0), ("next", 1)):
        begun = time.perf_counter()
        with moment.frozen(moment.now() + timedelta(days=days)):
            made = make_tonight(org_id)
        results[night] = {"made": made, "seconds": round(time.perf_counter() - begun, 1)}
    results["customers"], results["items"] = many, unscoped(CareItem, "bench").filter(org_id=org_id).count()
    results["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return results


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:])), ensure_ascii=False, indent=1))
