"""Who is here: the session's own picture, members, departments, tokens, links."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings

from genjin.access.actor import Actor, matches
from genjin.access.models import ApiToken, Grant, Role
from genjin.access.queries import actor_of_member, digest
from genjin.door.action import VERBS
from genjin.door.change import plain
from genjin.lib.errors import NotFound
from genjin.lib.pinyin import initials, syllables
from genjin.orgs.models import Membership
from genjin.people.models import OneTimeLink
from genjin.people.rules import may_hand_out
from genjin.people.view_queries import first_tabs


def who(actor: Actor) -> int:
    """The member behind the actor; `NotFound` for an actor that is nobody (a job)."""
    if actor.member_id is None:
        raise NotFound()
    return actor.member_id


def session_of(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """What the client needs to draw itself: member, team, verbs (GET /session)."""
    member = Membership.objects.select_related("org", "department", "login").get(pk=who(actor))
    org, department = member.org, member.department
    return {
        "member": {
            "id": member.pk,
            "name": member.name,
            "department": {"id": department.pk, "name": department.name} if department else None,
            "roles": list(actor.grants.roles),
            "account": member.login.account if member.login else "",
            "locale": member.locale,
            "theme": "system" if member.theme == "auto" else member.theme,
            "timezone": member.timezone or None,
            "muted": member.muted,
            "mailed": member.mailed,
            "quiet_from": clock_text(member.quiet_from),
            "quiet_to": clock_text(member.quiet_to),
            "guided": member.guided,
            "mail": bool(settings.EMAIL_HOST and member.login and "@" in member.login.account),
        },
        "org": {
            "id": org.pk,
            "name": org.name,
            "is_demo": org.is_demo,
            "timezone": org.timezone,
            "opening_time": str(org.opening_time)[:5],
            "closing_time": str(org.closing_time)[:5],
        },
        "viewing": _viewing(actor),
        "teams": [] if actor.viewing else _teams_of(actor, member),
        "tabs": first_tabs(actor),
        "verbs": [verb for verb in sorted(VERBS) if actor.may(verb)],
        "config_version": org.config_version,
        "now": plain(now),
        "upload_bytes": settings.MOST_UPLOAD,
    }


def _viewing(actor: Actor) -> dict[str, Any] | None:
    """With the eyes of which role this is seen, where, and until when."""
    if actor.viewing is None:
        return None
    each = actor.viewing
    return {"role": {"zh": each.zh, "en": each.en}, "place": each.place, "until": plain(each.until)}


def clock_text(value: time | None) -> str | None:
    """22:00"""
    return value.isoformat("minutes") if value is not None else None


def _teams_of(actor: Actor, member: Membership) -> list[dict[str, Any]]:
    """The teams this person may go on in, oldest first; a token is told of its own only."""
    if member.login_id is None or actor.kind != "member":
        return []
    rows = Membership.objects.filter(login_id=member.login_id, active=True).order_by("id")
    return [
        {"member_id": pk, "org": {"id": org_id, "name": name}, "name": person, "current": pk == member.pk}
        for pk, org_id, name, person in rows.values_list("id", "org_id", "org__name", "name")
    ]


def members_of(actor: Actor) -> list[dict[str, Any]]:
    """Everybody of the team, for pickers and the team page, `spelling`: pinyin and initials; two statements."""
    roles: dict[int, list[str]] = {}
    for member_id, role in Grant.objects.filter(org_id=actor.org_id).values_list("member_id", "role__key"):
        roles.setdefault(member_id, []).append(role)
    rows = Membership.objects.filter(org_id=actor.org_id).order_by("id")
    return [
        {
            "id": pk,
            "name": name,
            "department_id": department,
            "roles": sorted(roles.get(pk, [])),
            "active": active,
            "spelling": ["".join(syllables(name)), initials(name)],
        }
        for pk, name, department, active in rows.values_list("id", "name", "department_id", "active")
    ]


def tokens_of(actor: Actor) -> list[dict[str, Any]]:
    """One's own living tokens, without their secrets."""
    rows = ApiToken.objects.filter(member_id=actor.own_id, revoked_at=None).order_by("-id")
    return [
        {
            "id": row.pk,
            "name": row.name,
            "prefix": row.prefix,
            "verbs": row.verbs,
            "created_at": plain(row.created_at),
            "expires_at": plain(row.expires_at) if row.expires_at else None,
        }
        for row in rows
    ]


def open_link(kind: str, secret: str, *, now: datetime, lock: bool = False) -> OneTimeLink:
    """The living link behind a secret; `NotFound` when it is unknown, used or too old."""
    rows = OneTimeLink.objects.filter(kind=kind, digest=digest(secret), used_at=None, expires_at__gt=now)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("org", "login", "made_by").first()
    if found is None or not _stands(found):
        raise NotFound("链接已经用过或过期，要一个新的", "The link was used or has expired; ask for a new one")
    return found


def _stands(link: OneTimeLink) -> bool:
    """A link is worth what its maker may do now, not what he might when he made it (A10). A reset
    link sent by mail has no maker."""
    if link.made_by is None:
        return link.kind == "reset"
    if not link.made_by.active:
        return False
    maker = actor_of_member(link.made_by.pk)
    if link.kind == "reset":
        return maker.may("member.reset_link")
    role = Role.objects.filter(org_id=maker.org_id, key=link.role).first()
    there = link.department_id is None or within_reach(maker, link.department_id)
    return role is not None and there and maker.may("member.invite") and may_give(maker, role)


def within_reach(actor: Actor, *department_ids: int | None) -> bool:
    """Whoever may not see everything puts nobody and nothing beyond his own departments."""
    grants = actor.grants
    return "all" in grants.scope("customer", "see") or grants.subtree.issuperset(department_ids)


def verb_words(name: str) -> tuple[str, str]:
    """A verb, or a pattern of verbs, in both languages; the name itself when it is gone."""
    known = VERBS.get(name)
    return (known.zh, known.en) if known else (name, name)


def may_give(actor: Actor, role: Role) -> bool:
    """Nobody gives a role that holds more than he does himself."""
    verbs = [verb for verb in VERBS if matches(verb, frozenset(role.verbs))]
    return may_hand_out(actor, verbs, role.scopes, role.fields)
