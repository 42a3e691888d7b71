"""CPU time of processes from /proc: the web server's tree and the database's processes."""

from __future__ import annotations

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def _all() -> dict[int, tuple[int, float, str]]:
    """pid → (parent, CPU seconds incl. reaped children, command)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = _stat(int(entry.name))
            command = (entry / "comm").read_text().strip()
        except (OSError, IndexError):
            continue
        used = sum(int(fields[at]) for at in (11, 12, 13, 14)) / TICK
        found[int(entry.name)] = (int(fields[1]), used, command)
    return found


def tree_seconds(root: int) -> float:
    """CPU seconds used by `root` and everything below it."""
    everything = _all()
    wanted, total = {root}, 0.0
    grown = True
    while grown:
        grown = False
        for pid, (parent, _, _) in everything.items():
            if parent in wanted and pid not in wanted:
                wanted.add(pid)
                grown = True
    for pid in wanted & set(everything):
        total += everything[pid][1]
    return total


def postgres_seconds(database: str) -> float:
    """CPU seconds used by the PostgreSQL processes that serve `database` (others may use the machine too)."""
    total = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            title = (entry / "cmdline").read_bytes().rstrip(b"\0").decode(errors="replace")
            if title.startswith("postgres:") and f" {database} " in title:
                total += sum(int(_stat(int(entry.name))[at]) for at in (11, 12)) / TICK
        except OSError:
            continue
    return total
