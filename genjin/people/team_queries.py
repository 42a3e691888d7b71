"""What whoever looks after the team sees: members with their state, open invitations, sessions, tokens."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from genjin.access.actor import Actor
from genjin.access.models import ApiToken, Grant, Session
from genjin.door.action import demand
from genjin.door.change import plain
from genjin.orgs.models import Membership
from genjin.people.models import OneTimeLink
from genjin.people.queries import verb_words


def team_of(actor: Actor, *, now: datetime) -> list[dict[str, Any]]:
    """Every member with account, roles, last login and how many sessions and tokens live; four statements."""
    demand(actor, "member.update")
    roles: dict[int, list[str]] = defaultdict(list)
    grants = Grant.objects.filter(org_id=actor.org_id).order_by("role__position", "id")
    for member_id, key in grants.values_list("member_id", "role__key"):
        roles[member_id].append(key)
    sessions = _counted(Session.objects.filter(member__org_id=actor.org_id, expires_at__gt=now))
    tokens = _counted(ApiToken.objects.filter(org_id=actor.org_id, revoked_at=None))
    columns = ("id", "name", "department_id", "active", "used_at", "created_at", "login__account")
    rows = Membership.objects.filter(org_id=actor.org_id).order_by("-active", "id").values_list(*columns)
    return [
        {
            "id": pk,
            "name": name,
            "account": account or "",
            "department_id": department,
            "roles": roles[pk],
            "active": active,
            "last_login_at": used_at,
            "joined_at": joined,
            "sessions": sessions[pk],
            "tokens": tokens[pk],
        }
        for pk, name, department, active, used_at, joined, account in rows
    ]


def _counted(rows: Any) -> dict[int, int]:
    counts = rows.order_by().values_list("member_id").annotate(many=Count("id"))
    return defaultdict(int, dict(counts))


def invitations_of(actor: Actor, *, now: datetime) -> list[dict[str, Any]]:
    """Links that nobody has used yet, without their secrets."""
    demand(actor, "member.uninvite")
    rows = OneTimeLink.objects.filter(org_id=actor.org_id, kind="invite", used_at=None, expires_at__gt=now)
    columns = ("id", "name", "role", "department_id", "account", "made_by__name", "created_at", "expires_at")
    return [
        {
            "id": pk,
            "name": name,
            "role": role,
            "department_id": department,
            "account": account,
            "by": by or "",
            "created_at": created_at,
            "expires_at": expires_at,
        }
        for pk, name, role, department, account, by, created_at, expires_at in rows.order_by("-id").values_list(
            *columns
        )
    ]


def sessions_of(actor: Actor, *, now: datetime, current: str) -> list[dict[str, Any]]:
    """Browsers that are logged in to this team, newest first; `current` is the digest of the reader's own."""
    demand(actor, "member.end_session")
    return _told(Session.objects.filter(member__org_id=actor.org_id, expires_at__gt=now), current)


def own_sessions_of(actor: Actor, *, now: datetime, current: str) -> list[dict[str, Any]]:
    """Browsers in which this person is logged in to this team."""
    return _told(Session.objects.filter(member_id=actor.own_id, expires_at__gt=now), current)


def _told(sessions: QuerySet[Session], current: str) -> list[dict[str, Any]]:
    rows = sessions.order_by("-created_at", "-id")
    columns = ("id", "member_id", "member__name", "agent", "created_at", "expires_at", "digest")
    return [
        {
            "id": pk,
            "member": {"id": member_id, "name": name},
            "agent": agent,
            "created_at": created_at,
            "expires_at": expires_at,
            "current": digest == current,
        }
        for pk, member_id, name, agent, created_at, expires_at, digest in rows.values_list(*columns)[:2000]
    ]


def team_tokens_of(actor: Actor) -> list[dict[str, Any]]:
    """The living tokens of the whole team with what they may do and when they were used last."""
    demand(actor, "member.revoke_token")
    rows = ApiToken.objects.filter(org_id=actor.org_id, revoked_at=None).select_related("member").order_by("-id")
    return [
        {
            "id": row.pk,
            "member": {"id": row.member_id, "name": row.member.name},
            "name": row.name,
            "prefix": row.prefix,
            "verbs": [dict(zip(("name", "zh", "en"), (verb, *verb_words(verb)), strict=True)) for verb in row.verbs],
            "created_at": plain(row.created_at),
            "expires_at": plain(row.expires_at) if row.expires_at else None,
            "used_at": plain(row.used_at) if row.used_at else None,
        }
        for row in rows
    ]
