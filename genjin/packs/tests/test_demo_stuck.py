"""The demo has something to look into, and the drawn day none of it (R-114)."""

from __future__ import annotations

import pytest

from conftest import NOW
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.agenda.models import OPEN, AgendaItem
from genjin.desk.stuck import Chosen, board
from genjin.lib import moment
from genjin.orgs.models import Membership
from genjin.packs.demo import make_demo
from genjin.packs.demo_stories import HEROINE


@pytest.mark.django_db
def test_each_supervisor_finds_nodes_past_their_limits_and_a_rung_to_come() -> None:
    """Several nodes, people and reasons; the rows of the drawn day are without any."""
    make_demo(NOW)
    with moment.frozen(NOW):
        for name in ("赵敏", "孙志强"):
            actor = actor_of_member(Membership.objects.get(name=name).pk)
            page = board(actor, now=NOW, chosen=Chosen("node"), limit=100)
            assert page["total"] >= 5, name
            assert len({each["owner"]["name"] for each in page["items"]}) >= 2
            assert len({each["node"] for each in page["heat"]["cells"]}) >= 3
            assert len(page["reasons"]) >= 2
            assert any(each["next"]["at"] for each in page["items"])
    rows = unscoped(AgendaItem, "test").filter(OPEN, kind="node_limit")
    assert not rows.filter(owner__name=HEROINE).exists()
    assert rows.filter(due_at__gt=NOW).exists(), "not everything is late"
