"""Setting targets and reading them: who may, who sees whom, what is refused (R-161, R-163, R-166, R-171)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast, hire, logged_in
from genjin.access.models import Role
from genjin.history.models import Event
from genjin.insights.models import Target
from genjin.insights.tests.conftest import Log, aim, cell, row_of
from genjin.orgs.models import Organisation


def _stored() -> set[tuple[str, str, int | None, int | None, int]]:
    rows = Target.objects.filter(number__isnull=False)
    cells = rows.values_list("month", "measure", "member_id", "department_id", "number")
    return {(f"{month:%Y-%m}", *rest) for month, *rest in cells}  # type: ignore[misc]


def test_a_supervisor_sets_targets_and_the_rep_sees_where_he_should_be(cast: Cast, new_customer: Any, log: Log) -> None:
    """On 24 November 16 of 21 working days are over: of 40 records 30 should be there."""
    log(cast.li, new_customer(cast.li, "甲公司"))
    answer = aim(cast.zhao, cell(cast.li, "records", 40), cell(cast.li, "amount", 50_000_000))
    assert (answer.status, answer["set"], answer["cleared"]) == (200, 2, 0)
    mine = cast.li.get("/targets/progress")
    assert (mine["month"], mine["days"]) == ("2026-11", {"elapsed": 16, "total": 21})
    (row,) = mine["rows"]
    assert (row["kind"], row["name"], set(row["cells"])) == ("member", "李销售", {"records", "amount"})
    shown = {slug: row["cells"]["records"][slug] for slug in ("done", "target", "expected", "state")}
    assert shown == {"done": 1, "target": 40, "expected": 30, "state": "behind"}
    assert row["cells"]["amount"]["expected"] == 38_095_238
    assert mine["can"] == {"set": False, "configure": False, "export": True}
    event = Event.objects.filter(name="target.set").select_related("data").order_by("id").first()
    assert event is not None and event.member_id == cast.zhao.id
    told = {"month": "2026-11", "measure": "records", "member_id": cast.li.id, "number": 40}
    assert event.data.data == {"before": {"number": None}, "after": told}


def test_a_target_is_changed_taken_away_and_left_alone(cast: Cast) -> None:
    """Only what differs is written; null takes a target away."""
    aim(cast.zhao, cell(cast.li, "records", 40), cell(cast.wang, "records", 30))
    answer = aim(cast.zhao, cell(cast.li, "records", 45), cell(cast.wang, "records", 30))
    assert (answer["set"], answer["cleared"]) == (1, 0)
    cleared = aim(cast.zhao, cell(cast.wang, "records", None))
    assert (cleared["set"], cleared["cleared"]) == (0, 1)
    assert _stored() == {("2026-11", "records", cast.li.id, None, 45)}
    last = Event.objects.filter(name__startswith="target.").select_related("data").order_by("-id")[0]
    assert (last.name, last.data.data["before"]["number"]) == ("target.cleared", 30)


def test_a_table_of_targets_is_undone_for_a_day(cast: Cast) -> None:
    """R-163, N11: what was set, changed and cleared is as before; what somebody changed since stays."""
    aim(cast.zhao, cell(cast.li, "records", 40), cell(cast.wang, "records", 30))
    before = _stored()
    cells = (cell(cast.li, "records", 45), cell(cast.wang, "records", None), cell(cast.wang, "contacts", 9))
    batch = aim(cast.zhao, *cells)["batch"]
    assert cast.admin.post("/batches/undo", {"batch": batch}).status == 404 and _stored() != before
    assert cast.zhao.post("/batches/undo", {"batch": batch})["stays"] == 0
    assert _stored() == before
    assert cast.zhao.post("/batches/undo", {"batch": batch}).status == 409
    assert aim(cast.zhao, cell(cast.wang, "contacts", 7), cell(cast.li, "records", 40))["set"] == 1
    batch = aim(cast.zhao, cell(cast.li, "records", 50), cell(cast.wang, "records", 31))["batch"]
    assert aim(cast.admin, cell(cast.li, "records", 60)).status == 200
    undone = cast.zhao.post("/batches/undo", {"batch": batch})
    assert (undone["back"], undone["stays"]) == (1, 1)
    assert {each[-1] for each in _stored()} == {60, 30, 7}
    assert aim(cast.zhao, cell(cast.li, "records", 60))["batch"] == ""


def test_nobody_overwrites_what_he_has_not_seen(cast: Cast) -> None:
    """R-165: a cell that was changed since it was read is refused with what stands there."""
    aim(cast.zhao, cell(cast.li, "records", 40))
    late = aim(cast.admin, cell(cast.wang, "records", 9), cell(cast.li, "records", 50, was=None))
    assert (late.status, late["stands"], late["field"]) == (409, 40, "cells.1.number")
    assert "李销售的“跟进记录”目标刚有人改过" in late["message"]
    assert _stored() == {("2026-11", "records", cast.li.id, None, 40)}
    assert aim(cast.admin, cell(cast.li, "records", 50, was=40)).status == 200


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"month": "2026-13"}, 422, "“2026-13”不是月份"),
        ({"month": "去年"}, 422, "“去年”不是月份"),
        ({"number": -1}, 422, "李销售的“跟进记录”目标要在 0 到 100 万条之间"),
        ({"number": 1_000_001}, 422, "李销售的“跟进记录”目标要在 0 到 100 万条之间"),
        ({"number": 10**15 + 1, "measure": "amount"}, 422, "李销售的“成交金额”目标要在 0 到 10 万亿元之间"),
        ({"number": 2**63 - 1}, 422, "目标要在 0 到 100 万条之间"),
        ({"number": 1.5}, 422, ""),
        ({"number": True}, 422, ""),
        ({"measure": "fame"}, 422, "没有“fame”这个指标"),
        ({"member_id": "$qian"}, 404, "第 1 格：没有这个人，或者不归你定目标"),
        ({"member_id": "$outsider"}, 404, "第 1 格：没有这个人，或者不归你定目标"),
        ({"member_id": 10**18}, 404, "第 1 格：没有这个人，或者不归你定目标"),
        ({"member_id": None}, 422, "第 1 格要写明是哪个人或哪个部门"),
        ({"member_id": None, "department_id": "$second"}, 404, "第 1 格：没有这个部门，或者不归你定目标"),
        ({"department_id": "$first"}, 422, "第 1 格要写明是哪个人或哪个部门"),
    ],
)
def test_bad_cells_are_refused_in_one_sentence(cast: Cast, body: dict[str, Any], status: int, says: str) -> None:
    """Nothing of the table is stored when one cell is wrong."""
    known = {
        "$qian": cast.qian.id, "$outsider": cast.outsider.id, "$first": cast.li.member.department_id,
        "$second": cast.qian.member.department_id,
    }  # fmt: skip
    given: dict[str, Any] = {
        name: known.get(value, value) if isinstance(value, str) else value for name, value in body.items()
    }
    month = given.pop("month", "2026-11")
    answer = aim(cast.zhao, {**cell(cast.li, "records", 40), **given}, cell(cast.wang, "records", 30), month=month)
    assert answer.status == status, answer
    assert says in answer["message"] and len(answer["message"]) < 60
    assert not Target.objects.exists() and not Event.objects.filter(name__startswith="target.").exists()


def test_one_cell_told_twice_is_refused(cast: Cast) -> None:
    answer = aim(cast.zhao, cell(cast.li, "records", 40), cell(cast.li, "records", 41))
    assert (answer.status, answer["field"]) == (422, "cells.1.number")
    assert "李销售的“跟进记录”写了两次" in answer["message"]
    assert not Target.objects.exists()


def test_reps_set_no_targets(cast: Cast) -> None:
    """R-163: not even their own."""
    for person in (cast.li, cast.qian):
        refused = aim(person, cell(person, "records", 1))
        assert (refused.status, refused["code"]) == (403, "forbidden")
        assert person.get("/targets").status == person.get("/targets/proposal").status == 403
        assert person.patch("/targets/settings", {"ranking": True}).status == 403
    assert cast.zhao.patch("/targets/settings", {"ranking": True}).status == 403
    assert not Target.objects.exists()


def test_everybody_sees_his_own_reach_and_no_name_beyond(cast: Cast, new_customer: Any, log: Log) -> None:
    """A rep sees himself, a supervisor his subtree, the administrator all; names of others appear nowhere."""
    for person, name in ((cast.li, "金丝雀甲"), (cast.wang, "金丝雀乙"), (cast.qian, "金丝雀丙")):
        log(person, new_customer(person, name))
    aim(cast.admin, *(cell(each, "records", 10) for each in (cast.li, cast.wang, cast.qian)))
    seen = {
        person.member.name: [row["name"] for row in person.get("/targets/team")["people"]]
        for person in (cast.li, cast.zhao, cast.admin, cast.outsider)
    }
    assert seen == {
        "李销售": ["李销售"], "赵主管": ["李销售", "王销售"], "管理员": ["李销售", "钱外部门", "王销售"], "外人": [],
    }  # fmt: skip
    paths = ("/targets/team", "/targets/progress", "/targets/rows", "/targets", "/targets/proposal")
    for person, foreign in (
        (cast.li, ("王销售", "钱外部门", "金丝雀乙", "金丝雀丙")),
        (cast.zhao, ("钱外部门", "金丝雀丙", "销售二部")),
        (cast.outsider, ("李销售", "王销售", "钱外部门", "金丝雀甲")),
    ):
        text = "".join(person.get(path).text.decode() for path in paths)
        assert not [name for name in foreign if name in text]
    for person, other in ((cast.li, cast.wang), (cast.zhao, cast.qian), (cast.outsider, cast.li)):
        assert person.get("/targets/rows", member_id=other.id).status == 404
        assert person.get("/targets/rows", department_id=other.member.department_id).status == 404


def test_a_department_counts_its_people_and_takes_their_targets_for_its_own(
    cast: Cast, new_customer: Any, log: Log
) -> None:
    """Without a target of its own a department shows the sum of its members'; with one both are told."""
    log(cast.li, new_customer(cast.li, "甲公司"))
    log(cast.wang, new_customer(cast.wang, "乙公司"))
    log(cast.qian, new_customer(cast.qian, "丙公司"))
    aim(cast.zhao, cell(cast.li, "records", 40), cell(cast.wang, "records", 30))
    (first,) = cast.zhao.get("/targets/team")["departments"]
    told = first["cells"]["records"]
    assert (told["done"], told["target"], told["members_target"], told["own"]) == (2, 70, 70, False)
    own = {"department_id": first["id"], "measure": "records", "number": 100}
    assert aim(cast.zhao, own).status == 200
    told = cast.zhao.get("/targets/team")["departments"][0]["cells"]["records"]
    assert (told["target"], told["members_target"], told["own"]) == (100, 70, True)
    root, *_ = cast.admin.get("/targets/team")["departments"]
    assert (root["name"], root["cells"]["records"]["done"]) == ("青松科技", 3)
    rows = cast.zhao.get("/targets/progress")["rows"]
    assert [(each["kind"], each["name"]) for each in rows] == [("department", "销售一部")]


