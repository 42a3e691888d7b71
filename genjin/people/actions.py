"""Verbs on members, invitations, one's own tokens and profile, and the team itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F

from genjin.access.actor import Actor
from genjin.access.models import ApiToken, Grant, Role, Session
from genjin.door.action import VERBS, action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.orgs.models import Department, Membership, Organisation
from genjin.people.models import OneTimeLink
from genjin.people.queries import may_give, who, within_reach
from genjin.people.role_queries import demand_an_administrator
from genjin.people.rules import INVITATION_LIFE, RESET_LIFE, normal_account

Reply = dict[str, Any]
THEMES = ("system", "light", "dark")
LOCALES = ("zh-CN", "en-US")
MOST_TOKENS = 20


def bump(org_id: int) -> None:
    """Rights and lists are cached under this number; every configuration verb raises it.

    The organisation stays locked until the commit: what is asked after this is asked by one such verb at a time.
    """
    Organisation.objects.filter(pk=org_id).update(config_version=F("config_version") + 1)


@action("profile.update", "改个人资料", "change the profile")
def update_profile(change: Change, *, values: Mapping[str, Any]) -> Reply:
    """One's own name, language, theme, time zone, and how notices come (R-083)."""
    member = Membership.objects.select_for_update().get(pk=who(change.actor))
    if values.get("theme", "system") not in THEMES:
        raise Invalid("主题不在选项里", "Not a theme", field="theme")
    if values.get("locale", "zh-CN") not in LOCALES:
        raise Invalid("语言不在选项里", "Not a language", field="locale")
    if values.get("timezone"):
        check_zone(values["timezone"])
    if "name" in values and not values["name"].strip():
        raise Invalid("姓名没有填", "The name is empty", field="name")
    before = {slug: getattr(member, slug) for slug in values}
    for slug, value in values.items():
        setattr(member, slug, value)
    if (member.quiet_from is None) != (member.quiet_to is None):
        raise Invalid("免打扰要有开始和结束时间", "Quiet hours need a beginning and an end", field="quiet_to")
    member.save(update_fields=list(values))
    change.record("profile.updated", member, before=before, after=values)
    return {"id": member.pk}


def check_zone(name: str) -> None:
    """Refuse a time zone that the system does not know."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise Invalid("没有这个时区", "There is no such time zone", field="timezone") from None


@action("member.invite", "邀请成员", "invite a member")
def invite(
    change: Change, *, name: str, role: str, department_id: int | None, account: str, secret_digest: str
) -> Reply:
    """A link that makes one person a member. Nobody invites into more than he has himself."""
    department = department_of(change, department_id) if department_id else None
    if department is not None:
        demand_reach(change.actor, department.pk)
    _role(change, role)
    link = OneTimeLink.objects.create(
        kind="invite",
        digest=secret_digest,
        org_id=change.actor.org_id,
        department=department,
        made_by_id=change.actor.member_id,
        role=role,
        name=name,
        account=normal_account(account) if account else "",
        created_at=change.now,
        expires_at=change.now + INVITATION_LIFE,
    )
    change.record("member.invited", link, after={"name": name, "role": role, "department_id": department_id})
    return {"id": link.pk, "expires_at": link.expires_at}


def demand_reach(actor: Actor, *department_ids: int | None) -> None:
    """Refuse what lies beyond the actor's reach (`within_reach`)."""
    if not within_reach(actor, *department_ids):
        raise Forbidden("只能动自己的部门和下级部门", "You may do this within your own departments only")


def _role(change: Change, key: str) -> Role:
    role = Role.objects.filter(org_id=change.actor.org_id, key=key).first()
    if role is None:
        raise Invalid("没有这个角色", "There is no such role", field="role")
    _demand_may_give(change.actor, role)
    return role


def _demand_may_give(actor: Actor, role: Role) -> None:
    if not may_give(actor, role):
        raise Forbidden(f"你不能给出“{role.zh}”角色，它的权限比你的大", f"The role {role.en} holds more than you do")


def department_of(change: Change, pk: int, field: str = "department_id") -> Department:
    """A department of the team; refuses one of another team by the name of `field`."""
    found = Department.objects.filter(org_id=change.actor.org_id, pk=pk).first()
    if found is None:
        raise Invalid("没有这个部门", "There is no such department", field=field)
    return found


