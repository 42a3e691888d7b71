"""Route × role: what everybody gets on 李销售's data. A route without a row fails the suite."""

from __future__ import annotations

import re
from typing import Any

import orjson
import pytest
from django.db import transaction
from django.test import Client

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role, Session
from genjin.approvals.models import Approval
from genjin.approvals.tests.conftest import review_all
from genjin.customers.models import Contact, Customer, Need
from genjin.followups.models import FollowUp
from genjin.followups.tasks import draw_the_week
from genjin.people.models import OneTimeLink
from tests.routes import all_routes

PEOPLE = ("li", "wang", "zhao", "qian", "admin", "outsider", "nobody")
DUE = "2026-11-30T02:00:00Z"

#: Rows: li (owner) · wang (same department) · zhao (supervisor) · qian (other department) · admin · outsider
#: (another organisation, administrator there) · nobody (not logged in).
EVERYONE = "200 200 200 200 200 200 401"
ITEM = "200 404 200 404 200 404 401"
AUTHOR = "200 404 403 404 403 404 401"
MADE = "201 404 201 404 201 404 401"
BATCH_OF_SUPERVISOR = "403 403 200 403 200 404 401"
#: Lists of one's own team for its administrator; and what names a row of it.
ADMIN = "403 403 403 403 200 200 401"
ADMIN_OF_TEAM = "403 403 403 403 200 404 401"
OPEN = "200 200 200 200 200 200 200"
LEADERS = "403 403 200 403 200 200 401"

