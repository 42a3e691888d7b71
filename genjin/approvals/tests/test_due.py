"""When a review and the mending after it are due: by the team's own hours and days (R-111, R-077)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.models import ApprovalStep
from genjin.orgs.models import CalendarDay

THURSDAY = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def test_wednesday_off_and_closing_at_half_past_five(cast: Cast, under_review: Callable[..., dict[str, Any]]) -> None:
    """R-111: one working day from Tuesday is Thursday at 17:30, for the reviewer and after a return for the author."""
    CalendarDay.objects.create(org=cast.org, day=date(2026, 11, 25), works=False)
    assert cast.admin.patch("/organisation", {"closing_time": "17:30"}).status == 200
    made = under_review()
    step = unscoped(ApprovalStep, "test").get()
    assert step.due_at == unscoped(AgendaItem, "test").get(kind="review").due_at == THURSDAY
    assert cast.zhao.post(f"/approvals/{made['approval']}/return", {"reasons": {"summary": "补数字"}}).status == 200
    assert unscoped(AgendaItem, "test").get(kind="mend").due_at == THURSDAY
