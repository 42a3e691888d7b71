"""CPU ms of the board, for whoever sees his own customers, a department and all of them: `python -m bench.board`.

Needs a loaded database and its sessions (`bench/README.md`). Writes bench/results/board-<engine>.json.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from bench.run import RESULTS, TIMES, Call, Rig, _sessions, machine, measure
from genjin.lib import moment

PATHS = {
    "by stage": "/api/v1/customers/board?by=stage",
    "by life cycle": "/api/v1/customers/board?by=life_cycle",
    "by stage, a view and a filter": "/api/v1/customers/board?by=stage&view=team&sort=-last_contact"
    "&filter=%7B%22field%22%3A%22intent_class%22%2C%22op%22%3A%22ne%22%2C%22value%22%3A%22C%22%7D",
}


def run() -> dict[str, Any]:
    """Measure each board for each reader, and the own list beside it."""
    sessions = _sessions()
    connection.close()
    rig = Rig(sessions)
    found: dict[str, Any] = {"machine": machine(), "day": moment.now().date().isoformat(), "boards": {}}

    def get(path: str) -> Call:
        return lambda number: ("GET", path, b"")

    try:
        for who in sessions:
            for name, path in {**PATHS, "list of 50": "/api/v1/customers?limit=50"}.items():
                figures = measure(rig, who, get(path), clients=1, times=TIMES)
                found["boards"][f"{who}: {name}"] = figures
                print(f"{who}: {name:32}", json.dumps(figures), flush=True)
    finally:
        rig.stop()
    return found


if __name__ == "__main__":
    results = run()
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"board-{connection.vendor}.json"
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
