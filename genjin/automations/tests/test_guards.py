"""Issue 4 point 8, design §5: nothing twice, no loops, a cap, and never more than its publisher may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast, hire, logged_in
from genjin.access.guard import unscoped
from genjin.access.models import Grant, Role
from genjin.agenda.models import AgendaItem
from genjin.automations import doing, running
from genjin.automations.followers import lay_runs
from genjin.automations.models import Automation, Delivery, Run
from genjin.automations.rules import LEASE, MOST_FAILURES
from genjin.automations.tasks import clear, run_automations, send_webhooks
from genjin.automations.tests.conftest import TODO, Publish, Receiver, runs, state, turn
from genjin.customers.models import Customer
from genjin.history.models import Cursor, Event
from genjin.lib import moment, outbound
from genjin.notify.models import Notice
from genjin.orgs.models import Membership
from genjin.people.actions import bump

pytestmark = pytest.mark.django_db(transaction=True)


def acts() -> list[str]:
    return list(unscoped(AgendaItem, "test").order_by("pk").values_list("act", flat=True))


def test_events_read_again_do_nothing_again(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """The cursor set back (a restored database, a second follower): one run an event, one to-do."""
    automation = publish("customer_created", TODO)
    new_customer(cast.li, "云帆科技")
    turn()
    Cursor.objects.filter(follower="automations").update(xid=-(2**62), seq=0)
    lay_runs(list(Event.objects.filter(name="customer.created").select_related("data")))
    turn()
    assert (len(runs(automation)), len(acts())) == (1, 1)


def test_a_worker_that_dies_in_between_leaves_nothing_half_and_nothing_twice(
    cast: Cast, new_customer: Any, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the verb has committed and before that was written down: taken up again, the door answers with the
    kept reply, and the second action is done then."""
    automation = publish("customer_created", TODO, {"do": "set", "field": "region", "value": "华东"})
    new_customer(cast.li, "云帆科技")
    whole = doing.do

    def killed(*args: Any, **more: Any) -> str:
        whole(*args, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "do", killed)
    with pytest.raises(KeyboardInterrupt):
        turn()
    monkeypatch.setattr(running, "do", whole)
    (run,) = runs(automation)
    assert (run.state, [each["state"] for each in run.steps], len(acts())) == ("running", ["begun"], 1)
    turn()
    assert runs(automation)[0].state == "running"
    with moment.frozen(moment.now() + LEASE):
        turn()
    (run,) = runs(automation)
    assert (run.state, [each["state"] for each in run.steps], run.tries, len(acts())) == ("done", ["done"] * 2, 2, 1)


def test_an_automation_never_answers_itself(cast: Cast, new_customer: Any, publish: Publish) -> None:
    automation = publish("todo_added", {**TODO, "act": "再来一件"})
    pk = new_customer(cast.li, "云帆科技")
    cast.li.post("/agenda", {"customer_id": pk, "act": "打电话", "due_at": "2026-11-26T03:00:00Z"})
    turn()
    assert (acts(), len(runs(automation))) == (["打电话", "再来一件"], 1)


