"""What a stage, a class and a quotation ask for: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from genjin.schema.queries import Choice, Options

STAGES, WON, LOST, SLIPPED = "deal_stage", "deal_won_reason", "deal_lost_reason", "deal_slip_reason"
REASONS = {"won": WON, "lost": LOST}
#: Days after which needs are asked about again, unless the class says otherwise (`needs_days`, R-118).
NEEDS_DAYS = {"A": 30, "B": 60, "C": 90}
USUAL_NEEDS_DAYS = 90
#: Percent below the price list that nobody has to be asked for, unless the option says otherwise (`above`).
FREE_DISCOUNT = 10
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "KRW", "SGD", "AUD")


def probability_of(choice: Choice | None) -> int:
    """That of a stage, 0 where it says none or nonsense."""
    found = choice.facts.get("probability") if choice else None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= 100 else 0


def needs_days(options: Options, intent_class: str) -> int:
    """So many days the confirmation of a need holds for a customer of this class; 0 = he is never asked again."""
    choice = options.get("intent_class", {}).get(intent_class)
    said = choice.facts.get("needs_days") if choice else None
    if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= 3650:
        return said
    return NEEDS_DAYS.get(intent_class, USUAL_NEEDS_DAYS)


def confirmed_before(options: Options, intent_class: str, today: date) -> date | None:
    """Needs last confirmed on this day or earlier are to be asked about again; None: never."""
    days = needs_days(options, intent_class)
    return today - timedelta(days=days) if days else None


def free_discount(options: Options) -> int:
    """Percent off the list above which the approval of a discount is asked for."""
    choice = options.get("approval_purpose", {}).get("discount")
    said = choice.facts.get("above") if choice else None
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= 100 else FREE_DISCOUNT


def tells_other(based: Mapping[str, Any], later: Mapping[str, Any]) -> bool:
    """Does a later record tell needs or an amount that the one a quotation rests on does not (R-160)?"""
    known = {_text(each) for each in based["needs"] or ()}
    if any(_text(each) not in known for each in later["needs"] or () if _text(each)):
        return True
    return later["amount"] is not None and (later["amount"], later["currency"]) != (based["amount"], based["currency"])


def _text(need: Mapping[str, Any]) -> str:
    return str(need.get("text") or "").strip()


def number_of(number: int, edition: int) -> str:
    """As it stands on paper: BJ-000123-V2."""
    return f"BJ-{number:06d}-V{edition}"


def by_stage(keys: Sequence[str], sums: Sequence[tuple[str, str, int, int, int]]) -> dict[str, dict[str, Any]]:
    """Rows of (stage, currency, many, amount, weighted) as one entry a stage: a sum a currency, never mixed."""
    found: dict[str, dict[str, Any]] = {key: {"count": 0, "sums": []} for key in keys}
    for stage, currency, many, amount, weighted in sums:
        at = found.setdefault(stage, {"count": 0, "sums": []})
        at["count"] += many
        if amount:
            at["sums"].append({"currency": currency, "amount": amount, "weighted": weighted})
    return found
