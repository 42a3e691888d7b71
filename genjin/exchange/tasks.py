"""Long work of the worker: reading, checking and writing imports, making exports.

One call does one piece: a killed worker's run is taken up again when its lease is over, and a piece that was
committed is never done twice.
"""

from __future__ import annotations

import gc
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.exchange import actions, exporting
from genjin.exchange.models import ExportRun, ImportRun
from genjin.exchange.reading import check_lines, read_import
from genjin.history.schedule import every
from genjin.lib import moment
from genjin.lib.errors import Forbidden, Refusal
from genjin.lib.sheets import SheetError
from genjin.orgs.models import Membership

log = logging.getLogger("genjin.exchange")
LEASE = timedelta(seconds=90)
MOST_TRIES = 5
BEAT_SECONDS = 0.8
#: A piece of a running import takes about so long: whoever watches sees it move every second.
PIECE_SECONDS = 0.7
LEAST_PIECE = 20
BUSY = ("reading", "checking", "running")


@dataclass(slots=True)
class Pace:
    """How many rows this worker writes in one piece, by the time that the last one took."""

    rows: int = 100

    def took(self, rows: int, seconds: float) -> None:
        self.rows = max(LEAST_PIECE, int(rows * PIECE_SECONDS / max(seconds, 0.001)))


PACE = Pace()


def work_once(now: datetime) -> bool:
    """Do one piece of the oldest waiting import or export; False when nothing waits."""
    run = _claim_import(now)
    if run is not None:
        _guarded(run, lambda: _WORK[run.state](run))
        return True
    export = _claim_export(now)
    if export is not None:
        _guarded(export, lambda: _export(export))
        return True
    return False


def _claim_import(now: datetime) -> ImportRun | None:
    free = Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=now - LEASE)
    with transaction.atomic():
        rows = unscoped(ImportRun, "worker").filter(free, state__in=BUSY, deleted_at__isnull=True)
        rows = rows.order_by(F("heartbeat_at").asc(nulls_first=True), "pk")
        run = rows.select_for_update(skip_locked=_can_skip(), of=("self",)).first()
        if run is not None:
            _beat(run, run.done, now)
        return run


def _claim_export(now: datetime) -> ExportRun | None:
    free = Q(state="waiting") | Q(state="running", updated_at__lt=now - LEASE)
    with transaction.atomic():
        rows = unscoped(ExportRun, "worker").filter(free, deleted_at__isnull=True).order_by("pk")
        run = rows.select_for_update(skip_locked=_can_skip(), of=("self",)).first()
        if run is not None:
            unscoped(ExportRun, "worker").filter(pk=run.pk).update(state="running", updated_at=now)
        return run


def _can_skip() -> bool:
    return connection.features.has_select_for_update_skip_locked


def _beat(run: ImportRun, done: int, now: datetime | None = None) -> None:
    unscoped(ImportRun, "worker").filter(pk=run.pk).update(heartbeat_at=now or moment.now(), done=done)


def _actor(run: ImportRun | ExportRun) -> Actor:
    """The member who asked, with the rights he has now (A9)."""
    options = run.options if isinstance(run, ImportRun) else run.request
    member_id = int(options.get("runner") or run.owner_id or 0)
    if not Membership.objects.filter(pk=member_id, active=True, login__active=True).exists():
        raise Forbidden("发起人已经停用，换一位来做", "Whoever asked for this has been switched off")
    limits = options.get("limited_to")
    actor = actor_of_member(member_id, source="import" if isinstance(run, ImportRun) else "job")
    return actor.with_(limited_to=frozenset(limits) | {"import.*", "export.*"} if limits is not None else None)


def _read(run: ImportRun) -> None:
    actor = _actor(run)
    actions.store_reading(actor, run.pk, values=read_import(run))


def _check(run: ImportRun) -> None:
    actor = _actor(run)
    last = time.monotonic()

    def beat(done: int) -> None:
        """A sign of life every second: each is a commit of its own."""
        nonlocal last
        if time.monotonic() - last >= BEAT_SECONDS:
            last = time.monotonic()
            _beat(run, done)

    lines, sheets = check_lines(actor, run, moment.now(), beat)
    actions.store_check(actor, run.pk, lines=lines, sheets=sheets)


def _take(run: ImportRun) -> None:
    most = min(PACE.rows, actions.CHUNK)
    began = time.monotonic()
    taken = actions.take_chunk(_actor(run), run.pk, most=most)["taken"]
    if taken == most:
        PACE.took(most, time.monotonic() - began)


_WORK: dict[str, Callable[[ImportRun], None]] = {"reading": _read, "checking": _check, "running": _take}


def _export(run: ExportRun) -> None:
    exporting.make_export(_actor(run), run.pk)


def _guarded(run: ImportRun | ExportRun, work: Callable[[], None]) -> None:
    """Run a piece; what cannot succeed ends the run with one sentence, a lost database is tried again."""
    # The rows of a chunk live until its commit; walking over them again and again costs a sixth of the time.
    gc.disable()
    try:
        work()
    except SheetError as error:
        _fail(run, error.zh, error.en)
    except Refusal as refusal:
        _fail(run, refusal.zh, refusal.en)
    except DatabaseError:
        if not _try_again(run):
            log.exception("import or export %s given up", run.pk)
            _fail(run, "写不进数据库，稍后再试一次", "The database refused it; try again later")
    except Exception:
        number = secrets.token_hex(4)
        log.exception("fault %s in %s %s", number, type(run).__name__, run.pk)
        _fail(run, f"系统出错了，编号 {number}，发给管理员", f"Something failed, number {number}")
    finally:
        gc.enable()


def _try_again(run: ImportRun | ExportRun) -> bool:
    """Count a failed try; False when there were enough. Raises when the database is away."""
    if isinstance(run, ExportRun):
        return False
    row = unscoped(ImportRun, "worker").filter(pk=run.pk).first()
    tries = int(row.options.get("tries", 0)) + 1 if row else MOST_TRIES
    if row is None or tries >= MOST_TRIES:
        return False
    unscoped(ImportRun, "worker").filter(pk=run.pk).update(heartbeat_at=None, options={**row.options, "tries": tries})
    return True


def _fail(run: ImportRun | ExportRun, zh: str, en: str) -> None:
    values = {"state": "failed", "error": {"zh": zh, "en": en}, "updated_at": moment.now()}
    if isinstance(run, ImportRun):
        # What was written before the failure can still be undone.
        values |= {"finished_at": moment.now(), "heartbeat_at": None}
    unscoped(type(run), "worker").filter(pk=run.pk, state__in=(*BUSY, "waiting")).update(**values)


@every("exchange.expire", seconds=3600)
def expire_exports() -> int:
    """Remove the files of exports after a day."""
    return exporting.expire(moment.now())
