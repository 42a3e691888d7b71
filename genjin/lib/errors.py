"""Refusals: what the system says when it does not do something, in Chinese and English.

A verb, a query or a parser raises one of these; the API turns it into a status and one JSON body,
the command line into one sentence. Nothing else may reach a user.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field (or row) of the input."""

    field: str
    code: str
    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "zh": self.zh, "en": self.en}


@dataclass(eq=False)
class Refusal(Exception):
    """A request that changed nothing. `status` is the HTTP status, `code` is stable for programs."""

    zh: str
    en: str
    field: str | None = None
    problems: tuple[Problem, ...] = ()
    extra: dict[str, Any] = dataclasses.field(default_factory=dict)
    status: int = 400
    code: str = "invalid"

    def __str__(self) -> str:
        return self.zh

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The body of an error answer; `message` is the sentence in the reader's language."""
        return {
            "code": self.code,
            "message": self.en if language == "en" else self.zh,
            "zh": self.zh,
            "en": self.en,
            "field": self.field,
            "problems": [problem.as_json() for problem in self.problems],
            **self.extra,
        }


@dataclass(eq=False)
class Invalid(Refusal):
    status: int = 422
    code: str = "invalid"


@dataclass(eq=False)
class LoginRequired(Refusal):
    zh: str = "先登录"
    en: str = "Log in first"
    status: int = 401
    code: str = "login_required"


@dataclass(eq=False)
class Forbidden(Refusal):
    status: int = 403
    code: str = "forbidden"


@dataclass(eq=False)
class NotFound(Refusal):
    """Missing and invisible rows look the same, so ids of others cannot be probed."""

    zh: str = "没有找到，或者你看不到"
    en: str = "Not found, or not visible to you"
    status: int = 404
    code: str = "not_found"


@dataclass(eq=False)
class Conflict(Refusal):
    status: int = 409
    code: str = "conflict"


@dataclass(eq=False)
class Throttled(Refusal):
    zh: str = "操作太快，过一会儿再试"
    en: str = "Too many tries; wait a little"
    status: int = 429
    code: str = "throttled"


@dataclass(eq=False)
class Unavailable(Refusal):
    zh: str = "暂时存不了数据，稍后再试；已填的内容还在"
    en: str = "Data cannot be saved right now; try again soon. What you typed is kept"
    status: int = 503
    code: str = "unavailable"
