"""Two requests beside each other, taking turns: the machine's mood falls on both alike, so their ratio can be trusted.

Wall time and CPU time (server and database processes, by the kernel's own nanoseconds) of each single request.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from bench import cpu
from bench.run import DATABASE, Rig
from genjin.schema.cursors import open_cursor

Send = Callable[[], Any]


class Meter:
    """CPU of the processes that are there now: of the server's tree and of the database's backends."""

    def __init__(self, server: int, database: str) -> None:
        self.files = [
            each
            for pid in (*cpu.tree_pids(server), *cpu.postgres_pids(database))
            for each in Path(f"/proc/{pid}/task").glob("*/schedstat")
        ]

    def ms(self) -> float:
        """CPU milliseconds that all of them have used."""
        total = 0
        for each in self.files:
            try:
                total += int(each.read_text().split()[0])
            except OSError:
                continue
        return total / 1e6


def told(spent: Sequence[float]) -> dict[str, float]:
    """p50, p95 and the largest, in ms."""
    ordered = sorted(spent)
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
        "max": round(ordered[-1], 2),
    }


def pair(rig: Rig, one: Send, other: Send, times: int) -> dict[str, Any]:
    """`one` beside `other`, each first every second time; ratios are one / other."""
    wall: dict[int, list[float]] = {0: [], 1: []}
    used: dict[int, list[float]] = {0: [], 1: []}
    for _ in range(5):
        one(), other()
    meter = Meter(rig.server.pid, DATABASE)
    for number in range(times):
        for which in (0, 1) if number % 2 else (1, 0):
            before, begun = meter.ms(), time.perf_counter()
            (one, other)[which]()
            wall[which].append((time.perf_counter() - begun) * 1000)
            used[which].append(meter.ms() - before)
    return {
        "one": {"wall_ms": told(wall[0]), "cpu_ms": told(used[0])},
        "other": {"wall_ms": told(wall[1]), "cpu_ms": told(used[1])},
        "ratio": round(statistics.median(wall[0]) / statistics.median(wall[1]), 2),
        "ratio_cpu": round(statistics.median(used[0]) / statistics.median(used[1]), 2),
        "times": times,
    }


def asker(rig: Rig, who: str, path: str) -> Send:
    """One GET of the running server; anything but success is an error."""

    def send() -> bytes:
        status, text = rig.send(who, "GET", path, b"")
        if status >= 300:
            raise RuntimeError(f"{path}: {status} {text[:300]!r}")
        return text

    return send


def plan_of(session: str, path: str, table: str) -> dict[str, Any]:
    """The list statement behind a GET: what the database says it took, and by which indexes it went."""
    ran: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        ran.append((sql, values))
        return execute(sql, values, many, context)

    client = Client()
    client.cookies["genjin_session"] = session
    with connection.execute_wrapper(note):
        answer = client.get(f"/api/v1{path}")
    if answer.status_code >= 300:
        return {"refused": answer.json().get("zh", "")}
    sql, values = next((each for each in ran if f'FROM "{table}"' in each[0] and "ORDER BY" in each[0]), ran[-1])
    spent, plan = [], {}
    for _ in range(5):
        with open_cursor(steady=False) as cursor:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, values)
            ((found,),) = cursor.fetchall()
        plan = found[0]
        spent.append(plan["Execution Time"] + plan["Planning Time"])
    return {"sql_ms": round(statistics.median(spent), 2), "by": sorted(set(_indexes(plan["Plan"])))}


def _indexes(node: dict[str, Any]) -> list[str]:
    own = [node["Index Name"]] if "Index Name" in node else [node["Node Type"]] if "Seq" in node["Node Type"] else []
    return own + [name for part in node.get("Plans", ()) for name in _indexes(part)]
