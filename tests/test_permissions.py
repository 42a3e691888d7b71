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
from genjin.care.tests.permission_rows import made as care_rows
from genjin.contracts.tests.permission_rows import made as contracts_made
from genjin.customers.models import Contact, Customer, Need
from genjin.deals.tests.permission_rows import deal_world
from genjin.followups.models import FollowUp
from genjin.followups.tasks import draw_the_week
from genjin.handovers.models import Handover
from genjin.people.models import OneTimeLink
from genjin.records.tests.making import make_row, make_type
from tests.permission_table import BODY, DUE, FLOW, PEOPLE, TABLE
from tests.routes import all_routes


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
    pool = cast.admin.put("/pools/rules", {"version": 0, "pools": [{"name": "公海"}]})
    pool_id = cast.admin.get("/pools/rules")["pools"][0]["id"]
    assert pool.status == 200, pool
    lying = new_customer(cast.zhao, "己公司")
    cast.zhao.post("/pools/put-back", {"ids": [lying], "why": "他们不做这个"})
    return {
        **_handovers(cast, second, given),
        **contracts_made(cast, new_customer),
        "pooled": lying,
        "pool": pool_id,
        "comment": cast.li.post("/comments", {"customer_id": pk, "text": "等财务回话"})["id"],
        "second": second,
        "given": given,
        "objection": cast.li.post(f"/customers/{pk}/objections", {"kind": "other", "text": "不支持离线"})["id"],
        **_surveys(cast, pk),
        "complaint": cast.li.post(f"/customers/{pk}/complaints", {"text": "夜里停机没人接电话"})["id"],
        "asked": cast.li.post(f"/customers/{pk}/help", question)["id"],
        **_requests(cast, pk, question),
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
        "zhao": cast.zhao.id,
        "qian": cast.qian.id,
        "good": good,
        "key": "record",
        **_views(cast),
        "template": {"version": 1, "zh": "记录表", "en": "Record",
                     "sections": [{"key": "all", "zh": "全部", "en": "All", "parts": ["summary"]}]},
        **_automations(cast),
        **_reviews(cast, pk, good),
        **_records(cast, pk),
        **_asked_for(cast, pk),
        **care_rows(cast.li, pk),
        **deal_world(cast, pk, record["id"]),
    }  # fmt: skip


def _handovers(cast: Cast, second: int, given: int) -> dict[str, int]:
    """One that 李销售 has sent to 王销售, and a draft."""
    found = []
    for pk in (second, given):
        made = cast.li.post("/handovers", {"customer_ids": [pk], "to_member_id": cast.wang.id})
        assert made.status == 201, made
        found.append(int(made["id"]))
    assert cast.li.post(f"/handovers/{found[0]}/send").status == 200
    version = unscoped(Handover, "test").get(pk=found[0]).version
    return {"handover": found[0], "handover_version": version, "drafted": found[1]}


def _surveys(cast: Cast, customer: int) -> dict[str, int]:
    """One that went to a contact of 李销售's customer."""
    survey = cast.zhao.post("/surveys", {"title": "季度回访", "question": "对我们满意吗"})["id"]
    link = cast.li.post(f"/customers/{customer}/surveys", {"survey_id": survey})
    return {"survey": survey, "survey_link": link["id"]}


def _requests(cast: Cast, customer: int, question: dict[str, Any]) -> dict[str, int]:
    """One that 赵主管 asked back, one that he delivered, and one of a department that he heads."""
    said = {"background": "二期", "expectation": "一周内"}
    path = f"/customers/{customer}/help"
    back = cast.li.post(path, question)["id"]
    cast.zhao.post(f"/help/{back}/ask-back", {"question": "几台"})
    delivered = cast.li.post(path, {**question, **said, "kind": "technical"})["id"]
    cast.zhao.post(f"/help/{delivered}/answer", {"answer": "可以"})
    place = cast.zhao.member.department_id
    headed = cast.li.post(path, {**question, "helper_id": None, "department_id": place})["id"]
    return {"asked_back": back, "delivered": delivered, "headed": headed}


def _records(cast: Cast, customer: int) -> dict[str, int]:
    """Two rows of an own type, one of them in the bin."""
    make_type(cast)
    gone = make_row(cast.li, "主轴样品", customer=customer)
    cast.li.post("/records/x_sample/delete", {"ids": [gone]})
    row = make_row(cast.li, "导轨样品", customer=customer)
    said = cast.li.post(f"/records/x_sample/{row}/comments", {"text": "尽快寄"})["id"]
    return {"record": row, "deleted_record": gone, "row_comment": said}


def _asked_for(cast: Cast, customer: int) -> dict[str, int]:
    """Of 李销售: one that waits for 赵主管, one that came back to him; the flow of both, and of another purpose."""
    flows = {purpose: cast.admin.post("/approval-flows", {"body": {**FLOW, "purpose": purpose}})["id"]
             for purpose in ("discount", "terms", "contract")}  # fmt: skip
    found = [
        cast.li.post("/approval-requests", {"subject_id": customer, "purpose": purpose, "text": "年框价"})["id"]
        for purpose in ("discount", "terms")
    ]
    assert cast.zhao.post(f"/approval-requests/{found[1]}/send-back", {"why": "太低"}).status == 200
    return {"request": found[0], "back": found[1], "flow": flows["contract"]}


def _views(cast: Cast) -> dict[str, int]:
    """A view that 李销售 keeps for himself, and one that 赵主管 shares with all."""
    own = cast.li.post("/views", {"record_type": "customer", "name": "苏州的"})["id"]
    shared = cast.zhao.post("/views", {"record_type": "customer", "name": "重点"})
    cast.zhao.post(f"/views/{shared['id']}/share", {"version": 1, "shared": "all"})
    return {"view": own, "shared_view": shared["id"]}


def _invitation(cast: Cast) -> int:
    cast.admin.post("/invitations", {"name": "新同事", "role": "rep", "department_id": cast.li.member.department_id})
    return OneTimeLink.objects.get(org=cast.org).pk


def _automations(cast: Cast) -> dict[str, Any]:
    """One that is being written, and one in force."""
    draft, running = (cast.admin.post("/automations", {"body": BODY})["id"] for _ in range(2))
    cast.admin.post(f"/automations/{running}/publish", {"version": 1})
    return {"automation_id": draft, "automation": draft, "running": running}


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
    "GET /exports/{run_id}", "GET /exports/{run_id}/file", "POST /designs/{type}/read-document",
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
