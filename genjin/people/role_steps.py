"""What verbs of higher folders do with roles."""

from __future__ import annotations

from genjin.access.actor import matches
from genjin.access.models import Role
from genjin.door.change import Change


def open_to_keepers(change: Change, slug: str, verb: str) -> None:
    """Roles that may do `verb` see and change all rows of a new record type; nobody else sees any."""
    whole = {"see": ["all"], "change": ["all"]}
    for role in Role.objects.filter(org_id=change.actor.org_id).select_for_update().order_by("pk"):
        named = frozenset(each for each in role.verbs if isinstance(each, str))
        if not matches(verb, named):
            continue
        before, role.scopes = role.scopes, {**role.scopes, slug: whole}
        role.version += 1
        role.save(update_fields=["scopes", "version"])
        change.record("role.updated", role, before={"scopes": before}, after={"scopes": role.scopes})
