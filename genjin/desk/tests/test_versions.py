"""Versions, differences, restore, and what changed since one's own last contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.agenda.models import AgendaItem
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import Contact, Customer, Need
from genjin.followups.models import FollowUp
from genjin.history.models import Event, EventData
from genjin.history.versions import moved_of
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.schema.models import Option

CANARY = "金丝雀甲乙丙"


def row(pk: int) -> Customer:
    found: Customer = unscoped(Customer, "test").get(pk=pk)
    return found


def mark(cast: Cast, role: str, fields: Any, version: int = 9) -> None:
    Role.objects.filter(org=cast.org, key=role).update(fields=fields)
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=version)


def edit(person: Any, pk: int, **values: Any) -> Any:
    answer = person.patch(f"/customers/{pk}", {"version": row(pk).version, **values})
    assert answer.status == 200, answer
    return answer


def test_versions_tell_who_changed_what_in_words(cast: Cast, new_customer: Any) -> None:
    """R-164, R-165: number, author, time, labels, old and new as people read them."""
    pk = new_customer(cast.li, "甲公司", region="上海")
    edit(cast.li, pk, region="苏州", amount=8_000_000)
    edit(cast.zhao, pk, stage="proposal", budget={"low": 100_000_00, "high": 200_000_00})
    cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id})
    told = cast.zhao.get(f"/versions/customer/{pk}")
    assert [each["number"] for each in told["items"]] == [4, 3, 2, 1]
    assert [each["by"]["name"] for each in told["items"]] == ["赵主管", "赵主管", "李销售", "李销售"]
    assert told["items"][3]["changes"] == [] and told["items"][3]["event"] == "customer.created"
    (owner, *_) = told["items"][0]["changes"]
    assert (owner["label"]["zh"], owner["old"]["zh"], owner["new"]["zh"]) == ("负责人", "李销售", "王销售")
    third = {each["field"]: each for each in told["items"][1]["changes"]}
    assert set(third) == {"stage", "budget"}
    assert third["stage"]["new"]["en"] != "proposal" and third["stage"]["new"]["zh"] != "proposal"
    second = {each["field"]: each for each in told["items"][2]["changes"]}
    assert (second["region"]["old"]["zh"], second["region"]["new"]["zh"]) == ("上海", "苏州")
    assert (second["amount"]["old"]["zh"], "8" in second["amount"]["new"]["zh"]) == ("", True)


def test_what_changed_is_told_in_the_order_of_the_change() -> None:
    columns = ["owner_id", "department_id", "life_cycle", "stage", "region", "address", "notes"]
    data = {"before": dict.fromkeys(columns, None), "after": dict.fromkeys([*columns, "name"], 1)}
    assert list(moved_of(CUSTOMER, "customer.assigned", data)) == columns


def test_one_field_comes_back_as_a_new_version(cast: Cast, new_customer: Any) -> None:
    """R-164: the history stays as it was, a version is added; undo is the same act the other way."""
    pk = new_customer(cast.li, "甲公司", region="上海")
    edit(cast.li, pk, region="苏州", address="老地址")
    beside = cast.li.get(f"/versions/customer/{pk}/1")
    assert [
        (each["field"], each["then"]["zh"], each["now"]["zh"], each["restorable"]) for each in beside["fields"]
    ] == [
        ("region", "上海", "苏州", True),
        ("address", "", "老地址", True),
    ]
    before = list(Event.objects.order_by("id").values_list("id", "digest"))
    answer = cast.li.post(f"/versions/customer/{pk}/1", {"version": 2, "fields": ["region"]})
    assert (answer["restored"], answer["undo_to"], row(pk).region, row(pk).address) == (
        ["region"], 2, "上海", "老地址",
    )  # fmt: skip
    assert list(Event.objects.order_by("id").values_list("id", "digest"))[: len(before)] == before
    newest = cast.li.get(f"/versions/customer/{pk}")["items"][0]
    assert (newest["number"], newest["restored"], newest["by"]["id"]) == (3, 1, cast.li.id)
    assert cast.li.post(f"/versions/customer/{pk}/2", {"version": 3}).status == 200
    assert row(pk).region == "苏州"
    same = cast.li.post(f"/versions/customer/{pk}/2", {"version": 4})
    assert (same.status, same["code"], row(pk).version) == (409, "same", 4)


def test_a_restore_is_refused_like_a_change_by_hand(cast: Cast, new_customer: Any) -> None:
    """R-164, R-165, R-166: conflict, retired option, a field one may not write, no such version; nothing changes."""
    pk = new_customer(cast.li, "甲公司", industry="manufacturing")
    edit(cast.li, pk, industry="", region="苏州", notes="旧话")
    stale = cast.li.post(f"/versions/customer/{pk}/1", {"version": 1})
    assert (stale.status, stale["code"]) == (409, "conflict")
    Option.objects.filter(org=cast.org, list_name="industry", key="manufacturing").update(retired=True)
    mark(cast, "rep", {"customer": {"notes": "readonly", "address": "hidden"}})
    retired = cast.li.post(f"/versions/customer/{pk}/1", {"version": 2, "fields": ["industry"]})
    assert retired.status == 422 and "已经停用" in retired["zh"] and retired["field"] == "industry"
    for slug, status in (("notes", 403), ("address", 403), ("owner", 422), ("nothing", 422)):
        answer = cast.li.post(f"/versions/customer/{pk}/1", {"version": 2, "fields": [slug]})
        assert answer.status == status, (slug, answer)
    assert cast.li.post(f"/versions/customer/{pk}/99", {"version": 2}).status == 422
    assert cast.li.get(f"/versions/customer/{pk}/99").status == 404
    assert cast.li.get(f"/versions/template/{pk}").status == 422
    for person in (cast.wang, cast.qian, cast.outsider):
        assert person.post(f"/versions/customer/{pk}/1", {"version": 2}).status == 404
    assert (row(pk).version, row(pk).region, row(pk).notes) == (2, "苏州", "旧话")


def test_hidden_and_masked_fields_stay_so_in_differences(cast: Cast, new_customer: Any) -> None:
    """A12, R-166: no version tells a hidden field; a masked one is masked on both sides."""
    pk = new_customer(cast.li, "甲公司", notes=CANARY)
    edit(cast.li, pk, notes=f"{CANARY}二", region="苏州")
    edit(cast.li, pk, notes=f"{CANARY}三")
    contact = unscoped(Contact, "test").get(customer_id=pk).pk
    cast.li.patch(f"/contacts/{contact}", {"version": 1, "phone": "13900000002"})
    mark(cast, "supervisor", {"customer": {"notes": "hidden", "region": "masked"}, "contact": {"phone": "masked"}})
    told = cast.zhao.get(f"/versions/customer/{pk}")
    assert [each["number"] for each in told["items"]] == [2, 1]
    (region,) = told["items"][0]["changes"]
    assert region["new"] == {"zh": "••••", "en": "••••"}
    paths = (f"/versions/customer/{pk}", f"/versions/customer/{pk}/1", f"/versions/contact/{contact}",
             f"/versions/contact/{contact}/1", f"/customers/{pk}/since?seen=2026-01-01T00:00:00Z")  # fmt: skip
    for path in paths:
        text = cast.zhao.get(path)
        assert text.status == 200, path
        assert CANARY not in text.text.decode() and "苏州" not in text.text.decode(), path
        assert "13900000002" not in text.text.decode() and "13800000001" not in text.text.decode(), path


def test_no_version_reaches_another_department(cast: Cast, new_customer: Any, good: Any) -> None:
    """A3, A12: versions of each type are as visible as the record itself."""
    pk = new_customer(cast.li, f"{CANARY}有限公司", notes=CANARY)
    cast.li.post(f"/customers/{pk}/needs", {"text": CANARY, "kind": "function"})
    record = cast.li.post("/followups", {"customer_id": pk, **good})
    ids = {
        "customer": pk,
        "contact": unscoped(Contact, "test").get(customer_id=pk).pk,
        "need": unscoped(Need, "test").get(text=CANARY).pk,
        "followup": record["id"],
    }
    for kind, each in ids.items():
        assert cast.li.get(f"/versions/{kind}/{each}").status == 200
        for person in (cast.wang, cast.qian, cast.outsider):
            for answer in (
                person.get(f"/versions/{kind}/{each}"),
                person.get(f"/versions/{kind}/{each}/1"),
                person.post(f"/versions/{kind}/{each}/1", {"version": 1}),
                person.get(f"/customers/{pk}/since"),
            ):
                assert answer.status == 404 and CANARY not in answer.text.decode()
    assert unscoped(FollowUp, "test").get(pk=record["id"]).version == record["version"]


def test_a_record_is_judged_again_and_by_its_author_only(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-163, R-164, R-176: restore of a record passes the rules; the tree of its text comes back with it."""
    pk = new_customer(cast.li, "甲公司")
    tree = [{"type": "paragraph", "text": [{"text": good["summary"], "bold": True}]}]
    body = {"customer_id": pk, **good, "summary": "", "summary_blocks": tree, "topic": "二期"}
    made = cast.li.post("/followups", body)
    assert made.status == 201, made
    record = made["id"]
    other = good["summary"].replace("80 万", "95 万")
    assert cast.li.patch(f"/followups/{record}", {"version": 1, "summary": other, "topic": ""}).status == 200
    version = unscoped(FollowUp, "test").get(pk=record).version
    summary = {each["field"]: each for each in cast.zhao.get(f"/versions/followup/{record}")["items"][0]["changes"]}
    assert "80 万" in summary["summary"]["old"]["zh"] and "95 万" in summary["summary"]["new"]["zh"]
    assert cast.zhao.get(f"/versions/followup/{record}")["can"]["restore"] is False
    assert cast.zhao.post(f"/versions/followup/{record}/1", {"version": version}).status == 403
    answer = cast.li.post(f"/versions/followup/{record}/1", {"version": version})
    assert answer.status == 200 and set(answer["restored"]) == {"summary", "topic"}
    found = unscoped(FollowUp, "test").get(pk=record)
    assert (found.summary, found.topic, found.summary_blocks) == (good["summary"], "二期", tree)
    assert found.version == version + 1


