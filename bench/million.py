"""A million customers and a million rows of an own record type, for the figures of own fields (`bench/own_fields.py`).

The workload's customers ten times over, inside the database, as one organisation; every own field holds what a
built-in column of the same row holds, so that both filter and sort the very same rows. Contacts, follow-ups and search
rows are left out: nothing measured here reads them. `python -m bench.million FOLDER` prints the sessions.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")

import django

django.setup()

import orjson  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench import load  # noqa: E402
from genjin.access.models import Grant, Role  # noqa: E402
from genjin.customers.models import Customer  # noqa: E402
from genjin.orgs.models import Department, Login, Membership, Organisation  # noqa: E402
from genjin.packs.organisation import add_department, create_organisation  # noqa: E402

CUSTOMERS = RECORDS = 1_000_000
#: Departments under the head who sees 200,000 of the million.
REGION = 4
#: Own type and states of its rows.
TYPE = "x_bench"
STATES = ("asked", "checked", "sent", "used", "closed")
#: Name → (type, the expression of its value over the columns of `customers_customer`); each twice, with and without
#: an index.
FIELDS = {
    "number": ("number", "round(amount / 100.0, 2)"),
    "amount": ("money", "amount"),
    "date": ("date", "to_char(next_due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"),
    "option": ("option", "stage"),
    "text": ("text", "region"),
}


@dataclass
class Team:
    """A client for each session, and the key of each own field by name and whether it is to have an index."""

    sessions: dict[str, str]
    keys: dict[str, str]


def send(session: str, method: str, path: str, body: Any = None) -> Any:
    """One request in this process."""
    client = Client()
    client.cookies["genjin_session"] = session
    client.cookies["csrftoken"] = "c" * 32
    data = orjson.dumps(body) if body is not None else b""
    answer = client.generic(
        method, f"/api/v1{path}", data, content_type="application/json", headers={"X-CSRFToken": "c" * 32}
    )
    if answer.status_code >= 300:
        raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.content[:300]!r}")
    return orjson.loads(answer.content)


def design(session: str, of: str = "customer") -> dict[str, Any]:
    """The form in force, ready to be changed and sent back."""
    found = send(session, "GET", f"/designs/{of}")
    fields = [{name: value for name, value in each.items() if name not in ("own", "can")} for each in found["fields"]]
    return {"version": found["version"], "fields": fields, "groups": found["groups"], "rules": found["rules"]}


def add_fields(session: str, fields: list[dict[str, Any]], of: str = "customer") -> list[str]:
    """Publish further fields at the end of a form; their keys."""
    body = design(session, of)
    body["fields"] += fields
    keys: list[str] = send(session, "PUT", f"/designs/{of}", body)["keys"]
    return keys[-len(fields) :]


def team(folder: Path) -> Team:
    """The million, loaded unless it is there (`GENJIN_DATA` keeps the sessions)."""
    from django.conf import settings  # noqa: PLC0415

    kept = Path(settings.DATA) / "million.json"
    if not kept.exists():
        call_command("migrate", verbosity=0)
        kept.parent.mkdir(parents=True, exist_ok=True)
        sessions, keys = _load(folder)
        kept.write_text(json.dumps({"sessions": sessions, "keys": keys}))
    return Team(**json.loads(kept.read_text()))


def _load(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    admin = create_organisation(
        "百万公司", account="million@example.com", password="bench-2026", person="管理员", now=load.NOW
    )
    org = admin.org
    departments = load.departments_of(org, folder)
    members = load.members_of(org, folder, departments)
    sessions = {"admin": load.session_of(admin), "rep": load.session_of(members["2"]),
                "region": load.session_of(_head(org, departments))}  # fmt: skip
    keys = _forms(sessions["admin"])
    _open_type(org)
    load.customers_of(org, folder, members, departments, plain=True)
    _multiply(org, keys)
    _records(org, sessions["admin"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return sessions, keys


def _head(org: Organisation, departments: dict[str, Department]) -> Membership:
    """Somebody at the head of four departments: a fifth of the reps and of the rows."""
    region = add_department(org, "大区")
    for number in range(1, REGION + 1):
        each = departments[str(number)]
        each.parent, each.path = region, f"{region.path}{region.pk}/"
        each.save()
    login = Login.objects.create(account="region@example.com", password="")
    head = Membership.objects.create(org=org, login=login, name="大区经理", department=region)
    Grant.objects.create(org=org, member=head, role=Role.objects.get(org=org, key="supervisor"))
    return head


def _forms(admin: str) -> dict[str, str]:
    """Each field twice on the form of customers; one of each is to have an index."""
    fields = [{"zh": f"{name} {twin}", "type": kind, **({"options": "stage"} if kind == "option" else {})}
              for twin in ("indexed", "plain") for name, (kind, _) in FIELDS.items()]  # fmt: skip
    keys = add_fields(admin, fields)
    named = {each["zh"]: key for each, key in zip(fields, keys, strict=True)}
    states = [{"key": key, "zh": key, "closed": key == "closed"} for key in STATES]
    own = [{"zh": "金额", "type": "money"}, {"zh": "阶段", "type": "option", "options": "stage"}]
    send(admin, "POST", "/record-types", {"zh": "样品", "slug": TYPE, "states": states, "fields": own})
    for key in ("cf_1", "cf_2"):
        send(admin, "PUT", f"/designs/{TYPE}/fields/{key}/index", {"wanted": True})
    return named


def _open_type(org: Organisation) -> None:
    """Give the own type to the roles as an administrator would: a rep his own rows, a supervisor his team's."""
    for key, held in (("rep", ["self"]), ("supervisor", ["subtree", "self"])):
        role = Role.objects.get(org=org, key=key)
        role.scopes[TYPE] = {"see": held, "change": held}
        role.save()