def member_of(change: Change, pk: int) -> Membership:
    """A member of the team, locked; `NotFound` for one of another."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("login")
    found = rows.filter(org_id=change.actor.org_id, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


@action("member.update", "修改成员", "change a member")
def update_member(
    change: Change,
    member_id: int,
    *,
    name: str | None = None,
    department_id: int | None = None,
    roles: Sequence[str] | None = None,
    active: bool | None = None,
) -> Reply:
    """Name, department, roles, or switching off: then sessions and tokens end at once (R-166)."""
    member = member_of(change, member_id)
    demand_no_more_than_own(change.actor, member)
    before: dict[str, Any] = {"name": member.name, "department_id": member.department_id, "active": member.active}
    if name is not None:
        member.name = name
    if department_id is not None:
        member.department = department_of(change, department_id)
        demand_reach(change.actor, member.department_id)
    if active is not None:
        member.active = active
    member.save(update_fields=["name", "department", "active"])
    after: dict[str, Any] = {"name": member.name, "department_id": member.department_id, "active": member.active}
    if roles is not None:
        before["roles"], after["roles"] = _set_roles(change, member, roles)
    if active is False:
        shut_out(change, member)
    bump(change.actor.org_id)
    demand_an_administrator(change.actor.org_id)
    changed = [slug for slug in after if after[slug] != before[slug]]
    change.record(
        "member.updated",
        member,
        before={slug: before[slug] for slug in changed},
        after={slug: after[slug] for slug in changed},
    )
    return {"id": member.pk}


def shut_out(change: Change, member: Membership) -> None:
    """His sessions and tokens end at once, and he is the head of no department any more."""
    Session.objects.filter(member=member).delete()
    ApiToken.objects.filter(member=member, revoked_at=None).update(revoked_at=change.now)
    Department.objects.filter(org_id=member.org_id, head=member).update(head=None)


def demand_no_more_than_own(actor: Actor, *members: Membership) -> None:
    """Nobody changes somebody who holds more than he does himself, or holds it in a department beyond his own.

    One statement for any number of members.
    """
    grants = list(Grant.objects.filter(member__in=members).select_related("role"))
    for role in {grant.role_id: grant.role for grant in grants}.values():
        _demand_may_give(actor, role)
    elsewhere = [grant.department_id for grant in grants if grant.department_id is not None]
    demand_reach(actor, *(each.department_id for each in members), *elsewhere)


def _set_roles(change: Change, member: Membership, wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    held = {grant.role.key: grant for grant in Grant.objects.filter(member=member).select_related("role")}
    for key in dict.fromkeys(wanted):
        if key not in held:
            Grant.objects.create(org_id=member.org_id, member=member, role=_role(change, key))
    for key, grant in held.items():
        if key not in wanted:
            grant.delete()
    return sorted(held), sorted(set(wanted))


@action("member.reset_link", "给成员重设密码链接", "make a reset link")
def make_reset_link(change: Change, member_id: int, *, secret_digest: str) -> Reply:
    """A link to a new password for a member who has no mail. Refused for a login that belongs to
    another team too: one team's administrator must not open the other."""
    member = member_of(change, member_id)
    if member.login is None or not member.active:
        raise Conflict("这个成员不能登录", "This member cannot log in", code="no_login")
    if Membership.objects.filter(login=member.login, active=True).exclude(pk=member.pk).exists():
        raise Forbidden("他还在别的团队里，要他自己用邮箱找回", "He belongs to another team too; he must use his mail")
    demand_no_more_than_own(change.actor, member)
    link = OneTimeLink.objects.create(
        kind="reset",
        digest=secret_digest,
        login=member.login,
        made_by_id=change.actor.member_id,
        created_at=change.now,
        expires_at=change.now + RESET_LIFE,
    )
    change.record("member.reset_link_made", member)
    return {"id": member.pk, "expires_at": link.expires_at}


@action("token.create", "建 API 令牌", "make an API token")
def create_token(
    change: Change,
    *,
    name: str,
    verbs: Sequence[str],
    expires_at: datetime | None,
    prefix: str,
    secret_digest: str,
) -> Reply:
    """A token that may do at most what its member may; only the digest of the secret is kept."""
    unknown = [verb for verb in verbs if verb not in VERBS]
    if unknown:
        raise Invalid(f"没有“{unknown[0]}”这个操作", f"There is no verb “{unknown[0]}”", field="verbs")
    denied = [verb for verb in verbs if not change.actor.may(verb)]
    if denied:
        raise Forbidden(f"你自己没有“{VERBS[denied[0]].zh}”的权限", f"You may not {VERBS[denied[0]].en} yourself")
    if expires_at is not None and expires_at <= change.now:
        raise Invalid("到期时间要在将来", "The expiry must be in the future", field="expires_at")
    mine = ApiToken.objects.filter(member_id=change.actor.member_id, revoked_at=None)
    if mine.count() >= MOST_TOKENS:
        raise Conflict(f"最多 {MOST_TOKENS} 个令牌，先删掉不用的", f"At most {MOST_TOKENS} tokens", code="too_many")
    token = ApiToken.objects.create(
        org_id=change.actor.org_id,
        member_id=who(change.actor),
        name=name,
        prefix=prefix,
        digest=secret_digest,
        verbs=list(dict.fromkeys(verbs)),
        created_at=change.now,
        expires_at=expires_at,
    )
    change.record("token.created", token, after={"name": name, "verbs": token.verbs})
    return {"id": token.pk}


@action("token.revoke", "删除 API 令牌", "revoke an API token")
def revoke_token(change: Change, token_id: int) -> Reply:
    """One's own token stops working at once."""
    token = ApiToken.objects.filter(pk=token_id, member_id=change.actor.member_id, revoked_at=None).first()
    if token is None:
        raise NotFound()
    token.revoked_at = change.now
    token.save(update_fields=["revoked_at"])
    change.record("token.revoked", token, before={"name": token.name})
    return {"id": token.pk}


@action("org.update", "修改团队设置", "change the team's settings")
def update_organisation(change: Change, *, values: Mapping[str, Any]) -> Reply:
    """Name, time zone, opening and closing time of the team."""
    org = Organisation.objects.select_for_update().get(pk=change.actor.org_id)
    if "timezone" in values:
        check_zone(values["timezone"])
    opening = values.get("opening_time", org.opening_time)
    closing = values.get("closing_time", org.closing_time)
    if _clock(opening) >= _clock(closing):
        raise Invalid("下班时间要晚于上班时间", "Closing must be after opening", field="closing_time")
    before = {slug: getattr(org, slug) for slug in values}
    for slug, value in values.items():
        setattr(org, slug, value)
    org.save(update_fields=list(values))
    bump(org.pk)
    change.record("organisation.updated", org, before=before, after=values)
    return {"id": org.pk}


def _clock(value: time | str) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)
