"""Idempotency: the same key gives the same reply and writes once (kept 24 h)."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from django.db import IntegrityError, transaction

from genjin.door.change import Change
from genjin.history.models import KeptReply
from genjin.lib.errors import Invalid

Reply = dict[str, Any]
#: The same arguments give the same digest, whatever keys their mappings have.
_STABLE = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def claim(change: Change, arguments: Any) -> tuple[KeptReply | None, Reply | None]:
    """Take the actor's key for this call.

    Returns (row to complete, None) for a first call, (None, kept reply) for a repeated one. A
    second call with the key still open waits for the first on the database's unique index.
    """
    if change.actor.key is None:
        return None, None
    key = f"{change.actor.member_id}:{change.actor.key}"[:120]
    digest = hashlib.sha256(change.verb.encode() + orjson.dumps(arguments, default=str, option=_STABLE)).hexdigest()
    try:
        with transaction.atomic():
            row = KeptReply.objects.create(
                org_id=change.actor.org_id, key=key, verb=change.verb, request=digest, at=change.now
            )
    except IntegrityError:
        kept = KeptReply.objects.get(org_id=change.actor.org_id, key=key)
        if kept.request != digest:
            raise Invalid(
                "同一个 Idempotency-Key 用在了两个不同的请求上",
                "The same Idempotency-Key was used for two different requests",
                field="Idempotency-Key",
            ) from None
        return None, dict(kept.reply or {})
    return row, None


def keep(row: KeptReply | None, reply: Reply) -> None:
    """Store the reply in the transaction of the change it answers."""
    if row is not None:
        row.reply = orjson.loads(orjson.dumps(reply, default=str))
        row.save(update_fields=["reply"])
