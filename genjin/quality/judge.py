"""judge(): one record against the written standard. Pure and fast: no clock, no database, no Django."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from genjin.quality.case import Case
from genjin.quality.record import AXES, CONTACT, CONTACT_AT, CUSTOMER, Axis, Finding, Record, Verdict
from genjin.quality.rules import (
    bad_contact_format,
    chat_log,
    contact_time,
    hints,
    missing_required,
    next_step,
    no_substance,
    subjective_claim,
    unknown_option,
    vague_summary,
)
from genjin.quality.standard import Standard

# Mixtures of findings kept with their points.
_KNOWN = 20_000

CHECKS: tuple[Callable[[Case], None], ...] = (
    missing_required.check,
    contact_time.check,
    unknown_option.check,
    bad_contact_format.check,
    vague_summary.check,
    next_step.check,
    chat_log.check,
    no_substance.check,
    subjective_claim.check,
)


def judge(record: Record, standard: Standard, *, now: datetime, with_hints: bool = True) -> Verdict:
    """Every finding of the standard on one record, its points and its normalised cells. Never raises.

    `with_hints=False` leaves the advice out that never counts (a third faster, for whole sheets).

    Score = 100 minus the weights of the findings, never below 0; mending a finding never lowers it, because the
    weight of a blank cell is at least the sum of all that bad content in it could cost (R-067).
    """
    case = Case(record, standard, now)
    for check in CHECKS:
        check(case)
    if with_hints:
        hints.check(case)
    _normalize(case)
    score, axes = points(case.findings, standard)
    return Verdict(score, axes, case.findings, case.normalized, case.attempt)


def points(findings: list[Finding], standard: Standard) -> tuple[int, dict[Axis, int]]:
    """Points in all and on the four axes, 0–100, for a list of findings."""
    blank = missing_required.RULE
    lost = tuple([found.field if found.rule == blank else found.rule for found in findings])
    known = standard.known_points
    answer = known.get(lost)
    if answer is None:
        answer = _added_up(lost, standard)
        if len(known) < _KNOWN:
            known[lost] = answer
    score, axes = answer
    return score, axes.copy()


def _added_up(lost: tuple[str, ...], standard: Standard) -> tuple[int, dict[Axis, int]]:
    total, *axes = map(sum, zip(*(standard.losses[each] for each in lost))) if lost else [0.0] * (1 + len(AXES))
    factor = standard.thresholds["axis_factor"]
    return _left(total), {axis: _left(each * factor) for axis, each in zip(AXES, axes)}


def _left(lost: float) -> int:
    return max(0, round(100 - lost))


def _normalize(case: Case) -> None:
    if case.customer:
        case.normalized[CUSTOMER] = case.customer.strip()
    if case.contact:
        case.normalized[CONTACT] = case.contact.strip()
    reading = case.contact_at
    if reading.value is not None and not reading.ambiguous:
        text = reading.value.isoformat(" ", "minutes")
        case.normalized[CONTACT_AT] = text if reading.precision == "minute" else text[:10]
