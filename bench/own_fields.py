"""A team's own fields at a million rows, beside the built-in ones: `python -m bench.run own-fields`.

Filter, sort and page by an indexed own field and by the built-in column that holds the same values; the same without
an index for whoever sees 200,000 rows; adding a field; building an index under writers (`bench/own_writers.py`); a
form of 60 fields (`bench/own_form.py`); lists and boards of an own type. Needs PostgreSQL: the database named like
that of GENJIN_DATABASE_URL with `_million` behind it is made and filled where it is missing. Writes
bench/results/own-fields.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from django.conf import settings
from django.db import connection

from bench import own_form, own_writers
from bench.million import FIELDS, TYPE, Team, design, send, team
from bench.pairs import asker, pair, plan_of, told
from bench.run import RESULTS, Rig, machine
from genjin.lib import moment
from genjin.schema.own_indexes import reconcile

TIMES = 60
#: Behind the name of the database of the common workload.
MILLION = "_million"
#: Pages of 200 rows that lie before the later page.
DEEP = 50
Asked = dict[str, Any]


def query(asked: Asked) -> str:
    """The path of a list of customers."""
    sent = {name: orjson.dumps(value).decode() if name == "filter" else value for name, value in asked.items()}
    return f"/customers?{urlencode({'limit': 50, **sent}, quote_via=quote)}"


def between(field: str, low: Any, high: Any) -> Asked:
    return {"field": field, "op": "between", "value": [low, high]}


def same(field: str, value: Any) -> Asked:
    return {"field": field, "op": "eq", "value": value}


def asked_of(keys: dict[str, str], twin: str) -> dict[str, tuple[Asked, Asked]]:
    """Name → (by an own field, by the built-in column that holds the same)."""
    own = {name: keys[f"{name} {twin}"] for name in FIELDS}
    amounts, numbers = (20_000_00, 40_000_00), (20_000, 40_000)
    days = ("2025-01-01", "2025-01-31")
    first = {"field": "stage", "op": "eq", "value": "negotiation"}
    return {
        "number: a range, highest first": (
            {"filter": between(own["number"], *numbers), "sort": f"-{own['number']}"},
            {"filter": between("amount", *amounts), "sort": "-amount"},
        ),
        "amount: a range, highest first": (
            {"filter": between(own["amount"], *amounts), "sort": f"-{own['amount']}"},
            {"filter": between("amount", *amounts), "sort": "-amount"},
        ),
        "date: a month, earliest first": (
            {"filter": between(own["date"], *days), "sort": own["date"]},
            {"filter": between("next_due_at", *days), "sort": "next_due"},
        ),
        "option: one of five, newest contact first": (
            {"filter": same(own["option"], "negotiation"), "sort": "-last_contact"},
            {"filter": first, "sort": "-last_contact"},
        ),
        "option: one of five, by next step": (
            {"filter": same(own["option"], "negotiation"), "sort": "next_due"},
            {"filter": first, "sort": "next_due"},
        ),
        "text: one of fifty, newest contact first": (
            {"filter": same(own["text"], "珠海"), "sort": "-last_contact"},
            {"filter": same("region", "珠海"), "sort": "-last_contact"},
        ),
    }


def later(rig: Rig, asked: Asked) -> Asked:
    """The same list behind `DEEP` pages of 200 rows."""
    behind: Asked = {}
    for _ in range(DEEP):
        found = orjson.loads(asker(rig, "admin", f"/api/v1{query({**asked, **behind, 'limit': 200})}")())
        if not found["next"]:
            break
        behind = {"cursor": found["next"]}
    return {**asked, **behind}


def indexed(rig: Rig, teamed: Team) -> dict[str, Any]:
    """By an indexed own field and by the built-in one, first page and a later one."""
    found: dict[str, Any] = {}
    for name, (own, built_in) in asked_of(teamed.keys, "indexed").items():
        for page in ("first page", "later page"):
            ours, theirs = (own, built_in) if page == "first page" else (later(rig, each) for each in (own, built_in))
            one, other = (asker(rig, "admin", f"/api/v1{query(each)}") for each in (ours, theirs))
            plans = [plan_of(teamed.sessions["admin"], query(each), "customers_customer") for each in (ours, theirs)]
            figures = {**pair(rig, one, other, TIMES), "own": plans[0], "built_in": plans[1]}
            found[f"{name}, {page}"] = figures
            show(f"{name}, {page}", figures)
    return found


def unindexed(rig: Rig, teamed: Team) -> dict[str, Any]:
    """Without an index, for the head of 200,000 rows; and what somebody is told who sees all of the million."""
    found: dict[str, Any] = {}
    for name, (own, _) in asked_of(teamed.keys, "plain").items():
        path = query(own)
        ask = asker(rig, "region", f"/api/v1{path}")
        spent = [timed(ask) for _ in range(9)]
        status, text = rig.send("admin", "GET", f"/api/v1{path}", b"")
        found[name] = {
            "wall_ms": told(spent),
            "plan": plan_of(teamed.sessions["region"], path, "customers_customer"),
            "above": {"status": status, "said": orjson.loads(text).get("zh", "")},
        }
        show(name, found[name])
    return found


def timed(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def adding(teamed: Team) -> dict[str, Any]:
    """Publishing the form with one field more, the whole request in this process."""
    admin = teamed.sessions["admin"]
    spent = []
    for number in range(9):
        body = design(admin)
        body["fields"].append({"zh": f"加 {time.time_ns()} {number}", "type": "number"})
        spent.append(timed(lambda body=body: send(admin, "PUT", "/designs/customer", body)))  # type: ignore[misc]
    add_back(admin)
    return {"wall_ms": told(spent), "times": len(spent)}


def add_back(admin: str) -> None:
    """Take the fields away again, so that the next run begins as this one did."""
    body = design(admin)
    body["fields"] = [each for each in body["fields"] if not str(each.get("zh", "")).startswith("加 ")]
    send(admin, "PUT", "/designs/customer", body)


def own_type(rig: Rig, teamed: Team) -> dict[str, Any]:
    """Lists and boards of an own type with a million rows, by whoever sees his own, a fifth, all of them."""
    filtered = quote(orjson.dumps(between("cf_1", 20_000_00, 40_000_00)).decode())
    paths = {
        "newest page": f"/records/{TYPE}?limit=50",
        "page by state": f"/records/{TYPE}?limit=50&sort=state_at",
        "indexed filter and sort": f"/records/{TYPE}?limit=50&sort=-cf_1&filter={filtered}",
        "board": f"/records/{TYPE}/board",
        "tabs": f"/records/{TYPE}/views",
    }
    found: dict[str, Any] = {}
    for name, path in paths.items():
        for who in ("rep", "region", "admin"):
            try:
                ask = asker(rig, who, f"/api/v1{path}")
                figures = pair(rig, ask, asker(rig, who, "/api/v1/customers?limit=50"), TIMES)
            except RuntimeError as wrong:
                figures = {"refused": str(wrong)}
            found[f"{name}, {who}"] = figures
            show(f"{name}, {who}", figures)
    return found


def show(name: str, figures: Any) -> None:
    print(f"{name:60}", json.dumps(figures, ensure_ascii=False), flush=True)


def run(parts: list[str]) -> dict[str, Any]:
    """All figures, or those of the named parts."""
    teamed = team(Path(os.environ["GENJIN_BENCH_DATA"]))
    admin = teamed.sessions["admin"]
    # A run that was broken off, or the builder of the last one, may have left an index behind.
    for name, key in teamed.keys.items():
        send(admin, "PUT", f"/designs/customer/fields/{key}/index", {"wanted": name.endswith(" indexed")})
    reconcile()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE customers_customer")
    connection.close()
    rig = Rig(teamed.sessions)
    wanted: dict[str, Callable[[], Any]] = {
        "indexed": lambda: indexed(rig, teamed),
        "unindexed": lambda: unindexed(rig, teamed),
        "own_type": lambda: own_type(rig, teamed),
        "form": lambda: own_form.run(rig, teamed),
        "adding": lambda: adding(teamed),
        "building": lambda: own_writers.run(teamed),
    }
    found: dict[str, Any] = {}
    try:
        for name, measured in wanted.items():
            if not parts or name in parts:
                found[name] = measured()
                show(name, found[name])
    finally:
        rig.stop()
    return found


def main(parts: list[str]) -> None:
    """In a database of its own, so that the common workload keeps the size at which its figures are told."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "postgresql":
        print("own fields are measured on PostgreSQL alone")
        return
    if not name.endswith(MILLION):
        address = os.environ["GENJIN_DATABASE_URL"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name + MILLION])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name + MILLION)}")
        head, mark, rest = address.partition("?")
        data = Path(settings.DATA) / "million"
        there = {**os.environ, "GENJIN_DATABASE_URL": head + MILLION + mark + rest, "GENJIN_DATA": str(data)}
        subprocess.run([sys.executable, "-m", "bench.own_fields", *parts], env=there, check=True)
        return
    write(run(parts))


def write(found: dict[str, Any]) -> None:
    """Into the results; parts that were not measured this time stay as they are, each with its day and machine."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / "own-fields.json"
    kept = json.loads(target.read_text()) if target.exists() else {}
    here = {"machine": machine(), "day": moment.now().date().isoformat()}
    kept |= {name: {**here, "figures": figures} for name, figures in found.items()}
    target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
