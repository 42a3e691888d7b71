"""R-178: who did what and what the customer made of it, with a word of a colleague below it, for all who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast, Person, hire, logged_in
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.followups.models import Comment
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Membership, Organisation


@pytest.fixture
def place(cast: Cast, new_customer: Any, good: Any) -> tuple[int, int]:
    """李销售's customer and a record of it."""
    pk = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    record = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"})
    return pk, int(record["id"])


def say(person: Person, customer: int, text: str = "等财务回话", **values: Any) -> Any:
    return person.post("/comments", {"customer_id": customer, "text": text, **values})


def threads(person: Person, customer: int) -> list[Any]:
    answer = person.get(f"/customers/{customer}/timeline", kind="comment")
    assert answer.status == 200, answer
    return list(answer["items"])


def state() -> Any:
    rows = unscoped(Comment, "test").order_by("pk").values_list("pk", "text", "mentions", "deleted_at", "version")
    return list(rows), Event.objects.count()


def test_a_comment_stands_below_its_record_and_on_the_timeline_at_once(cast: Cast, place: Any) -> None:
    """R-178: with the writer, the time and the record it speaks of; the event carries the text."""
    pk, record = place
    made = say(cast.zhao, pk, "先别催价，等 CNC 试机", followup_id=record)
    assert (made.status, made["version"]) == (201, 1)
    (below,) = cast.li.get(f"/followups/{record}")["comments"]
    assert (below["text"], below["by"], below["at"]) == (
        "先别催价，等 CNC 试机",
        {"id": cast.zhao.id, "name": "赵主管"},
        "2026-11-24T02:12:00+00:00",
    )
    line = cast.li.get(f"/customers/{pk}")
    shown = next(each for each in line["timeline"]["items"] if each["kind"] == "followup")
    assert [each["id"] for each in shown["comments"]] == [made["id"]]
    assert line["counts"]["comments"] == 1
    assert not [each for each in line["timeline"]["items"] if each.get("event") == "comment.added"]
    (thread,) = threads(cast.li, pk)
    assert thread["followup"] == {"id": record, "at": "2026-11-24T01:00:00+00:00", "channel": "phone", "attempt": None}
    event = Event.objects.get(name="comment.added")
    assert (event.root_type, event.root_id, event.subject_id) == ("customer", pk, made["id"])
    assert event.data.data["after"] == {
        "text": "先别催价，等 CNC 试机", "mentions": [], "followup_id": record, "reply_to_id": None,
    }  # fmt: skip


def test_a_comment_on_the_customer_is_an_entry_of_its_own_with_its_replies(cast: Cast, place: Any) -> None:
    pk, record = place
    first = say(cast.li, pk)["id"]
    reply = say(cast.zhao, pk, "财务周三在", reply_to_id=first)["id"]
    deeper = say(cast.li, pk, "好", reply_to_id=reply)
    assert (deeper.status, deeper["field"]) == (422, "reply_to_id")
    items = cast.li.get(f"/customers/{pk}")["timeline"]["items"]
    (entry,) = [each for each in items if each["kind"] == "comment"]
    assert (entry["id"], entry["followup"], [each["id"] for each in entry["replies"]]) == (first, None, [reply])
    elsewhere = say(cast.li, pk, "好", reply_to_id=first, followup_id=record)
    assert (elsewhere.status, elsewhere["field"]) == (422, "followup_id")
    below = say(cast.li, pk, "看附件", followup_id=record)["id"]
    assert say(cast.zhao, pk, "看了", reply_to_id=below).status == 201
    (thread,) = cast.li.get(f"/followups/{record}")["comments"]
    assert [each["text"] for each in thread["replies"]] == ["看了"]


