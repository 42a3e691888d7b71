"""The address of an invitation: `<id>-<signature>`, made anew whenever it is shown and never stored.

The signature is HMAC-SHA256 over id, nonce and expiry, cut to 128 bits, with a key of its own derived from the
server's secret. Who has read the database lacks the secret, who has the secret lacks the nonces: neither alone makes
a link.
"""

from __future__ import annotations

import base64
import re
import secrets
from datetime import datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from genjin.access.guard import unscoped
from genjin.lib import moment
from genjin.surveys.models import Invitation

_SALT = "genjin.surveys.link"
_BYTES = 16
_TOKEN = re.compile(r"([0-9a-z]{1,13})-([A-Za-z0-9_-]{22})")
_LARGEST = 2**63 - 1


def new_nonce() -> str:
    return secrets.token_hex(16)


def signature(pk: int, nonce: str, expires_at: datetime) -> str:
    mac = salted_hmac(_SALT, f"{pk}:{nonce}:{int(expires_at.timestamp())}", algorithm="sha256").digest()[:_BYTES]
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def token_of(row: Invitation) -> str:
    return f"{_in_36(row.pk)}-{signature(row.pk, row.nonce, row.expires_at)}"


def link_of(row: Invitation) -> str:
    """The whole address, as a customer opens it."""
    return f"{settings.PUBLIC_URL}/s/{token_of(row)}"


def found(token: str) -> Invitation | None:
    """The living invitation behind a token; None for a guess. Looks the same to whoever guesses, row or not."""
    match = _TOKEN.fullmatch(token)
    pk = int(match.group(1), 36) if match else 0
    if match is None or pk > _LARGEST:
        return None
    rows = unscoped(Invitation, "link").filter(pk=pk, deleted_at__isnull=True, customer__deleted_at__isnull=True)
    row = rows.exclude(state="skipped").select_related("survey", "org", "customer").first()
    expected = signature(row.pk, row.nonce, row.expires_at) if row else signature(pk, "", moment.now())
    return row if constant_time_compare(expected, match.group(2)) and row is not None else None


def _in_36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text or "0"
