"""I1: a CSV of customers through the product's own import, from upload to the last row written.

Usage: python -m bench.import_speed FILE [--rounds N]. GENJIN_DATABASE_URL names the database; each round is a team
of its own. Upload, mapping, check and take-over go over the routes; the worker's pieces run in this process one
after another, so the figure holds no waiting between them. Every rule is applied to every row. On a busy machine trust
`cpu`: this process and its database process work in turns, so their CPU is the time an idle machine takes.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")

import django

django.setup()

import orjson  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench import cpu  # noqa: E402
from genjin.access.models import Session  # noqa: E402
from genjin.access.queries import digest  # noqa: E402
from genjin.exchange import tasks  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.packs.organisation import create_organisation  # noqa: E402

#: The generator's headings; what has no field here goes to the notes.
FIELDS = {
    "name": "customer.name", "industry": "customer.industry", "source": "customer.source", "stage": "customer.stage",
    "tier": "customer.intent_class", "phone": "contact.phone", "amount": "customer.amount", "city": "customer.region",
    "address": "customer.address",
}  # fmt: skip


def _client() -> Client:
    """A team of its own, and its administrator's session."""
    name = secrets.token_hex(6)
    member = create_organisation(
        f"基准{name}", account=f"{name}@example.com", password="bench-2026", person="管理员", now=moment.now()
    )
    secret = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    Session.objects.create(digest=digest(secret), member=member, created_at=now, expires_at=now + timedelta(days=1))
    client = Client()
    client.cookies["genjin_session"] = secret
    return client


def _send(client: Client, method: str, path: str, body: Any = None) -> Any:
    data = orjson.dumps(body) if body is not None else b""
    answer = client.generic(method, f"/api/v1{path}", data, content_type="application/json")
    if answer.status_code >= 300:
        raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.content[:300]!r}")
    return orjson.loads(answer.content)


def _work() -> None:
    while tasks.work_once(moment.now()):
        pass


def one_round(data: bytes) -> dict[str, float]:
    """Seconds by step, rows, and CPU seconds of this process and its connection's server process."""
    client = _client()
    served, own, begun = _server_seconds(), time.process_time(), time.perf_counter()
    marks = [("", begun)]
    answer = client.post("/api/v1/imports", {"file": SimpleUploadedFile("客户.csv", data)})
    pk = orjson.loads(answer.content)["id"]
    _work()
    marks.append(("read", time.perf_counter()))
    columns = _send(client, "GET", f"/imports/{pk}")["columns"]
    chosen = [{"sheet": c["sheet"], "header": c["header"], "field": FIELDS.get(c["header"])} for c in columns]
    _send(client, "PUT", f"/imports/{pk}/columns", {"columns": chosen})
    _send(client, "POST", f"/imports/{pk}/check")
    _work()
    marks.append(("check", time.perf_counter()))
    _send(client, "POST", f"/imports/{pk}/run")
    _work()
    marks.append(("write", time.perf_counter()))
    run = _send(client, "GET", f"/imports/{pk}")
    if run["state"] != "done":
        raise RuntimeError(f"the run ended as {run['state']}: {run['error']}")
    found = {name: at - before for (name, at), (_, before) in zip(marks[1:], marks, strict=False)}
    everything = time.perf_counter() - begun
    python, server = time.process_time() - own, _server_seconds() - served
    return {**found, "all": everything, "python": python, "cpu": python + server, "rows": run["counts"]["total"]}


def _server_seconds() -> float:
    """CPU seconds of the PostgreSQL process behind our connection."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cpu.tree_seconds(int(cursor.fetchone()[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    data = options.file.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        settings.FILES = Path(folder)
        rounds = [one_round(data) for _ in range(options.rounds)]
    for each in rounds:
        print({name: round(value, 2) for name, value in each.items()})
    rows = rounds[0]["rows"]
    for name in ("read", "check", "write", "all", "python", "cpu"):
        middle = statistics.median(each[name] for each in rounds)
        print(f"{connection.vendor} {name}: median {middle:.2f} s, {rows / middle:,.0f} rows/s")


if __name__ == "__main__":
    main()