TABLE: dict[str, tuple[str, Any]] = {
    "GET /customers": (EVERYONE, None),
    "GET /customers/views": (EVERYONE, None),
    "GET /customers/board": (EVERYONE, None),
    "POST /customers": ("201 201 201 201 201 201 401", {"name": "新客户公司", "source": "online"}),
    "POST /customers/lookup": (EVERYONE, {"name": "甲公司"}),
    "POST /customers/class": (BATCH_OF_SUPERVISOR, {"ids": ["$customer"], "intent_class": "A"}),
    "POST /customers/tags": (ITEM, {"ids": ["$customer"], "add": ["重点"]}),
    "POST /customers/merge": (ITEM, {"ids": ["$customer", "$second"], "into": "$customer"}),
    "POST /customers/preview": (BATCH_OF_SUPERVISOR, {"verb": "delete", "ids": ["$customer"]}),
    "POST /customers/{customer_id}/merge-request": (ITEM, {"name": "$hidden"}),
    "GET /views": (EVERYONE, None),
    "POST /views": ("201 201 201 201 201 201 401", {"record_type": "customer", "name": "我的 A 类"}),
    "PUT /views/order": (EVERYONE, {"record_type": "customer", "keys": ["silent", "mine"]}),
    "PATCH /views/{view_id}": ("200 404 404 404 404 404 401", {"version": 1, "sort": "name"}),
    "POST /views/{view_id}/share": (
        BATCH_OF_SUPERVISOR,
        {"@view_id": "$shared_view", "version": 2, "shared": "nobody"},
    ),
    "DELETE /views/{view_id}": ("403 403 204 403 204 404 401", {"@view_id": "$shared_view"}),
    "GET /batches": (EVERYONE, None),
    "POST /batches/undo": ("200 404 404 404 404 404 401", {"batch": "$batch"}),
    "GET /bin": (EVERYONE, None),
    "POST /followups/restore": (AUTHOR, {"ids": ["$removed"]}),
    "POST /customers/delete": (BATCH_OF_SUPERVISOR, {"ids": ["$customer"]}),
    "POST /customers/restore": ("403 403 200 403 200 404 401", {"ids": ["$deleted"]}),
    "POST /customers/transfer": (BATCH_OF_SUPERVISOR, {"ids": ["$customer"], "to_member_id": "$wang"}),
    "GET /customers/{customer_id}": (ITEM, None),
    "PATCH /customers/{customer_id}": (ITEM, {"version": "$version", "region": "苏州"}),
    "GET /customers/{customer_id}/timeline": (ITEM, None),
    "GET /customers/{customer_id}/brief": (ITEM, None),
    "POST /customers/{customer_id}/contacts": (MADE, {"name": "李芸"}),
    "PATCH /contacts/{contact_id}": (ITEM, {"version": 1, "title": "总监"}),
    "DELETE /contacts/{contact_id}": (ITEM, {"?version": 1}),
    "POST /customers/{customer_id}/collaborators": (MADE, {"member_id": "$qian"}),
    "DELETE /customers/{customer_id}/collaborators/{member_id}": (ITEM, None),
    "POST /customers/{customer_id}/needs": (MADE, {"text": "夜班培训", "kind": "service"}),
    "PATCH /needs/{need_id}": (ITEM, {"version": 2, "text": "改了的需求"}),
    "DELETE /needs/{need_id}": (ITEM, {"?version": 2}),
    "GET /followups": (EVERYONE, None),
    "POST /followups": (MADE, {"customer_id": "$customer", "$": "good"}),
    "POST /followups/check": (ITEM, {"customer_id": "$customer", "summary": "已联系"}),
    "POST /followups/tidy-chat": (EVERYONE, {"text": "甲：在吗"}),
    "POST /followups/attempts": (
        MADE,
        {"customer_id": "$customer", "channel": "phone", "kind": "no_answer", "next_try_at": DUE},
    ),
    "GET /followups/drafts": (EVERYONE, None),
    "PUT /followups/drafts/{client_key}": (ITEM, {"customer_id": "$customer", "body": {}}),
    "DELETE /followups/drafts/{client_key}": ("204 404 404 404 404 404 401", None),
    "GET /followups/{followup_id}": (ITEM, None),
    "PATCH /followups/{followup_id}": (AUTHOR, {"version": 1, "result": "认可"}),
    "DELETE /followups/{followup_id}": (AUTHOR, None),
    "POST /comments": (MADE, {"customer_id": "$customer", "followup_id": "$followup", "text": "先别催价"}),
    "PATCH /comments/{comment_id}": (AUTHOR, {"version": 1, "text": "改了的评论"}),
    "DELETE /comments/{comment_id}": (AUTHOR, None),
    "POST /comments/{comment_id}/take-down": (BATCH_OF_SUPERVISOR, {"why": "写错了客户"}),
    "GET /agenda": (EVERYONE, None),
    "POST /agenda": (MADE, {"customer_id": "$customer", "act": "打电话", "due_at": DUE}),
    "POST /agenda/{item_id}/done": (ITEM, {"version": 1}),
    "POST /agenda/{item_id}/reschedule": (ITEM, {"version": 1, "due_at": DUE}),
    "POST /agenda/{item_id}/reopen": (ITEM, {"version": 1}),
    "POST /agenda/{item_id}/hush": (ITEM, None),
    "POST /agenda/{item_id}/assign": (ITEM, {"version": 1, "owner_id": "$li"}),
    "GET /approvals": (EVERYONE, None),
    "GET /approvals/counts": (EVERYONE, None),
    "GET /approvals/of/{record_type}/{record_id}": (ITEM, {"@record_type": "followup", "@record_id": "$followup"}),
    "GET /approvals/{approval_id}": (ITEM, None),
    "POST /approvals/pass": (BATCH_OF_SUPERVISOR, {"ids": ["$approval"]}),
    "POST /approvals/{approval_id}/return": (BATCH_OF_SUPERVISOR, {"reasons": {"summary": "补数字"}}),
    "POST /approvals/{approval_id}/waive": (BATCH_OF_SUPERVISOR, {"@approval_id": "$returned", "fields": ["topic"]}),
    "POST /approvals/{approval_id}/resubmit": (AUTHOR, {"@approval_id": "$mended"}),
    "POST /approvals/{approval_id}/comments": (MADE, {"text": "原话就这一句"}),
    "POST /approvals/{approval_id}/grade": (
        "403 200 403 404 403 404 401",
        {"@approval_id": "$drawn", "answers": "$answers"},
    ),
    "GET /models": (EVERYONE, None),
    "POST /models": ("403 403 201 403 201 404 401", {"record_id": "$followup", "verdict": "good"}),
    "DELETE /models/{model_id}": (BATCH_OF_SUPERVISOR, None),
    "GET /targets/progress": (EVERYONE, None),
    "GET /targets/team": (EVERYONE, None),
    "GET /targets/team/file": (EVERYONE, None),
    "GET /targets/rows": (ITEM, {"?member_id": "$li"}),
    "GET /targets": ("403 403 200 403 200 200 401", None),
    "GET /targets/proposal": ("403 403 200 403 200 200 401", None),
    "PUT /targets": (BATCH_OF_SUPERVISOR, {"month": "2026-11", "cells": "$cells"}),
    "PATCH /targets/settings": ("403 403 403 403 200 200 401", {"ranking": True}),
    "GET /desk/today": (EVERYONE, None),
    "GET /desk/weekly-report": (EVERYONE, None),
    "GET /find": (EVERYONE, None),
    "GET /customers/{customer_id}/since": (ITEM, None),
    "GET /versions/{record_type}/{record_id}": (ITEM, {"@record_type": "followup", "@record_id": "$followup"}),
    "GET /versions/{record_type}/{record_id}/{number}": (
        ITEM,
        {"@record_type": "customer", "@record_id": "$customer", "@number": 1},
    ),
    "POST /versions/{record_type}/{record_id}/{number}": (
        ITEM,
        {"@record_type": "need", "@record_id": "$need", "@number": 1, "version": 2},
    ),
    "GET /assignments": (EVERYONE, None),
    "POST /assignments": (BATCH_OF_SUPERVISOR, {"ids": ["$customer"], "member_ids": ["$wang"]}),
    "POST /assignments/preview": (BATCH_OF_SUPERVISOR, {"ids": ["$customer"], "member_ids": ["$wang"]}),
    "GET /assignments/rules": (LEADERS, None),
    "PUT /assignments/rules": (
        "403 403 200 403 200 422 401",
        {"version": 0, "rules": [{"name": "全部", "member_ids": ["$wang"]}]},
    ),
    "POST /assignments/rules/preview": (
        "403 403 200 403 200 422 401",
        {"rules": [{"name": "全部", "member_ids": ["$wang"]}]},
    ),
    "GET /assignments/receivers": (EVERYONE, None),
    "PUT /assignments/receivers/{member_id}": (
        "200 404 200 404 200 404 401",
        {"@member_id": "$li", "away_until": "2026-12-01"},
    ),
    "POST /customers/{customer_id}/take-up": ("200 404 403 404 403 404 401", {"@customer_id": "$given"}),
    "GET /customers/{customer_id}/ownership": (ITEM, None),
    "POST /customers/{customer_id}/help": (MADE, {"question": "用的什么 PLC", "helper_id": "$wang", "due_at": DUE}),
    "POST /help/{help_id}/take": ("409 404 200 404 409 404 401", {"@help_id": "$asked"}),
    "POST /help/{help_id}/answer": ("403 404 200 404 403 404 401", {"@help_id": "$asked", "answer": "西门子"}),
    "POST /help/{help_id}/withdraw": ("200 404 403 404 403 404 401", {"@help_id": "$asked"}),
    "GET /schema": (EVERYONE, None),
    "GET /templates": (EVERYONE, None),
    "GET /templates/{key}/versions": ("200 200 200 200 200 200 401", None),
    "POST /templates/{key}/versions": ("403 403 403 403 201 201 401", {"$": "template"}),
    "GET /session": (EVERYONE, None),
    "POST /session/team": ("200 404 404 404 404 404 401", {"member_id": "$li"}),
    "PATCH /session/me": (EVERYONE, {"theme": "dark"}),
    "GET /members": (EVERYONE, None),
    "GET /roles": (EVERYONE, None),
    "GET /roles/catalogue": (ADMIN, None),
    "GET /roles/{role_id}": (ADMIN_OF_TEAM, None),
    "POST /roles": ("403 403 403 403 201 404 401", {"zh": "新角色", "copy_of": "$role"}),
    "POST /roles/{role_id}/preview": (ADMIN_OF_TEAM, {"verbs": ["customer.*"]}),
    "PATCH /roles/{role_id}": (ADMIN_OF_TEAM, {"version": 1, "zh": "改名"}),
    "DELETE /roles/{role_id}": ("403 403 403 403 204 404 401", None),
    "GET /team/members": (ADMIN, None),
    "POST /team/members/move": (
        "403 403 403 403 200 422 401",
        {"ids": ["$li"], "department_id": "$department"},
    ),
    "GET /team/invitations": (ADMIN, None),
    "DELETE /team/invitations/{invitation_id}": ("403 403 403 403 204 404 401", None),
    "GET /team/sessions": (ADMIN, None),
    "DELETE /team/sessions/{session_id}": (ADMIN_OF_TEAM, None),
    "POST /members/{member_id}/sign-out": (ADMIN_OF_TEAM, None),
    "GET /team/tokens": (ADMIN, None),
    "PATCH /team/tokens/{token_id}": (ADMIN_OF_TEAM, {"verbs": ["customer.create"]}),
    "DELETE /team/tokens/{token_id}": ("403 403 403 403 204 404 401", None),
    "GET /members/{member_id}/handover": (ADMIN_OF_TEAM, None),
    "POST /members/{member_id}/handover/preview": (ADMIN_OF_TEAM, {"member_ids": ["$li"]}),
    "POST /members/{member_id}/handover": (ADMIN_OF_TEAM, {"member_ids": ["$li"]}),
    "GET /audit": (ADMIN, None),
    "GET /audit/events": (ADMIN, None),
    "GET /audit/export.csv": (ADMIN, None),
    "POST /contacts/{contact_id}/reveal": (ITEM, None),
    "POST /customers/{customer_id}/reveal": (ITEM, None),
    "GET /departments": (EVERYONE, None),
    "GET /tokens": (EVERYONE, None),
    "GET /calendar": (EVERYONE, None),
    "PUT /calendar/days": (ADMIN, {"days": [{"day": "2026-12-24", "works": False, "name": "年会"}]}),
    "DELETE /calendar/days/{day}": ("403 403 403 403 200 404 401", {"@day": "2026-12-25"}),
    "PUT /calendar/years/{year}": (ADMIN, {"@year": 2027, "complete": True}),
    "GET /stages": (EVERYONE, None),
    "PUT /stages/{key}/limit": (ADMIN, {"@key": "proposal", "limit": 3}),
    "GET /inbox": (EVERYONE, None),
    "POST /inbox/read": (EVERYONE, {"all": True}),
    "GET /imports": (EVERYONE, None),
    "POST /exports": ("201 201 201 201 201 201 401", {"record_type": "customer"}),
}