def test_a_rep_sees_the_sum_of_his_department_only_where_the_team_shows_it(
    cast: Cast, new_customer: Any, log: Log
) -> None:
    log(cast.wang, new_customer(cast.wang, "乙公司"))
    aim(cast.zhao, cell(cast.li, "records", 40), cell(cast.wang, "records", 30))
    assert cast.li.get("/targets/team")["departments"] == []
    answer = cast.admin.patch("/targets/settings", {"department_sum": True})
    assert answer.body == {"ranking": False, "department_sum": True}
    (own,) = cast.li.get("/targets/team")["departments"]
    assert (own["name"], own["opens"]) == ("销售一部", False)
    assert (own["cells"]["records"]["done"], own["cells"]["records"]["target"]) == (1, 70)
    assert [row["name"] for row in cast.li.get("/targets/team")["people"]] == ["李销售"]
    assert [each["kind"] for each in cast.li.get("/targets/progress")["rows"]] == ["member", "department"]
    assert cast.li.get("/targets/rows", department_id=own["id"]).status == 404


def test_people_stand_by_name_until_the_team_ranks(cast: Cast, new_customer: Any, log: Log) -> None:
    """Off: the order of the alphabet and no places, whatever is asked for. On: by the measure, equals share."""
    pk = new_customer(cast.wang, "乙公司")
    log(cast.wang, pk)
    log(cast.wang, pk)
    log(cast.li, new_customer(cast.li, "甲公司"))
    log(cast.qian, new_customer(cast.qian, "丙公司"))
    off = cast.admin.get("/targets/team", by="records")
    assert [(row["name"], row["rank"]) for row in off["people"]] == [
        ("李销售", None), ("钱外部门", None), ("王销售", None),
    ]  # fmt: skip
    assert (off["ranking"], off["by"]) == (False, None)
    assert cast.admin.patch("/targets/settings", {"ranking": True}).status == 200
    on = cast.admin.get("/targets/team", by="records")
    assert [(row["name"], row["rank"]) for row in on["people"]] == [("王销售", 1), ("李销售", 2), ("钱外部门", 2)]
    assert cast.admin.get("/targets/team", by="fame").status == 422
    assert Organisation.objects.get(pk=cast.org.pk).settings["review"] == {"share": 0, "check_new_files": False}


