"""Looking with the eyes of a role (以这个角色看): begun by a verb, ended by hand or by the clock, both in the log."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from genjin.access.actor import Actor
from genjin.access.models import Session
from genjin.access.queries import actor_of_member, digest
from genjin.door.action import action
from genjin.door.change import Change, plain, write_events
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.orgs.models import Department, Membership
from genjin.people.role_queries import one_role
from genjin.people.role_rules import demand_no_more_than

Reply = dict[str, Any]
LONGEST = timedelta(minutes=30)


@action("role.view_as", "以别的角色看", "view as another role")
def begin(change: Change, role_id: int, *, cookie: str, department_id: int | None, member_id: int | None) -> Reply:
    """For half an hour this browser sees what a holder of the role would see, in his own place, in a department or in
    that of a member, and changes nothing.

    403 for a role that holds more than its viewer does, and for another place when he does not see all customers.
    """
    actor = change.actor
    role = one_role(actor, role_id)
    demand_no_more_than(actor, role.zh, role.verbs, role.scopes, role.fields)
    session = Session.objects.select_for_update().filter(digest=digest(cookie), member_id=actor.member_id).first()
    if session is None:
        raise Forbidden("这件事要登录后在网页里做", "Log in with the browser to do this")
    department, member = _place(actor, department_id, member_id)
    session.as_role, session.as_department, session.as_member = role, department, member
    session.as_until = change.now + LONGEST
    session.save(update_fields=["as_role", "as_department", "as_member", "as_until"])
    place = member.name if member else department.name if department else ""
    said = {"zh": f"以“{role.zh}”看" + (f"（{place}）" if place else ""),
            "en": f"viewed as {role.en}" + (f" ({place})" if place else "")}  # fmt: skip
    told = {"said": said, "until": plain(session.as_until)}
    change.record("role.view_begun", role, after={**told, "member_id": member.pk if member else None})
    return {"until": plain(session.as_until)}


def _place(
    actor: Actor, department_id: int | None, member_id: int | None
) -> tuple[Department | None, Membership | None]:
    if department_id is not None and member_id is not None:
        raise Invalid("部门和人选一个", "Choose a department or a member", field="member_id")
    if (department_id or member_id) and "all" not in actor.grants.scope("customer", "see"):
        raise Forbidden(
            "你看不到全部客户，只能用自己的位置看", "You do not see all customers; view from your own place"
        )
    department = Department.objects.filter(org_id=actor.org_id, pk=department_id or 0).first()
    member = Membership.objects.filter(org_id=actor.org_id, pk=member_id or 0, active=True).first()
    if (department_id and department is None) or (member_id and member is None):
        raise NotFound()
    return department, member


def end(cookie: str, *, now: datetime) -> None:
    """Look with one's own eyes again; 409 when one does."""
    session = Session.objects.filter(digest=digest(cookie), as_until__isnull=False).first()
    if session is None or not _ended(session.pk, now, "hand"):
        raise Conflict("现在就是你自己的角色", "You are looking with your own eyes", code="state")


def end_overdue(now: datetime) -> int:
    """Write down the end of every viewing whose half hour is over; returns how many."""
    over = Session.objects.filter(as_until__lte=now, as_until__isnull=False)
    return sum(_ended(pk, now, "clock") for pk in over.values_list("pk", flat=True)[:500])


def _ended(session_id: int, now: datetime, how: str) -> bool:
    """Whoever views may no verb, so that its end passes by the door and still stands in the log."""
    with transaction.atomic():
        session = Session.objects.select_for_update(of=("self",)).select_related("as_role", "member").get(pk=session_id)
        if session.as_until is None:
            return False
        role = session.as_role
        session.as_role = session.as_department = session.as_member = session.as_until = None
        session.save(update_fields=["as_role", "as_department", "as_member", "as_until"])
        if role is not None:
            change = Change(actor_of_member(session.member_id), "role.view_as", now)
            said = {"zh": f"不再以“{role.zh}”看", "en": f"no longer viewed as {role.en}"}
            change.record("role.view_ended", role, after={"said": said, "how": how})
            write_events(change, change.events)
    return True