def _multiply(org: Organisation, keys: dict[str, str]) -> None:
    """Own fields into every customer, then each nine times more with other times, amounts and names."""
    own = ", ".join(f"'{keys[f'{name} {twin}']}', {value}" for twin in ("indexed", "plain")
                    for name, (_, value) in FIELDS.items())  # fmt: skip
    table = Customer._meta.db_table
    names = [str(each.column) for each in Customer._meta.concrete_fields if each.column not in ("id", "extra")]
    shifts = {
        "name": "name || ' ' || copy",
        "name_key": "name_key || copy",
        "amount": "(amount * (0.7 + 0.6 * random()))::bigint",
        "active_at": "active_at - copy * interval '47 minutes'",
        "next_due_at": "active_at + random() * interval '120 days'",
        "next_act": "'回访'",
        "next_step_id": "NULL",
    }
    columns, values = ", ".join(names), ", ".join(shifts.get(each, each) for each in names)
    copies = CUSTOMERS // 100_000
    with _without_indexes(table) as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(f"UPDATE {table} SET next_due_at = {shifts['next_due_at']} WHERE org_id = %s", [org.pk])
        cursor.execute(
            f"INSERT INTO {table} ({columns}, extra) SELECT {values}, '{{}}' "
            f"FROM {table}, generate_series(1, {copies - 1}) AS copy WHERE org_id = %s",
            [org.pk],
        )
        cursor.execute(f"UPDATE {table} SET extra = jsonb_build_object({own}) WHERE org_id = %s", [org.pk])
        cursor.execute(f"VACUUM FULL {table}")


class _without_indexes:
    """A large load is done before its indexes: those of a table go, and come again afterwards."""

    def __init__(self, table: str) -> None:
        self.cursor = connection.cursor()
        self.cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c ON c.conname = i.indexname "
            "WHERE i.tablename = %s AND c.oid IS NULL AND i.indexdef NOT LIKE 'CREATE UNIQUE%%'",
            [table],
        )
        self.found: list[tuple[str, str]] = self.cursor.fetchall()

    def __enter__(self) -> Any:
        for name, _ in self.found:
            self.cursor.execute(f'DROP INDEX "{name}"')
        return self.cursor

    def __exit__(self, *gone: object) -> None:
        self.cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in self.found:
            self.cursor.execute(definition)
        self.cursor.execute("RESET maintenance_work_mem")


def _records(org: Organisation, admin: str) -> None:
    """Rows of the own type, spread over the reps, the states and the customers."""
    with _without_indexes("records_record") as cursor:
        cursor.execute(
            "INSERT INTO records_record (org_id, version, created_at, updated_at, extra, kind, number, name, state, "
            "state_at, customer_id, owner_id, department_id) "
            "SELECT org_id, 1, created_at, updated_at, jsonb_build_object('cf_1', amount, 'cf_2', stage), %s, n, "
            "'样品 ' || n, (%s::text[])[1 + (n * 7919::bigint) %% 5], active_at, id, owner_id, department_id FROM "
            "(SELECT *, row_number() OVER (ORDER BY md5(id::text))::int AS n FROM customers_customer "
            "WHERE org_id = %s) AS each ORDER BY n",
            [TYPE, list(STATES), org.pk],
        )
        cursor.execute("INSERT INTO records_counter (org_id, kind, last) VALUES (%s, %s, %s)", [org.pk, TYPE, RECORDS])


if __name__ == "__main__":
    print(json.dumps(team(Path(sys.argv[1])).__dict__, ensure_ascii=False, indent=1))
