"""Loads the generator's CSV files into the configured database, as one organisation.

The rows go in by bulk inserts (the benchmark measures reading and single writes; the import
operation is measured through the product's own path). `python -m bench.load FOLDER`.
"""

from __future__ import annotations

import csv
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from genjin.access.models import Grant, Role, Session  # noqa: E402
from genjin.access.queries import digest  # noqa: E402
from genjin.customers.models import Contact, Customer  # noqa: E402
from genjin.customers.rules import keys_of  # noqa: E402
from genjin.customers.steps import index_contacts, index_customers  # noqa: E402
from genjin.followups.models import FollowUp  # noqa: E402
from genjin.orgs.models import Department, Login, Membership, Organisation  # noqa: E402
from genjin.packs.organisation import create_organisation  # noqa: E402
from genjin.schema.shapes import Team  # noqa: E402
from genjin.search.steps import Entry, index_entries  # noqa: E402

NOW = datetime(2025, 6, 1, tzinfo=UTC)
STAGES = {"线索": "lead", "初步接触": "lead", "需求确认": "needs", "方案报价": "proposal", "商务谈判": "negotiation",
          "合同签订": "negotiation", "成交": "service", "流失": "lead"}  # fmt: skip
CHANNELS = {"电话": "phone", "微信": "wechat", "拜访": "visit", "邮件": "email", "会议": "meeting", "短信": "sms"}
BATCH = 2000


def rows_of(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def load(folder: Path) -> dict[str, Any]:
    """Fill an empty database; returns session secrets of a rep and a manager."""
    admin = create_organisation(
        "基准公司", account="bench@example.com", password="bench-2026", person="管理员", now=NOW
    )
    org = admin.org
    departments = departments_of(org, folder)
    members = members_of(org, folder, departments)
    options = _industries(org)
    kept = customers_of(org, folder, members, departments, options)
    _followups(org, folder, members, kept)
    with connection.cursor() as cursor:
        # What the database does by itself after such a load on a server in use.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    manager = Membership.objects.get(pk=members["1"].pk)
    everything = Role.objects.get(org=org, key="management")
    Grant.objects.create(org=org, member=manager, role=everything)
    return {"rep": session_of(members["2"]), "manager": session_of(manager), "admin": session_of(admin)}


def session_of(member: Membership) -> str:
    secret = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    Session.objects.create(digest=digest(secret), member=member, created_at=now, expires_at=now + timedelta(days=30))
    return secret


def departments_of(org: Organisation, folder: Path) -> dict[str, Department]:
    root = Department.objects.get(org=org, parent=None)
    return {
        row["id"]: Department.objects.create(org=org, name=row["name"], parent=root, path=f"/{root.pk}/")
        for row in rows_of(folder, "departments.csv")
    }


def members_of(org: Organisation, folder: Path, departments: dict[str, Department]) -> dict[str, Membership]:
    roles = {role.key: role for role in Role.objects.filter(org=org)}
    password = make_password("bench-2026")
    found = {}
    for row in rows_of(folder, "users.csv"):
        login = Login.objects.create(account=row["email"], password=password)
        member = Membership.objects.create(
            org=org, login=login, name=row["name"], department=departments[row["department_id"]]
        )
        role = roles["supervisor" if row["is_manager"] == "1" else "rep"]
        Grant.objects.create(org=org, member=member, role=role)
        found[row["id"]] = member
    return found


def _industries(org: Organisation) -> dict[str, str]:
    return {
        word: choice["key"]
        for choice in org.option_set.filter(list_name="industry").values("key", "zh", "synonyms")
        for word in (choice["zh"], *choice["synonyms"])
    }


def customers_of(
    org: Organisation,
    folder: Path,
    members: dict[str, Membership],
    departments: dict[str, Department],
    industries: dict[str, str] | None = None,
    *,
    plain: bool = False,
) -> dict[str, int]:
    """The customers of the file, number → id; `plain`: without contacts and search rows."""
    industries = industries if industries is not None else _industries(org)
    kept: dict[str, int] = {}
    keys: set[str] = set()
    batch: list[tuple[str, Customer]] = []
    for row in rows_of(folder, "customers.csv"):
        customer = _customer(org, row, members, departments, industries)
        if customer.name_key in keys:
            continue
        keys.add(customer.name_key)
        batch.append((row["id"], customer))
        if len(batch) == BATCH:
            _insert(batch, kept, plain)
    _insert(batch, kept, plain)
    return kept


def _customer(
    org: Organisation,
    row: dict[str, str],
    members: dict[str, Membership],
    departments: dict[str, Department],
    industries: dict[str, str],
) -> Customer:
    made, active = moment(row["created_at"]), moment(row["last_activity_at"])
    return Customer(
        org=org,
        name=row["name"],
        **keys_of(row["name"]),
        owner=members[row["owner_id"]],
        department=departments[row["department_id"]],
        industry=industries.get(row["industry"], "other"),
        source="online",
        stage=STAGES[row["stage"]],
        stage_at=active,
        life_cycle="lost" if row["stage"] == "流失" else "potential",
        intent_class=row["tier"],
        amount=round(float(row["amount"]) * 100),
        region=row["city"],
        address=row["address"],
        contact_name="联系人",
        contact_phone=row["phone"],
        created_at=made,
        updated_at=active,
        active_at=active,
        last_contact_at=active,
        last_channel="phone",
        last_words="预算还在内部审批",
        recent_days=[active.date().isoformat()],
    )


def _insert(batch: list[tuple[str, Customer]], kept: dict[str, int], plain: bool) -> None:
    if not batch:
        return
    customers = [customer for _, customer in batch]
    with transaction.atomic():
        Customer.objects.bulk_create(customers, batch_size=BATCH)
        if not plain:
            _reachable(customers)
    kept.update({number: customer.pk for number, customer in batch})
    batch.clear()


def _reachable(customers: list[Customer]) -> None:
    """Their contacts, and what both are found by."""
    contacts = Contact.objects.bulk_create(
        [
            Contact(
                org_id=each.org_id,
                customer=each,
                name="联系人",
                phone=each.contact_phone,
                primary=True,
                created_at=each.created_at,
                updated_at=each.created_at,
            )
            for each in customers
        ],
        batch_size=BATCH,
    )
    team = Team(customers[0].org_id, customers[0].org.config_version)
    index_customers(team, customers, new=True)
    index_contacts(team, contacts, new=True)


def _followups(org: Organisation, folder: Path, members: dict[str, Membership], kept: dict[str, int]) -> None:
    batch: list[FollowUp] = []
    for row in rows_of(folder, "followups.csv"):
        if row["customer_id"] not in kept:
            continue
        at, author = moment(row["occurred_at"]), members[row["author_id"]]
        batch.append(
            FollowUp(
                org=org,
                customer_id=kept[row["customer_id"]],
                contact_at=at,
                entered_at=at,
                created_at=at,
                updated_at=at,
                contacted_by=author,
                entered_by=author,
                department_id=author.department_id,
                channel=CHANNELS[row["method"]],
                summary=row["content"],
                feedback="预算还在内部审批",
                score=80,
            )
        )
        if len(batch) == BATCH:
            _insert_records(batch)
            batch.clear()
    _insert_records(batch)


def _insert_records(batch: list[FollowUp]) -> None:
    made = FollowUp.objects.bulk_create(batch, batch_size=BATCH)
    entries = [Entry(each.org_id, "followup", each.pk, (each.summary, each.feedback[:200])) for each in made]
    index_entries(entries, new=True)


if __name__ == "__main__":
    import json

    print(json.dumps(load(Path(sys.argv[1]))))