@pytest.fixture
def world(cast: Cast, new_customer: Any, good: Any) -> dict[str, Any]:
    """One of each kind, all of 李销售."""
    pk, gone = new_customer(cast.li, "甲公司"), new_customer(cast.li, "乙公司")
    cast.admin.post("/customers/delete", {"ids": [gone]})
    cast.li.post(f"/customers/{pk}/needs", {"text": "42 个点位", "kind": "function"})
    need = unscoped(Need, "test").get(text="42 个点位").pk
    cast.li.patch(f"/needs/{need}", {"version": 1, "priority": "secondary"})
    record = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"})
    cast.li.put("/followups/drafts/k", {"customer_id": pk, "body": {}})
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.zhao.id})
    late = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:30:00Z"})
    cast.li.delete(f"/followups/{late['id']}")
    second = new_customer(cast.li, "丙公司")
    new_customer(cast.qian, "丁公司")
    cast.admin.put("/calendar/days", {"days": [{"day": "2026-12-25", "works": False}]})
    batch = cast.li.post("/customers/tags", {"ids": [second], "add": ["老客户"]})["batch"]
    question = {"question": "用的什么 PLC", "helper_id": cast.zhao.id, "due_at": DUE}
    given = new_customer(cast.wang, "戊公司")
    cast.zhao.post("/assignments", {"ids": [given], "member_ids": [cast.li.id], "amount": 4})
    return {
        "comment": cast.li.post("/comments", {"customer_id": pk, "text": "等财务回话"})["id"],
        "second": second,
        "given": given,
        "asked": cast.li.post(f"/customers/{pk}/help", question)["id"],
        "hidden": "丁公司",
        "removed": late["id"],
        "batch": batch,
        "customer": pk,
        "deleted": gone,
        "version": unscoped(Customer, "test").get(pk=pk).version,
        "contact": unscoped(Contact, "test").get(customer_id=pk).pk,
        "need": unscoped(Need, "test").get().pk,
        "followup": record["id"],
        "item": record["agenda"][0]["id"],
        "member": cast.zhao.id,
        "client_key": "k",
        "cells": [{"member_id": cast.li.id, "measure": "records", "number": 40}],
        "role": Role.objects.get(org=cast.org, key="legal").pk,
        "department": cast.qian.member.department_id,
        "session": Session.objects.get(member=cast.zhao.member).pk,
        "token": cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.create", "customer.update"]})["id"],
        "invitation": _invitation(cast),
        "li": cast.li.id,
        "wang": cast.wang.id,
        "qian": cast.qian.id,
        "good": good,
        "key": "record",
        **_views(cast),
        "template": {"version": 1, "zh": "记录表", "en": "Record",
                     "sections": [{"key": "all", "zh": "全部", "en": "All", "parts": ["summary"]}]},
        **_reviews(cast, pk, good),
    }  # fmt: skip


