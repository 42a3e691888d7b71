"""Two at once, and any order of hand-overs: one wins, and nothing is ever lost (N8)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.agenda.models import AgendaItem
from genjin.customers import proof
from genjin.customers.models import Customer
from genjin.handovers.consent_actions import release
from genjin.handovers.tests.conftest import open_one, owners, row
from genjin.history.models import Event
from genjin.lib import moment
from genjin.lib.errors import Conflict
from genjin.pools.tests.test_race import at_once


@pytest.mark.django_db(transaction=True)
def test_of_two_releases_at_once_one_wins(cast: Cast, firms: list[int], agreed: int) -> None:
    """N8: the other is told that it is done; every customer moved once."""
    actors = [actor_of_member(cast.zhao.id), actor_of_member(cast.admin.id)]

    def go(actor: Any) -> str:
        try:
            with moment.frozen(NOW):
                return str(release(actor, agreed)["state"])
        except Conflict as refused:
            return refused.code

    assert Counter(at_once(go, actors)) == {"confirmed": 1, "state": 1}
    assert owners(firms) == [cast.wang.id, cast.wang.id, cast.li.id]
    assert Event.objects.filter(name="customer.transferred").count() == 2
    assert unscoped(AgendaItem, "test").filter(source_type="promise").count() == 1
    assert row(agreed).state == "confirmed"


STEP = st.tuples(st.sampled_from(["hand", "undo", "transfer", "withdraw"]), st.integers(0, 2), st.integers(0, 3))


@given(steps=st.lists(STEP, min_size=1, max_size=6))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_loses_nothing(cast: Cast, firms: list[int], steps: list[Any]) -> None:
    """N8, R-158: whatever is handed over, transferred and taken back in whatever order, every row is still there, with
    its author, its clock and its score, and hangs on the customer on which it hung."""
    everything = _all(firms)
    done: list[int] = []
    for what, which, whom in steps:
        people = [cast.li, cast.wang, cast.zhao, cast.qian]
        holder = next(each for each in people if each.id == unscoped(Customer, "test").get(pk=firms[which]).owner_id)
        to = people[whom]
        if what == "transfer":
            cast.admin.post("/customers/transfer", {"ids": [firms[which]], "to_member_id": to.id})
        elif what == "undo" and done:
            cast.admin.post(f"/handovers/{done.pop()}/undo")
        elif what in ("hand", "withdraw") and holder.id != to.id:
            body = {"giver_id": holder.id}
            pk = open_one(cast.admin, [firms[which]], to.id, **body)["id"]
            cast.admin.post(f"/handovers/{pk}/send")
            if what == "withdraw":
                assert cast.admin.post(f"/handovers/{pk}/withdraw", {}).status == 200
                continue
            to.post(f"/handovers/{pk}/read", {"customer_ids": [firms[which]]})
            to.post(f"/handovers/{pk}/confirm")
            assert cast.admin.post(f"/handovers/{pk}/release", {"urgent": True, "why": "急"}).status == 200
            done.append(pk)
        assert _all(firms) == everything
        assert _in_place(firms)


def _all(ids: list[int]) -> Any:
    return {slug: {pk: (held.customer_id, held.fixed) for pk, held in rows.items()}
            for slug, rows in proof.rows_of(ids).items()}  # fmt: skip


def _in_place(ids: list[int]) -> bool:
    """Open next steps are with whoever holds their customer."""
    open_ones = unscoped(AgendaItem, "test").filter(
        state="open", deleted_at=None, customer_id__in=ids, kind__in=("next_step", "task", "objection")
    )
    return all(each.owner_id == each.customer.owner_id for each in open_ones.select_related("customer")
               if each.customer is not None)  # fmt: skip
