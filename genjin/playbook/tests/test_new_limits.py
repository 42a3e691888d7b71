"""A node that had no limit gets one, or loses it: the clocks of those who stand there (R-081, R-116)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.agenda.climbing import climb_all
from genjin.agenda.models import AgendaItem
from genjin.agenda.tasks import follow_ladders
from genjin.customers.models import Customer
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.notify.tasks import remind_all
from genjin.playbook import late_steps, recount_actions
from genjin.playbook.models import LimitRecount, Passage
from genjin.playbook.tasks import keep_limits
from genjin.playbook.tests.test_limits import items
from genjin.playbook.tests.test_moving import made, moved

#: Ten days after the customers came in: Friday, 10:12 in Shanghai.
LATER = NOW + timedelta(days=10)
FIVE = {"amount": 5, "clock": "workdays", "warn_hours": None, "pause_waiting": True}
LADDER = [
    {"from": "before", "amount": 4, "clock": "hours", "do": "remind", "to": "owner"},
    {"from": "due", "amount": 0, "clock": "hours", "do": "alert", "to": "owner"},
    {"from": "due", "amount": 1, "clock": "workdays", "do": "copy", "to": "superior"},
    {"from": "due", "amount": 20, "clock": "workdays", "do": "copy", "to": "head"},
]


def closing(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=UTC)


def document(cast: Cast, node: str = "service", **values: Any) -> dict[str, Any]:
    """The playbook in force with other values of one node."""
    told: dict[str, Any] = cast.admin.get("/playbooks/standard")["document"]
    next(each for each in told["nodes"] if each["key"] == node).update(values)
    return told


def publish(cast: Cast, told: dict[str, Any], **more: Any) -> None:
    version = cast.admin.get("/playbooks/standard")["version"]
    answer = cast.admin.put("/playbooks/standard", {"version": version, "document": told, **more})
    assert answer.status == 200, answer


def limited(cast: Cast, node: str = "service", **values: Any) -> None:
    publish(cast, document(cast, node, **{"limit": FIVE, "ladder": LADDER, **values}))


def patched(person: Person, pk: int, **values: Any) -> None:
    version = unscoped(Customer, "test").get(pk=pk).version
    answer = person.patch(f"/customers/{pk}", {"version": version, **values})
    assert answer.status == 200, answer


def main(pk: int) -> list[datetime]:
    return [due for source, _, due in items(pk) if source == "node"]


def row(pk: int) -> AgendaItem:
    found: AgendaItem = unscoped(AgendaItem, "test").get(
        customer_id=pk, source_type="node", state="open", deleted_at__isnull=True
    )
    return found


def test_who_stands_there_gets_a_clock_from_when_he_came_in(cast: Cast) -> None:
    """R-116, R-081: late at once where the limit is over; what its ladder would have said by now is not said."""
    old = made(cast, "老客户", stage="service")
    with moment.frozen(NOW + timedelta(days=9)):
        fresh = made(cast, "新客户", stage="service")
    with moment.frozen(LATER):
        climb_all()  # what is due before, beside the way
        remind_all()
        limited(cast)
        assert main(old) == main(fresh) == []
        assert keep_limits() == 4 and not LimitRecount.objects.exists()  # two first visits, two that get a clock
        assert (main(old), main(fresh)) == ([closing(12, 1)], [closing(12, 10)])
        assert (row(old).rung, row(old).climb_at, row(old).tell_at) == (3, closing(12, 29), None)
        assert (row(fresh).rung, row(fresh).climb_at) == (0, closing(12, 10) - timedelta(hours=4))
        follow_ladders()
        assert (row(old).rung, row(fresh).rung) == (3, 0)
        before = Notice.objects.count(), Event.objects.filter(name="agenda.climbed").count()
        assert (climb_all(), remind_all()) == (0, 0)
        assert (Notice.objects.count(), Event.objects.filter(name="agenda.climbed").count()) == before
        board = cast.zhao.get("/exceptions", kind="node")
        shown = [each["customer"]["name"] for each in board["items"] if each["act"] == row(old).act]
        assert shown == ["老客户"]
        assert keep_limits() == 0
    with moment.frozen(closing(12, 10) + timedelta(minutes=1)):
        assert climb_all() >= 1
        assert (row(fresh).rung, row(old).rung) == (2, 3)


def test_without_a_ladder_nobody_is_reminded_of_what_was_late_before(cast: Cast) -> None:
    """R-083: who is late at once stands in the list; who is not is reminded as usual."""
    old = made(cast, "老客户", stage="service")
    with moment.frozen(NOW + timedelta(days=9)):
        fresh = made(cast, "新客户", stage="service")
    with moment.frozen(LATER):
        remind_all()
        limited(cast, ladder=[])
        keep_limits()
        assert (row(old).told, row(old).tell_at) == ("overdue", None)
        assert row(fresh).told == "none" and row(fresh).tell_at == datetime(2026, 12, 10, 0, 50, tzinfo=UTC)
        assert remind_all() == 0


def test_who_has_no_running_clock_gets_none(cast: Cast) -> None:
    """R-111, R-081: resting, lost, nobody's, deleted, taken over and not begun; back again each has his."""
    paused, lost, nobody, gone, history = (made(cast, name, stage="service") for name in "甲乙丙丁戊")
    with moment.frozen(NOW + timedelta(days=1)):
        patched(cast.li, paused, paused=True)
        patched(cast.li, lost, life_cycle="lost")
    unscoped(Customer, "test").filter(pk=nobody).update(owner=None)
    unscoped(Customer, "test").filter(pk=gone).update(deleted_at=NOW)
    unscoped(AgendaItem, "test").filter(customer_id=history).delete()
    unscoped(Customer, "test").filter(pk=history).update(historical=True)
    with moment.frozen(LATER):
        limited(cast)
        keep_limits()
        assert [main(pk) for pk in (paused, lost, nobody, gone, history)] == [[], [], [], [], []]
    with moment.frozen(datetime(2026, 12, 6, 2, 12, tzinfo=UTC)):
        patched(cast.li, paused, paused=False)
        # The clock moved on by seven working days, from the 24th to the 3rd; five more.
        assert main(paused) == [closing(12, 10)]


