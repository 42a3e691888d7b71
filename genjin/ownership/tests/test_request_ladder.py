"""R-075, R-083, R-186: a late request climbs to the department that was asked, then to the asker's superior."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.climbing import climb_all
from genjin.agenda.models import AgendaItem
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.ownership.tests.test_requests import ASK, Team
from genjin.schema.models import Option

pytestmark = pytest.mark.usefixtures("no_limits")


@pytest.fixture
def tech(cast: Cast) -> Team:
    return Team(cast)


@pytest.fixture
def request_id(cast: Cast, tech: Team, new_customer: Any) -> int:
    """Asked on Tuesday, due on Wednesday at 18:00; 孙工 has accepted it."""
    pk = new_customer(cast.li, "甲公司")
    made = int(cast.li.post(f"/customers/{pk}/help", ASK)["id"])
    assert tech.sun.post(f"/help/{made}/take").status == 200
    return made


def at(text: str) -> None:
    with moment.frozen(datetime.fromisoformat(f"{text}:00+08:00").astimezone(UTC)):
        climb_all()


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("member__name", "kind"))


def row() -> AgendaItem:
    found: AgendaItem = unscoped(AgendaItem, "test").get(kind="help")
    return found


def test_it_climbs_to_the_department_and_to_the_askers_superior(cast: Cast, request_id: int) -> None:
    before = len(told())
    for when, last in (
        ("2026-11-25T16:00", ("孙工", "before")),
        ("2026-11-25T18:00", ("孙工", "overdue")),
        ("2026-11-26T11:00", ("吴经理", "escalated")),
        ("2026-11-26T18:00", ("赵主管", "escalated")),
    ):
        at(when)
        assert told()[-1] == last
    assert len(told()) == before + 4
    assert row().climb_at is None


def test_who_gets_the_ball_is_reminded_of_his_own_time(cast: Cast, tech: Team, request_id: int) -> None:
    at("2026-11-25T16:00")
    with moment.frozen(datetime(2026, 11, 25, 8, 30, tzinfo=UTC)):
        assert tech.sun.post(f"/help/{request_id}/ask-back", {"question": "型号"}).status == 200
    assert (row().owner_id, row().rung) == (cast.li.id, 0)
    at("2026-11-25T19:00")
    assert told()[-1] == ("孙工", "before")
    at("2026-11-26T16:00")
    assert told()[-1] == ("李销售", "before")


def test_a_kind_says_its_own_ladder(cast: Cast, tech: Team, request_id: int) -> None:
    ladder = [{"from": "due", "do": "alert", "to": "owner"}]
    Option.objects.filter(org=cast.org, list_name="request_kind", key="technical").update(facts={"ladder": ladder})
    cast.admin.patch("/organisation", {"name": "青松"})
    at("2026-11-25T16:00")
    before = len(told())
    at("2026-11-27T18:00")
    assert told()[before:] == [("孙工", "overdue")]


def test_taken_after_the_alert_the_department_still_hears_of_it(cast: Cast, tech: Team, new_customer: Any) -> None:
    """R-186, R-083: the ball goes on and its reminder falls away: the next rung has a number that was used already."""
    pk = new_customer(cast.li, "甲公司")
    made = int(cast.li.post(f"/customers/{pk}/help", ASK)["id"])
    at("2026-11-25T18:00")
    with moment.frozen(datetime(2026, 11, 25, 12, tzinfo=UTC)):
        assert tech.sun.post(f"/help/{made}/take").status == 200
    before = told()
    at("2026-11-26T11:00")
    assert ("吴经理", "overdue") in before and told()[len(before) :] == [("吴经理", "escalated")]
