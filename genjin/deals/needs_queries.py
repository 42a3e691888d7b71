"""How often needs are confirmed again, as the settings show it."""

from __future__ import annotations

from typing import Any

from genjin.access.actor import Actor
from genjin.deals.rules import needs_days
from genjin.schema.queries import options_of


def intervals(actor: Actor) -> dict[str, Any]:
    """Days by intent class, and whether the actor may change them."""
    options = options_of(actor.org_id, actor.config_version)
    return {
        "items": [
            {"key": key, "zh": each.zh, "en": each.en, "days": needs_days(options, key)}
            for key, each in options.get("intent_class", {}).items()
            if not each.retired
        ],
        "can": {"set": actor.may("option.needs")},
    }
