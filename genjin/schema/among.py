"""`column__among=[…]`: one of many values as one parameter, so that their number never changes the SQL; and
`column__known="…"`, a value that is no parameter at all."""

from __future__ import annotations

import re
from typing import Any

import orjson
from django.db.models import Field, Lookup
from django.db.models.fields.related import ForeignObject

#: Look-ups that take a list as one parameter.
ONE_PARAMETER = {"among"}
_WORD = re.compile(r"[a-z_]*", re.ASCII)


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """Like `in`, for ids: an array on PostgreSQL, a JSON list on SQLite (which knows no more than 250,000 `?`)."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", [*parameters, *self._right(compiler, connection)]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*parameters, *self._right(compiler, connection)]

    def _right(self, compiler: Any, connection: Any) -> Any:
        if hasattr(self.rhs, "as_sql"):
            return compiler.compile(self.rhs)[1]
        return [bound(list(self.rhs), connection.vendor)]


@Field.register_lookup
class Known(Lookup):
    """`column__known="open"`: a word of the code itself, written into the SQL. An index with a condition serves a plan
    that is kept only then: of a parameter nobody knows what it will be."""

    lookup_name = "known"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, parameters = self.process_lhs(compiler, connection)
        if not _WORD.fullmatch(self.rhs):
            raise ValueError(f"not a word of the code: {self.rhs!r}")
        return f"{left} = '{self.rhs}'", parameters


def bound(values: list[Any], vendor: str) -> Any:
    """The list as the database takes it."""
    return values if vendor == "postgresql" else orjson.dumps(values).decode()
