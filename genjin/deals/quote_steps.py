"""What verbs and reactions share when they write quotations."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.customers.models import LIVING
from genjin.customers.steps import root
from genjin.deals.models import Deal, Quotation
from genjin.deals.rules import number_of
from genjin.door.change import Change
from genjin.records.steps import take_numbers
from genjin.schema.bulk import insert_rows

#: The name of its counter among those of `records`.
COUNTER = "quotation"


def insert_quotation(change: Change, row: Quotation, before: Quotation | None) -> None:
    """A new edition of `before`, which it replaces, or the first one of a number of its own."""
    change.stamp(row)
    if before is None:
        (row.number,) = take_numbers(change.actor.org_id, COUNTER, 1)
    else:
        rows = unscoped(Quotation, "step").filter(org_id=row.org_id, number=before.number)
        row.number = before.number
        row.edition = max(rows.values_list("edition", flat=True)) + 1
        older = rows.filter(LIVING, state__in=("valid", "waiting")).order_by("pk").select_for_update(of=("self",))
        for each in older:
            change.save(each, {"state": "replaced"})
    insert_rows(Quotation, [row])
    after = {"text": number_of(row.number, row.edition), "total": row.total, "currency": row.currency,
             "deal": row.deal_id, "followup": row.followup_id}  # fmt: skip
    change.record("quotation.made", row, root=root(row.customer), after=after)


def last_of(deal: Deal) -> Quotation | None:
    """The newest quotation of a deal, locked."""
    rows = unscoped(Quotation, "step").filter(LIVING, org_id=deal.org_id, deal_id=deal.pk)
    found: Quotation | None = rows.order_by("-pk").select_for_update(of=("self",)).first()
    return found


def settle(change: Change, approval_ids: list[int], state: str, event: str) -> None:
    """Its discount has been decided: it may be sent, or not."""
    rows = unscoped(Quotation, "step").filter(
        LIVING, org_id=change.actor.org_id, approval_id__in=approval_ids, state="waiting"
    )
    for row in rows.select_related("customer").order_by("pk").select_for_update(of=("self",)):
        change.save(row, {"state": state})
        after = {"text": number_of(row.number, row.edition)}
        change.record(event, row, root=root(row.customer), after=after)