def test_last_month_and_shares_are_proposed_and_not_stored(cast: Cast) -> None:
    """A copy fills only what is empty; a department's number is shared by those who sell, not by who leads."""
    aim(cast.admin, cell(cast.li, "records", 40), cell(cast.qian, "records", 20), month="2026-10")
    aim(cast.zhao, cell(cast.wang, "records", 30), month="2026-10")
    aim(cast.zhao, cell(cast.wang, "records", 35))
    copied = cast.zhao.get("/targets/proposal", month="2026-11")
    assert copied["cells"] == [{"member_id": cast.li.id, "department_id": None, "measure": "records", "number": 40}]
    first = cast.li.member.department_id
    asked = {"source": "shares", "department_id": first, "measure": "records", "number": 81}
    shared = cast.zhao.get("/targets/proposal", **asked)
    assert [(each["member_id"], each["number"]) for each in shared["cells"]] == [(cast.li.id, 41), (cast.wang.id, 40)]
    assert Target.objects.filter(month="2026-11-01").count() == 1
    assert cast.zhao.get("/targets/proposal", **{**asked, "number": -1}).status == 422
    other = cast.zhao.get("/targets/proposal", **{**asked, "department_id": cast.qian.member.department_id})
    assert (other.status, other["field"]) == (404, "department_id")
    assert cast.zhao.get("/targets/proposal", source="shares").status == 422
    table = cast.zhao.get("/targets", month="2026-11")
    shown = [(each["name"], each["targets"]["records"], each["last_targets"]["records"]) for each in table["people"]]
    assert shown == [("李销售", None, 40), ("王销售", 35, 30), ("赵主管", None, None)]


