"""The limit of a node from the first moment: new, taken over, sent back, claimed, merged customers (R-081, R-089)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.agenda.climbing import climb_all
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.lib import moment
from genjin.notify.tasks import remind_all
from genjin.playbook.models import Passage
from genjin.playbook.tests.test_limits import at, items
from genjin.playbook.tests.test_moving import made, moved

CONTACT = {"name": "王建国", "phone": "13812340001"}


def row(pk: int) -> Customer:
    found: Customer = unscoped(Customer, "test").get(pk=pk)
    return found


def test_a_new_customer_has_the_limit_of_its_first_node(cast: Cast) -> None:
    """R-081: a day for the first contact, from the moment it was made; it is no step of the customer."""
    pk = made(cast)
    assert items(pk) == [("node", cast.li.id, at(25))]
    (item,) = cast.li.get("/agenda")["items"]
    assert (item["act"], row(pk).next_step_id) == ("登记来源，判断是不是目标客户，1 天内做第一次联系", None)
    later = made(cast, "后来的设备", stage="proposal")
    assert items(later) == [("node", cast.li.id, at(26))]


def test_nodes_beside_the_first_one_are_open_too(cast: Cast) -> None:
    """R-090: whoever begins in the negotiation owes the feedback."""
    pk = made(cast, stage="negotiation")
    assert [each[0] for each in items(pk)] == ["side", "node"]
    assert unscoped(Passage, "test").get(customer_id=pk).state == "open"


def taken_over(pk: int) -> None:
    """As an import leaves it: history, and nothing on the agenda."""
    unscoped(AgendaItem, "test").filter(customer_id=pk).delete()
    unscoped(Customer, "test").filter(pk=pk).update(historical=True)


def test_taken_over_customers_begin_with_the_first_contact(cast: Cast, good: Any) -> None:
    """R-081: ten thousand taken over set off no alarm; whoever is spoken to has its limit from then on, once."""
    pk = made(cast, stage="needs", contact=CONTACT)
    taken_over(pk)
    with moment.frozen(NOW + timedelta(days=9)):
        attempt = {"customer_id": pk, "kind": "no_answer", "channel": "phone",
                   "next_try_at": "2026-12-05T02:00:00Z"}  # fmt: skip
        assert cast.li.post("/followups/attempts", attempt).status in (200, 201)
        assert items(pk) == []
        good["next_steps"] = [{"act": "发样本", "due_at": "2026-12-20T02:00:00Z"}]
        assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
        assert row(pk).stage_at == NOW + timedelta(days=9)
        assert items(pk) == [("node", cast.li.id, datetime(2026, 12, 10, 10, tzinfo=UTC))]
    with moment.frozen(NOW + timedelta(days=10)):
        again = {**good, "summary": good["summary"] + "另外问了发票抬头和开票时间。"}
        assert cast.li.post("/followups", {"customer_id": pk, **again}).status == 201
        assert items(pk) == [("node", cast.li.id, datetime(2026, 12, 10, 10, tzinfo=UTC))]


def test_taken_over_customers_begin_when_they_are_moved(cast: Cast) -> None:
    """R-081: and neither by a hand-over nor by a rest."""
    pk = made(cast)
    taken_over(pk)
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    for paused in (True, False):
        version = row(pk).version
        assert cast.wang.patch(f"/customers/{pk}", {"version": version, "paused": paused}).status == 200
    assert items(pk) == [] and not unscoped(Passage, "test").exists()
    with moment.frozen(NOW + timedelta(days=9)):
        moved_by = {"version": row(pk).version, "to": "demo", "why": "已经谈过"}
        assert cast.wang.post(f"/customers/{pk}/move", moved_by).status == 200
        assert items(pk) == [("node", cast.wang.id, datetime(2026, 12, 6, 10, tzinfo=UTC))]


def test_who_gets_what_was_nobodys_has_the_whole_limit(cast: Cast) -> None:
    """R-081, R-167: in the pool the clock stands; the next owner does not inherit what the former one left of it."""
    pool: dict[str, Any] = {
        "name": "公海",
        "days_contact": None,
        "days_progress": 5,
        "days_unsigned": None,
        "warn_days": 0,
    }
    plan = {"version": cast.admin.get("/pools/rules")["version"], "pools": [{"id": None, **pool}]}
    assert cast.admin.put("/pools/rules", plan).status == 200
    pk = made(cast, stage="negotiation", contact=CONTACT)
    with moment.frozen(NOW + timedelta(days=1)):
        back = cast.li.post("/pools/put-back", {"ids": [pk], "why": "没有精力跟"})
        assert back.status == 200, back
        assert items(pk) == []
    with moment.frozen(NOW + timedelta(days=6)):
        assert cast.wang.post(f"/pools/customers/{pk}/claim", {}).status == 200
        end = datetime(2026, 12, 10, 10, tzinfo=UTC)
        assert items(pk) == [("side", cast.wang.id, NOW + timedelta(days=8)), ("node", cast.wang.id, end)]
        assert row(pk).stage_at == NOW + timedelta(days=6)
        assert cast.wang.post(f"/customers/{pk}/side/feedback", {"done": True}).status == 200
    with moment.frozen(NOW + timedelta(days=7)):
        version = row(pk).version
        body = {"version": version, "to": "service", "why": "签了"}
        assert cast.wang.post(f"/customers/{pk}/move", body).status == 200
    stay = unscoped(Passage, "test").get(state="left")
    assert (stay.entered_at, stay.paused_minutes, stay.late) == (NOW, 5 * 24 * 60, False)


def test_one_that_waits_for_an_owner_begins_with_him(cast: Cast) -> None:
    """R-081: nobody is asked for what nobody has."""
    pk = made(cast)
    unscoped(AgendaItem, "test").delete()
    unscoped(Customer, "test").filter(pk=pk).update(owner=None)
    with moment.frozen(NOW + timedelta(days=3)):
        given = cast.zhao.post("/assignments", {"ids": [pk], "member_ids": [cast.wang.id]})
        assert given.status == 200, given
        assert items(pk) == [("node", cast.wang.id, at(28))]


def test_an_undone_claim_of_time_stands_still_again(cast: Cast) -> None:
    """R-111: what was said before a rest is not said again after it, and what was not said is."""
    pk = made(cast, stage="proposal")
    with moment.frozen(NOW + timedelta(hours=25)):
        climb_all()
        first = unscoped(AgendaItem, "test").get(customer_id=pk, state="open", deleted_at__isnull=True)
        assert first.rung == 1  # the reminder after 24 hours
        assert cast.li.patch(f"/customers/{pk}", {"version": row(pk).version, "paused": True}).status == 200
    with moment.frozen(NOW + timedelta(days=7)):
        assert cast.li.patch(f"/customers/{pk}", {"version": row(pk).version, "paused": False}).status == 200
        again = unscoped(AgendaItem, "test").get(customer_id=pk, state="open", deleted_at__isnull=True)
        assert (again.rung, again.climb_at) == (1, again.due_at - timedelta(hours=4))


@pytest.fixture
def two(cast: Cast) -> tuple[int, int]:
    """Two files of one firm in the negotiation, the second without the feedback that was due beside it."""
    first, second = made(cast, "苏州恒锐精密机械有限公司", stage="negotiation"), made(cast, "恒锐精机", stage="demo",
                                                                     confirm_duplicate=True)  # fmt: skip
    return first, second


def merge(person: Person, into: int, other: int, **more: Any) -> Any:
    answer = person.post("/customers/merge", {"ids": [into, other], "into": into, **more})
    assert answer.status == 200, answer
    return answer


def open_sides() -> list[tuple[int, str]]:
    rows = unscoped(Passage, "test").filter(state__in=("open", "paused"), left_at=None).order_by("customer_id")
    return list(rows.values_list("customer_id", "node"))


def test_what_was_open_beside_a_merged_file_is_left_out(cast: Cast, two: tuple[int, int]) -> None:
    """R-121, R-090: the survivor stands elsewhere: nobody is asked for feedback; an undo brings it back."""
    first, second = two
    before = (items(first), items(second))
    batch = merge(cast.li, second, first, choices={"stage": second})["batch"]
    assert items(first) == [] and [each[0] for each in items(second)] == ["node"]
    assert open_sides() == []
    assert unscoped(Passage, "test").get(node="feedback").why == "客户合并了"
    assert cast.li.post("/batches/undo", {"batch": batch}).status == 200
    assert (items(first), items(second)) == before
    assert open_sides() == [(first, "feedback")]


def test_it_goes_along_where_the_survivor_stands_beside_it(cast: Cast, two: tuple[int, int]) -> None:
    """R-121, R-090: one of each kind, whichever file had it."""
    first, second = two
    due = items(first)[0]
    assert moved(cast, second, "negotiation", why="谈定").status == 200
    assert cast.li.post(f"/customers/{second}/side/feedback", {"done": False, "why": "当面说过"}).status == 200
    merge(cast.li, second, first, choices={"stage": second})
    assert items(second)[0] == due and [each[0] for each in items(second)] == ["side", "node"]
    assert open_sides() == [(second, "feedback")]
    third = made(cast, "恒锐精机苏州厂", stage="negotiation", confirm_duplicate=True)
    merge(cast.li, second, third, choices={"stage": second})
    assert [each[0] for each in items(second)] == ["side", "node"]
    assert open_sides() == [(second, "feedback")]


def test_a_rest_of_a_merged_file_ends_with_it(cast: Cast, two: tuple[int, int]) -> None:
    """R-121, R-111: the survivor goes on."""
    first, second = two
    assert cast.li.patch(f"/customers/{first}", {"version": 1, "paused": True}).status == 200
    merge(cast.li, second, first, choices={"stage": second, "paused": second})
    assert open_sides() == [] and [each[0] for each in items(second)] == ["node"]


def statements(run: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def test_giving_out_many_costs_as_many_statements_as_a_few(cast: Cast) -> None:
    """Bulk: what waits for an owner begins in a fixed number of statements."""
    few, many = [made(cast, f"少{at}厂") for at in range(2)], [made(cast, f"多{at}厂") for at in range(30)]
    unscoped(AgendaItem, "test").delete()
    unscoped(Customer, "test").update(owner=None)

    def give(ids: list[int]) -> Any:
        return cast.zhao.post("/assignments", {"ids": ids, "member_ids": [cast.wang.id]})

    assert give([few.pop()]).status == 200
    assert statements(lambda: give(few)) + 2 >= statements(lambda: give(many))
    assert unscoped(AgendaItem, "test").filter(kind="node_limit", owner_id=cast.wang.id).count() == 32


def test_reminders_of_a_node_beside_the_way_are_not_repeated_after_a_rest(cast: Cast) -> None:
    """R-111: it rests with its customer; what was said before is not said again."""
    pk = made(cast, stage="negotiation")
    with moment.frozen(NOW + timedelta(hours=47, minutes=45)):
        remind_all()
        assert cast.li.patch(f"/customers/{pk}", {"version": row(pk).version, "paused": True}).status == 200
        assert items(pk) == []
    with moment.frozen(NOW + timedelta(days=6)):
        assert cast.li.patch(f"/customers/{pk}", {"version": row(pk).version, "paused": False}).status == 200
        side = unscoped(AgendaItem, "test").get(source_type="side", deleted_at__isnull=True)
        end = NOW + timedelta(days=6, minutes=15)
        assert (side.due_at, side.told, side.tell_at) == (end, "before", end)


def test_moved_on_during_a_rest_the_clocks_begin_after_it(cast: Cast) -> None:
    """R-111: nodes beside the new one are open all the same."""
    pk = made(cast, stage="demo")
    assert cast.li.patch(f"/customers/{pk}", {"version": 1, "paused": True}).status == 200
    with moment.frozen(NOW + timedelta(days=1)):
        assert moved(cast, pk, "negotiation", why="客户打来说要签").status == 200
        assert items(pk) == []
    with moment.frozen(NOW + timedelta(days=3)):
        assert cast.li.patch(f"/customers/{pk}", {"version": row(pk).version, "paused": False}).status == 200
        assert items(pk) == [("side", cast.li.id, NOW + timedelta(days=5)),
                             ("node", cast.li.id, datetime(2026, 12, 7, 10, tzinfo=UTC))]  # fmt: skip


def test_a_limit_that_runs_on_during_a_rest_keeps_its_to_do(cast: Cast) -> None:
    """R-111: the node says that its clock does not wait for the customer."""
    told = cast.admin.get("/playbooks/standard")["document"]
    told["nodes"][0]["limit"]["pause_waiting"] = False
    assert cast.admin.put("/playbooks/standard", {"version": 1, "document": told}).status == 200
    pk = made(cast)
    assert cast.li.patch(f"/customers/{pk}", {"version": 1, "paused": True}).status == 200
    assert items(pk) == [("node", cast.li.id, at(25))] and open_sides() == []
