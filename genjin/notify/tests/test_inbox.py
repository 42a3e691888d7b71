"""R-075, R-083, R-189: who hears of what, once, and sees only the own inbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.history.followers import FOLLOWERS, run_follower
from genjin.history.models import Cursor, Event, EventData
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.notify.queries import waiting_for_reminder
from genjin.notify.rules import MOST_EACH
from genjin.notify.tasks import remind_all

DUE = "2026-11-26T02:00:00Z"  # Thursday 10:00 in Shanghai


@pytest.fixture
def follow(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the inbox follower read all there is. Inside the test's own transaction PostgreSQL holds its
    events for unsettled, so the batch is handed over as `run_follower` would after the commit."""

    def run() -> None:
        if connection.vendor == "postgresql":
            wanted = FOLLOWERS["inbox"].events
            FOLLOWERS["inbox"].run(list(Event.objects.filter(name__in=wanted).order_by("id").select_related("data")))
        else:
            while run_follower("inbox"):
                pass

    return run


def todo(person: Any, **values: Any) -> int:
    answer = person.post("/agenda", {"act": "发报价", "due_at": DUE, **values})
    assert answer.status == 201, answer
    return int(answer["id"])


def told(person: Any) -> list[str]:
    return [each["zh"] for each in person.get("/inbox")["items"]]


def test_a_to_do_from_somebody_else_is_told_once_and_an_own_one_never(cast: Any, follow: Any) -> None:
    """R-075: at assignment."""
    todo(cast.zhao, owner_id=cast.li.id)
    todo(cast.li)
    follow()
    follow()
    assert told(cast.li) == ["赵主管 派给你：发报价，11月26日 10:00 前完成"]
    assert told(cast.zhao) == []


def test_reassigning_tells_the_new_owner(cast: Any, follow: Any) -> None:
    item = todo(cast.zhao)
    answer = cast.zhao.post(f"/agenda/{item}/assign", {"version": 1, "owner_id": cast.wang.id})
    assert answer.status == 200, answer
    follow()
    assert told(cast.wang) == ["赵主管 派给你：发报价，11月26日 10:00 前完成"]


def test_a_batch_of_to_dos_becomes_one_line_per_receiver_only_when_one_verb_made_it(cast: Any, follow: Any) -> None:
    for _ in range(MOST_EACH + 1):
        todo(cast.zhao, owner_id=cast.li.id)
    follow()
    assert len(told(cast.li)) == MOST_EACH + 1


def test_customers_handed_over_are_told_in_one_line(cast: Any, new_customer: Any, follow: Any) -> None:
    """R-158."""
    ids = [new_customer(cast.li, name) for name in ("云帆科技", "海潮医药", "北辰机械")]
    body = {"ids": ids, "to_member_id": cast.wang.id, "why": "片区调整"}
    answer = cast.zhao.post("/customers/transfer", body)
    assert answer.status == 200, answer
    follow()
    assert told(cast.wang) == ["赵主管 把 云帆科技 等 3 家客户转交给你，原因：片区调整"]
    assert cast.wang.get("/inbox")["items"][0]["link"] == "/customers"
    assert cast.zhao.post("/batches/undo", {"batch": answer["batch"]}).status == 200
    follow()
    assert told(cast.wang)[0] == "赵主管 撤销了转交，云帆科技 等 3 家不再由你负责"
    assert told(cast.li) == []


def test_a_shared_customer_is_told(cast: Any, new_customer: Any, follow: Any) -> None:
    """R-167."""
    pk = new_customer(cast.li, "云帆科技")
    answer = cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.qian.id})
    assert answer.status in (200, 201), answer
    follow()
    (notice,) = cast.qian.get("/inbox")["items"]
    assert (notice["zh"], notice["link"]) == ("李销售 邀你协作 云帆科技", f"/customers/{pk}")


def test_a_reminder_before_and_one_when_late_and_never_a_third(cast: Any, now: datetime) -> None:
    """R-075, R-080, R-083: each stage once, however often the scan runs."""
    todo(cast.li)
    due = datetime.fromisoformat(DUE)
    steps = [
        (due - timedelta(minutes=31), []),
        (due - timedelta(minutes=30), ["快到时间：发报价，11月26日 10:00"]),
        (due - timedelta(minutes=1), ["快到时间：发报价，11月26日 10:00"]),
        (due, ["已逾期：发报价，原定 11月26日 10:00", "快到时间：发报价，11月26日 10:00"]),
        (due + timedelta(days=3), ["已逾期：发报价，原定 11月26日 10:00", "快到时间：发报价，11月26日 10:00"]),
    ]
    for at, expected in steps:
        with moment.frozen(at):
            remind_all()
            remind_all()
            assert told(cast.li) == expected


