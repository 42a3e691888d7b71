"""From a cookie or token to an `Actor`: one query, the rest from a cache keyed by configuration."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from genjin.access.actor import NO_GRANTS, Actor, Grants, Viewing, matches
from genjin.access.derived import with_derived
from genjin.access.models import ApiToken, Grant, Session
from genjin.orgs.models import Department, Membership
from genjin.schema.compiled import fetch
from genjin.schema.shapes import Team

_GRANTS: OrderedDict[tuple[int, int, int], Grants] = OrderedDict()
_MOST_CACHED = 20_000
_ORDER = {"readonly": 1, "masked": 2, "hidden": 3}
#: The last use of a token is written down no more often than this.
_NOTED_EVERY = timedelta(minutes=10)


def digest(secret: str) -> str:
    """What is stored of a session cookie or an API token (256 random bits need no slow hash)."""
    return hashlib.sha256(secret.encode()).hexdigest()


_PLACE = (
    "member_id",
    "member__org_id",
    "member__name",
    "member__department_id",
    "member__org__timezone",
    "member__org__config_version",
)


def actor_of_session(cookie: str, *, now: datetime) -> Actor | None:
    """The member behind a session cookie, or None when it is unknown, expired or switched off."""
    where = Q(digest=digest(cookie), expires_at__gt=now, member__active=True, member__login__active=True)
    rows = fetch(QuerySet(Session), where, (*_PLACE, "as_until", "id"), limit=1, steady=True)
    if not rows:
        return None
    own = _actor("member", rows[0][:6])
    until, session_id = rows[0][6:]
    return viewed(own, session_id) if until is not None and until > now else own


def actor_of_token(secret: str, *, now: datetime) -> Actor | None:
    """The member behind an API token, narrowed to the token's verbs."""
    where = Q(digest=digest(secret), revoked_at__isnull=True, member__active=True, member__login__active=True)
    rows = fetch(QuerySet(ApiToken), where, (*_PLACE, "verbs", "expires_at", "id", "used_at"), limit=1, steady=True)
    if not rows or (rows[0][7] is not None and rows[0][7] <= now):
        return None
    verbs, _, pk, used_at = rows[0][6:]
    if used_at is None or used_at <= now - _NOTED_EVERY:
        ApiToken.objects.filter(pk=pk).update(used_at=now)
    return _actor("token", rows[0][:6]).with_(limited_to=frozenset(verbs), source="api")


def actor_of_member(member_id: int, *, source: str = "web") -> Actor:
    """The actor for a member id, for jobs that act in his name (import, export) and the CLI."""
    from_member = (
        Membership.objects.filter(pk=member_id)
        .values_list("id", "org_id", "name", "department_id", "org__timezone", "org__config_version")
        .get()
    )
    return _actor("member", from_member).with_(source=source)


def actor_of_automation(member_id: int, *, cause: str) -> Actor | None:
    """The rights of an automation's publisher as they are now; None when he has left (design §5)."""
    rows = Membership.objects.filter(Q(login__isnull=True) | Q(login__active=True), pk=member_id, active=True)
    columns = ("id", "org_id", "name", "department_id", "org__timezone", "org__config_version")
    row = rows.values_list(*columns).first()
    return _actor("automation", row).with_(source="automation", cause=cause) if row else None


def _actor(kind: Any, row: tuple[Any, ...]) -> Actor:
    member_id, org_id, name, department_id, zone, version = row
    return Actor(
        kind=kind,
        org_id=org_id,
        member_id=member_id,
        name=name,
        department_id=department_id,
        grants=grants_of(org_id, member_id, department_id, version),
        zone=ZoneInfo(zone),
        config_version=version,
    )


def grants_of(org_id: int, member_id: int, department_id: int | None, version: int) -> Grants:
    """The union of a member's roles, cached until the configuration changes."""
    key = (org_id, member_id, version)
    if key not in _GRANTS:
        found = _load(org_id, member_id, department_id)
        _GRANTS[key] = replace(found, fields=with_derived(Team(org_id, version), found.fields))
        if len(_GRANTS) > _MOST_CACHED:
            _GRANTS.popitem(last=False)
    return _GRANTS[key]


def _load(org_id: int, member_id: int, own_department: int | None) -> Grants:
    rows = list(
        Grant.objects.filter(org_id=org_id, member_id=member_id).values_list(
            "role__key", "role__verbs", "role__scopes", "role__fields", "department_id"
        )
    )
    if not rows:
        return NO_GRANTS
    departments = {each for row in rows if (each := row[4] or own_department) is not None}
    subtree = _subtree(org_id, departments)
    return replace(united([row[:4] for row in rows]), departments=frozenset(departments), subtree=subtree)


def verbs_of_members(org_id: int) -> dict[tuple[int, int | None], frozenset[str]]:
    """(active member, his department) → the verbs of all his roles, patterns as they stand; in order of their ids,
    one statement."""
    found: dict[tuple[int, int | None], frozenset[str]] = {}
    rows = Grant.objects.filter(org_id=org_id, member__active=True).order_by("member_id", "id")
    for member_id, department_id, verbs in rows.values_list("member_id", "member__department_id", "role__verbs"):
        key = (member_id, department_id)
        found[key] = found.get(key, frozenset()) | frozenset(_list(verbs))
    return found


