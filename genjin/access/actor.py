"""Who acts: the rights of one request, job or token, settled once at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from genjin.lib.errors import Forbidden

Kind = Literal["member", "token", "link", "job", "automation"]


@dataclass(frozen=True)
class Grants:
    """The union of a member's roles."""

    roles: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()
    scopes: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    departments: frozenset[int] = frozenset()
    subtree: frozenset[int] = frozenset()
    #: Grants are kept for a configuration: a verb is compared with the patterns once.
    _known: dict[str, bool] = field(default_factory=dict, init=False, compare=False, repr=False)

    def allows(self, verb: str) -> bool:
        known = self._known.get(verb)
        if known is None:
            known = self._known[verb] = matches(verb, self.verbs)
        return known

    def scope(self, record_type: str, act: str) -> frozenset[str]:
        return self.scopes.get(record_type, {}).get(act, frozenset())


NO_GRANTS = Grants()


@dataclass(frozen=True, slots=True)
class Viewing:
    """Whoever looks with the eyes of a role: he himself, the role and the place in words, and until when."""

    by: int
    zh: str
    en: str
    place: str
    until: datetime


@dataclass(frozen=True)
class Actor:
    """Rights and place of whoever acts. `key` is the Idempotency-Key of this call, `source` the
    way in (web, api, import, cli, job, automation), `cause` what its events shall name as theirs
    (blank: one of their own). An actor without grants sees and may do nothing."""

    kind: Kind
    org_id: int
    member_id: int | None
    name: str = ""
    department_id: int | None = None
    grants: Grants = NO_GRANTS
    source: str = "web"
    key: str | None = None
    cause: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    config_version: int = 0
    language: str = "zh"
    limited_to: frozenset[str] | None = None
    #: Sees what a holder of a role would see, and may write nothing (`access/queries.py`).
    viewing: Viewing | None = None
    _cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def own_id(self) -> int | None:
        """Whose private things (notices, drafts, own views) may be read: nobody's through another's eyes."""
        return None if self.viewing else self.member_id

    def demand_own_eyes(self) -> None:
        """Refuse every change to whoever looks with the eyes of a role."""
        if self.viewing:
            zh, en = (
                "你在用别的角色看，这里只能看。点“退出”再改",
                "You are viewing as another role: read only. Leave it first",
            )
            raise Forbidden(zh, en, code="viewing")

    def may(self, verb: str) -> bool:
        """May this actor do this verb to some row? (Which rows: `visible(…, act="change")`.)"""
        return self.grants.allows(verb) and (self.limited_to is None or matches(verb, self.limited_to))

    def with_(self, **changes: Any) -> Self:
        return replace(self, **changes)

    def once(self, name: str, load: Callable[[Actor], Sequence[int]]) -> Sequence[int]:
        """Load something about this actor at most once a request."""
        if name not in self._cache:
            self._cache[name] = load(self)
        found: Sequence[int] = self._cache[name]
        return found


def matches(verb: str, patterns: frozenset[str]) -> bool:
    return verb in patterns or any("*" in each and fnmatchcase(verb, each) for each in patterns)


def job(name: str, org_id: int, verbs: frozenset[str]) -> Actor:
    """A named job of the worker: sees the organisation's rows, may do the verbs listed."""
    everything = {"see": frozenset({"all"}), "change": frozenset({"all"})}
    scopes = _EveryType(everything)
    return Actor("job", org_id, None, name=name, grants=Grants(verbs=verbs, scopes=scopes), source="job")


class _EveryType(dict[str, Mapping[str, frozenset[str]]]):
    """The same scope for every record type."""

    def __init__(self, scope: Mapping[str, frozenset[str]]) -> None:
        super().__init__()
        self._scope = scope

    def get(self, key: str, default: Any = None) -> Mapping[str, frozenset[str]]:
        return self._scope
