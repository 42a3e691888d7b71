"""`make bench`: the operations of the workload over HTTP on two workers, beside their floors and limits.

Needs GENJIN_BENCH_DATA = folder of the generator's CSV files. GENJIN_DATABASE_URL names an empty (or
already loaded) database. Writes bench/results/<engine>.json and prints a table. With `own-fields [PART…]` behind it
the figures of own fields are measured alone (`bench/own_fields.py`), without it both.
"""

from __future__ import annotations

import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
os.environ["GENJIN_BENCH"] = "1"

import django

django.setup()

import orjson  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import cpu, due, exceptions, import_limit, limit, redate  # noqa: E402
from bench.import_speed import one_round  # noqa: E402
from bench.page import weigh  # noqa: E402
from genjin.access.queries import actor_of_session  # noqa: E402
from genjin.customers.models import Customer  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.orgs.models import Membership  # noqa: E402

DATABASE = str(connection.settings_dict["NAME"])
PORT = int(os.environ.get("GENJIN_BENCH_PORT", "8797"))
TIMES = 400
RESULTS = Path(__file__).parent / "results"
Call = Callable[[int], tuple[str, str, bytes]]


def demand_fresh_build() -> None:
    """An old build once gave figures of a screen that was mended since."""
    web = Path(__file__).parents[1] / "web"
    built = web / "dist" / "index.html"
    newest = max(each.stat().st_mtime for each in (web / "src").rglob("*") if each.is_file())
    if not built.exists() or built.stat().st_mtime < newest:
        sys.exit("the web build is older than its sources: make setup")


class Rig:
    """A running server with its sessions."""

    def __init__(self, sessions: dict[str, str]) -> None:
        demand_fresh_build()
        self.sessions = sessions
        command = [sys.executable, "-m", "genjin.cli.main", "serve", "--port", str(PORT), "--workers", "2"]
        self.server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            try:
                self.send("rep", "GET", "/api/v1/session", b"")
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the server did not start")

    def send(self, who: str, method: str, path: str, body: bytes, link: Any = None) -> tuple[int, bytes]:
        link = link or http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        headers = {"Cookie": f"genjin_session={self.sessions[who]}; csrftoken={'c' * 32}", "X-CSRFToken": "c" * 32}
        if body:
            headers["Content-Type"] = "application/json"
        link.request(method, path, body or None, headers)
        answer = link.getresponse()
        return answer.status, answer.read()

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=10)


