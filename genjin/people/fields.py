"""People, departments and tokens as record types, so that the log can speak of them."""

from __future__ import annotations

from genjin.access.models import ApiToken
from genjin.orgs.models import Department, Membership, Organisation
from genjin.people.models import OneTimeLink, SavedView
from genjin.schema.registry import RecordType, Scope, register

NOWHERE = Scope(owner=None, department=None)

MEMBER = register(RecordType("member", "成员", "member", Membership, NOWHERE))
DEPARTMENT = register(RecordType("department", "部门", "department", Department, NOWHERE))
ORGANISATION = register(RecordType("organisation", "团队", "team", Organisation, NOWHERE))
TOKEN = register(RecordType("token", "API 令牌", "API token", ApiToken, NOWHERE))
LINK = register(RecordType("link", "一次性链接", "one-time link", OneTimeLink, NOWHERE))
VIEW = register(RecordType("view", "视图", "view", SavedView, NOWHERE))
