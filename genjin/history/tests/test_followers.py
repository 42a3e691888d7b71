"""Design §11: followers read the settled log in order, lose nothing, and write exactly once."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from genjin.history.followers import (
    FOLLOWERS,
    follower,
    lag,
    run_follower,
    run_followers,
    settled_after,
    start_at_the_end,
)
from genjin.history.models import Cursor, Event, KeptReply
from genjin.lib import moment
from genjin.orgs.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Reader:
    """A follower that notes what it was given and writes one row an event; may fail half-way."""

    org: Organisation
    fail_at: str = ""
    given: list[str] = field(default_factory=list)

    def __call__(self, events: Sequence[Event]) -> None:
        for event in events:
            self.given.append(event.why)
            KeptReply.objects.create(org=self.org, key=f"{event.why}:{len(self.given)}", verb="v", at=event.at)
            if event.why == self.fail_at:
                raise RuntimeError("half-way")

    def written(self) -> list[str]:
        rows = KeptReply.objects.order_by("pk").values_list("key", flat=True)
        return [key.partition(":")[0] for key in rows]

    def read_on(self, until: int) -> None:
        """Let it read until it was given so many events; other databases of the server may hold it up."""
        for _ in range(2000):
            run_follower("reader")
            if len(self.given) >= until:
                return


@pytest.fixture
def org() -> Organisation:
    return Organisation.objects.create(name="甲公司")


@pytest.fixture
def reader(org: Organisation) -> Iterator[Reader]:
    found = Reader(org)
    follower("reader", "test.happened", "other.*")(found)
    yield found
    del FOLLOWERS["reader"]


def happen(org: Organisation, what: str, name: str = "test.happened") -> None:
    Event.objects.create(
        org=org,
        name=name,
        subject_type="t",
        subject_id=1,
        at=moment.now(),
        actor_kind="job",
        source="job",
        cause="c",
        why=what,
        digest="",
    )


def test_two_transactions_committed_in_reverse_order_lose_no_event(org: Organisation, reader: Reader) -> None:
    """Design §11: the older transaction commits last; a cursor by number alone would have passed it by."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: commits happen in number order")
    begun, released = threading.Event(), threading.Event()

    def older() -> None:
        try:
            with transaction.atomic():
                happen(org, "older")
                begun.set()
                released.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=older)
    thread.start()
    try:
        assert begun.wait(10)
        with transaction.atomic():
            happen(org, "newer")
        visible = list(Event.objects.order_by("id").values_list("why", flat=True))
        assert visible == ["newer"]
        assert run_follower("reader") == 0
        assert settled_after(-(2**62), 0, limit=10) == []
        assert reader.given == []
    finally:
        released.set()
        thread.join(20)
    reader.read_on(2)
    assert reader.given == ["older", "newer"]
    assert run_follower("reader") == 0


def test_many_writers_at_once_lose_and_repeat_nothing(org: Organisation, reader: Reader) -> None:
    """Six writers commit while the follower reads: each event once, none missing."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")

    def write(writer: int) -> None:
        try:
            for number in range(10):
                with transaction.atomic():
                    happen(org, f"{writer}-{number}")
                    happen(org, f"{writer}-{number}b")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(6)]
    for each in threads:
        each.start()
    while any(each.is_alive() for each in threads):
        run_follower("reader", limit=7)
    for each in threads:
        each.join()
    reader.read_on(120)
    assert len(reader.given) == 120
    assert set(reader.given) == {f"{w}-{n}{s}" for w in range(6) for n in range(10) for s in ("", "b")}


def test_two_workers_never_read_the_same_batch(org: Organisation, reader: Reader) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    for number in range(40):
        happen(org, str(number))

    def work() -> None:
        try:
            for _ in range(60):
                run_follower("reader", limit=1)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    reader.read_on(40)
    assert reader.written() == [str(number) for number in range(40)]


def test_a_follower_that_fails_half_way_writes_nothing_and_gets_the_batch_again(
    org: Organisation, reader: Reader
) -> None:
    """Exactly once: what it wrote and where it stands are one transaction."""
    for what in ("a", "b", "c"):
        happen(org, what)
    reader.fail_at = "b"
    with pytest.raises(RuntimeError):
        reader.read_on(3)
    assert reader.given == ["a", "b"]
    assert reader.written() == []
    assert Cursor.objects.get(follower="reader").seq == 0
    reader.fail_at = ""
    reader.read_on(5)
    assert reader.written() == ["a", "b", "c"]
    assert run_follower("reader") == 0
    assert reader.written() == ["a", "b", "c"]


def test_it_reads_in_batches_and_only_what_it_asked_for(org: Organisation, reader: Reader) -> None:
    for number in range(5):
        happen(org, f"a{number}")
        happen(org, f"b{number}", "other.thing")
        happen(org, f"c{number}", "foreign.thing")
    passed = 0
    for _ in range(2000):
        step = run_follower("reader", limit=4)
        assert step <= 4
        passed += step
        if passed == 15:
            break
    assert reader.given == [f"{letter}{number}" for number in range(5) for letter in "ab"]
    last = Event.objects.order_by("-id")[0]
    cursor = Cursor.objects.get(follower="reader")
    assert (cursor.seq, cursor.xid) == (last.pk, last.xid)


def test_an_idle_look_only_reads(org: Organisation, reader: Reader) -> None:
    happen(org, "a")
    reader.read_on(1)
    with CaptureQueriesContext(connection) as queries:
        assert run_follower("reader") == 0
    assert [each["sql"].split()[0] for each in queries.captured_queries] == ["SELECT", "SELECT"]


def test_a_new_follower_may_start_behind_what_was(org: Organisation, reader: Reader) -> None:
    happen(org, "before")
    start_at_the_end("reader")
    happen(org, "after")
    reader.read_on(1)
    assert reader.given == ["after"]


def test_the_lag_counts_what_the_slowest_has_not_read(org: Organisation, reader: Reader) -> None:
    happen(org, "a")
    reader.read_on(1)
    assert lag() == 0
    happen(org, "b")
    happen(org, "c")
    assert lag() == 2


def test_a_failing_follower_stops_no_other(
    org: Organisation, reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("genjin.history.followers.FOLLOWERS", {"reader": FOLLOWERS["reader"]})
    broken = Reader(org, fail_at="a")
    follower("broken", "test.happened")(broken)
    happen(org, "a")
    for _ in range(2000):
        run_followers()
        if reader.given and broken.given:
            break
    assert reader.written() == ["a"]
    assert "follower broken failed" in caplog.text