def test_no_more_than_three_answer_each_other(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """Five that each wait for any to-do: the chain ends at the third, and says so in the log."""
    made = [publish("todo_added", {**TODO, "act": f"第 {number} 条"}) for number in range(5)]
    pk = new_customer(cast.li, "云帆科技")
    cast.li.post("/agenda", {"customer_id": pk, "act": "打电话", "due_at": "2026-11-26T03:00:00Z"})
    turn(60)
    assert max(len(run.chain) for run in Run.objects.exclude(state="refused")) == 3
    deep = Run.objects.filter(state="refused")
    assert {len(run.chain) for run in deep} == {4} and deep[0].why_zh == "连锁超过 3 层，没有执行"
    # 5 answer the person, each of those is answered by the 4 others, and each of these by the 3 that are left.
    assert len(acts()) == 1 + 5 + 5 * 4 + 5 * 4 * 3
    assert all(state(each) == "on" for each in made)


def test_a_team_has_a_cap_too_and_the_busiest_pauses(
    cast: Cast, new_customer: Any, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many automations below their own caps are no way around one: whichever comes last, the busiest stops."""
    monkeypatch.setattr("genjin.automations.rules.MOST_A_TEAM", 4)
    many = publish("customer_created", TODO)
    for number in range(3):
        new_customer(cast.li, f"第{number}家公司")
    turn()
    few = publish("customer_created", TODO)
    new_customer(cast.li, "第四家公司")
    turn()
    assert {each.state for each in runs(many)[:3]} == {"done"}
    last = {runs(each)[-1].state for each in (many, few)}
    assert last == {"done", "capped"}
    assert (state(many), state(few)) == ("paused", "on")
    shown = cast.admin.get(f"/automations/{many}").body
    assert shown["why"]["zh"] == "团队的自动化一小时内一共执行了 4 次，这条最多，先暂停。看过运行记录再打开"
    (notice,) = Notice.objects.filter(kind="automation")
    assert notice.link == f"/manage/automations/{many}"


def test_the_cap_pauses_it_and_its_publisher_hears_of_it_once(
    cast: Cast, new_customer: Any, publish: Publish, now: Any
) -> None:
    automation = publish("customer_created", TODO, cap=2)
    for number in range(4):
        new_customer(cast.li, f"第{number}家公司")
    turn()
    assert ([each.state for each in runs(automation)], len(acts())) == (["done", "done", "capped", "capped"], 2)
    shown = cast.admin.get(f"/automations/{automation}").body
    assert (shown["state"], shown["why"]["zh"]) == (
        "paused",
        "一小时内已经执行 2 次，到了上限，先暂停。看过运行记录再打开",
    )
    (notice,) = Notice.objects.filter(kind="automation")
    assert (notice.member_id, notice.link) == (cast.admin.id, f"/manage/automations/{automation}")
    version = shown["version"]
    assert cast.admin.post(f"/automations/{automation}/switch", {"version": version, "on": True}).status == 200
    with moment.frozen(now + timedelta(hours=1, minutes=1)):
        new_customer(cast.li, "第五家公司")
        turn()
    assert (state(automation), len(acts())) == ("on", 3)


def test_a_publisher_who_has_left_stops_it(cast: Cast, new_customer: Any, publish: Publish) -> None:
    boss = logged_in(hire(cast.org, "二管理", "admin", cast.li.member.department))
    automation = publish("customer_created", TODO, by=boss)
    new_customer(cast.li, "云帆科技")
    Membership.objects.filter(pk=boss.id).update(active=False)
    turn()
    (run,) = runs(automation)
    assert (run.state, run.why_zh, acts()) == ("refused", "发布人已经离开，先停下", [])
    assert cast.admin.get("/automations")["items"][0]["state"] == "stopped"
    new_customer(cast.li, "又一家公司")
    turn()
    assert len(runs(automation)) == 1
    version = Automation.objects.get().version
    assert cast.admin.post(f"/automations/{automation}/switch", {"version": version, "on": True}).status == 200
    new_customer(cast.li, "第三家公司")
    turn()
    assert ([each.state for each in runs(automation)], acts()) == (["refused", "done"], ["打电话给第三家公司"])
    assert Automation.objects.get().publisher_id == cast.admin.id


def test_a_right_that_was_taken_stops_it(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """A9: judged at run time, also when the run was laid down before."""
    role = Role.objects.get(org=cast.org, key="supervisor")
    role.verbs = [*role.verbs, "automation.*"]
    role.save()
    bump(cast.org.pk)
    automation = publish("customer_created", {"do": "set", "field": "region", "value": "华东"}, by=cast.zhao)
    pk = new_customer(cast.li, "云帆科技")
    Role.objects.filter(pk=role.pk).update(verbs=["customer.create", "automation.*"])
    bump(cast.org.pk)
    turn()
    (run,) = runs(automation)
    assert (run.state, run.why_zh) == ("refused", "发布人已经没有“修改客户”的权限，先停下")
    assert (state(automation), unscoped(Customer, "test").get(pk=pk).region) == ("stopped", "")


def test_rows_that_its_publisher_may_not_see_are_left_alone(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """A supervisor's automation works in his own departments only."""
    Role.objects.filter(org=cast.org, key="supervisor").update(verbs=["customer.*", "agenda.*", "automation.*"])
    bump(cast.org.pk)
    automation = publish("customer_created", TODO, by=cast.zhao)
    new_customer(cast.qian, "别部公司")
    new_customer(cast.li, "本部公司")
    turn()
    assert ([each.state for each in runs(automation)], acts()) == (["unseen", "done"], ["打电话给本部公司"])
    assert state(automation) == "on"
    assert cast.zhao.get(f"/automations/{automation}/runs")["items"][1]["customer"] == {"id": None, "name": ""}


def test_a_field_that_its_publisher_may_not_read_any_more_stops_it(
    cast: Cast, new_customer: Any, publish: Publish
) -> None:
    Role.objects.filter(org=cast.org, key="supervisor").update(verbs=["customer.*", "agenda.*", "automation.*"])
    bump(cast.org.pk)
    condition = {"field": "region", "op": "eq", "value": "江苏"}
    automation = publish("customer_created", TODO, by=cast.zhao, condition=condition)
    new_customer(cast.li, "云帆科技", region="江苏")
    Role.objects.filter(org=cast.org, key="supervisor").update(fields={"customer": {"region": "hidden"}})
    bump(cast.org.pk)
    turn()
    assert (runs(automation)[0].state, state(automation), acts()) == ("refused", "stopped", [])
    assert "region" not in cast.zhao.get("/automations/catalogue")["triggers"][0]["fields"]
    body = {"name": "试", "event": "customer_created", "actions": [TODO], "condition": condition}
    for path, sent in (("/automations", {"body": body}), ("/automations/try", {"body": body})):
        answer = cast.zhao.post(path, sent)
        assert (answer.status, answer["field"]) == (422, "condition")
    assert Automation.objects.count() == 1


def test_who_may_not_see_the_customer_hears_nothing_of_it(cast: Cast, new_customer: Any, publish: Publish) -> None:
    automation = publish(
        "customer_created", {"do": "notify", "text": "{客户}来了", "to": {"who": "role", "role": "rep"}}
    )
    new_customer(cast.li, "云帆科技")
    turn()
    assert [each.member_id for each in Notice.objects.filter(kind="automation")] == [cast.li.id]
    assert runs(automation)[0].steps[0]["zh"].endswith("（2 人看不到，不发）")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[::1]/", "http://0/", "http://2130706433/",
                                 "http://a@b.example/", "file:///etc/passwd", "gopher://127.0.0.1/",
                                 "不是地址"])  # fmt: skip