def test_bad_comments_are_refused_in_one_sentence_and_nothing_changes(
    cast: Cast, place: Any, new_customer: Any, good: Any
) -> None:
    pk, _ = place
    other = new_customer(cast.li, "乙公司")
    strange = cast.li.post("/followups", {"customer_id": other, **good})["id"]
    Membership.objects.filter(pk=cast.qian.id).update(active=False)
    before = state()
    cases: list[tuple[dict[str, Any], int, str, str]] = [
        ({"text": "  "}, 422, "text", "评论没有写内容"),
        ({"text": "字" * 2001}, 422, "text", "评论最多 2,000 字，现在 2,001 字"),
        ({"mentions": [cast.outsider.id]}, 422, "mentions", "提到的人里有的不在团队里"),
        ({"mentions": [cast.qian.id]}, 422, "mentions", "钱外部门已停用，收不到提醒"),
        ({"followup_id": strange}, 404, "followup_id", "没有找到，或者你看不到"),
        ({"reply_to_id": 10**9}, 404, "reply_to_id", "没有找到，或者你看不到"),
        ({"followup_id": 10**9}, 404, "followup_id", "没有找到，或者你看不到"),
    ]
    for values, status, field, sentence in cases:
        answer = say(cast.li, pk, **{"text": "等财务回话", **values})
        assert (answer.status, answer["field"], answer["zh"]) == (status, field, sentence), values
    assert say(cast.li, pk, mentions=["甲"]).status == 422
    assert say(cast.wang, pk).status == 404
    assert say(cast.outsider, pk).status == 404
    assert state() == before
    assert say(cast.li, pk, "字" * 2000).status == 201


def test_the_writer_is_told_who_cannot_see_it_before_anything_is_sent(cast: Cast, place: Any) -> None:
    """A mention of somebody without rights: named, nothing stored; after adding him, or anyway, it goes."""
    pk, _ = place
    before = state()
    answer = say(cast.li, pk, mentions=[cast.zhao.id, cast.wang.id, cast.wang.id])
    assert (answer.status, answer["code"], answer["zh"]) == (409, "unseen", "王销售看不到这家客户，先加他为协作人")
    assert (answer["unseen"], answer["can_share"]) == ([{"id": cast.wang.id, "name": "王销售"}], True)
    assert state() == before
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id})
    assert say(cast.li, pk, mentions=[cast.zhao.id, cast.wang.id]).status == 201
    asked = say(cast.wang, pk, mentions=[cast.qian.id])
    assert (asked["zh"], asked["can_share"]) == ("钱外部门看不到这家客户，让负责人先加他为协作人", False)
    assert say(cast.wang, pk, mentions=[cast.qian.id], anyway=True).status == 201
    assert [each["mentions"] for each in threads(cast.li, pk)] == [
        [{"id": cast.qian.id, "name": "钱外部门"}],
        [{"id": cast.zhao.id, "name": "赵主管"}, {"id": cast.wang.id, "name": "王销售"}],
    ]


def test_the_author_changes_his_comment_for_fifteen_minutes(cast: Cast, place: Any) -> None:
    pk, _ = place
    made = say(cast.li, pk)["id"]
    (shown,) = threads(cast.li, pk)
    assert shown["can"] == {"update_until": "2026-11-24T02:27:00+00:00", "remove": True, "take_down": False}
    (others,) = threads(cast.zhao, pk)
    assert others["can"] == {"update_until": None, "remove": False, "take_down": True}
    foreign = cast.zhao.patch(f"/comments/{made}", {"version": 1, "text": "别人的话"})
    assert (foreign.status, foreign["zh"]) == (403, "只有写的人能改这条评论")
    with moment.frozen(NOW + timedelta(minutes=15)):
        answer = cast.li.patch(
            f"/comments/{made}", {"version": 1, "text": "等财务周三回话", "mentions": [cast.zhao.id]}
        )
        assert (answer.status, answer["version"]) == (200, 2)
        assert cast.li.patch(f"/comments/{made}", {"version": 1, "text": "旧版本"}).status == 409
    event = Event.objects.get(name="comment.updated")
    assert (event.data.data["before"]["text"], event.data.data["after"]["text"]) == ("等财务回话", "等财务周三回话")
    before = state()
    with moment.frozen(NOW + timedelta(minutes=15, seconds=1)):
        late = cast.li.patch(f"/comments/{made}", {"version": 2, "text": "太晚了"})
        assert (late.status, late["code"]) == (409, "state")
        (shown,) = threads(cast.li, pk)
        assert (shown["text"], shown["can"]["update_until"]) == ("等财务周三回话", None)
        assert shown["edited_at"] == "2026-11-24T02:27:00+00:00"
    assert state() == before


