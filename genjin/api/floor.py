"""`/bench/floor`: the same session and the least SQL, to compare the product with (bench mode only)."""

from __future__ import annotations

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse

from genjin.api.auth import authenticate

_LIST = (
    "SELECT id, version, name, short_key, intent_class, life_cycle, stage, industry, region, source, owner_id, "
    "next_step_id, next_act, next_due_at, next_precision, last_contact_at, last_channel, last_words, amount, "
    "currency, recent_days, tags, contact_name, contact_title, contact_phone FROM customers_customer "
)
_SQL = {
    "L1": _LIST + "WHERE org_id = %s AND owner_id = %s AND deleted_at IS NULL "
    "ORDER BY active_at DESC, id DESC LIMIT 50",
    "L2": _LIST + "WHERE org_id = %s AND industry = %s AND stage = %s AND deleted_at IS NULL "
    "ORDER BY COALESCE(amount, 0) DESC, id DESC LIMIT 50",
    "L2_COUNT": "SELECT count(*) FROM (SELECT 1 FROM customers_customer WHERE org_id = %s AND industry = %s "
    "AND stage = %s AND deleted_at IS NULL LIMIT 1001) AS capped",
    "D1": "SELECT * FROM customers_customer WHERE org_id = %s AND id = %s AND deleted_at IS NULL",
    "D1_LINES": "SELECT id, version, contact_at, channel, summary, feedback, quotes, score, status, contacted_by_id "
    "FROM followups_followup WHERE org_id = %s AND customer_id = %s AND deleted_at IS NULL "
    "ORDER BY contact_at DESC, id DESC LIMIT 20",
}


def floor(request: HttpRequest, name: str) -> HttpResponse:
    """Session, raw SQL, orjson: what no design of ours can beat."""
    actor = authenticate(request)
    values: list[str | int | None] = [actor.org_id, *request.GET.getlist("v")]
    if len(values) == 1:
        values.append(actor.member_id)
    queries = [(_SQL[name], values)]
    for further in (f"{name}_COUNT", f"{name}_LINES"):
        if further in _SQL:
            queries.append((_SQL[further], values))
    found = []
    with connection.cursor() as cursor:
        for sql, arguments in queries:
            cursor.execute(sql, arguments)
            names = [column[0] for column in cursor.description]
            found.append([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])
    return HttpResponse(orjson.dumps(found, default=str), content_type="application/json")
