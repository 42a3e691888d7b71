"""What verbs and reactions share when they write deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from genjin.access.guard import unscoped
from genjin.agenda.steps import ToDo, schedule
from genjin.customers.steps import root
from genjin.deals.lines import Line, Offered, kept, lines_of, total_of
from genjin.deals.models import Deal, Product
from genjin.deals.rules import STAGES, probability_of
from genjin.door.change import Change
from genjin.schema.bulk import insert_rows
from genjin.schema.queries import Options, options_of

SOURCE = "deal"


def options_for(change: Change) -> Options:
    return options_of(change.actor.org_id, change.actor.config_version)


def products_for(org_id: int, sent: Sequence[Mapping[str, Any]]) -> dict[int, Offered]:
    """The products that these lines name, retired ones among them; one statement."""
    ids = {pk for each in sent if isinstance(pk := each.get("product_id"), int)}
    rows = Product.objects.filter(org_id=org_id, pk__in=ids) if ids else []
    return {
        each.pk: Offered(each.pk, each.code, each.name, each.unit, each.prices, each.retired_at is not None)
        for each in rows
    }


def checked_lines(
    org_id: int, sent: Sequence[Mapping[str, Any]], currency: str, before: Sequence[Mapping[str, Any]] = ()
) -> list[Line]:
    """Lines as they were typed, with what the price list says; `before`: those that stood there."""
    known = frozenset(pk for each in before if isinstance(pk := each.get("product_id"), int))
    return lines_of(sent, products_for(org_id, sent), currency, known)


def with_lines(values: dict[str, Any], lines: Sequence[Line]) -> dict[str, Any]:
    """Columns of a deal whose lines are these: its amount is their sum."""
    return {**values, "lines": kept(lines), **({"amount": total_of(lines)} if lines else {})}


def staged(change: Change, row: Deal, stage: str) -> dict[str, Any]:
    """Columns of a deal that stands in this stage from now on; a probability that somebody has set stays."""
    values: dict[str, Any] = {"stage": stage}
    if stage != row.stage:
        values["stage_at"] = change.now
    if not row.own_probability:
        values["probability"] = probability_of(options_for(change).get(STAGES, {}).get(stage))
    return values


def insert_deal(change: Change, row: Deal) -> None:
    change.stamp(row)
    row.stage_at = change.now
    insert_rows(Deal, [row])
    told = {"text": row.title, "stage": row.stage, "amount": row.amount, "currency": row.currency,
            "owner_id": row.owner_id, "expected_close": row.expected_close}  # fmt: skip
    change.record("deal.opened", row, root=root(row.customer), after=told)


def save_deal(change: Change, row: Deal, values: Mapping[str, Any], event: str, *, why: str = "", **told: Any) -> bool:
    """Save and say what changed; False where nothing did."""
    changed = change.save(row, values)
    if not changed:
        return False
    before = {column: pair[0] for column, pair in changed.items()}
    after = {column: pair[1] for column, pair in changed.items()}
    change.record(
        event, row, root=root(row.customer), before=before, after={**after, "text": row.title, **told}, why=why
    )
    return True


def put_off(change: Change, row: Deal, was: date, slip: Mapping[str, Any]) -> None:
    """The expected day went back: why, and what is done next stands on the agenda (R-118)."""
    todo = ToDo(slip["act"], slip["due_at"], row.owner_id, None, slip["precision"])
    schedule(change, [todo], customer_id=row.customer_id, source=(SOURCE, row.pk))
    after = {"expected_close": row.expected_close, "reason": slip["reason"], "text": row.title, "act": slip["act"]}
    before = {"expected_close": was}
    change.record("deal.slipped", row, root=root(row.customer), before=before, after=after, why=slip["why"])


def deals_of(change: Change, customer_ids: Sequence[int]) -> list[Deal]:
    """The open deals of these customers, locked."""
    rows = unscoped(Deal, "step").filter(
        org_id=change.actor.org_id, customer_id__in=customer_ids, state="open", deleted_at__isnull=True
    )
    return list(rows.order_by("pk").select_for_update(of=("self",)))
