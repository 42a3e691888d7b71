"""People, departments and tokens as record types, so that the log can speak of them."""

from __future__ import annotations

from typing import Any

from genjin.access.models import ApiToken, Role
from genjin.door.change import Change
from genjin.orgs.models import Department, Membership, Organisation
from genjin.people.actions import bump
from genjin.people.models import OneTimeLink, SavedView
from genjin.schema.registry import RecordType, Restore, Scope, register

NOWHERE = Scope(owner=None, department=None)


def _fresh_rights(change: Change, rows: list[Any]) -> None:
    """Back in their former departments, members reach other rows."""
    bump(change.actor.org_id)


MEMBER = register(RecordType("member", "成员", "member", Membership, NOWHERE, restore=Restore(after=_fresh_rights)))
ROLE = register(RecordType("role", "角色", "role", Role, NOWHERE))
DEPARTMENT = register(RecordType("department", "部门", "department", Department, NOWHERE))
ORGANISATION = register(RecordType("organisation", "团队", "team", Organisation, NOWHERE))
TOKEN = register(RecordType("token", "API 令牌", "API token", ApiToken, NOWHERE))
LINK = register(RecordType("link", "一次性链接", "one-time link", OneTimeLink, NOWHERE))
VIEW = register(RecordType("view", "视图", "view", SavedView, NOWHERE))
