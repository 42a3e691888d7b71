"""Verbs by which whoever looks after the team ends invitations, sessions and tokens of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.models import ApiToken, Session
from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Invalid, NotFound
from genjin.people.actions import demand_no_more_than_own, member_of
from genjin.people.models import OneTimeLink

Reply = dict[str, Any]


@action("member.uninvite", "收回邀请", "take an invitation back")
def withdraw_invitation(change: Change, invitation_id: int) -> Reply:
    """The link opens nothing any more."""
    rows = OneTimeLink.objects.filter(org_id=change.actor.org_id, kind="invite", used_at=None, pk=invitation_id)
    link = rows.select_for_update().first()
    if link is None:
        raise NotFound()
    link.used_at = change.now
    link.save(update_fields=["used_at"])
    change.record("member.uninvited", link, before={"name": link.name, "role": link.role})
    return {"id": link.pk}


@action("member.end_session", "结束别人的登录", "end a session of a member")
def end_session(change: Change, session_id: int) -> Reply:
    """That browser has to log in again."""
    rows = Session.objects.filter(member__org_id=change.actor.org_id, pk=session_id).select_related("member")
    session = rows.select_for_update(of=("self",)).first()
    if session is None:
        raise NotFound()
    demand_no_more_than_own(change.actor, session.member)
    return _end(change, session)


@action("profile.end_session", "结束自己在别处的登录", "end one of one's own sessions")
def end_own_session(change: Change, session_id: int) -> Reply:
    """A browser of one's own that is lost or not known has to log in again."""
    rows = Session.objects.filter(member_id=change.actor.member_id, pk=session_id).select_related("member")
    session = rows.select_for_update(of=("self",)).first()
    if session is None:
        raise NotFound()
    return _end(change, session)


def _end(change: Change, session: Session) -> Reply:
    session.delete()
    change.record("member.signed_out", session.member, after={"name": session.member.name, "sessions": 1})
    return {"ended": 1}


@action("member.sign_out", "结束一个人的全部登录", "end all sessions of a member")
def end_sessions(change: Change, member_id: int) -> Reply:
    """All his browsers have to log in again."""
    member = member_of(change, member_id)
    demand_no_more_than_own(change.actor, member)
    ended, _ = Session.objects.filter(member=member).delete()
    if ended:
        change.record("member.signed_out", member, after={"name": member.name, "sessions": ended})
    return {"ended": ended}


def _token(change: Change, token_id: int) -> ApiToken:
    rows = ApiToken.objects.filter(org_id=change.actor.org_id, pk=token_id, revoked_at=None).select_related("member")
    token = rows.select_for_update(of=("self",)).first()
    if token is None:
        raise NotFound()
    demand_no_more_than_own(change.actor, token.member)
    return token


@action("member.revoke_token", "停用别人的 API 令牌", "revoke a member's API token")
def revoke_token(change: Change, token_id: int) -> Reply:
    """A token of anybody in the team stops working at once."""
    token = _token(change, token_id)
    token.revoked_at = change.now
    token.save(update_fields=["revoked_at"])
    change.record("token.revoked", token, before={"name": token.name, "member_id": token.member_id})
    return {"id": token.pk}


@action("member.narrow_token", "收窄别人的 API 令牌", "narrow a member's API token")
def narrow_token(change: Change, token_id: int, *, verbs: Sequence[str]) -> Reply:
    """Take verbs from a token; it never gains any."""
    token = _token(change, token_id)
    added = [verb for verb in verbs if verb not in token.verbs]
    if added:
        raise Invalid(
            f"只能收窄，不能加上“{added[0]}”", f"A token can only lose rights, not gain “{added[0]}”", field="verbs"
        )
    before, token.verbs = token.verbs, [verb for verb in token.verbs if verb in verbs]
    token.save(update_fields=["verbs"])
    change.record("token.narrowed", token, before={"verbs": before}, after={"name": token.name, "verbs": token.verbs})
    return {"id": token.pk, "verbs": token.verbs}