def test_the_author_deletes_and_a_supervisor_takes_down_with_a_reason(cast: Cast, place: Any) -> None:
    """Nobody else does; the words are gone from every answer, replies stay."""
    pk, record = place
    secret = "不该写在这里的话"
    first = say(cast.li, pk, secret, followup_id=record)["id"]
    reply = say(cast.zhao, pk, "收到", reply_to_id=first)["id"]
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id})
    before = state()
    assert cast.wang.delete(f"/comments/{first}").status == 403
    assert cast.zhao.delete(f"/comments/{first}").status == 403
    assert cast.li.post(f"/comments/{reply}/take-down", {"why": "不想看"}).status == 403
    assert cast.zhao.post(f"/comments/{first}/take-down", {"why": " "})["field"] == "why"
    assert cast.outsider.delete(f"/comments/{first}").status == 404
    assert state() == before
    assert cast.zhao.post(f"/comments/{first}/take-down", {"why": "含客户隐私"}).status == 200
    event = Event.objects.get(name="comment.removed")
    assert (event.why, event.root_id, event.member_id) == ("含客户隐私", pk, cast.zhao.id)
    for path in (f"/customers/{pk}", f"/followups/{record}", f"/customers/{pk}/timeline"):
        assert secret not in cast.li.get(path).text.decode()
    (left,) = cast.li.get(f"/followups/{record}")["comments"]
    assert (left["id"], left["reply_to_gone"]) == (reply, True)
    assert [each["id"] for each in threads(cast.li, pk)] == [reply]
    assert cast.zhao.delete(f"/comments/{reply}").status == 200
    assert cast.zhao.delete(f"/comments/{reply}").status == 404


def test_every_role_but_the_auditor_comments_on_what_it_sees(cast: Cast, place: Any) -> None:
    """Management may; of those who help only whoever the customer is shared with."""
    pk, _ = place
    department = cast.li.member.department
    found: dict[str, int] = {}
    for role in ("collaborator", "legal", "service", "marketing", "management", "auditor"):
        person = logged_in(hire(cast.org, role, role, department))
        found[role] = say(person, pk).status
        cast.li.post(f"/customers/{pk}/collaborators", {"member_id": person.id})
        found[f"{role} shared"] = say(person, pk).status
        made = say(cast.li, pk)["id"]
        assert person.post(f"/comments/{made}/take-down", {"why": "没有权限"}).status == 403
    assert found == {
        "collaborator": 404, "collaborator shared": 201, "legal": 404, "legal shared": 201, "service": 404,
        "service shared": 201, "marketing": 404, "marketing shared": 201, "management": 201, "management shared": 201,
        "auditor": 403, "auditor shared": 403,
    }  # fmt: skip


def test_a_repeated_call_writes_one_comment(cast: Cast, place: Any) -> None:
    """C3: the same key gives the same answer, another body under it is refused."""
    pk, _ = place
    body = {"customer_id": pk, "text": "网络不好"}
    first = cast.li.post("/comments", body, Idempotency_Key="k1")
    again = cast.li.post("/comments", body, Idempotency_Key="k1")
    assert (first.status, again.status, first["id"]) == (201, 201, again["id"])
    assert unscoped(Comment, "test").count() == 1
    assert cast.li.post("/comments", {**body, "text": "别的"}, Idempotency_Key="k1").status == 422


def test_no_byte_of_a_foreign_comment_reaches_anybody(cast: Cast, place: Any) -> None:
    """A canary in a comment; neither lists nor pages nor the find box show it to who may not see the customer."""
    pk, record = place
    canary = "金丝雀子丑寅"
    made = say(cast.li, pk, canary, mentions=[cast.zhao.id])["id"]
    say(cast.li, pk, canary, followup_id=record)
    assert canary in cast.zhao.get(f"/customers/{pk}/timeline").text.decode()
    paths = [f"/customers/{pk}", f"/customers/{pk}/timeline", f"/followups/{record}", "/inbox", "/desk/today"]
    for person in (cast.wang, cast.qian, cast.outsider):
        for path in [*paths, f"/customers/{pk}/timeline?kind=comment", f"/find?q={canary}", "/followups", "/customers"]:
            assert canary not in person.get(path).text.decode(), (person.member.name, path)
        assert person.patch(f"/comments/{made}", {"version": 1, "text": "改"}).status == 404