def test_an_older_text_that_the_rules_refuse_stays_old(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-164, R-057: what nobody may submit any more does not come back by a restore; nothing changes."""
    pk = new_customer(cast.li, "甲公司")
    record = int(cast.li.post("/followups", {"customer_id": pk, **good})["id"])
    other = good["summary"] + "下周再谈。"
    assert cast.li.patch(f"/followups/{record}", {"version": 1, "summary": other}).status == 200
    # The first version as it was written before the standard asked for more.
    told = EventData.objects.get(event__name="followup.updated", event__subject_id=record)
    told.data["before"]["summary"] = "已联系"
    EventData.objects.filter(pk=told.pk).update(data=told.data)
    before = (_columns(record), Event.objects.count())
    answer = cast.li.post(f"/versions/followup/{record}/1", {"version": 2, "fields": ["summary"]})
    assert (answer.status, answer["code"], answer["field"]) == (422, "standard", "summary")
    assert (_columns(record), Event.objects.count()) == before


def _columns(record: int) -> dict[str, Any]:
    return dict(unscoped(FollowUp, "test").values().get(pk=record))


def test_contacts_needs_and_to_dos_have_versions(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-164: each record type restores through its own step."""
    pk = new_customer(cast.li, "甲公司")
    contact = unscoped(Contact, "test").get(customer_id=pk)
    cast.li.patch(f"/contacts/{contact.pk}", {"version": 1, "title": "总经理"})
    assert cast.li.post(f"/versions/contact/{contact.pk}/1", {"version": 2}).status == 200
    contact.refresh_from_db()
    assert (contact.title, row(pk).contact_title) == ("采购总监", "采购总监")
    record = cast.li.post("/followups", {"customer_id": pk, **good})
    item = record["agenda"][0]["id"]
    cast.li.post(f"/agenda/{item}/reschedule", {"version": 1, "due_at": "2026-12-01T02:00:00Z"})
    cast.li.post(f"/agenda/{item}/assign", {"version": 2, "owner_id": cast.wang.id})
    told = cast.li.get(f"/versions/agenda/{item}")
    assert [[each["field"] for each in one["changes"]] for one in told["items"]] == [["owner"], ["due_at"], []]
    assert told["items"][0]["changes"][0]["new"]["zh"] == "王销售"
    answer = cast.li.post(f"/versions/agenda/{item}/1", {"version": 3})
    assert answer.status == 200, answer
    back = unscoped(AgendaItem, "test").get(pk=item)
    assert (back.owner_id, back.due_at.isoformat()) == (cast.li.id, "2026-11-27T02:00:00+00:00")


def test_many_versions_cost_no_more_statements(cast: Cast, new_customer: Any) -> None:
    """R-164: the same statements for 3 as for 30 versions."""
    pk = new_customer(cast.li, "甲公司")
    counts = []
    cast.zhao.get(f"/customers/{pk}/since?seen=2026-01-01T00:00:00Z")
    for rounds in (3, 30):
        for number in range(rounds):
            edit(cast.li, pk, region=f"区{rounds}-{number}")
        with CaptureQueriesContext(connection) as queries:
            cast.li.get(f"/versions/customer/{pk}")
        counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            cast.zhao.get(f"/customers/{pk}/since?seen=2026-01-01T00:00:00Z")
        counts.append(len(queries))
    assert counts[0] == counts[2] and counts[1] == counts[3]


def test_changed_since_my_last_contact(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-129: what others did since the reader's own record, each field once, newest first."""
    pk = new_customer(cast.li, "甲公司", region="上海")
    edit(cast.zhao, pk, region="昆山")
    nothing = cast.li.get(f"/customers/{pk}/since")
    assert (nothing["since"], nothing["items"]) == (None, [])
    record = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"})
    assert record.status == 201
    quiet = cast.li.get(f"/customers/{pk}/since")
    assert (quiet["kind"], quiet["since"], quiet["items"]) == ("contact", "2026-11-24T01:00:00+00:00", [])
    with moment.frozen(NOW + timedelta(hours=1)):
        edit(cast.li, pk, address="自己改的")
        edit(cast.zhao, pk, region="苏州")
        edit(cast.zhao, pk, region="无锡", stage="proposal")
        cast.zhao.post(f"/customers/{pk}/needs", {"text": "夜班培训", "kind": "service"})
        body = {**good, "contact_at": "2026-11-24T02:00:00Z", "attitude_from": "watching", "attitude_to": "interested"}
        cast.zhao.post("/followups", {"customer_id": pk, **body})
    told = cast.li.get(f"/customers/{pk}/since")["items"]
    lines = [each["zh"] for each in told]
    assert "地区：昆山 → 无锡" in lines and "新需求 夜班培训" in lines
    assert not any("自己改的" in line for line in lines)
    assert any(line.startswith("电话：王总看了二期方案") for line in lines)
    assert {each["by"]["name"] for each in told} == {"赵主管"}
    assert told == cast.li.get(f"/customers/{pk}/brief")["since"]["items"]
    seen = cast.admin.get(f"/customers/{pk}/since?seen=2026-01-01T00:00:00Z")
    assert (seen["kind"], bool(seen["items"])) == ("visit", True)
