"""离职交接: everything goes over at once, nothing is lost, and it can be taken back for a day (R-157, R-158; A10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, hire
from genjin.access.guard import unscoped
from genjin.access.models import ApiToken, Session
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import ApprovalStep
from genjin.approvals.tests.conftest import review_all
from genjin.customers.models import Collaborator, Customer
from genjin.followups.models import Draft, FollowUp
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Membership
from genjin.ownership.tests.conftest import tell_everybody
from genjin.people.models import SavedView

FIRMS = ("佛山华悦陶瓷有限公司", "苏州恒锐精密机械有限公司", "宁波海拓塑胶有限公司", "青岛海晟冷链有限公司")


@pytest.fixture
def firms(cast: Cast, new_customer: Any, good: Any) -> list[int]:
    """Four customers of 李销售, each with the limit of its node, on the first of them a record with a next step; he
    helps on one of 钱外部门."""
    found = [new_customer(cast.li, name) for name in FIRMS]
    assert cast.li.post("/followups", {"customer_id": found[0], **good}).status == 201
    other = new_customer(cast.qian, "厦门鹭屿电子商务有限公司")
    assert cast.qian.post(f"/customers/{other}/collaborators", {"member_id": cast.li.id}).status == 201
    own = {"act": "交季度总结", "due_at": "2026-11-30T02:00:00Z"}
    assert cast.li.post("/agenda", own).status == 201
    return found


def _owners(ids: list[int]) -> list[int | None]:
    rows = dict(unscoped(Customer, "test").filter(pk__in=ids).values_list("pk", "owner_id"))
    return [rows[pk] for pk in ids]


def _path(person: Any, end: str = "") -> str:
    return f"/members/{person.id}/handover{end}"


def _counts(answer: Any) -> dict[str, int]:
    return {row["key"]: row["number"] for row in answer["counts"]}


def test_the_preview_counts_everything_and_writes_nothing(cast: Cast, firms: list[int]) -> None:
    cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.create"]})
    counts = _counts(cast.admin.get(_path(cast.li)))
    assert counts == {
        "customers": 4, "contacts": 4, "followups": 1, "todos": 5, "other_todos": 1, "shared": 1, "reviews": 0,
        "returned": 0, "views": 0, "drafts": 0, "sessions": 1, "tokens": 1,
    }  # fmt: skip
    body = {
        "member_ids": [cast.wang.id, cast.qian.id],
        "chosen": [{"customer_id": firms[1], "member_id": cast.zhao.id}],
    }
    answer = cast.admin.post(_path(cast.li, "/preview"), body)
    assert [(row["name"], row["gets"], row["open"]) for row in answer["people"]] == [
        ("王销售", 2, 0), ("钱外部门", 1, 1), ("赵主管", 1, 0),
    ]  # fmt: skip
    assert [row["to"] for row in answer["customers"]] == [cast.wang.id, cast.zhao.id, cast.qian.id, cast.wang.id]
    assert _owners(firms) == [cast.li.id] * 4
    assert not Event.objects.filter(name="member.handed_over").exists()


def test_everything_goes_over_at_once_and_his_logins_end(cast: Cast, firms: list[int]) -> None:
    token = cast.li.post("/tokens", {"name": "脚本", "verbs": ["customer.create"]})["id"]
    answer = cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id, cast.zhao.id], "why": "调去大客户部"})
    assert (answer.status, answer["moved"]) == (
        200,
        {"customers": 4, "reviews": 0, "todos": 6, "shared": 1, "records": 0, "views": 0, "drafts": 0},
    ), answer
    assert _owners(firms) == [cast.wang.id, cast.zhao.id, cast.wang.id, cast.zhao.id]
    assert not unscoped(AgendaItem, "test").filter(owner_id=cast.li.id, state="open").exists()
    work = unscoped(AgendaItem, "test").filter(owner_id=cast.wang.id, state="open").exclude(kind="handover")
    assert work.count() == 4
    assert list(unscoped(Collaborator, "test").values_list("member_id", flat=True)) == [cast.wang.id]
    assert unscoped(FollowUp, "test").get().contacted_by_id == cast.li.id
    assert cast.li.get("/session").status == 401
    assert not Session.objects.filter(member=cast.li.member).exists()
    assert ApiToken.objects.get(pk=token).revoked_at == NOW
    assert not Membership.objects.get(pk=cast.li.id).active
    line = cast.wang.get(f"/customers/{firms[0]}/timeline", kind="change")["items"][0]
    assert (line["sentence"]["zh"], line["why"], line["by"]) == ("由李销售交接给王销售", "调去大客户部", "管理员")
    tell_everybody()
    assert next(row["zh"] for row in cast.wang.get("/inbox")["items"]) == (
        "管理员 把 佛山华悦陶瓷有限公司 等 2 家客户转交给你，原因：调去大客户部"
    )


def test_it_can_be_taken_back_for_a_day_but_opens_no_login(cast: Cast, firms: list[int]) -> None:
    batch = cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id]})["batch"]
    assert cast.wang.patch(f"/customers/{firms[3]}", {"version": 2, "region": "青岛"}).status == 200
    answer = cast.admin.post("/batches/undo", {"batch": batch})
    assert answer.status == 200, answer
    assert _owners(firms) == [cast.li.id] * 4
    assert unscoped(AgendaItem, "test").filter(owner_id=cast.li.id, state="open").count() == 6
    assert list(unscoped(Collaborator, "test").values_list("member_id", flat=True)) == [cast.li.id]
    assert not Membership.objects.get(pk=cast.li.id).active
    assert cast.li.get("/session").status == 401


def test_it_cannot_be_taken_back_later(cast: Cast, firms: list[int]) -> None:
    batch = cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id]})["batch"]
    with moment.frozen(NOW + timedelta(hours=25)):
        assert cast.admin.post("/batches/undo", {"batch": batch}).status == 409
    assert _owners(firms) == [cast.wang.id] * 4


def test_who_only_moves_on_keeps_his_login(cast: Cast, firms: list[int]) -> None:
    assert cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id], "leave": False})["active"] is True
    assert cast.li.get("/session").status == 200
    assert cast.li.get("/customers")["items"] == []


def test_waiting_reviews_go_to_whoever_may_decide_them(cast: Cast, firms: list[int], good: Any) -> None:
    """R-175: nobody reviews his own; what none of the successors may decide stays and is counted."""
    review_all(cast.org, share=1)
    second = hire(cast.org, "孙主管", "supervisor", cast.zhao.member.department)
    for person, pk, at in ((cast.li, firms[0], "01"), (cast.li, firms[1], "02")):
        body = {"customer_id": pk, **good, "contact_at": f"2026-11-24T{at}:10:00Z"}
        assert person.post("/followups", body).status == 201
    waiting = unscoped(ApprovalStep, "test").filter(state="open")
    assert set(waiting.values_list("member_id", flat=True)) == {cast.zhao.id}
    alone = cast.admin.post(_path(cast.zhao, "/preview"), {"member_ids": [cast.li.id]})
    assert (_counts(alone)["reviews"], alone["stuck_reviews"]) == (2, 2)
    reps = cast.admin.post(_path(cast.zhao, "/preview"), {"member_ids": [cast.wang.id, cast.qian.id]})
    assert reps["stuck_reviews"] == 2
    answer = cast.admin.post(_path(cast.zhao), {"member_ids": [cast.wang.id, second.pk]})
    assert answer["moved"]["reviews"] == 2
    assert set(waiting.values_list("member_id", flat=True)) == {second.pk}
    items = unscoped(AgendaItem, "test").filter(kind="review", state="open")
    assert set(items.values_list("owner_id", flat=True)) == {second.pk}


def test_whoever_helps_already_is_not_doubled(cast: Cast, firms: list[int]) -> None:
    other = unscoped(Customer, "test").get(owner_id=cast.qian.id).pk
    assert cast.qian.post(f"/customers/{other}/collaborators", {"member_id": cast.wang.id}).status == 201
    assert cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id]})["moved"]["shared"] == 0
    living = unscoped(Collaborator, "test").filter(deleted_at=None)
    assert list(living.values_list("member_id", flat=True)) == [cast.wang.id]


@pytest.mark.parametrize("own", [True, False])
def test_a_request_for_help_goes_along_and_takes_back_only_what_it_lent(
    cast: Cast, firms: list[int], own: bool
) -> None:
    """The successor who was a collaborator before is one after the answer; a place that was lent ends with it."""
    pk = next(iter(unscoped(Customer, "test").filter(owner_id=cast.qian.id).values_list("pk", flat=True)))
    assert cast.qian.delete(f"/customers/{pk}/collaborators/{cast.li.id}").status == 200
    body = {"question": "能便宜多少", "helper_id": cast.li.id, "due_at": "2026-11-30T02:00:00Z"}
    help_id = cast.qian.post(f"/customers/{pk}/help", body)["id"]
    if own:
        assert cast.qian.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id}).status == 201
    assert cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id]}).status == 200
    assert cast.wang.post(f"/help/{help_id}/answer", {"answer": "九五折"}).status == 200
    assert cast.wang.get(f"/customers/{pk}").status == (200 if own else 404)


def test_a_request_about_ones_own_customer_goes_to_its_new_owner(cast: Cast, firms: list[int]) -> None:
    body = {"question": "能便宜多少", "helper_id": cast.li.id, "due_at": "2026-11-30T02:00:00Z"}
    help_id = cast.zhao.post(f"/customers/{firms[0]}/help", body)["id"]
    chosen = [{"customer_id": firms[0], "member_id": cast.qian.id}]
    assert cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id], "chosen": chosen}).status == 200
    assert cast.wang.post(f"/help/{help_id}/answer", {"answer": "九五折"}).status == 404
    assert cast.qian.post(f"/help/{help_id}/answer", {"answer": "九五折"}).status == 200
    assert not unscoped(AgendaItem, "test").filter(kind="help", state="open").exists()


@pytest.mark.parametrize(
    ("whom", "field", "said"),
    [
        ("li", "member_ids", "不能交给李销售自己"),
        ("outsider", "member_ids", "接手的人不在团队里"),
        ("qian", "member_ids", "钱外部门已经停用，不能接手"),
    ],
)
def test_it_goes_to_active_colleagues_only(cast: Cast, firms: list[int], whom: str, field: str, said: str) -> None:
    cast.admin.patch(f"/members/{cast.qian.id}", {"active": False})
    for end in ("", "/preview"):
        answer = cast.admin.post(_path(cast.li, end), {"member_ids": [cast.wang.id, getattr(cast, whom).id]})
        assert (answer.status, answer["field"], answer["message"]) == (422, field, said)
    assert _owners(firms) == [cast.li.id] * 4
    assert Membership.objects.get(pk=cast.li.id).active


def test_a_customer_that_is_not_his_cannot_be_chosen(cast: Cast, firms: list[int]) -> None:
    other = unscoped(Customer, "test").get(owner_id=cast.qian.id).pk
    body = {"member_ids": [cast.wang.id], "chosen": [{"customer_id": other, "member_id": cast.wang.id}]}
    answer = cast.admin.post(_path(cast.li), body)
    assert (answer.status, answer["field"], answer["ids"]) == (422, "chosen", [other])
    assert _owners(firms) == [cast.li.id] * 4


def test_nobody_hands_over_for_himself_and_only_administrators_for_others(cast: Cast, firms: list[int]) -> None:
    own = cast.admin.post(_path(cast.admin), {"member_ids": [cast.wang.id]})
    assert (own.status, own["field"]) == (422, "member_id")
    for person in (cast.li, cast.wang, cast.zhao):
        assert person.get(_path(cast.li)).status == 403
        assert person.post(_path(cast.li, "/preview"), {"member_ids": [cast.wang.id]}).status == 403
        assert person.post(_path(cast.li), {"member_ids": [cast.wang.id]}).status == 403
    assert cast.admin.get(_path(cast.outsider)).status == 404
    assert cast.outsider.post(_path(cast.li), {"member_ids": [cast.outsider.id]}).status == 404
    assert _owners(firms) == [cast.li.id] * 4


def test_a_supervisor_with_the_verb_hands_over_what_he_may_change(cast: Cast, firms: list[int]) -> None:
    role = cast.zhao.member.grants.get().role
    role.verbs = [*role.verbs, "member.hand_over"]
    role.save()
    cast.admin.patch("/organisation", {"name": "青松科技"})
    beyond = cast.zhao.post(_path(cast.qian), {"member_ids": [cast.wang.id]})
    assert (beyond.status, beyond["message"]) == (403, "只能动自己的部门和下级部门")
    assert cast.zhao.get(_path(cast.qian)).status == 403
    shown = cast.zhao.get(_path(cast.li))
    assert [shown["anywhere"], [row["id"] for row in shown["receivers"]]] == [False, [cast.wang.id, cast.zhao.id]]
    for end in ("", "/preview"):
        out = cast.zhao.post(_path(cast.li, end), {"member_ids": [cast.wang.id, cast.qian.id]})
        assert (out.status, out["message"]) == (403, "钱外部门不在你的部门里，只能分给自己部门的人")
    unscoped(Customer, "test").filter(pk=firms[0]).update(department_id=cast.qian.member.department_id)
    role.scopes = {**role.scopes, "customer": {**role.scopes["customer"], "change": ["subtree"]}}
    role.save()
    cast.admin.patch("/organisation", {"name": "青松"})
    beyond = cast.zhao.post(_path(cast.li), {"member_ids": [cast.wang.id]})
    assert (beyond.status, beyond["message"]) == (403, "李销售有 1 家客户不在你能改的范围，找管理员办")
    assert _owners(firms) == [cast.li.id] * 4
    unscoped(Customer, "test").filter(pk=firms[0]).update(department_id=cast.zhao.member.department_id)
    assert cast.zhao.post(_path(cast.admin), {"member_ids": [cast.wang.id]}).status == 403
    assert cast.zhao.post(_path(cast.li), {"member_ids": [cast.wang.id]}).status == 200
    assert _owners(firms) == [cast.wang.id] * 4


def test_the_statements_do_not_grow_with_the_customers(
    cast: Cast, new_customer: Any, good: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        pk = new_customer(cast.li, f"第{number}家陶瓷有限公司")
        assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
    # Each folder whose rows hang on customers asks a few times, however many there are.
    with django_assert_max_num_queries(130):
        assert cast.admin.post(_path(cast.li), {"member_ids": [cast.wang.id, cast.qian.id]}).status == 200


def test_drafts_and_shared_views_go_along(cast: Cast, firms: list[int]) -> None:
    """R-158, R-162: the preview lists them without a word of a draft; one undo brings both back."""
    body = {"record_type": "customer", "name": "重点", "filter": None}
    shared = cast.zhao.post("/views", body)["id"]
    assert cast.zhao.post(f"/views/{shared}/share", {"version": 1, "shared": "all"}).status == 200
    private = cast.zhao.post("/views", {**body, "name": "自己的"})["id"]
    SavedView.objects.filter(pk__in=[shared, private]).update(owner_id=cast.li.id)
    assert cast.admin.post("/views", body).status == 201
    for key, pk in (("k1", firms[0]), ("k2", firms[1]), ("call.9", firms[2]), ("k3", None)):
        sent = {"customer_id": pk, "body": {"summary": "秘密"}}
        assert cast.li.put(f"/followups/drafts/{key}", sent).status == 200
    wish = {"member_ids": [cast.wang.id], "chosen": [{"customer_id": firms[1], "member_id": cast.zhao.id}]}
    kept = cast.admin.post(_path(cast.li, "/preview"), wish)
    assert [(each["customer"]["name"], each["to"]) for each in kept["drafts"]] == [(FIRMS[0], None), (FIRMS[1], None)]
    assert "秘密" not in str(kept.body) and (_counts(kept)["views"], _counts(kept)["drafts"]) == (1, 3)
    shown = cast.admin.post(_path(cast.li, "/preview"), {**wish, "drafts": True})
    assert [each["to"] for each in shown["drafts"]] == [cast.wang.id, cast.zhao.id]
    assert shown["views_to"] == "管理员"
    assert (_counts(shown)["passed_drafts"], _counts(shown)["drafts"]) == (2, 1)
    done = cast.admin.post(_path(cast.li), {**wish, "drafts": True, "leave": False})
    assert (done["moved"]["views"], done["moved"]["drafts"]) == (1, 2)
    whose = dict(Draft.objects.values_list("client_key", "member_id"))
    assert whose == {"k1": cast.wang.id, "k2": cast.zhao.id, "call.9": cast.li.id, "k3": cast.li.id}
    assert [each["client_key"] for each in cast.wang.get("/followups/drafts")["items"]] == ["k1"]
    views = dict(SavedView.objects.filter(pk__in=[shared, private]).values_list("name", "owner_id"))
    assert views == {"重点（李销售）": cast.admin.id, "自己的": cast.li.id}
    assert "重点（李销售）" in [each["name"] for each in cast.wang.get("/views")["items"]]
    assert cast.admin.post("/batches/undo", {"batch": done["batch"]})["stays"] == 0
    assert set(Draft.objects.values_list("member_id", flat=True)) == {cast.li.id}
    assert dict(SavedView.objects.filter(pk=shared).values_list("name", "owner_id")) == {"重点": cast.li.id}


def test_drafts_stay_unless_somebody_says_so_and_a_sharer_gets_the_views(cast: Cast, firms: list[int]) -> None:
    shared = cast.zhao.post("/views", {"record_type": "followup", "name": "重点", "filter": None})["id"]
    cast.zhao.post(f"/views/{shared}/share", {"version": 1, "shared": "all"})
    SavedView.objects.filter(pk=shared).update(owner_id=cast.li.id)
    cast.li.put("/followups/drafts/k1", {"customer_id": firms[0], "body": {}})
    done = cast.admin.post(_path(cast.li), {"member_ids": [cast.zhao.id], "leave": True})
    assert (done["moved"]["views"], done["moved"]["drafts"]) == (1, 0)
    assert SavedView.objects.get(pk=shared).owner_id == cast.zhao.id
    assert Draft.objects.get().member_id == cast.li.id
