"""After a restore: nothing that may have been done already is done again."""

from __future__ import annotations

from genjin.automations.models import Delivery, Run


def hold_back_what_may_have_happened() -> None:
    """Runs and webhooks that waited when the archive was written are dropped: they happened, as far as anybody can
    know, between the archive and now."""
    told = {"why_zh": "恢复备份时停下，没有执行", "why_en": "Held back when a backup was restored"}
    Run.objects.filter(state__in=("waiting", "running")).update(state="dropped", **told)
    Delivery.objects.filter(state__in=("waiting", "sending")).update(state="dropped", error="restored")
