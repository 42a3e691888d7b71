"""What keeps a customer with its owner whatever the rules say: each folder answers for its own rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from genjin.access.guard import unscoped
from genjin.approvals.models import PENDING, Approval

Words = tuple[str, str]
#: (organisation, customers) → those that stay, each with the reason.
Holder = Callable[[int, Sequence[int]], dict[int, Words]]
_HOLDERS: list[Holder] = []


def holds_back(holder: Holder) -> Holder:
    """Mark what of a folder never lets a customer into a pool while it is open."""
    _HOLDERS.append(holder)
    return holder


def held_back(org_id: int, customer_ids: Sequence[int]) -> dict[int, Words]:
    """The customers that stay where they are, each with the first reason; a statement for each folder."""
    found: dict[int, Words] = {}
    for holder in _HOLDERS if customer_ids else ():
        for pk, words in holder(org_id, customer_ids).items():
            found.setdefault(pk, words)
    return found


@holds_back
def open_approvals(org_id: int, customer_ids: Sequence[int]) -> dict[int, Words]:
    """Whatever somebody has still to decide; a spot check concerns a record only."""
    rows = unscoped(Approval, "pool").filter(PENDING, org_id=org_id, customer_id__in=customer_ids)
    held = rows.exclude(kind="peer").values_list("customer_id", flat=True)
    return {pk or 0: ("有审批没办完", "an approval is open") for pk in held}
