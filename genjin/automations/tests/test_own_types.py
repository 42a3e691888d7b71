"""Issue 4, Done means: a sample request of the team's own gives the warehouse something to do."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.automations.tests.conftest import Publish, runs, state, turn
from genjin.notify.models import Notice
from genjin.records.models import Record
from genjin.records.tests.making import make_row, make_type

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sample_request_goes_to_the_warehouse_and_moves_on(cast: Cast, new_customer: Any, publish: Publish) -> None:
    """A to-do for the department that hangs on the row, another state, another holder; rows of other types do not
    count."""
    make_type(cast)
    make_type(cast, "售后工单", "x_ticket")
    warehouse = cast.admin.post("/departments", {"name": "仓库"})["id"]
    automation = publish(
        "created:x_sample",
        {"do": "todo", "act": "寄出{记录}，{客户}", "to": {"who": "department", "id": warehouse}, "within": 1},
        {"do": "set", "field": "state", "value": "sent"},
        {"do": "assign", "by": "member", "member_id": cast.wang.id},
        condition={"and": [{"field": "state", "op": "eq", "value": "asked"},
                           {"field": "customer.region", "op": "eq", "value": "江苏"}]},
    )  # fmt: skip
    pk = new_customer(cast.li, "云帆科技", region="江苏")
    sample = make_row(cast.li, "阀门样品", customer=pk)
    make_row(cast.li, "报修", slug="x_ticket", customer=pk)
    turn()
    (run,) = runs(automation)
    assert (run.state, [each["state"] for each in run.steps]) == ("done", ["done"] * 3)
    row = unscoped(Record, "test").get(pk=sample)
    assert (row.state, row.owner_id) == ("sent", cast.wang.id)
    (item,) = unscoped(AgendaItem, "test").filter(department_id=warehouse)
    assert (item.act, item.source_type, item.source_id, item.owner_id) == (
        "寄出阀门样品，云帆科技",
        "x_sample",
        sample,
        None,
    )


def test_a_state_that_is_reached_is_told_to_whoever_may_see_the_row(cast: Cast, publish: Publish) -> None:
    make_type(cast)
    publish(
        "state:x_sample",
        {"do": "notify", "text": "{记录}寄出了", "to": {"who": "role", "role": "rep"}},
        moved={"field": "state", "to": "sent"},
    )
    sample = make_row(cast.li, "阀门样品")
    cast.li.post("/records/x_sample/move", {"ids": [sample], "state": "sent"})
    turn()
    assert list(Notice.objects.filter(kind="automation").values_list("member_id", "zh", "link")) == [
        (cast.li.id, "阀门样品寄出了", f"/records/x_sample/{sample}")
    ]


def test_what_does_not_fit_an_own_type_is_refused(cast: Cast) -> None:
    make_type(cast)
    body = {"name": "试", "event": "created:x_sample", "actions": []}
    for change, field in (
        ({"actions": [{"do": "assign", "by": "rules"}]}, "actions.0"),
        ({"actions": [{"do": "set", "field": "state", "value": "moon"}]}, "actions.0"),
        ({"condition": {"field": "stage", "op": "eq", "value": "demo"}}, "condition"),
        ({"event": "created:x_nothing"}, "event"),
    ):
        refused = cast.admin.post("/automations", {"body": {**body, **change}})
        assert (refused.status, refused["field"]) == (422, field)


def test_a_type_that_was_put_away_leaves_its_automations_silent(cast: Cast, publish: Publish) -> None:
    make_type(cast)
    automation = publish("created:x_sample", {"do": "notify", "text": "{记录}", "to": {"who": "owner"}})
    make_row(cast.li, "阀门样品")
    answer = cast.admin.post("/record-types/x_sample/retire", {"version": 1, "retired": True})
    assert answer.status == 200, answer
    turn()
    assert (runs(automation), state(automation)) == ([], "on")