def test_an_address_that_is_none_is_refused_when_it_is_written(cast: Cast, url: str) -> None:
    body = {"name": "同步", "event": "customer_created", "actions": [{"do": "webhook", "url": url}]}
    made = cast.admin.post("/automations", {"body": body})
    if made.status == 201:  # a name, or what only the connection shows
        assert url in ("http://0/", "http://2130706433/")
    else:
        assert (made.status, made["field"]) == (422, "actions.0")
        assert Automation.objects.count() == 0


def test_no_webhook_reaches_our_own_network(
    cast: Cast, new_customer: Any, publish: Publish, receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Security I5: by number, by a name that leads here, by one that answers differently the second time, by a
    redirect. The canary hears nothing, and the answer is not shown."""
    port = receiver.url.rsplit(":", 1)[1]
    urls = [receiver.url, "http://2130706433/", *(f"http://{name}.example:{port}" for name in ("intern", "rebind"))]
    publish("customer_created", *({"do": "webhook", "url": url} for url in urls))
    settings.OUTBOUND_ALLOW_PRIVATE = False
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        first = host == "rebind.example" and asked.count(host) == 1
        return ["93.184.216.34", "127.0.0.1"] if first else ["127.0.0.1"]

    defaults: Any = outbound.post_json.__kwdefaults__
    monkeypatch.setattr(outbound.post_json, "__kwdefaults__", {**defaults, "resolve": resolve})
    new_customer(cast.li, "云帆科技")
    turn()
    assert receiver.arrived == []
    assert set(Delivery.objects.values_list("state", "error")) == {("failed", "address")}
    assert asked.count("rebind.example") == 1
    assert Automation.objects.get().state == "failing"


def test_a_redirect_is_no_delivery_and_is_not_followed(
    cast: Cast, new_customer: Any, publish: Publish, receiver: Receiver
) -> None:
    receiver.answer = (302, {"Location": f"{receiver.url}/inside"})
    publish("customer_created", {"do": "webhook", "url": receiver.url})
    new_customer(cast.li, "云帆科技")
    turn()
    assert (len(receiver.arrived), Delivery.objects.get().error) == (1, "refused")


def test_a_webhook_is_tried_again_given_up_shown_and_healed(
    cast: Cast, new_customer: Any, publish: Publish, receiver: Receiver, now: Any
) -> None:
    """Security D4: growing pauses, then failing with the reason; saving is never slower; one success closes it."""
    receiver.answer = (500, {})
    automation = publish("customer_created", {"do": "webhook", "url": receiver.url})
    new_customer(cast.li, "云帆科技")
    turn()
    tries, at = [], now
    for _ in range(500):
        with moment.frozen(at):
            if send_webhooks():
                tries.append(round((at - now).total_seconds() / 60))
        at += timedelta(minutes=1)
        if Delivery.objects.get().state == "failed":
            break
    assert tries == [1, 6, 21, 81, 261]
    (run,) = runs(automation)
    assert (run.state, run.steps[0]["state"]) == ("failed", "failed")
    assert run.steps[0]["zh"].endswith("：对方没有接收（返回的不是 2xx）")
    shown = cast.admin.get(f"/automations/{automation}").body
    assert (shown["state"], shown["why"]["zh"]) == ("failing", "Webhook 没有送到：对方没有接收（返回的不是 2xx）")
    assert Notice.objects.filter(kind="automation", member_id=cast.admin.id).count() == 1
    receiver.answer = (200, {})
    with moment.frozen(at + timedelta(hours=2)):
        new_customer(cast.li, "又一家公司")
        turn()
    assert state(automation) == "on"


def test_the_circuit_opens_and_nothing_is_sent_for_an_hour(
    cast: Cast, new_customer: Any, publish: Publish, receiver: Receiver, now: Any
) -> None:
    receiver.answer = (503, {})
    automation = publish("customer_created", {"do": "webhook", "url": receiver.url})
    for number in range(MOST_FAILURES + 2):
        new_customer(cast.li, f"第{number}家公司")
    turn()
    assert (len(receiver.arrived), state(automation)) == (MOST_FAILURES, "failing")
    receiver.answer = (200, {})
    with moment.frozen(now + timedelta(minutes=59)):
        assert send_webhooks() == 0
    with moment.frozen(now + timedelta(minutes=61)):
        send_webhooks()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert len(receiver.arrived) == 2 * MOST_FAILURES + 2


def test_switched_off_in_between_nothing_leaves(
    cast: Cast, new_customer: Any, publish: Publish, receiver: Receiver
) -> None:
    automation = publish("customer_created", {"do": "webhook", "url": receiver.url}, TODO)
    receiver.answer = (500, {})
    new_customer(cast.li, "云帆科技")
    turn()
    new_customer(cast.li, "又一家公司")
    cast.admin.post(f"/automations/{automation}/switch", {"version": Automation.objects.get().version, "on": False})
    with moment.frozen(moment.now() + timedelta(minutes=2)):
        turn()
    assert (len(receiver.arrived), Delivery.objects.get().state, len(acts())) == (1, "dropped", 1)
    assert len(runs(automation)) == 1


def test_one_that_paused_itself_still_tells_what_it_has_done(
    cast: Cast, new_customer: Any, publish: Publish, receiver: Receiver
) -> None:
    automation = publish("customer_created", {"do": "webhook", "url": receiver.url}, cap=1)
    for number in range(2):
        new_customer(cast.li, f"第{number}家公司")
    turn()
    assert (state(automation), len(receiver.arrived)) == ("paused", 1)
    assert [each.state for each in runs(automation)] == ["done", "capped"]


def test_the_log_is_kept_for_a_time(cast: Cast, new_customer: Any, publish: Publish, now: Any) -> None:
    automation = publish("customer_created", TODO, condition={"field": "region", "op": "eq", "value": "江苏"})
    new_customer(cast.li, "甲公司")
    new_customer(cast.li, "乙公司", region="江苏")
    turn()
    for days, left in ((6, ["skipped", "done"]), (8, ["done"]), (31, [])):
        with moment.frozen(now + timedelta(days=days)):
            clear()
        assert [each.state for each in runs(automation)] == left


def test_the_follower_costs_the_same_for_one_event_and_for_many(
    cast: Cast, new_customer: Any, publish: Publish
) -> None:
    publish("customer_created", TODO)
    counted = []
    for many in (1, 12):
        for number in range(many):
            new_customer(cast.li, f"{many} {number} 公司")
        events = list(Event.objects.filter(name="customer.created").select_related("data").order_by("pk"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lay_runs(events)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 6


def test_who_holds_no_role_runs_nothing(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """A8: rights that have gone altogether are no rights."""
    automation = publish("customer_created", TODO)
    new_customer(cast.li, "云帆科技")
    Grant.objects.filter(member_id=cast.admin.id).delete()
    bump(cast.org.pk)
    run_automations()
    turn()
    assert ([each.state for each in runs(automation)], acts(), state(automation)) == (["refused"], [], "stopped")