def _views(cast: Cast) -> dict[str, int]:
    """A view that 李销售 keeps for himself, and one that 赵主管 shares with all."""
    own = cast.li.post("/views", {"record_type": "customer", "name": "苏州的"})["id"]
    shared = cast.zhao.post("/views", {"record_type": "customer", "name": "重点"})
    cast.zhao.post(f"/views/{shared['id']}/share", {"version": 1, "shared": "all"})
    return {"view": own, "shared_view": shared["id"]}


def _invitation(cast: Cast) -> int:
    cast.admin.post("/invitations", {"name": "新同事", "role": "rep", "department_id": cast.li.member.department_id})
    return OneTimeLink.objects.get(org=cast.org).pk


def _reviews(cast: Cast, customer: int, good: Any) -> dict[str, Any]:
    """One record waiting for its review, one returned, one mended, one drawn for 王销售, one example."""

    def approval(at: str, **reasons: str) -> int:
        record = cast.li.post("/followups", {"customer_id": customer, **good, "contact_at": at})
        found = unscoped(Approval, "test").get(subject_id=record["id"], kind="review")
        if reasons:
            assert cast.zhao.post(f"/approvals/{found.pk}/return", {"reasons": reasons}).status == 200
        return int(found.pk)

    review_all(cast.org, share=1)
    waiting, returned = approval("2026-11-24T01:10:00Z"), approval("2026-11-24T01:20:00Z", topic="补主题")
    mended = approval("2026-11-24T01:30:00Z", topic="补主题")
    record = unscoped(Approval, "test").get(pk=mended).subject_id
    assert cast.li.patch(f"/followups/{record}", {"version": 1, "topic": "二期"}).status == 200
    review_all(cast.org, share=0)
    old = cast.li.post("/followups", {"customer_id": customer, **good, "contact_at": "2026-11-18T01:00:00Z"})
    draw_the_week(cast.org.pk)
    findings = unscoped(FollowUp, "test").get(pk=old["id"]).findings
    return {
        "approval": waiting,
        "returned": returned,
        "mended": mended,
        "drawn": unscoped(Approval, "test").get(kind="peer").pk,
        "answers": [{"index": at, "agree": True} for at in range(len(findings))],
        "model": cast.zhao.post("/models", {"record_id": old["id"], "verdict": "good"})["id"],
    }


