"""Writers while an index is built on a million rows: 1,000 tries each, beside the same writers without a build.

What a try takes says how busy two cores are; whether a writer *waits* is asked of the database: every try runs under
`lock_timeout = 50 ms`, so one that waited longer for a lock would fail and be counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection

from bench.million import Team, send
from bench.pairs import told
from genjin.customers.models import Customer

TRIES = 1000
#: Builds and drops the indexes of one field over and over until it is ended.
BUILDER = """
import sys, time
import django
django.setup()
from genjin.schema.models import OwnIndex
from genjin.schema.own_indexes import reconcile
org, key = int(sys.argv[1]), sys.argv[2]
while True:
    for wanted in (True, False):
        if wanted:
            OwnIndex.objects.get_or_create(org_id=org, record_type="customer", key=key)
        else:
            OwnIndex.objects.filter(org_id=org, record_type="customer", key=key).delete()
        begun = time.monotonic()
        reconcile()
        print("built" if wanted else "dropped", round(time.monotonic() - begun, 2), flush=True)
"""


def run(teamed: Team) -> dict[str, Any]:
    """Each kind of writer without and with a build beside it."""
    key = teamed.keys["number plain"]
    rows = Customer.objects.scoped("bench: rows to write").order_by("-id").values_list("id", "version")[:TRIES]
    ids = [pk for pk, _ in rows]
    writers: dict[str, Callable[[int], float]] = {
        "the product's own PATCH of the field": lambda pk: _patch(teamed, pk, key),
        "a plain UPDATE of the field": lambda pk: _update(pk, key),
    }
    found: dict[str, Any] = {}
    for name, write in writers.items():
        alone = _tries(write, ids)
        builder = _start(Customer.objects.scoped("bench: team").values_list("org_id", flat=True)[0], key)
        try:
            beside = _tries(write, ids, until=time.monotonic() + 60)
        finally:
            builds = _stop(builder)
        found[name] = {"alone": alone, "beside a build": beside, "builds": builds}
    return found


def _value() -> int:
    """Another one each time, so that every try writes."""
    return time.time_ns() // 1000 % 10**9


def _patch(teamed: Team, pk: int, key: str) -> float:
    found = send(teamed.sessions["admin"], "GET", f"/customers/{pk}")
    version = found.get("version") or found["customer"]["version"]
    begun = time.perf_counter()
    send(teamed.sessions["admin"], "PATCH", f"/customers/{pk}", {"version": version, key: _value()})
    return time.perf_counter() - begun


def _update(pk: int, key: str) -> float:
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_customer SET extra = extra || jsonb_build_object(%s::text, %s), version = version + 1 "
            "WHERE id = %s",
            [key, _value(), pk],
        )
    return time.perf_counter() - begun


def _tries(write: Callable[[int], float], ids: list[int], until: float = 0.0) -> dict[str, Any]:
    """A thousand tries, and more until that moment."""
    spent, waited, at = [], 0, 0
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    while at < len(ids) or time.monotonic() < until:
        try:
            spent.append(write(ids[at % len(ids)]) * 1000)
        except (DatabaseError, RuntimeError) as wrong:
            if "lock" not in str(wrong).lower() and "busy" not in str(wrong).lower():
                raise
            waited += 1
        at += 1
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
    over = sum(each > 50 for each in spent)
    return {"tries": at, "waited_over_50_ms_for_a_lock": waited, "took_over_50_ms": over, "took_ms": told(spent)}


def _start(org: int, key: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILDER, str(org), key]
    builder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    time.sleep(2)
    return builder


def _stop(builder: subprocess.Popen[str]) -> list[str]:
    builder.terminate()
    said, _ = builder.communicate()
    return said.splitlines()