def test_a_day_is_told_in_the_morning_and_late_at_closing_time(cast: Any) -> None:
    """Design §10: a day ends at the organisation's closing time, 18:00."""
    todo(cast.li, precision="day", due_at="2026-11-26T04:00:00Z")
    for at, count in (("00:49", 0), ("00:50", 1), ("09:59", 1), ("10:00", 2), ("23:00", 2)):
        with moment.frozen(datetime.fromisoformat(f"2026-11-26T{at}:00Z")):
            remind_all()
            assert len(told(cast.li)) == count, at


def test_a_clock_set_back_tells_nothing_again(cast: Any) -> None:
    """Security C5."""
    todo(cast.li)
    due = datetime.fromisoformat(DUE)
    for hours in (0, -1, 0, 24, -1):
        with moment.frozen(due + timedelta(hours=hours)):
            remind_all()
    assert told(cast.li) == ["已逾期：发报价，原定 11月26日 10:00"]


def test_after_days_off_many_late_items_become_one_line(cast: Any) -> None:
    """Security C5: catching up is bounded."""
    for number in range(MOST_EACH + 7):
        todo(cast.li, act=f"第 {number + 1} 件")
    with moment.frozen(datetime.fromisoformat(DUE) + timedelta(days=3)):
        assert remind_all() == MOST_EACH + 7
        assert remind_all() == 0
    assert told(cast.li) == ["有 12 件待办已逾期，最早的是：第 1 件，原定 11月26日 10:00"]


def test_a_moved_to_do_is_told_anew_and_a_finished_one_no_more(cast: Any) -> None:
    item, other = todo(cast.li), todo(cast.li, act="回电话")
    with moment.frozen(datetime.fromisoformat(DUE)):
        cast.li.post(f"/agenda/{other}/done", {"version": 1})
        remind_all()
        later = cast.li.post(f"/agenda/{item}/reschedule", {"version": 1, "due_at": "2026-11-27T02:00:00Z"})
        assert later.status == 200, later
    with moment.frozen(datetime.fromisoformat("2026-11-27T02:00:00Z")):
        remind_all()
    assert told(cast.li) == ["已逾期：发报价，原定 11月27日 10:00", "已逾期：发报价，原定 11月26日 10:00"]


def test_a_reopened_to_do_is_told_and_a_reassigned_one_to_its_new_owner(cast: Any, follow: Any) -> None:
    """R-075: a tick taken back, a change of hands: nothing falls out of the reminders."""
    reopened, passed_on = todo(cast.zhao, act="回电话"), todo(cast.zhao)
    cast.zhao.post(f"/agenda/{reopened}/done", {"version": 1})
    assert cast.zhao.post(f"/agenda/{reopened}/reopen", {"version": 2}).status == 200
    with moment.frozen(datetime.fromisoformat(DUE)):
        remind_all()
        assert told(cast.zhao) == ["已逾期：发报价，原定 11月26日 10:00", "已逾期：回电话，原定 11月26日 10:00"]
        cast.zhao.post(f"/agenda/{passed_on}/assign", {"version": 1, "owner_id": cast.wang.id})
        follow()
        remind_all()
        remind_all()
    assert [text[:4] for text in told(cast.wang)] == ["已逾期：", "赵主管 "]
    assert len(told(cast.zhao)) == 2


def test_telling_leaves_the_version_alone(cast: Any) -> None:
    """A reminder must not make the owner's own save a conflict."""
    item = todo(cast.li)
    with moment.frozen(datetime.fromisoformat(DUE)):
        remind_all()
        assert cast.li.post(f"/agenda/{item}/done", {"version": 1}).status == 200
    row = unscoped(AgendaItem, "test").get(pk=item)
    assert (row.told, row.tell_at, row.version) == ("overdue", None, 2)


def test_a_deleted_customers_to_dos_are_not_told(cast: Any, new_customer: Any) -> None:
    pk = new_customer(cast.li, "云帆科技")
    todo(cast.li, customer_id=pk)
    assert cast.zhao.post("/customers/delete", {"ids": [pk]}).status == 200
    with moment.frozen(datetime.fromisoformat(DUE)):
        assert waiting_for_reminder(moment.now()) == []
        remind_all()
    assert told(cast.li) == []