def doers_of(org_id: int, verb: str, but: str) -> dict[int, list[int]]:
    """Department → its active members who may do `verb` but not `but`: the reps beside their supervisors."""
    found: dict[int, list[int]] = {}
    for (member_id, department_id), verbs in verbs_of_members(org_id).items():
        if department_id is not None and matches(verb, verbs) and not matches(but, verbs):
            found.setdefault(department_id, []).append(member_id)
    return found


def united(roles: Sequence[tuple[str, Any, Any, Any]]) -> Grants:
    """The rights of whoever holds all of these (key, verbs, scopes, fields), wherever he is."""
    if not roles:
        return NO_GRANTS
    return Grants(
        roles=tuple(key for key, *_ in roles),
        verbs=frozenset(verb for _, verbs, *_ in roles for verb in _list(verbs)),
        scopes=_union([scopes for *_, scopes, _ in roles]),
        fields=_least([fields for *_, fields in roles]),
    )


def _list(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _union(scopes: list[Any]) -> dict[str, dict[str, frozenset[str]]]:
    """Malformed scopes count as none: a broken role sees nothing rather than something."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for scope in scopes:
        for kind, acts in scope.items() if isinstance(scope, dict) else ():
            for act, names in acts.items() if isinstance(acts, dict) else ():
                held = found.setdefault(kind, {})
                held[act] = held.get(act, frozenset()) | frozenset(_list(names))
    return found


def _least(fields: list[Any]) -> dict[str, dict[str, str]]:
    """A field is restricted only when every role of the member restricts it."""
    usable = [each if isinstance(each, dict) else {} for each in fields]
    found: dict[str, dict[str, str]] = {}
    for kind, slugs in usable[0].items():
        for slug in slugs if isinstance(slugs, dict) else ():
            marks = [each.get(kind, {}).get(slug) for each in usable]
            if all(mark in _ORDER for mark in marks):
                found.setdefault(kind, {})[slug] = min(map(str, marks), key=_ORDER.__getitem__)
    return found


def viewed(own: Actor, session_id: int) -> Actor:
    """What a holder of the role that the session looks with would see, and never more than its owner may see himself.

    Read anew at each request: a role that is gone, a place that is not in reach any more ends it at once. Whoever
    stands in another place must himself see all customers; of the types that he does not see as a whole, he sees
    nothing there.
    """
    session = Session.objects.select_related("as_role", "as_department", "as_member").get(pk=session_id)
    role, member, department = session.as_role, session.as_member, session.as_department
    assert session.as_until is not None
    elsewhere = member is not None or department is not None
    everywhere = "all" in own.grants.scope("customer", "see")
    gone = role is None or role.org_id != own.org_id or (member is not None and not member.active)
    if role is None or gone or (elsewhere and not everywhere):
        return own
    held = united([(role.key, role.verbs, role.scopes, role.fields)])
    scopes = {kind: {act: _seen(own, kind, names, elsewhere) for act, names in acts.items()}
              for kind, acts in held.scopes.items()}  # fmt: skip
    departments, subtree = own.grants.departments, own.grants.subtree
    place = member.department_id if member else department.pk if department else own.department_id
    if elsewhere:
        departments = frozenset({place} if place else ())
        subtree = _subtree(own.org_id, set(departments))
    fields = with_derived(own, _strictest(held.fields, own.grants.fields))
    name = member.name if member else department.name if department else ""
    return own.with_(
        member_id=member.pk if member else own.member_id,
        name=member.name if member else own.name,
        department_id=place,
        grants=replace(held, scopes=scopes, fields=fields, departments=departments, subtree=subtree),
        limited_to=own.grants.verbs,
        viewing=Viewing(own.member_id or 0, role.zh, role.en, name, session.as_until),
        _cache={},
    )


def _seen(own: Actor, kind: str, names: frozenset[str], elsewhere: bool) -> frozenset[str]:
    """Of the rows that a role reaches those that its viewer may see himself."""
    mine = own.grants.scope(kind, "see")
    if "all" in mine:
        return names
    covered = mine | ({"department"} if "subtree" in mine else set())
    return frozenset() if elsewhere else names & covered


def _strictest(*marks: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Each field as the strictest of all says."""
    found: dict[str, dict[str, str]] = {}
    for each in marks:
        for kind, fields in each.items():
            for slug, mark in fields.items():
                held = found.setdefault(kind, {})
                held[slug] = max(held.get(slug, mark), mark, key=_ORDER.__getitem__)
    return found


def _subtree(org_id: int, departments: set[int]) -> frozenset[int]:
    tree = list(Department.objects.filter(org_id=org_id).values_list("id", "path"))
    roots = [f"/{each}/" for each in departments]
    return frozenset(pk for pk, path in tree if pk in departments or any(root in f"{path}{pk}/" for root in roots))
