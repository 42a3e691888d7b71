"""A hand-over moves everything in one transaction and proves it (R-157, R-158; N8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers import proof
from genjin.customers.models import Contact, Customer
from genjin.followups.models import FollowUp
from genjin.handovers.tests.conftest import asked_of, numbers, open_one, owners, row
from genjin.history.models import Event
from genjin.lib import moment
from genjin.objections.models import Objection
from genjin.playbook.models import Passage


def _everything(ids: list[int]) -> Any:
    """All that hangs on these customers, whoever holds it."""
    return {slug: {pk: held[0::2] for pk, held in rows.items()} for slug, rows in proof.rows_of(ids).items()}


def test_the_draft_counts_before_and_after_and_moves_nothing(cast: Cast, firms: list[int]) -> None:
    """R-158: the rehearsal does it and takes it back."""
    before = _everything(firms)
    made = open_one(cast.li, firms[:2], cast.wang.id)
    assert made.status == 201, made
    shown = cast.li.get(f"/handovers/{made['id']}")
    assert (shown["state"], shown["many"], shown["proven"], shown["promises"]) == ("draft", 2, False, 1)
    assert numbers(shown["proof"]) == {
        "customer": (2, 2), "contact": (2, 2), "followup": (1, 1), "agenda": (2, 2), "need": (1, 1), "help": (1, 1),
        "objection": (1, 1), "comment": (1, 1), "collaborator": (2, 2), "node_limit": (2, 2),
    }  # fmt: skip
    assert len(shown["proof"]["checksum"]) == 64
    assert _everything(firms) == before and owners(firms) == [cast.li.id] * 3
    assert not Event.objects.filter(name="customer.transferred").exists()


def test_a_release_moves_everything_and_changes_nothing_else(cast: Cast, firms: list[int], agreed: int) -> None:
    """R-158: clocks, nodes, authors and scores are exactly as they were; only whose it is has changed."""
    ids, before = firms[:2], _everything(firms[:2])
    customers = {each.pk: (each.stage, each.stage_at) for each in unscoped(Customer, "test").filter(pk__in=ids)}
    record = unscoped(FollowUp, "test").get()
    written = (record.contacted_by_id, record.entered_by_id, record.created_by_id, record.score, record.version)
    passages = list(unscoped(Passage, "test").order_by("pk").values())
    objection = unscoped(Objection, "test").values("due_at", "raised_at", "created_by_id", "version").get()
    with moment.frozen(NOW + timedelta(hours=1)):
        answer = cast.zhao.post(f"/handovers/{agreed}/release", {})
    assert (answer.status, answer["state"], answer["moved"]) == (200, "confirmed", {"customers": 2, "promises": 1}), (
        answer
    )
    assert owners(firms) == [cast.wang.id, cast.wang.id, cast.li.id]
    assert _everything(ids) == before
    after = {each.pk: (each.stage, each.stage_at) for each in unscoped(Customer, "test").filter(pk__in=ids)}
    assert after == customers
    record = unscoped(FollowUp, "test").get()
    assert written == (cast.li.id, cast.li.id, cast.li.id, record.score, record.version)
    assert list(unscoped(Passage, "test").order_by("pk").values()) == passages
    assert unscoped(Objection, "test").values("due_at", "raised_at", "created_by_id", "version").get() == objection
    assert unscoped(Objection, "test").get().owner_id == cast.wang.id
    open_ones = unscoped(AgendaItem, "test").filter(state="open", deleted_at=None, customer_id__in=ids)
    assert not open_ones.filter(owner_id=cast.li.id).exists()
    told = numbers(answer["proof"])
    assert all(was == is_ for was, is_ in told.values()) and told["agenda"] == (2, 2)
    assert answer["proof"]["checksum"]["before"] == answer["proof"]["checksum"]["after"]
    assert [asked_of(each) for each in (cast.li, cast.wang, cast.zhao)] == [[], [], []]


def test_a_late_promise_becomes_the_receivers_first_task(cast: Cast, firms: list[int], agreed: int) -> None:
    """N8: due by noon of the next working day; the promise keeps its time, and both are done together."""
    assert cast.zhao.post(f"/handovers/{agreed}/release", {}).status == 200
    task = unscoped(AgendaItem, "test").get(source_type="promise")
    assert (task.act, task.owner_id, task.customer_id) == ("先办前任答应的：给备件价表", cast.wang.id, firms[0])
    assert task.due_at.isoformat() == "2026-11-25T04:00:00+00:00"
    promise = unscoped(AgendaItem, "test").get(pk=task.source_id or 0)
    assert (promise.act, promise.owner_id, promise.state) == ("给备件价表", cast.wang.id, "open")
    assert promise.due_at.isoformat() == "2026-11-22T02:00:00+00:00"
    done = cast.wang.post(f"/agenda/{task.pk}/done", {"version": 1})
    assert done.status == 200, done
    states = unscoped(AgendaItem, "test").filter(pk__in=[task.pk, promise.pk]).values_list("state", flat=True)
    assert list(states) == ["done", "done"]


def test_a_difference_stops_the_release_and_names_the_rows(
    cast: Cast, firms: list[int], agreed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """N8: whatever loses a row on the way, nothing is moved at all."""
    lost = unscoped(Contact, "test").get(customer_id=firms[1])
    seen: list[int] = []
    real = proof.rows_of

    def losing(ids: Any) -> Any:
        seen.append(1)
        if len(seen) == 2:
            unscoped(Contact, "test").filter(pk=lost.pk).update(deleted_at=NOW)
        return real(ids)

    monkeypatch.setattr(proof, "rows_of", losing)
    answer = cast.zhao.post(f"/handovers/{agreed}/release", {})
    assert (answer.status, answer["code"]) == (409, "unequal")
    assert answer["message"] == f"前后对不上，没有交接：联系人“{lost.name}”不见了"
    assert [(each["type"], each["id"], each["how"]) for each in answer["rows"]] == [("contact", lost.pk, "lost")]
    assert owners(firms) == [cast.li.id] * 3
    assert unscoped(Contact, "test").get(pk=lost.pk).deleted_at is None
    assert (row(agreed).state, row(agreed).proof) == ("waiting", {})
    assert not Event.objects.filter(name__in=["customer.transferred", "handover.released"]).exists()


@pytest.mark.parametrize(
    ("model", "column", "value", "slug"),
    [
        (FollowUp, "contacted_by_id", "wang", "followup"),
        (FollowUp, "score", 1, "followup"),
        (Customer, "stage", "demo", "customer"),
        (Objection, "due_at", NOW, "objection"),
    ],
)
def test_nothing_but_the_holder_may_change(
    cast: Cast, firms: list[int], agreed: int, monkeypatch: pytest.MonkeyPatch, model: Any, column: str, value: Any,
    slug: str,
) -> None:  # fmt: skip
    """N8: an author rewritten, a score, a node or a clock that starts anew refuses the release."""
    seen: list[int] = []
    real = proof.rows_of

    def rewriting(ids: Any) -> Any:
        seen.append(1)
        if len(seen) == 2:
            set_ = getattr(cast, value).id if isinstance(value, str) and hasattr(cast, value) else value
            unscoped(model, "test").filter(org_id=cast.org.pk).update(**{column: set_})
        return real(ids)

    monkeypatch.setattr(proof, "rows_of", rewriting)
    answer = cast.zhao.post(f"/handovers/{agreed}/release", {})
    assert (answer.status, answer["code"], answer["rows"][0]["type"], answer["rows"][0]["how"]) == (
        409, "unequal", slug, "changed",
    )  # fmt: skip
    assert owners(firms) == [cast.li.id] * 3


def test_it_is_taken_back_as_one(cast: Cast, firms: list[int], agreed: int) -> None:
    """R-158: within 24 h, with the first task, and counted again."""
    before = dict(proof.rows_of(firms)["agenda"])
    assert cast.zhao.post(f"/handovers/{agreed}/release", {}).status == 200
    with moment.frozen(NOW + timedelta(hours=23)):
        answer = cast.zhao.post(f"/handovers/{agreed}/undo")
    assert answer.status == 200, answer
    assert owners(firms) == [cast.li.id] * 3
    assert proof.rows_of(firms)["agenda"] == before
    assert unscoped(Objection, "test").get().owner_id == cast.li.id
    assert not unscoped(AgendaItem, "test").filter(source_type="promise", deleted_at=None).exists()
    assert row(agreed).state == "undone"
    assert cast.zhao.post(f"/handovers/{agreed}/undo").status == 409
    again = open_one(cast.li, firms[:2], cast.wang.id)
    assert again.status == 201, again


def test_it_is_not_taken_back_later(cast: Cast, firms: list[int], agreed: int) -> None:
    assert cast.zhao.post(f"/handovers/{agreed}/release", {}).status == 200
    with moment.frozen(NOW + timedelta(hours=25)):
        assert cast.zhao.post(f"/handovers/{agreed}/undo").status == 409
    assert owners(firms) == [cast.wang.id, cast.wang.id, cast.li.id]


@pytest.mark.parametrize("way", ["undo", "batch"])
def test_what_was_moved_on_since_stops_the_undo_and_is_named(
    cast: Cast, firms: list[int], agreed: int, way: str
) -> None:
    """R-158: the undo is whole or not at all, by whichever door it comes."""
    batch = cast.zhao.post(f"/handovers/{agreed}/release", {})["batch"]
    body = {"ids": [firms[1]], "to_member_id": cast.zhao.id}
    assert cast.zhao.post("/customers/transfer", body).status == 200
    answer = (
        cast.zhao.post(f"/handovers/{agreed}/undo")
        if way == "undo"
        else cast.zhao.post("/batches/undo", {"batch": batch})
    )
    assert (answer.status, answer["code"]) == (409, "touched"), answer
    assert "苏州恒锐精密机械有限公司" in answer["message"]
    assert owners(firms) == [cast.wang.id, cast.zhao.id, cast.li.id]
    assert row(agreed).state == "confirmed"


def test_what_the_receiver_wrote_since_stays(cast: Cast, firms: list[int], agreed: int, good: Any) -> None:
    cast.zhao.post(f"/handovers/{agreed}/release", {})
    with moment.frozen(NOW + timedelta(hours=2)):
        body = {"customer_id": firms[1], **good, "contact_at": "2026-11-24T03:00:00Z"}
        assert cast.wang.post("/followups", body).status == 201
        assert cast.zhao.post(f"/handovers/{agreed}/undo").status == 200
    assert unscoped(FollowUp, "test").filter(customer_id=firms[1]).get().contacted_by_id == cast.wang.id
    assert owners(firms) == [cast.li.id] * 3


def test_the_quick_transfer_counts_too(cast: Cast, firms: list[int]) -> None:
    """R-158: one customer, before and after, in the dialog and when it is done."""
    asked = {"verb": "transfer", "ids": firms[:1], "to_member_id": cast.wang.id}
    preview = cast.zhao.post("/customers/preview", asked)
    assert numbers(preview["proof"])["followup"] == (1, 1) and owners(firms) == [cast.li.id] * 3
    answer = cast.zhao.post("/customers/transfer", {"ids": firms[:1], "to_member_id": cast.wang.id})
    told = numbers(answer["proof"])
    assert told["customer"] == (1, 1) and told["agenda"] == (2, 2)
    assert all(was == is_ for was, is_ in told.values())


def test_statements_do_not_grow_with_the_customers(
    cast: Cast, new_customer: Any, good: Any, django_assert_max_num_queries: Any
) -> None:
    """A hand-over of two customers and one of fourteen cost the same."""
    counts = []
    for many in (2, 14):
        ids = [new_customer(cast.li, f"第{many}批{number}家陶瓷有限公司") for number in range(many)]
        for pk in ids:
            assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
            late = {"customer_id": pk, "act": "给价表", "due_at": "2026-11-24T02:13:00Z"}
            assert cast.li.post("/agenda", late).status == 201
        with moment.frozen(NOW + timedelta(hours=1)):
            counts.append(_counted(cast, ids, django_assert_max_num_queries))
    # The first of each asks for what is kept afterwards.
    assert all(many <= few + 1 for few, many in zip(*counts, strict=True)), counts


def _counted(cast: Cast, ids: list[int], most: Any) -> list[int]:
    """Statements of opening, of the release and of its undo."""
    with most(140) as opened:
        pk = open_one(cast.li, ids, cast.wang.id)["id"]
    cast.li.post(f"/handovers/{pk}/send")
    cast.wang.post(f"/handovers/{pk}/read", {"customer_ids": ids})
    cast.wang.post(f"/handovers/{pk}/confirm")
    with most(140) as released:
        assert cast.zhao.post(f"/handovers/{pk}/release", {}).status == 200
    with most(140) as undone:
        assert cast.zhao.post(f"/handovers/{pk}/undo").status == 200
    with most(40) as shown:
        cast.zhao.get(f"/handovers/{pk}")
        cast.zhao.get(f"/handovers/{pk}/customers")
    return [len(each) for each in (opened, released, undone, shown)]