def test_everybody_reads_and_marks_the_own_inbox_only(cast: Any, follow: Any) -> None:
    """R-189; another's id changes nothing."""
    for person in (cast.li, cast.wang):
        todo(cast.zhao, owner_id=person.id)
        todo(cast.zhao, owner_id=person.id, act="回电话")
    follow()
    mine = [each["id"] for each in cast.li.get("/inbox")["items"]]
    theirs = [each["id"] for each in cast.wang.get("/inbox")["items"]]
    assert cast.li.post("/inbox/read", {"ids": [mine[0], *theirs]}).body == {"unread": 1}
    assert cast.wang.get("/inbox")["unread"] == 2
    assert cast.li.post("/inbox/read", {"all": True}).body == {"unread": 0}
    assert [each["read"] for each in cast.li.get("/inbox")["items"]] == [True, True]
    assert cast.outsider.get("/inbox").body == {"items": [], "next": None, "unread": 0}


@pytest.mark.parametrize("body", [{}, {"ids": ["x"]}, {"all": True, "more": 1}, {"ids": [1] * 501}])
def test_a_malformed_marking_is_refused_and_marks_nothing(cast: Any, follow: Any, body: dict[str, Any]) -> None:
    todo(cast.zhao, owner_id=cast.li.id)
    follow()
    assert cast.li.post("/inbox/read", body).status == 422
    assert cast.li.get("/inbox")["unread"] == 1


def test_the_inbox_pages_newest_first(cast: Any, follow: Any) -> None:
    for act in ("甲", "乙", "丙"):
        todo(cast.zhao, owner_id=cast.li.id, act=act)
    follow()
    first = cast.li.get("/inbox", limit=2)
    second = cast.li.get("/inbox", limit=2, cursor=first["next"])
    assert [each["zh"].split("：")[1][0] for each in first["items"] + second["items"]] == ["丙", "乙", "甲"]
    assert second["next"] is None
    assert cast.li.get("/inbox", cursor="nonsense").status == 422


def test_imported_to_dos_are_not_told_one_by_one(cast: Any, follow: Any) -> None:
    todo(cast.zhao, owner_id=cast.li.id)
    Event.objects.filter(name="agenda.added").update(source="import")
    follow()
    assert told(cast.li) == []
    assert Notice.objects.count() == 0
    assert connection.vendor == "postgresql" or Cursor.objects.get(follower="inbox").seq > 0


def test_a_finished_import_is_told_to_whoever_started_it(cast: Any, follow: Any) -> None:
    """R-237: one may leave while it runs."""
    todo(cast.zhao, owner_id=cast.li.id)
    after = {"name": "import.done", "subject_type": "import", "subject_id": 7, "member_id": cast.wang.id}
    Event.objects.filter(name="agenda.added").update(source="import", **after)
    EventData.objects.update(data={"before": {}, "after": {"rows": 1234}})
    follow()
    (notice,) = cast.wang.get("/inbox")["items"]
    assert (notice["zh"], notice["link"]) == ("导入完成，写入 1234 行", "/import/7")
    assert told(cast.li) == []


def test_the_scan_reads_the_index_of_what_is_due(cast: Any, now: datetime) -> None:
    """One look a minute at everybody's to-dos must not read them all."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans a small table otherwise")
    with CaptureQueriesContext(connection) as queries:
        waiting_for_reminder(now)
    (statement,) = queries.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement['sql']}")
        assert "USING INDEX agenda_tell" in str(cursor.fetchall())


def test_a_muted_kind_does_not_come_and_the_promised_ones_cannot_be_muted(cast: Any, now: datetime) -> None:
    """R-075: one's own choice of notices; work given and overdue items always come."""
    assert cast.li.get("/session")["member"]["muted"] == []
    for refused in (["overdue"], ["assigned"], None):
        assert cast.li.patch("/session/me", {"muted": refused}).status == 422
    assert cast.li.patch("/session/me", {"muted": ["before", "shared"]}).status == 200
    assert cast.li.get("/session")["member"]["muted"] == ["before", "shared"]
    todo(cast.li)
    todo(cast.wang)
    for at in ("2026-11-26T01:45:00Z", "2026-11-26T02:30:00Z"):
        with moment.frozen(datetime.fromisoformat(at)):
            remind_all()
    assert told(cast.li) == ["已逾期：发报价，原定 11月26日 10:00"]
    assert len(told(cast.wang)) == 2
