"""Is it well: database, storage, worker. For load balancers and for the person who watches."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from ninja import Router, Status

from genjin.history.models import DueTask
from genjin.lib import moment

router = Router(tags=["health"])
#: Below this a disk counts as full: an upload and the database's own log still fit.
LEAST_FREE = 64 * 1024 * 1024
#: The worker looks every few seconds; longer silence means it does not run.
WORKER_SILENCE_SECONDS = 180


@router.get("/health", auth=None, response={200: dict[str, Any], 503: dict[str, Any]}, summary="Is it well")
def health(request: HttpRequest) -> Any:
    database, worker = _database()
    storage = _storage()
    well = database and storage
    return Status(200 if well else 503, {"ok": well, "database": database, "storage": storage, "worker": worker})


def _database() -> tuple[bool, bool]:
    """(the database answers, a worker ran a task lately)"""
    try:
        last = DueTask.objects.filter(ran_at__isnull=False).order_by("-ran_at").values_list("ran_at", flat=True).first()
    except DatabaseError:
        if not connection.in_atomic_block:
            connection.close()
        return False, False
    return True, last is not None and (moment.now() - last).total_seconds() < WORKER_SILENCE_SECONDS


def _storage() -> bool:
    folder = Path(settings.DATA)
    try:
        return shutil.disk_usage(folder).free > LEAST_FREE
    except OSError:
        return False