def _filled(value: Any, world: dict[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return world[value[1:]]
    if isinstance(value, list):
        return [_filled(each, world) for each in value]
    if isinstance(value, dict):
        whole = dict(world[value["$"]]) if "$" in value else {}
        return whole | {key: _filled(each, world) for key, each in value.items() if not key.startswith(("$", "?", "@"))}
    return value


def _url(path: str, body: Any, world: dict[str, Any]) -> str:
    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if "@" + name in (body or {}):
            return str(_filled(body["@" + name], world))
        return str(world[name] if name in world else world[name.removesuffix("_id")])

    url = "/api/v1" + re.sub(r"\{(\w+)\}", fill, path)
    query = {key[1:]: each for key, each in (body or {}).items() if key.startswith("?")}
    return url + ("?" + "&".join(f"{key}={_filled(each, world)}" for key, each in query.items()) if query else "")


def _status(client: Client, route: str, body: Any, world: dict[str, Any]) -> int:
    """The status of one call, whose effects are taken back."""
    method, path = route.split(" ")
    point = transaction.savepoint()
    data = None if method == "GET" else orjson.dumps(_filled(body or {}, world))
    answer = client.generic(method, _url(path, body, world), data or b"", content_type="application/json")
    transaction.savepoint_rollback(point)
    return answer.status_code


def _client(person: str, cast: Cast) -> Client:
    if person == "nobody":
        return Client(raise_request_exception=False)
    found: Person = getattr(cast, person)
    return found.client


def test_every_route_answers_every_role_as_the_table_says(cast: Cast, world: dict[str, Any]) -> None:
    """R-161–R-163, R-166, R-168."""
    wrong = []
    for route, (row, body) in TABLE.items():
        for person, expected in zip(PEOPLE, row.split(), strict=True):
            status = _status(_client(person, cast), route, body, world)
            if status != int(expected):
                wrong.append(f"{route} {person}: {status}, expected {expected}")
    assert wrong == []


#: Routes whose own tests hold every role: login and links need no session, uploads are multipart.
ELSEWHERE = {
    "POST /session", "DELETE /session", "POST /session/password", "POST /session/reset-request",
    "POST /session/reset", "PATCH /members/{member_id}", "POST /members/{member_id}/reset-link",
    "POST /departments", "PATCH /departments/{department_id}", "DELETE /departments/{department_id}",
    "POST /invitations", "GET /invitations/{token}", "POST /invitations/{token}", "POST /tokens",
    "DELETE /tokens/{token_id}", "PATCH /organisation", "GET /departments/{department_id}/robot",
    "PUT /departments/{department_id}/robot", "POST /departments/{department_id}/robot/test", "POST /files",
    "GET /files/{file_id}", "GET /files/{file_id}/preview", "GET /health", "GET /setup", "POST /setup",
    "POST /imports", "GET /imports/{run_id}", "PUT /imports/{run_id}/columns", "POST /imports/{run_id}/check",
    "GET /imports/{run_id}/rows", "PATCH /imports/{run_id}/rows", "POST /imports/{run_id}/run",
    "POST /imports/{run_id}/cancel", "GET /imports/{run_id}/refused.xlsx",
    "GET /exports/{run_id}", "GET /exports/{run_id}/file",
}  # fmt: skip


def test_every_route_has_a_row() -> None:
    missing = set(all_routes()) - set(TABLE) - ELSEWHERE
    gone = (set(TABLE) | ELSEWHERE) - set(all_routes())
    assert (missing, gone) == (set(), set())


def test_a_foreign_answer_is_the_answer_for_a_missing_row(cast: Cast, world: dict[str, Any]) -> None:
    """The body of 404 says nothing of whether the row exists."""
    for path in ("/customers/{}", "/followups/{}", "/customers/{}/brief", "/versions/customer/{}"):
        pk = world["followup"] if "followups" in path else world["customer"]
        foreign, missing = cast.wang.get(path.format(pk)), cast.wang.get(path.format(10**9))
        assert (foreign.status, foreign.text) == (404, missing.text)


def test_no_byte_of_a_foreign_customer_reaches_anybody(cast: Cast, new_customer: Any, good: Any) -> None:
    """A canary in every text of 李销售's customer appears in no answer for those who may not see it."""
    canary = "金丝雀甲乙丙"
    pk = new_customer(cast.li, f"{canary}有限公司", notes=canary, contact={"name": canary, "phone": "13899990000"})
    body = {"customer_id": pk, **good, "quotes": [f"{canary}说 45 天太长"], "topic": canary}
    review_all(cast.org, share=1)
    assert cast.li.post("/followups", body).status == 201
    assert cast.li.post("/followups", {**body, "contact_at": "2026-11-18T01:00:00Z"}).status == 201
    assert draw_the_week(cast.org.pk) == 1
    drawn = unscoped(Approval, "test").get(kind="peer")
    assert (drawn.grader_id, cast.wang.get(f"/approvals/{drawn.pk}").status) == (cast.wang.id, 200)
    ids = unscoped(Approval, "test").values_list("pk", flat=True)
    reads = [route.split(" ")[1] for route in TABLE if route.startswith("GET") and "{" not in route]
    own = "".join(cast.li.get(path).text.decode() for path in reads)
    assert canary in own
    for person in (cast.wang, cast.qian, cast.outsider):
        queues = [f"/approvals?which={which}" for which in ("records", "files", "peers", "returned")]
        pages = [f"/approvals/{each}" for each in ids]
        for path in [*reads, *queues, *pages, "/find?q=45天", "/customers?q=13899990000", "/customers?view=team"]:
            assert canary not in person.get(path).text.decode(), (person.member.name, path)
