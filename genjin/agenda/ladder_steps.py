"""Putting the rules of ladders in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.agenda.ladder_settings import SETTING, VERSION
from genjin.agenda.models import LadderRecount
from genjin.door.change import Change
from genjin.orgs.models import Organisation


def put_in_force(change: Change, org: Organisation, rules: Sequence[Mapping[str, Any]]) -> int:
    """Checked rules as those of the team; the worker gives open rows their new moments. Returns the version."""
    before = org.settings.get(SETTING, {}).get("rules", [])
    version = int(org.settings.get(VERSION, 0)) + 1
    rest = {name: value for name, value in org.settings.items() if name != SETTING}
    org.settings = {**rest, VERSION: version, **({SETTING: {"rules": list(rules)}} if rules else {})}
    Organisation.objects.filter(pk=org.pk).update(settings=org.settings)
    follow(org.pk)
    change.record("ladder.configured", org, before={"rules": before}, after={"rules": list(rules)})
    return version


def follow(org_id: int) -> None:
    """What says the ladders of a team has changed: the worker gives open rows their new moments."""
    LadderRecount.objects.update_or_create(org_id=org_id, defaults={"after_id": 0})