def test_a_limit_that_runs_during_rests_begins_for_who_rests_too(cast: Cast) -> None:
    """R-111: and stops for him again when it no longer does; back again there is one, counted past the rest."""
    pk = made(cast, stage="service")
    with moment.frozen(NOW + timedelta(days=1)):
        patched(cast.li, pk, paused=True)
    with moment.frozen(LATER):
        limited(cast, limit={**FIVE, "pause_waiting": False})
        keep_limits()
        assert main(pk) == [closing(12, 1)]
        limited(cast)
        keep_limits()
        assert main(pk) == [] and unscoped(Passage, "test").filter(state="paused", left_at=None).count() == 1
    with moment.frozen(LATER + timedelta(days=3)):
        patched(cast.li, pk, paused=False)
        assert len(main(pk)) == 1
        assert unscoped(Passage, "test").filter(state="paused", left_at=None).count() == 0


def test_a_limit_that_goes_takes_the_to_dos_along(cast: Cast) -> None:
    """R-116: and one that comes back counts from the same moment, once."""
    pk = made(cast, stage="needs")
    assert main(pk) == [closing(12, 1)]
    publish(cast, document(cast, "needs", limit=None, ladder=[]))
    keep_limits()
    assert main(pk) == [] and cast.li.get(f"/customers/{pk}/path")["now"]["clock"] is None
    assert Event.objects.filter(name="agenda.rested").count() == 1
    for _ in range(2):
        limited(cast, "needs", limit={**FIVE, "amount": 6 + _})
        keep_limits()
    assert main(pk) == [closing(12, 3)]


def test_a_stage_that_gets_a_limit_of_its_own_asks_too(cast: Cast) -> None:
    """R-111: the limit set beside the calendar, without a playbook being published."""
    pk = made(cast, stage="service")
    assert cast.admin.put("/stages/service/limit", {"limit": 5, "clock": "workdays"}).status == 200
    keep_limits()
    assert main(pk) == [closing(12, 1)]


