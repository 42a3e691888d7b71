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


def tree_pids(root: int) -> set[int]:
    """`root` and everything below it."""
    everything = _all()
    wanted = {root}
    grown = True
    while grown:
        grown = False
        for pid, (parent, _, _) in everything.items():
            if parent in wanted and pid not in wanted:
                wanted.add(pid)
                grown = True
    return wanted & set(everything)


def tree_seconds(root: int) -> float:
    """CPU seconds used by `root` and everything below it."""
    everything = _all()
    return sum(everything[pid][1] for pid in tree_pids(root) if pid in everything)


def postgres_pids(database: str) -> list[int]:
    """The PostgreSQL processes that serve `database` (others may use the machine too)."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            title = (entry / "cmdline").read_bytes().rstrip(b"\0").decode(errors="replace")
            if title.startswith("postgres:") and f" {database} " in title:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def postgres_seconds(database: str) -> float:
    """CPU seconds that they have used."""
    total = 0.0
    for pid in postgres_pids(database):
        try:
            total += sum(int(_stat(pid)[at]) for at in (11, 12)) / TICK
        except OSError:
            continue
    return total