def measure(rig: Rig, who: str, call: Call, *, clients: int, times: int) -> dict[str, float]:
    """p50 and p95 in ms, requests a second, CPU ms a request of server and database together."""
    for number in range(30):
        method, path, body = call(number)
        status, text = rig.send(who, method, path, body)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {text[:300]!r}")
    spent: list[float] = []
    lock = threading.Lock()
    before = cpu.tree_seconds(rig.server.pid) + cpu.postgres_seconds(DATABASE)
    begun = time.perf_counter()

    def work(client: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        for number in range(times // clients):
            method, path, body = call(1000 + client * times + number)
            start = time.perf_counter()
            rig.send(who, method, path, body, link)
            with lock:
                spent.append(time.perf_counter() - start)

    threads = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - begun
    used = cpu.tree_seconds(rig.server.pid) + cpu.postgres_seconds(DATABASE) - before
    ordered = sorted(spent)
    return {
        "p50_ms": round(statistics.median(ordered) * 1000, 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 2),
        "req_s": round(len(ordered) / wall, 1),
        "cpu_ms": round(used / len(ordered) * 1000, 2),
    }


def operations(sessions: dict[str, str]) -> dict[str, tuple[str, Call, Call]]:
    """Name → (who, call, its floor). What is written goes to other customers than those that are read."""
    rep = actor_of_session(sessions["rep"], now=moment.now())
    assert rep is not None
    mine = list(
        Customer.objects.scoped("bench: own customers")
        .filter(org_id=rep.org_id, owner_id=rep.member_id, deleted_at__isnull=True)
        .order_by("id")
        .values_list("id", flat=True)[:400]
    )
    read, written = mine[: len(mine) // 2], mine[len(mine) // 2 :]
    condition = {"and": [{"field": "industry", "op": "eq", "value": "software"},
                         {"field": "stage", "op": "eq", "value": "needs"}]}  # fmt: skip
    asked = orjson.dumps(condition).decode()

    def get(path: str) -> Call:
        return lambda number: ("GET", path, b"")

    def page(number: int) -> tuple[str, str, bytes]:
        return "GET", f"/api/v1/customers/{read[number % len(read)]}", b""

    def write(number: int) -> tuple[str, str, bytes]:
        body = {
            "customer_id": written[number % len(written)],
            "channel": "phone",
            "summary": f"王总看了二期方案第 {number}-{time.time_ns()} 版，问 3 号线能不能保留现有 PLC，预算 80 万。",
            "feedback": "他说“交期 45 天太长，30 天内能到就定”",
            "next_steps": [{"act": "发 PLC 兼容清单并电话确认王总收到", "due_at": "2030-11-27T02:00:00Z"}],
        }
        return "POST", "/api/v1/followups", orjson.dumps(body)

    floor_write: Call = lambda number: (  # noqa: E731
        "POST", "/bench/floor/W1", orjson.dumps({"customer_id": written[number % len(written)]})
    )  # fmt: skip
    return {
        "L1 own list": ("rep", get("/api/v1/customers?limit=50"), get("/bench/floor/L1")),
        "L2 filter, sort, count": (
            "manager",
            get(f"/api/v1/customers?filter={quote(asked)}&sort=-amount&count=1"),
            get("/bench/floor/L2?v=software&v=needs"),
        ),
        "L3 search": (
            "rep",
            get(f"/api/v1/customers?q={quote(searched(mine[0]))}&limit=20"),
            get(f"/bench/floor/L3?v={quote(searched(mine[0]))}"),
        ),
        "L3 common word": (
            "rep",
            get(f"/api/v1/customers?q={quote('公司')}&limit=20"),
            get(f"/bench/floor/L3?v={quote('公司')}&v=common"),
        ),
        "L3 common, one in ten": (
            "rep",
            get(f"/api/v1/customers?q={quote('科技')}&limit=20"),
            get(f"/bench/floor/L3?v={quote('科技')}&v=common"),
        ),
        "L3 find box, rare": (
            "rep",
            get(f"/api/v1/find?q={quote(searched(mine[0]))}"),
            get(f"/bench/floor/L3?v={quote(searched(mine[0]))}"),
        ),
        "L3 find box, common": (
            "rep",
            get(f"/api/v1/find?q={quote('公司')}"),
            get(f"/bench/floor/L3?v={quote('公司')}&v=common"),
        ),
        "D1 customer page": ("rep", page, get(f"/bench/floor/D1?v={mine[0]}")),
        "W1 log a follow-up": ("rep", write, floor_write),
    }


def run() -> dict[str, Any]:
    """Load if empty, measure, return the figures."""
    call_command("migrate", verbosity=0)
    sessions = _sessions()
    chosen = operations(sessions)
    found: dict[str, Any] = {
        "machine": machine(),
        "engine": connection.vendor,
        "day": moment.now().date().isoformat(),
        "operations": {},
        "statements": statements(sessions, chosen),
        "limit_cpu_ms": limits(sessions),
    }
    connection.close()
    rig = Rig(sessions)
    try:
        for name, (who, call, floor) in chosen.items():
            found["operations"][name] = _one(rig, who, call, floor, found["limit_cpu_ms"][name[:2]])
            print(f"{name:26}", json.dumps(found["operations"][name]), flush=True)
        found["cold_customer_list"] = weigh(f"http://127.0.0.1:{PORT}", sessions["rep"])
    finally:
        rig.stop()
    found["I1 import"] = imports()
    return found


def _one(rig: Rig, who: str, call: Call, floor: Call, limit_ms: float) -> dict[str, Any]:
    """One operation, and its floor before and after it, so that a change of the machine's mood shows."""
    before = measure(rig, who, floor, clients=1, times=TIMES)
    figures: dict[str, Any] = {"one": measure(rig, who, call, clients=1, times=TIMES)}
    figures["eight"] = measure(rig, who, call, clients=8, times=TIMES)
    after = measure(rig, who, floor, clients=1, times=TIMES)
    floor_ms = (before["cpu_ms"] + after["cpu_ms"]) / 2
    figures |= {"floor": before, "floor_again": after, "limit_cpu_ms": limit_ms}
    figures["times_floor"] = round(figures["one"]["cpu_ms"] / floor_ms, 2)
    figures["times_limit"] = round(figures["one"]["cpu_ms"] / limit_ms, 2)
    return figures


def searched(customer: int) -> str:
    """Two characters of the name of one of the rep's customers."""
    short: str = Customer.objects.scoped("bench: one").values_list("short_key", flat=True).get(pk=customer)
    return short[:2]


def statements(sessions: dict[str, str], chosen: dict[str, Any]) -> dict[str, Any]:
    """SQL statements of each operation; of the lists with 10 and with 50 rows, which must be equal."""
    client = Client()
    client.cookies["csrftoken"] = "c" * 32

    def count(who: str, method: str, path: str, body: bytes) -> int:
        client.cookies["genjin_session"] = sessions[who]
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.generic(method, path, body, content_type="application/json", headers={"X-CSRFToken": "c" * 32})
        return len(captured)

    found: dict[str, Any] = {name: count(who, *call(0)) for name, (who, call, _) in chosen.items()}
    lists = {"customers": "/customers?", "follow-ups": "/followups?", "to-dos": "/agenda?owner=team&"}
    for name, path in lists.items():
        found[f"{name}, 10 and 50 rows"] = [count("rep", "GET", f"/api/v1{path}limit={n}", b"") for n in (10, 50)]
    return found


def imports() -> dict[str, Any]:
    """I1: the import's own path from upload to the last row, beside the least that writes the same rows."""
    data = (Path(os.environ["GENJIN_BENCH_DATA"]) / "import10k.csv").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        settings.FILES = Path(folder)
        rounds = sorted((one_round(data) for _ in range(3)), key=lambda each: each["all"])
    middle = rounds[1]
    least = import_limit.least(data, Membership.objects.values_list("org_id", flat=True)[0])
    return {
        "rows_s": round(middle["rows"] / middle["all"]),
        "rows_s_by_cpu": round(middle["rows"] / middle["cpu"]),
        **least,
    }


def _sessions() -> dict[str, str]:
    kept = Path(settings.DATA) / "bench_sessions.json"
    if not kept.exists():
        from bench.load import load  # noqa: PLC0415

        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(load(Path(os.environ["GENJIN_BENCH_DATA"]))))
    sessions: dict[str, str] = json.loads(kept.read_text())
    return sessions


def limits(sessions: dict[str, str]) -> dict[str, float]:
    """CPU ms of the bare limit of each operation, the database's process included."""
    rep = actor_of_session(sessions["rep"], now=moment.now())
    assert rep is not None and rep.member_id is not None
    org, owner = rep.org_id, rep.member_id
    own = Customer.objects.scoped("bench: one").filter(owner_id=owner).order_by("id").values_list("id", flat=True)
    first, last = int(own.first() or 0), int(own.last() or 0)
    calls: dict[str, Callable[[], bytes]] = {
        "L1": lambda: limit.l1(org, owner),
        "L2": lambda: limit.l2(org, "software", "needs"),
        "L3": lambda: limit.l3(org, owner, searched(first)),
        "D1": lambda: limit.d1(org, first),
        "W1": lambda: limit.w1(org, owner, last),
    }
    found = {}
    for name, call in calls.items():
        before = cpu.postgres_seconds(DATABASE)
        spent = limit.own_cpu_ms(call, TIMES)
        server = (cpu.postgres_seconds(DATABASE) - before) / (TIMES + 20) * 1000
        found[name] = round(spent + server, 2)
    return found


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def own_fields(parts: list[str]) -> None:
    """In a process and a database of their own."""
    connection.close()
    subprocess.run([sys.executable, "-m", "bench.own_fields", *parts], check=True)


def due_rows(numbers: list[str]) -> None:
    """What is due (`bench/due.py`), in a database of its own."""
    results = due.run(*map(int, numbers))
    print(json.dumps(results, ensure_ascii=False, indent=1))
    (RESULTS / "due.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")


def redated() -> None:
    """A node's limit changed (`bench/redate.py`), in the database of `due`."""
    results = redate.run()
    print(json.dumps(results, ensure_ascii=False, indent=1))
    (RESULTS / "redate.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")


def board(numbers: list[str]) -> None:
    """The board of exceptions (`bench/exceptions.py`), in the database of `due` or one of its own."""
    results = exceptions.run(*map(int, numbers))
    print(json.dumps(results, ensure_ascii=False, indent=1))
    (RESULTS / "exceptions.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["exceptions"]:
        board(sys.argv[2:])
        sys.exit()
    if sys.argv[1:2] == ["redate"]:
        redated()
        sys.exit()
    if sys.argv[1:2] == ["due"]:
        due_rows(sys.argv[2:])
        sys.exit()
    if sys.argv[1:2] != ["own-fields"]:
        results = run()
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{results['engine']}.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    own_fields(sys.argv[2:])
