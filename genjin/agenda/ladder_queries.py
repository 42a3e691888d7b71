"""The ladders of a team as their page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.agenda.ladder_checks import Ground, ground_of, problems_of, sentence
from genjin.agenda.ladder_settings import KINDS, SETTING, VERSION
from genjin.door.action import demand
from genjin.orgs.models import Organisation

CONFIGURE = "ladder.configure"


def ladders(actor: Actor) -> dict[str, Any]:
    """All rules in their order, each in a sentence and with what has become wrong with it since; what there is to
    choose from. `version`: to be sent with a change."""
    demand(actor, CONFIGURE)
    org = Organisation.objects.get(pk=actor.org_id)
    ground, rules = ground_of(actor), org.settings.get(SETTING, {}).get("rules", [])
    return {
        "version": org.settings.get(VERSION, 0),
        "rules": rules,
        "kinds": [{"key": key, "zh": zh, "en": en} for key, (zh, en) in KINDS.items()],
        "roles": [{"key": key, "zh": zh, "en": en, "held": key in ground.held}
                  for key, (zh, en) in ground.roles.items()],
        **_told(rules, ground),
    }  # fmt: skip


def tried(actor: Actor, rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The same of rules that are not saved."""
    demand(actor, CONFIGURE)
    return _told(rules, ground_of(actor))


def _told(rules: Sequence[Mapping[str, Any]], ground: Ground) -> dict[str, Any]:
    return {
        "words": [sentence(rule, ground) for rule in rules],
        "problems": [each.as_json() for each in problems_of(rules, ground)],
    }
