"""Secrets that are shown once: links and API tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

from genjin.access.actor import Actor


def one_time_secret(actor: Actor, purpose: str) -> str:
    """256 bits for a link or a token.

    With an Idempotency-Key it is derived from it, so that a repeated call shows the same secret
    although only its digest is stored; without one it is random.
    """
    if actor.key is None:
        return secrets.token_urlsafe(32)
    text = f"{purpose} {actor.org_id} {actor.member_id} {actor.key}"
    made = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def setup_token() -> str:
    """What `genjin serve` prints when no team exists yet; opens the first-run page from elsewhere."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"first run", hashlib.sha256).hexdigest()
    return made[:20]