def test_an_amount_that_one_may_not_read_is_no_measure(cast: Cast, new_customer: Any, log: Log) -> None:
    """R-166: whose role hides 成交金额 sees no sum of it, sets none, opens none."""
    won = {"status": "won", "amount": 30_000_000, "signed_on": "2026-11-12", "contract_number": "HT-1"}
    log(cast.li, new_customer(cast.li, "甲公司"), **won)
    Role.objects.filter(org=cast.org, key="supervisor").update(fields={"followup": {"amount": "hidden"}})
    team = cast.zhao.get("/targets/team")
    assert [each["slug"] for each in team["measures"]] == ["records", "contacts", "customers"]
    assert "30000000" not in team.text.decode()
    assert cast.zhao.get("/targets/rows", measure="amount", member_id=cast.li.id).status == 422
    assert aim(cast.zhao, cell(cast.li, "amount", 1)).status == 422


def test_who_has_left_is_shown_while_his_numbers_are(cast: Cast, new_customer: Any, log: Log) -> None:
    log(cast.wang, new_customer(cast.wang, "乙公司"))
    assert cast.admin.patch(f"/members/{cast.wang.id}", {"active": False}).status == 200
    row = row_of(cast.zhao.get("/targets/team"), cast.wang)
    assert (row["active"], row["cells"]["records"]["done"]) == (False, 1)
    assert [each["name"] for each in cast.zhao.get("/targets")["people"]] == ["李销售", "赵主管"]


def test_statements_do_not_grow_with_people_and_records(cast: Cast, new_customer: Any, log: Log) -> None:
    """The team page of one person costs as many statements as that of twelve."""
    paths = ("/targets/progress", "/targets/team", "/targets/rows", "/targets")
    log(cast.li, new_customer(cast.li, "甲公司"))
    aim(cast.zhao, cell(cast.li, "records", 40))
    few = []
    for path in paths:
        cast.zhao.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert cast.zhao.get(path).status == 200
        few.append(len(queries))
    for number in range(10):
        person = logged_in(hire(cast.org, f"新人{number}", "rep", cast.li.member.department))
        log(person, new_customer(person, f"第{number}公司"))
        aim(cast.zhao, cell(person, "records", 10))
    many = []
    for path in paths:
        cast.zhao.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert cast.zhao.get(path).status == 200
        many.append(len(queries))
    assert many == few
    assert all(count <= most for count, most in zip(many, (11, 12, 7, 11), strict=True)), many
    people = [cast.li, cast.wang]
    costs = []
    for cells in ([cell(cast.li, "records", 41)], [cell(each, slug, 9) for each in people for slug in _COUNTED]):
        with CaptureQueriesContext(connection) as queries:
            assert aim(cast.zhao, *cells, month="2026-12").status == 200
        costs.append(len(queries))
    assert costs[0] <= 14 and costs[1] <= costs[0] + 2, costs


_COUNTED = ("records", "contacts", "customers")


def test_a_department_without_people_or_targets_is_not_shown(cast: Cast, new_customer: Any, log: Log) -> None:
    """The whole team stands on top whatever it has."""
    assert [each["name"] for each in cast.admin.get("/targets/team")["departments"]] == ["青松科技"]
    log(cast.li, new_customer(cast.li, "甲公司"))
    assert (
        aim(
            cast.admin,
            {"department_id": cast.qian.member.department_id, "measure": "records", "number": 9},
        ).status
        == 200
    )
    names = [each["name"] for each in cast.admin.get("/targets/team")["departments"]]
    assert names == ["青松科技", "销售一部", "销售二部"]