def test_a_node_beside_the_way_gets_a_limit(cast: Cast) -> None:
    """R-090, R-116: from when it was opened; what is done needs none."""
    publish(cast, document(cast, "feedback", limit=None, ladder=[]))
    open_, done = made(cast, "甲", stage="negotiation"), made(cast, "乙", stage="negotiation")
    assert cast.li.post(f"/customers/{done}/side/feedback", {"done": True}).status == 200
    limited(cast, "feedback", limit={"amount": 48, "clock": "hours", "warn_hours": None, "pause_waiting": True})
    with moment.frozen(LATER):
        keep_limits()
        assert [each for each in items(open_) if each[0] == "side"] == [
            ("side", cast.li.id, NOW + timedelta(hours=48))
        ]  # fmt: skip
        assert [each for each in items(done) if each[0] == "side"] == []
        assert keep_limits() == 0
        cast.li.post(f"/customers/{open_}/side/feedback", {"done": True})
    assert unscoped(Passage, "test").get(customer_id=open_, node="feedback").late is True


def test_who_is_moved_by_a_mapping_has_the_clock_of_the_new_node(cast: Cast) -> None:
    """R-116, R-117: at once, the time in the old node counted; what is past is not said again. A node that is new with
    this version has it when the worker has come round."""
    pk, other = made(cast, stage="service"), made(cast, "去新节点的", stage="demo")
    with moment.frozen(LATER):
        told = document(cast, "needs", ladder=LADDER)
        told["nodes"] = [each for each in told["nodes"] if each["key"] not in ("service", "first_visit", "demo")]
        told["nodes"].append({**told["nodes"][1], "key": "after", "zh": "回访", "next": None, "limit": FIVE})
        publish(cast, told, mapping={"service": "needs", "demo": "after"})
        assert main(pk) == [closing(12, 1)]
        keep_limits()
        follow_ladders()
        for each in (pk, other):
            assert main(each) == [closing(12, 1)]
            assert (row(each).rung, row(each).climb_at) == (3, closing(12, 29))
        assert climb_all() == 0


def test_other_processes_are_left_alone(cast: Cast) -> None:
    """R-110: only who stands in the node gets one, of no other playbook and no other organisation."""
    assert cast.admin.post("/playbooks", {"template": "sales_template"}).status == 201
    other = made(cast, "别的流程", stage="st_needs")
    far = int(cast.outsider.post("/customers", {"name": "别家客户", "source": "online", "stage": "service"})["id"])
    before = items(other)
    limited(cast)
    keep_limits()
    assert items(other) == before and main(far) == []


def test_a_ladder_that_is_new_is_climbed_by_those_that_wait(cast: Cast) -> None:
    """R-114: a to-do that had only reminders gets a rung; one whose ladder goes is reminded of again."""
    publish(cast, document(cast, "needs", ladder=[]))
    pk = made(cast, stage="needs")
    assert (row(pk).climb_at, row(pk).tell_at) == (None, datetime(2026, 12, 1, 0, 50, tzinfo=UTC))
    publish(cast, document(cast, "needs", ladder=LADDER))
    follow_ladders()
    assert (row(pk).climb_at, row(pk).tell_at) == (closing(12, 1) - timedelta(hours=4), None)
    publish(cast, document(cast, "needs", ladder=[]))
    follow_ladders()
    assert (row(pk).climb_at, row(pk).tell_at) == (None, datetime(2026, 12, 1, 0, 50, tzinfo=UTC))


def test_one_that_is_stopped_half_way_goes_on_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-116: a chunk is a transaction that says how far it came: nobody gets two, nobody none."""
    pks = [made(cast, f"第{at}家", stage="service") for at in range(5)]
    unscoped(AgendaItem, "test").filter(source_type="side").delete()
    limited(cast)
    monkeypatch.setattr(recount_actions, "AT_ONCE", 2)
    usual, calls = late_steps.begin_late, []

    def dies(change: Any, ids: Any) -> None:
        usual(change, ids)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(recount_actions, "begin_late", dies)
    with pytest.raises(KeyboardInterrupt):
        keep_limits()
    assert [len(main(pk)) for pk in pks] == [1, 1, 0, 0, 0]
    assert LimitRecount.objects.get().after_customer_id == pks[1]
    assert moved(cast, pks[4], "needs", why="回到需求").status == 200
    monkeypatch.setattr(recount_actions, "begin_late", usual)
    keep_limits()
    assert [main(pk) for pk in pks] == [[closing(12, 1)]] * 5 and not LimitRecount.objects.exists()
    assert [row(pk).act == row(pks[0]).act for pk in pks] == [True] * 4 + [False]


def test_a_chunk_of_many_costs_as_many_statements_as_one_of_few(cast: Cast) -> None:
    """R-116: the worker's statements do not grow with the rows."""
    counts = []
    for many in (2, 25):
        for at in range(many):
            made(cast, f"{many}之{at}", stage="service")
        publish(cast, document(cast, limit=None, ladder=[]) if many == 25 else document(cast, action="交付后回访"))
        keep_limits()
        limited(cast)
        with CaptureQueriesContext(connection) as asked:
            keep_limits()
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2


