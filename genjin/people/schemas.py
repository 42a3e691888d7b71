"""What comes in from the pages of people: login, profile, team, tokens."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from genjin.lib.strict import Strict

Name = Annotated[str, Field(min_length=1, max_length=60)]
Account = Annotated[str, Field(min_length=1, max_length=190)]
Password = Annotated[str, Field(min_length=1, max_length=200)]
Secret = Annotated[str, Field(min_length=1, max_length=100)]
Key = Annotated[str, Field(max_length=40)]


class LoginIn(Strict):
    account: Account
    password: Password


#: What may be kept out of the inbox; work given to somebody and overdue items always come (R-075).
Muted = Literal["before", "transferred", "shared", "import", "comment", "automation"]
#: What may come as mail too.
Mailed = Literal[Muted, "assigned", "overdue", "mention"]


def _local(value: time) -> time:
    """A time of the organisation's own day has no zone and no seconds."""
    if value.tzinfo is not None:
        raise ValueError("a local time has no zone")
    return value.replace(second=0, microsecond=0)


LocalTime = Annotated[time, AfterValidator(_local)]


class TeamIn(Strict):
    member_id: int


class ProfileIn(Strict):
    name: Name | None = None
    locale: Literal["zh-CN", "en-US"] | None = None
    theme: Literal["system", "light", "dark"] | None = None
    timezone: Key | None = None
    muted: Annotated[list[Muted], Field(max_length=10)] = []
    mailed: Annotated[list[Mailed], Field(max_length=10)] = []
    quiet_from: LocalTime | None = None
    quiet_to: LocalTime | None = None
    guided: bool = False


class PasswordIn(Strict):
    old: Password
    new: Password


class ResetRequestIn(Strict):
    account: Account


class ResetIn(Strict):
    token: Secret
    password: Password


class InvitationIn(Strict):
    name: Name
    role: Key
    department_id: int | None = None
    account: Annotated[str, Field(max_length=190)] = ""


class JoinIn(Strict):
    account: Account
    password: Password
    name: Annotated[str, Field(max_length=60)] = ""


class MemberIn(Strict):
    name: Name | None = None
    department_id: int | None = None
    roles: Annotated[list[Key], Field(min_length=1, max_length=10)] | None = None
    active: bool | None = None


class DepartmentIn(Strict):
    name: Annotated[str, Field(min_length=1, max_length=80)]
    parent_id: int | None = None


class DepartmentPatch(Strict):
    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    parent_id: int | None = None
    head_id: int | None = None


class MoveIn(Strict):
    ids: Annotated[list[int], Field(min_length=1, max_length=500)]
    department_id: int


class NarrowIn(Strict):
    verbs: Annotated[list[Annotated[str, Field(max_length=60)]], Field(min_length=1, max_length=200)]


class TokenIn(Strict):
    name: Name
    verbs: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=200)]
    expires_at: datetime | None = None


class OrganisationIn(Strict):
    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    timezone: Key | None = None
    opening_time: LocalTime | None = None
    closing_time: LocalTime | None = None
