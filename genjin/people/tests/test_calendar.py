"""The team's own days, and how long a customer may stay in a stage (R-111)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.history.models import Event, EventData
from genjin.orgs.models import CalendarDay, Organisation
from genjin.schema.models import Option


def state(cast: Cast) -> Any:
    days = list(CalendarDay.objects.order_by("org", "day").values_list("org_id", "day", "works", "name"))
    limits = list(Option.objects.filter(list_name="stage").order_by("pk").values_list("pk", "facts"))
    return days, limits, Organisation.objects.get(pk=cast.org.pk).config_version, Event.objects.count()


def test_days_of_ones_own_are_set_changed_and_taken_back(cast: Cast) -> None:
    """R-111: they lie over the official notice; each change is in the log with what stood before."""
    shown = cast.li.get("/calendar", year=2026)
    assert (shown["year"], shown["hours"]) == (2026, {"opening": "09:00", "closing": "18:00"})
    assert (shown["published"], shown["complete"], shown["days"]) == (True, False, [])
    assert {"day": "2026-10-01", "works": False} in shown["official"]
    assert not any(each["day"] == "2026-10-03" and not each["works"] for each in shown["official"])
    days = [{"day": "2026-12-24", "works": False, "name": "年会"}, {"day": "2026-12-26", "works": True}]
    assert cast.admin.put("/calendar/days", {"days": days}).body == {"days": 2}
    told = cast.wang.get("/calendar")["days"]
    assert told == [{"day": "2026-12-24", "works": False, "name": "年会"},
                    {"day": "2026-12-26", "works": True, "name": ""}]  # fmt: skip
    assert cast.admin.put("/calendar/days", {"days": [{**days[0], "works": True}]}).status == 200
    last = EventData.objects.latest("event_id").data
    assert last["before"] == {"2026-12-24": {"works": False, "name": "年会"}}
    assert last["after"] == {"2026-12-24": {"works": True, "name": "年会"}}
    assert cast.admin.delete("/calendar/days/2026-12-24").status == 200
    assert cast.admin.delete("/calendar/days/2026-12-24").status == 404
    assert [each["day"] for each in cast.li.get("/calendar")["days"]] == ["2026-12-26"]
    assert cast.outsider.get("/calendar")["days"] == []


def test_days_next_to_each_other_are_taken_back_at_once(cast: Cast) -> None:
    """R-111: one step and one line in the log, and the days beside them stay."""
    days = [{"day": f"2026-12-{day}", "works": False} for day in (22, 23, 24, 26)]
    assert cast.admin.put("/calendar/days", {"days": days}).status == 200
    before = Event.objects.count()
    assert cast.admin.delete("/calendar/days/2026-12-23?to=2026-12-25").body == {"days": 2}
    assert Event.objects.count() == before + 1
    assert EventData.objects.latest("event_id").data["after"] == {"2026-12-23": None, "2026-12-24": None}
    assert [each["day"] for each in cast.li.get("/calendar", year=2026)["days"]] == ["2026-12-22", "2026-12-26"]
    kept = state(cast)
    for refused in ("2026-12-23?to=2026-12-25", "2026-12-26?to=2026-12-22"):
        assert cast.admin.delete(f"/calendar/days/{refused}").status == 404
    assert cast.admin.delete("/calendar/days/2026-12-22?to=soon").status == 422
    assert cast.li.delete("/calendar/days/2026-12-22?to=2026-12-26").status == 403
    assert state(cast) == kept


def test_a_day_off_stretches_the_clock_of_a_stage(cast: Cast, new_customer: Any) -> None:
    """R-111: two working days from Tuesday end on Thursday, with Wednesday off on Friday."""
    pk = new_customer(cast.li, "甲公司", stage="proposal")

    def due() -> str:
        (stage,) = [each for each in cast.li.get(f"/customers/{pk}")["stage_path"] if each["state"] == "current"]
        return str(stage["clock"]["due_at"])

    assert due() == "2026-11-26T10:00:00+00:00"
    assert cast.admin.put("/calendar/days", {"days": [{"day": "2026-11-25", "works": False}]}).status == 200
    assert due() == "2026-11-27T10:00:00+00:00"
    assert cast.admin.put("/stages/proposal/limit", {"limit": 24, "clock": "hours", "warn_hours": 12}).status == 200
    assert due() == "2026-11-25T02:12:00+00:00"
    assert cast.admin.put("/stages/proposal/limit", {"limit": None}).status == 200
    (stage,) = [each for each in cast.li.get("/stages")["items"] if each["key"] == "proposal"]
    assert stage == {"key": "proposal", "zh": "定制方案", "en": "Proposal", "limit": None}
    (path,) = [each for each in cast.li.get(f"/customers/{pk}")["stage_path"] if each["state"] == "current"]
    assert path["clock"] is None and unscoped(Customer, "test").get(pk=pk).stage == "proposal"


def test_a_year_before_its_notice_is_confirmed_by_the_team(cast: Cast) -> None:
    """R-111: until then deadlines in it say that the holidays are not known."""
    shown = cast.li.get("/calendar", year=2099)
    assert (shown["published"], shown["complete"]) == (False, False)
    assert cast.admin.put("/calendar/years/2099", {"complete": True}).status == 200
    assert cast.li.get("/calendar", year=2099)["complete"] is True
    assert cast.admin.put("/calendar/years/2099", {"complete": False}).status == 200
    assert cast.li.get("/calendar", year=2099)["complete"] is False


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("/calendar/days", {"days": []}, 422, "days"),
        ("/calendar/days", {"days": [{"day": "2026-02-30", "works": False}]}, 422, "days.0.day"),
        ("/calendar/days", {"days": [{"day": "1999-01-01", "works": False}]}, 422, "days"),
        ("/calendar/days", {"days": [{"day": "2026-12-24", "works": "maybe"}]}, 422, "days.0.works"),
        ("/calendar/days", {"days": [{"day": "2026-12-24", "works": True, "name": "长" * 61}]}, 422, "days.0.name"),
        ("/calendar/years/1900", {"complete": True}, 422, "year"),
        ("/stages/nothing/limit", {"limit": 1}, 404, "key"),
        ("/stages/proposal/limit", {"limit": 0}, 422, "limit"),
        ("/stages/proposal/limit", {"limit": 1.5}, 422, "limit"),
        ("/stages/proposal/limit", {"limit": 99999, "clock": "days"}, 422, "limit"),
        ("/stages/proposal/limit", {"limit": 2, "warn_hours": 48}, 422, "warn_hours"),
        ("/stages/proposal/limit", {"limit": 2, "clock": "moons"}, 422, "clock"),
    ],
)
def test_what_makes_no_calendar_is_refused_in_a_sentence(
    cast: Cast, path: str, body: Any, status: int, field: str
) -> None:
    before = state(cast)
    answer = cast.admin.put(path, body)
    assert (answer.status, answer["field"]) == (status, field), answer
    assert state(cast) == before


def test_a_calendar_without_work_is_refused(cast: Cast) -> None:
    """R-111: a deadline in it would never come."""
    off = [{"day": date(2027, 1, 1) + timedelta(days=n), "works": False} for n in range(450)]
    assert cast.admin.put("/calendar/days", {"days": off[:366]}).status == 200
    before = state(cast)
    answer = cast.admin.put("/calendar/days", {"days": off[366:]})
    assert (answer.status, answer["field"]) == (422, "days") and "没有工作日" in answer["zh"]
    assert state(cast) == before


@pytest.mark.parametrize("person", ["li", "zhao"])
def test_only_an_administrator_changes_the_calendar(cast: Cast, person: str) -> None:
    """R-162: 403 names what is missing, and nothing changes."""
    before = state(cast)
    actor = getattr(cast, person)
    assert actor.put("/calendar/days", {"days": [{"day": "2026-12-24", "works": False}]}).status == 403
    assert actor.put("/stages/proposal/limit", {"limit": 9}).status == 403
    assert state(cast) == before