def impact(cast: Cast, person: Person, told: dict[str, Any], **mapping: str) -> dict[str, Any]:
    answer = person.post("/playbooks/standard/impact", {"document": told, "mapping": mapping})
    assert answer.status == 200, answer
    found: dict[str, Any] = answer["clocks"]
    return found


def test_the_preview_says_who_gets_a_clock_and_who_is_late_at_once(cast: Cast) -> None:
    """R-116: by owner, the same numbers as the worker then makes; owners are told of those whom one sees."""
    for at in range(3):
        made(cast, f"李的{at}", stage="service")
    resting = made(cast, "歇着的", stage="service")
    patched(cast.li, resting, paused=True)
    with moment.frozen(NOW + timedelta(days=9)):
        made(cast, "李的新客户", stage="service")
        cast.wang.post("/customers", {"name": "王的新客户", "source": "online", "stage": "service"})
    cast.qian.post("/customers", {"name": "钱的客户", "source": "online", "stage": "service"})
    with moment.frozen(LATER):
        told = document(cast, limit=FIVE)
        owners = [
            {"id": cast.li.id, "name": "李销售", "begun": 4, "over": 3},
            {"id": cast.qian.id, "name": "钱外部门", "begun": 1, "over": 1},
            {"id": cast.wang.id, "name": "王销售", "begun": 1, "over": 0},
        ]
        totals = {"begun": 6, "begun_over": 4, "redated": 0, "redated_over": 0, "ended": 0}
        assert impact(cast, cast.admin, told) == {**totals, "owners": owners}
        Role.objects.filter(org=cast.org, key="supervisor").update(verbs=["customer.*", "playbook.*"])
        assert impact(cast, cast.zhao, told) == {**totals, "owners": [owners[0], owners[2]]}
        assert unscoped(AgendaItem, "test").filter(source_type="node").count() == 0
        limited(cast)
        keep_limits()
        made_ = unscoped(AgendaItem, "test").filter(source_type="node")
        assert (made_.count(), made_.filter(due_at__lte=LATER).count()) == (6, 4)


def test_the_preview_of_limits_that_change_go_or_come_by_mapping(cast: Cast) -> None:
    """R-116: who would be late only now, who loses his clock, who gets the one of the node he is moved to."""
    made(cast, "甲", stage="needs")
    made(cast, "乙", stage="service")
    with moment.frozen(NOW + timedelta(days=3)):
        week = {"amount": 2, "clock": "days", "warn_hours": None, "pause_waiting": True}
        found = impact(cast, cast.admin, document(cast, "needs", limit=week))
        assert (found["redated"], found["redated_over"], found["begun"]) == (1, 1, 0)
        assert found["owners"] == [{"id": cast.li.id, "name": "李销售", "begun": 0, "over": 1}]
        assert impact(cast, cast.admin, document(cast, "needs", limit=None, ladder=[]))["ended"] == 1
        told = document(cast, "needs", limit=week)
        told["nodes"] = [each for each in told["nodes"] if each["key"] not in ("service", "first_visit")]
        found = impact(cast, cast.admin, told, service="needs")
        assert (found["begun"], found["begun_over"], found["redated"]) == (1, 1, 1)
        wrong = document(cast, "needs", limit={**week, "amount": 1.5})
        assert impact(cast, cast.admin, wrong)["redated_over"] == 0
