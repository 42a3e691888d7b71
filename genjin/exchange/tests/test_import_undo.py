"""Taking a whole import back: a batch like any other, for 24 h (R-237, design §5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import Answer, Cast, Person
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.exchange import actions, tasks
from genjin.exchange.tests.test_import_over_http import HEADERS, ROWS, checked, count, plain, taken, work, workbook
from genjin.history.models import Event
from genjin.lib import moment


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def undone(person: Person, pk: int, *, preview: bool = False) -> Answer:
    """The import is a batch like any other."""
    batch = person.get(f"/imports/{pk}")["batch"]
    answer: Answer = person.post("/batches/undo", {"batch": batch, "preview": preview})
    return answer


@pytest.mark.usefixtures("no_limits")
def test_undo_takes_everything_back(cast: Cast, new_customer: Any) -> None:
    """R-237: preview first, then nothing of the import is left; blanks that were filled are blank again."""
    old = new_customer(cast.li, "广州穗云供应链有限公司")
    before = count()
    headers = [*HEADERS, "地址"]
    pk = taken(cast.li, workbook([[*row, "天河路 1 号"] for row in ROWS[:3]], headers))
    assert unscoped(Customer, "test").get(pk=old).address == "天河路 1 号"
    preview = undone(cast.li, pk, preview=True)
    removed = {"customer": 1, "contact": 2, "followup": 3, "agenda": 1}
    assert (preview["removed"], preview["counts"], preview["stay"]) == (removed, {"customer": 1}, [])
    assert count() == (2, 3, 3, 1)
    assert cast.li.get(f"/imports/{pk}")["state"] == "done"
    assert undone(cast.li, pk).body == preview.body
    assert count() == before
    one = unscoped(Customer, "test").get(pk=old)
    assert (one.address, one.last_contact_at, one.recent_days) == ("", None, [])
    assert (one.next_act, one.contact_name, one.last_words) == ("", "王建国", "")
    # Nothing is reckoned for a customer that goes.
    gone = unscoped(Customer, "test").get(deleted_at__isnull=False)
    assert (gone.contact_name, gone.last_contact_at is None) == ("王建国", False)
    told = Event.objects.filter(name="customer.recounted").values_list("subject_id", flat=True)
    assert set(told) <= {old}
    assert cast.li.get(f"/imports/{pk}")["state"] == "undone"
    assert undone(cast.li, pk).status == 409
    taken(cast.li, workbook(ROWS[:3]))
    assert count() == (2, 3, 3, 1)


def test_undo_keeps_what_was_written_since(cast: Cast, good: dict[str, Any]) -> None:
    """R-237: a customer somebody worked with stays, and the answer says so."""
    pk = taken(cast.li, workbook(ROWS[:3]))
    one = unscoped(Customer, "test").get(name="苏州恒锐精密机械有限公司")
    logged = cast.li.post("/followups", {**good, "customer_id": one.pk, "contact_at": "2026-11-24T01:00:00Z"})
    assert logged.status == 201, logged
    answer = undone(cast.li, pk)
    assert answer["removed"] == {"customer": 1, "contact": 1, "followup": 3, "agenda": 1}
    stays = [(each["type"], each["name"]) for each in answer["stay"]]
    assert stays == [("customer", one.name), ("contact", "王建国")]
    assert answer["since"] == {"followup": 1, "agenda": 1}  # its next step; the limit of the node nobody wrote
    left = unscoped(Customer, "test").get(deleted_at__isnull=True)
    assert left.pk == one.pk
    assert left.last_contact_at == datetime.fromisoformat("2026-11-24T01:00:00+00:00")


def test_an_undo_lasts_a_day_and_waits_for_the_last_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-237: only whoever ran it, for 24 h, and not while rows are still written; nothing changes otherwise."""
    monkeypatch.setattr(actions, "CHUNK", 2)
    pk = checked(cast.li, workbook([plain(f"公司{n}号贸易有限公司", "2026-11-01") for n in range(3)]))
    assert (cast.li.get(f"/imports/{pk}")["batch"], cast.li.get("/batches")["items"]) == (None, [])
    cast.li.post(f"/imports/{pk}/run")
    tasks.work_once(moment.now())
    early = undone(cast.li, pk)
    assert (early.status, early["zh"]) == (409, "导入还没写完，先取消，再撤销") and count()[0] == 2
    work()
    run = cast.li.get(f"/imports/{pk}")
    (told,) = cast.li.get("/batches")["items"]
    assert (told["id"], told["verb"], told["zh"], told["rows"]) == (run["batch"], "import.run", "导入“跟进表.xlsx”", 3)
    assert told["until"] == run["undo_until"] == "2026-11-25T02:12:00+00:00"
    for person in (cast.zhao, cast.admin, cast.outsider):
        assert person.post("/batches/undo", {"batch": run["batch"]}).status == 404
    with moment.frozen(moment.now() + timedelta(hours=24)):
        assert cast.li.get(f"/imports/{pk}")["undo_until"] is None
        assert undone(cast.li, pk).status == 409
    assert count() == (3, 0, 3, 0)


def test_rows_decided_later_belong_to_the_same_batch(cast: Cast) -> None:
    """R-237: what waited and is taken over afterwards goes with the rest, and counts from then."""
    pk = taken(cast.li, workbook(ROWS))
    first = count()
    change = {"sheet": "跟进表", "row": 5, "set": {"customer": "无锡云桥电子有限公司"}}
    assert cast.li.patch(f"/imports/{pk}/rows", {"rows": [change]}).status == 200
    with moment.frozen(moment.now() + timedelta(hours=20)):
        assert cast.li.post(f"/imports/{pk}/run").status == 200
        work()
        assert count() > first
    with moment.frozen(moment.now() + timedelta(hours=30)):
        (told,) = cast.li.get("/batches")["items"]
        assert told["id"] == cast.li.get(f"/imports/{pk}")["batch"]
        assert undone(cast.li, pk).status == 200
    assert count() == (0, 0, 0, 0)


def test_what_was_written_before_a_cancel_goes_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-237: chunks are all or nothing; those that were written can be undone."""
    monkeypatch.setattr(actions, "CHUNK", 2)
    pk = checked(cast.li, workbook([plain(f"公司{n}号贸易有限公司", "2026-11-01") for n in range(5)]))
    cast.li.post(f"/imports/{pk}/run")
    tasks.work_once(moment.now())
    assert cast.li.post(f"/imports/{pk}/cancel").status == 200
    work()
    assert undone(cast.li, pk)["removed"] == {"customer": 2, "followup": 2}
    assert count() == (0, 0, 0, 0)