def test_a_comment_stays_readable_where_the_words_of_the_record_are_hidden(cast: Cast, place: Any) -> None:
    """Field rights hide the record's text; what a colleague said is a text of its own."""
    pk, record = place
    say(cast.zhao, pk, "这家先放放", followup_id=record)
    Role.objects.filter(org=cast.org, key="rep").update(fields={"followup": {"summary": "hidden"}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=cast.org.config_version + 1)
    shown = cast.li.get(f"/followups/{record}")
    assert (shown["summary"], [each["text"] for each in shown["comments"]]) == ("", ["这家先放放"])


def test_comments_wait_with_their_record_in_the_bin(cast: Cast, place: Any) -> None:
    pk, record = place
    say(cast.li, pk, followup_id=record)
    assert cast.li.delete(f"/followups/{record}").status == 200
    assert (threads(cast.li, pk), cast.li.get(f"/customers/{pk}")["counts"]["comments"]) == ([], 0)
    assert say(cast.li, pk, followup_id=record).status == 404
    assert cast.li.post("/followups/restore", {"ids": [record]}).status == 200
    assert len(threads(cast.li, pk)) == 1


def test_a_merge_takes_comments_along_and_its_undo_brings_them_back(cast: Cast, place: Any, new_customer: Any) -> None:
    pk, record = place
    into = new_customer(cast.li, "恒锐精机")
    say(cast.li, pk, "在旧档案上说的", followup_id=record)
    say(cast.li, pk, "关于旧档案")
    merged = cast.li.post("/customers/merge", {"ids": [into, pk], "into": into})
    assert merged.status == 200, merged
    assert {each["text"] for each in threads(cast.li, into)} == {"在旧档案上说的", "关于旧档案"}
    late = say(cast.li, pk, "写的时候刚合并")
    assert late.status == 201
    assert unscoped(Comment, "test").get(pk=late["id"]).customer_id == into
    assert cast.li.post("/batches/undo", {"batch": merged["batch"]}).status == 200
    assert {each["text"] for each in threads(cast.li, pk)} == {"在旧档案上说的", "关于旧档案"}
    assert [each["text"] for each in threads(cast.li, into)] == ["写的时候刚合并"]


def test_the_number_of_statements_does_not_grow_with_comments(cast: Cast, place: Any) -> None:
    pk, record = place

    def statements(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert cast.li.get(path).status == 200
        return len(seen)

    first = say(cast.li, pk, mentions=[cast.zhao.id], followup_id=record)["id"]
    say(cast.zhao, pk, "好", reply_to_id=first)
    paths = (f"/customers/{pk}", f"/followups/{record}", f"/customers/{pk}/timeline?kind=comment")
    few = [statements(path) for path in paths]
    for number in range(12):
        on = {"followup_id": record} if number % 2 else {}
        made = say(cast.li, pk, f"第 {number} 条", mentions=[cast.zhao.id], **on)["id"]
        say(cast.zhao, pk, "好", reply_to_id=made)
    assert [statements(path) for path in paths] == few


def test_threads_come_in_pages(cast: Cast, place: Any) -> None:
    pk, _ = place
    ids = [say(cast.li, pk, f"第 {number} 条")["id"] for number in range(23)]
    say(cast.zhao, pk, "第一条的回复", reply_to_id=ids[0])
    first = cast.li.get(f"/customers/{pk}/timeline", kind="comment")
    second = cast.li.get(f"/customers/{pk}/timeline", kind="comment", cursor=first["next"])
    assert [each["id"] for each in first["items"] + second["items"]] == ids[::-1]
    assert (len(first["items"]), second["next"], len(second["items"][-1]["replies"])) == (20, None, 1)
