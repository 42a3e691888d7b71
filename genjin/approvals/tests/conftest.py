"""Reviewing over HTTP: an organisation whose rules a test sets, and a record that is sent to review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.approvals.models import Approval
from genjin.approvals.steps import rules_of
from genjin.orgs.models import Organisation

Setting = Callable[..., None]


def review_all(org: Organisation, **changes: Any) -> None:
    """Override some of the pack's review rules for an organisation."""
    org.settings = {"review": {**org.settings.get("review", {}), **changes}}
    org.save(update_fields=["settings"])
    rules_of.cache_clear()


@pytest.fixture
def review_rules(cast: Cast) -> Setting:
    """`review_rules(share=1, …)` overrides the pack's rules for the cast's organisation."""

    return lambda **changes: review_all(cast.org, **changes)


@pytest.fixture
def under_review(cast: Cast, new_customer: Any, good: Any, review_rules: Setting) -> Callable[..., dict[str, Any]]:
    """`under_review(person)` logs a good record that the draw sends to review: {approval, record, customer}."""

    def log(person: Person | None = None, name: str = "甲公司", **parts: Any) -> dict[str, Any]:
        review_rules(share=1)
        who = person or cast.li
        pk = new_customer(who, name)
        answer = who.post("/followups", {"customer_id": pk, **good, **parts})
        assert answer.status == 201, answer
        review_rules(share=0)
        found = approvals(subject_type="followup", subject_id=answer["id"])
        assert len(found) == 1
        return {"approval": found[0].pk, "record": answer["id"], "customer": pk}

    return log


def approvals(**conditions: Any) -> list[Approval]:
    return list(unscoped(Approval, "test").filter(**conditions).order_by("pk"))


Flow = Callable[..., int]


@pytest.fixture
def flow(cast: Cast) -> Flow:
    """`flow(steps…, purpose=…)` saves a flow over HTTP as the administrator; a step is a line or a list of lines."""

    def save(*stages: Any, purpose: str = "discount", **parts: Any) -> int:
        made = [each if "by" in each else {"by": each if isinstance(each, list) else [each]} for each in stages]
        body = {"name": "特价审批", "purpose": purpose, "stages": made, **parts}
        answer = cast.admin.post("/approval-flows", {"body": body})
        assert answer.status == 201, answer
        return int(answer["id"])

    return save


@pytest.fixture
def asked(cast: Cast, new_customer: Any) -> Callable[..., int]:
    """`asked(person, …)` asks for a discount on a customer of his; returns the request's id."""

    names = iter("甲乙丙丁戊己庚辛")

    def ask(person: Person | None = None, **parts: Any) -> int:
        who = person or cast.li
        pk = new_customer(who, f"{next(names)}公司")
        body = {"subject_id": pk, "purpose": "discount", "text": "客户要年框价", **parts}
        answer = who.post("/approval-requests", body)
        assert answer.status == 201, answer
        return int(answer["id"])

    return ask


def people(request: Any) -> list[tuple[int, str, str]]:
    """Who stands where in the chain: position, name, state."""
    return [(each["position"], (each["member"] or {}).get("name", ""), each["state"]) for each in request["steps"]]
