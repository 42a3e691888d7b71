"""Verbs on packs: a team's configuration changes as a whole, and comes back as a whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from genjin.access.actor import Actor
from genjin.door.action import action, demand
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.lib.errors import Conflict, NotFound
from genjin.orgs.models import Organisation
from genjin.packs.book import Pack, read_pack, write_pack
from genjin.packs.laying import Items, differences, id_of, items_of, laid, pack_of, settled, without
from genjin.packs.models import Configuration
from genjin.packs.stages import demand_one_truth, followed
from genjin.packs.steps import Writer, holds_of, known_fields
from genjin.packs.taking import configuration
from genjin.people.actions import bump

#: What each section is changed by on its own screen: a pack is no way around a right.
_VERBS = {
    "options": "option.save_list", "types": "type.create", "groups": "field.publish", "forms": "field.publish",
    "rules": "field.publish", "pages": "field.publish", "templates": "template.publish", "roles": "role.update",
    "views": "view.share", "flows": "flow.save", "playbooks": "playbook.publish", "pools": "pool.rules",
    "care": "care.plans",
    "automations": "automation.publish", "standard": "standard.publish",
    "settings": "target.configure",
}  # fmt: skip


def outcome(
    actor: Actor, org: Organisation, pack: Pack, leave: Collection[str], mapping: Mapping[str, str]
) -> tuple[Items, Items]:
    """The configuration as it is and as the pack makes it, both as items. `mapping`: a node that goes → where its
    customers go."""
    current = items_of(configuration(org))
    demand_one_truth(pack)
    wanted = settled(pack, *known_fields(org.pk))
    named = {place for place in items_of(wanted) if id_of(place) not in leave}
    target = without(laid(current, wanted, holds_of(actor, mapping)), current, leave)
    return current, followed(current, target, named, whole=bool(pack.get("whole")))


@action("pack.apply", "应用标准包", "apply a pack")
def apply_pack(
    change: Change,
    *,
    pack: Pack,
    version: int,
    leave: Collection[str] = (),
    mapping: Mapping[str, str] | None = None,
    why: str = "",
) -> Reply:
    """Make the configuration what the pack says, all or nothing (R-213–R-221).

    409 when the configuration has changed since `version`, or nothing would change. Everything is checked as on its
    own screen: rights never beyond the actor's, fields with values stay. The state before is kept for the way back.
    """
    org = _begun(change, version)
    return _apply(change, org, pack, leave, mapping or {}, why=why, name=pack["name"]["zh"])


@action("pack.roll_back", "退回应用标准包之前", "take a pack back")
def roll_back(change: Change, *, to: int, version: int, mapping: Mapping[str, str] | None = None) -> Reply:
    """The configuration as it was before the pack number `to`, itself a new version; what came since and is in use
    stays, retired or hidden."""
    org = _begun(change, version)
    row = Configuration.objects.filter(org=org, number=to).first()
    if row is None:
        raise NotFound(field="to")
    return _apply(change, org, read_pack(row.before), (), mapping or {}, why=f"退回 {to}", name=row.name, took=to)


def _begun(change: Change, version: int) -> Organisation:
    bump(change.actor.org_id)
    org = Organisation.objects.get(pk=change.actor.org_id)
    if version != org.config_version - 1:
        raise Conflict(
            "看过预览以后有人改过配置，再看一次再应用",
            "The configuration has changed since the preview; look again first",
            field="version",
        )
    return org


def _apply(
    change: Change,
    org: Organisation,
    pack: Pack,
    leave: Collection[str],
    mapping: Mapping[str, str],
    *,
    why: str,
    name: str,
    took: int | None = None,
) -> Reply:
    current, target = outcome(change.actor, org, pack, leave, mapping)
    changes = list(differences(current, target))
    if not changes:
        raise Conflict("和现在的配置一样，没有要改的", "The configuration is that already", code="same")
    for verb in dict.fromkeys(_VERBS[each["section"]] for each in changes):
        demand(change.actor, verb)
    before = write_pack(pack_of(current, {"zh": org.name[:60]}))
    Writer(change, org, current, target, why, mapping).write()
    last = Configuration.objects.filter(org=org).order_by("-number").values_list("number", flat=True).first() or 0
    row = Configuration.objects.create(
        org=org, number=last + 1, before=before, name=name, took=took, changes=len(changes), at=change.now,
        by_id=change.actor.member_id,
    )  # fmt: skip
    told: Mapping[str, Any] = {"name": name, "number": row.number, "changes": len(changes), "took": took}
    change.record("pack.applied" if took is None else "pack.rolled_back", org, after=told, why=why)
    return {"number": row.number, "changes": len(changes)}
