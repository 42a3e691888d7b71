"""`/bench/floor`: the same session and the least SQL, to compare the product with (bench mode only)."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse

from genjin.agenda.models import AgendaItem
from genjin.api.auth import authenticate
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.history.models import Event, EventData
from genjin.lib import moment
from genjin.schema.bulk import insert_values
from genjin.schema.saving import update_row
from genjin.search.models import SearchRow
from genjin.search.steps import own

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
    "D1_LINES": "SELECT id, version, contact_at, precision, entered_at, late, channel, summary, feedback, quotes, "
    "score, status, contacted_by_id, entered_by_id, objections, needs, qa, risks, attitude_from, attitude_to, result "
    "FROM followups_followup WHERE org_id = %s AND customer_id = %s AND deleted_at IS NULL "
    "ORDER BY contact_at DESC, id DESC LIMIT 20",
    "D1_PEOPLE": "SELECT id, version, name, title, phone, wechat, email FROM customers_contact "
    "WHERE org_id = %s AND customer_id = %s AND deleted_at IS NULL",
    "D1_AGENDA": "SELECT id, version, act, due_at, precision, owner_id FROM agenda_agendaitem "
    "WHERE org_id = %s AND customer_id = %s AND state = 'open' AND deleted_at IS NULL ORDER BY due_at LIMIT 100",
}


#: The floor reads what the bare limit reads: the list and its count; a customer, records, people and to-dos.
_PARTS = ("COUNT", "LINES", "PEOPLE", "AGENDA")
_FOUND = {
    "postgresql": "SELECT record_id FROM search_searchrow WHERE string_to_array(tokens, ' ') @> %s::text[] LIMIT 1000",
    "sqlite": "SELECT record_id FROM search_searchrow WHERE id IN (SELECT rowid FROM search_fts WHERE search_fts "
    "MATCH %s) LIMIT 1000",
}
_HOLDS = (
    "EXISTS (SELECT 1 FROM search_searchrow s WHERE s.record_type = 'customer' AND s.record_id = customers_customer.id "
    "AND ' ' || s.tokens || ' ' LIKE %s)"
)
_WORDS = ("王总", "总看", "二期")
_AMONG = {"postgresql": "id = ANY(%s)", "sqlite": "id IN (SELECT value FROM json_each(%s))"}


def floor(request: HttpRequest, name: str) -> HttpResponse:
    """Session, raw SQL, orjson: what no design of ours can beat by much."""
    actor = authenticate(request)
    given = request.GET.getlist("v")
    if name == "L3":
        return _answer(search(actor.org_id, actor.member_id, given[0], common=given[1:] == ["common"]))
    if name == "W1":
        return _answer(write(actor.org_id, actor.member_id, int(orjson.loads(request.body)["customer_id"])))
    values: list[str | int | None] = [actor.org_id, *given]
    if len(values) == 1:
        values.append(actor.member_id)
    queries = [_SQL[each] for each in (name, *(f"{name}_{part}" for part in _PARTS)) if each in _SQL]
    return _answer([_rows(sql, values) for sql in queries])


def search(org_id: int, member_id: int | None, token: str, *, common: bool = False) -> list[dict[str, Any]]:
    """The index of words by one token, then the rows; a word that most names hold is looked for in the list."""
    engine, token = connection.vendor, own(org_id, "customer", token)
    owned = _LIST + "WHERE org_id = %s AND owner_id = %s AND deleted_at IS NULL AND {} "
    owned += "ORDER BY active_at DESC, id DESC LIMIT 20"
    if common:
        return _rows(owned.format(_HOLDS), [org_id, member_id, f"% {token} %"])
    found = _rows(_FOUND[engine], [[token] if engine == "postgresql" else f'"{token}"'])
    ids = [row["record_id"] for row in found]
    return _rows(
        owned.format(_AMONG[engine]), [org_id, member_id, ids if engine == "postgresql" else orjson.dumps(ids).decode()]
    )


def write(org_id: int, member_id: int | None, customer_id: int) -> dict[str, int]:
    """What logging a contact writes in one transaction: record, search row, to-do, two events with their payloads,
    the customer's columns. Nothing is read, checked or judged."""
    now = moment.now()
    row = {"org_id": org_id, "created_at": now, "updated_at": now, "customer_id": customer_id}
    with transaction.atomic():
        record = _insert(FollowUp, {**row, "contact_at": now, "entered_at": now, "contacted_by_id": member_id,
                                    "entered_by_id": member_id, "channel": "phone", "summary": "王总看了二期方案",
                                    "feedback": "30 天内能到就定", "score": 100})  # fmt: skip
        tokens = " ".join(own(org_id, "followup", each) for each in _WORDS)
        insert_values(
            SearchRow, ("org_id", "record_type", "record_id", "tokens"), [(org_id, "followup", record, tokens)]
        )
        item = _insert(AgendaItem, {**row, "act": "发清单", "owner_id": member_id, "due_at": now})
        facts = {"org_id": org_id, "at": now, "member_id": member_id, "root_type": "customer", "root_id": customer_id}
        for name, kind, subject in (("followup.logged", "followup", record), ("agenda.added", "agenda", item)):
            event = _insert(Event, {**facts, "name": name, "subject_type": kind, "subject_id": subject})
            insert_values(EventData, ("event_id", "salt", "data"), [(event, "0" * 32, b"{}")])
        columns = {"next_step_id": item, "next_act": "发清单", "last_contact_at": now, "active_at": now}
        update_row(Customer, customer_id, columns)
    return {"id": record}


def _insert(model: type[models.Model], values: dict[str, Any]) -> int:
    cells = {**_defaults(model), **values}
    return insert_values(model, tuple(cells), [tuple(cells.values())])[0]


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    """What every column holds unless said otherwise; the database fills the rest."""
    fields = (each for each in model._meta.concrete_fields if not each.primary_key and not each.has_db_default())
    return {each.attname: each.get_default() for each in fields}


def _rows(sql: str, values: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _answer(found: Any) -> HttpResponse:
    return HttpResponse(orjson.dumps(found, default=str), content_type="application/json")
