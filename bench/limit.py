"""The bare limit: the least SQL for the same JSON, by the plain driver and orjson, without HTTP.

Fixed once; every figure of the product is a ratio beside these in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import orjson
from django.db import connection

from genjin.api import floor

LIST = """
SELECT id, version, name, short_key, intent_class, life_cycle, stage, industry, region, source, owner_id,
       next_step_id, next_act, next_due_at, next_precision, last_contact_at, last_channel, last_words, amount,
       currency, recent_days, tags, contact_name, contact_title, contact_phone
FROM customers_customer
"""
L1 = LIST + "WHERE org_id = %s AND owner_id = %s AND deleted_at IS NULL ORDER BY active_at DESC, id DESC LIMIT 50"
L2 = (
    LIST
    + "WHERE org_id = %s AND industry = %s AND stage = %s AND deleted_at IS NULL "
    + "ORDER BY COALESCE(amount, 0) DESC, id DESC LIMIT 50"
)
L2_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM customers_customer WHERE org_id = %s AND industry = %s AND stage = %s "
    "AND deleted_at IS NULL LIMIT 1001) AS capped"
)
D1_CUSTOMER = "SELECT * FROM customers_customer WHERE id = %s AND org_id = %s AND deleted_at IS NULL"
D1_LINES = """
SELECT id, version, contact_at, precision, entered_at, late, channel, summary, feedback, quotes, score, status,
       contacted_by_id, entered_by_id, objections, needs, qa, risks, attitude_from, attitude_to, result
FROM followups_followup WHERE org_id = %s AND customer_id = %s AND deleted_at IS NULL
ORDER BY contact_at DESC, id DESC LIMIT 20
"""
D1_CONTACTS = (
    "SELECT id, version, name, title, phone, wechat, email FROM customers_contact "
    "WHERE org_id = %s AND customer_id = %s AND deleted_at IS NULL"
)
D1_AGENDA = (
    "SELECT id, version, act, due_at, precision, owner_id FROM agenda_agendaitem "
    "WHERE org_id = %s AND customer_id = %s AND state = 'open' AND deleted_at IS NULL ORDER BY due_at LIMIT 100"
)


def fetch(sql: str, arguments: list[Any]) -> list[dict[str, Any]]:
    """Rows as dicts by the plain cursor."""
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def l1(org: int, owner: int) -> bytes:
    return orjson.dumps(fetch(L1, [org, owner]), default=str)


def l2(org: int, industry: str, stage: str) -> bytes:
    rows = fetch(L2, [org, industry, stage])
    return orjson.dumps({"items": rows, "count": fetch(L2_COUNT, [org, industry, stage])}, default=str)


def d1(org: int, customer: int) -> bytes:
    return orjson.dumps(
        {
            "customer": fetch(D1_CUSTOMER, [customer, org]),
            "lines": fetch(D1_LINES, [org, customer]),
            "contacts": fetch(D1_CONTACTS, [org, customer]),
            "agenda": fetch(D1_AGENDA, [org, customer]),
        },
        default=str,
    )


def l3(org: int, owner: int, text: str) -> bytes:
    return orjson.dumps(floor.search(org, owner, text), default=str)


def w1(org: int, member: int, customer: int) -> bytes:
    return orjson.dumps(floor.write(org, member, customer))


def own_cpu_ms(call: Callable[[], bytes], times: int) -> float:
    """Mean CPU milliseconds of this process for one call (the server's share is counted apart)."""
    for _ in range(20):
        call()
    begun = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - begun) / times * 1000
