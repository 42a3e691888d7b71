"""The team's own fields in a row's `extra`, as expressions that queries filter and sort by.

`extra__t_cf_3` is the text under the key `cf_3`: `t` text, `n` number, `b` yes or no, `l` list of texts, `r` range,
`v` and `w` its low and high end, `a` address, `d` the plain text of a rich one, `p` place of an option in its list.
The key stands in the SQL itself, so that an index on the same expression serves it on both engines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup, Transform

_NAME = re.compile(r"([tnblrvwapd])_(cf_[1-9][0-9]{0,5}(?:_[0-9a-f]{8})?)")
_KEY = re.compile(r"cf_[1-9][0-9]{0,5}")


def is_own(name: str) -> bool:
    """Is this the key of a team's own field?"""
    return name.startswith("cf_") and _KEY.fullmatch(name) is not None


def as_columns(extra: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Column → value: own fields are laid into `extra`, where None takes one out; `extra` among the values stands for
    what else lies there."""
    own = {name: value for name, value in values.items() if is_own(name)}
    if not own and "extra" not in values:
        return dict(values)
    rest = {name: value for name, value in values.items() if name not in own}
    kept = {name: value for name, value in {**extra, **own}.items() if is_own(name) and value is not None}
    return {**rest, "extra": {**without_own(rest.get("extra", extra)), **kept}}


def without_own(extra: Mapping[str, Any]) -> dict[str, Any]:
    """What the code itself keeps in `extra`."""
    return {name: value for name, value in extra.items() if not is_own(name)}


def value_of(row: Any, column: str) -> Any:
    """A column of a row as the log tells it: own fields stand beside `extra`, not in it."""
    value = getattr(row, column)
    return without_own(value) if column == "extra" else value


class Extra(models.JSONField):
    """The column: a JSON object whose own fields have expressions of their own."""

    def deconstruct(self) -> Any:
        """To migrations it is the JSON column that it is in the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_transform(self, name: str) -> Any:
        found = _NAME.fullmatch(name)
        return _Made(*found.groups()) if found else super().get_transform(name)


class _List(models.JSONField):
    """A list of texts, which `has` one or not."""


#: Digest → the keys of an option list in the team's order. Whoever names a path by it has put it there.
_LISTS: dict[str, tuple[str, ...]] = {}


def place_in(key: str, options: Sequence[str]) -> str:
    """The name of the place that an option has in its list. Another order of the list is another expression, so that
    neither a kept statement nor an index serves the wrong one."""
    if not all(each.replace("_", "").isalnum() for each in options):
        raise ValueError("the key of an option is letters, digits and _")  # it stands in SQL
    digest = hashlib.sha256(" ".join(options).encode()).hexdigest()[:8]
    _LISTS[digest] = tuple(options)
    return f"{key}_{digest}"


_OUTPUT: dict[str, models.Field[Any, Any]] = {
    "t": models.TextField(),
    "n": models.FloatField(),
    "b": models.BooleanField(),
    "l": _List(),
    "r": models.JSONField(),
    "v": models.FloatField(),
    "w": models.FloatField(),
    "a": models.TextField(),
    "d": models.TextField(),
    "p": models.IntegerField(),
}
_NUMBER = "(CASE WHEN jsonb_typeof({0} -> '{1}') = 'number' THEN ({0} ->> '{1}')::float8 END)"
_POSTGRESQL = {
    "t": "({0} ->> '{1}')",
    "n": _NUMBER,
    "b": "(({0} ->> '{1}') = 'true')",
    "l": "({0} -> '{1}')",
    "r": "({0} -> '{1}')",
    # A range that is open to one side counts there as its other end.
    "v": "COALESCE(({0} -> '{1}' ->> 'low')::float8, ({0} -> '{1}' ->> 'high')::float8)",
    "w": "COALESCE(({0} -> '{1}' ->> 'high')::float8, ({0} -> '{1}' ->> 'low')::float8)",
    "d": "({0} -> '{1}' ->> 'text')",
    # The levels of the region end in a stroke each, so that a region is a prefix of what lies in it.
    "a": "(COALESCE({0} -> '{1}' -> 'region' ->> 0, '') || '/' || COALESCE({0} -> '{1}' -> 'region' ->> 1, '') || '/' "
    "|| COALESCE({0} -> '{1}' -> 'region' ->> 2, '') || '/' || ({0} -> '{1}' ->> 'street'))",
}
_SQLITE = {
    "d": "JSON_EXTRACT({0}, '$.{1}.text')",
    "v": "COALESCE(JSON_EXTRACT({0}, '$.{1}.low'), JSON_EXTRACT({0}, '$.{1}.high'))",
    "w": "COALESCE(JSON_EXTRACT({0}, '$.{1}.high'), JSON_EXTRACT({0}, '$.{1}.low'))",
    "a": "(COALESCE(JSON_EXTRACT({0}, '$.{1}.region[0]'), '') || '/' || "
    "COALESCE(JSON_EXTRACT({0}, '$.{1}.region[1]'), '') || '/' || "
    "COALESCE(JSON_EXTRACT({0}, '$.{1}.region[2]'), '') || '/' || JSON_EXTRACT({0}, '$.{1}.street'))",
}
_PLAIN = "JSON_EXTRACT({0}, '$.{1}')"


class _Made:
    """What Django calls to make the transform."""

    def __init__(self, stored: str, key: str) -> None:
        self.stored, self.key = stored, key

    def __call__(self, *args: Any, **kwargs: Any) -> OwnValue:
        return OwnValue(self.stored, self.key, *args, **kwargs)


class OwnValue(Transform):
    """The value of one own field."""

    def __init__(self, stored: str, key: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored, self.key = stored, key
        self.output_field = _OUTPUT[stored]

    @staticmethod
    def sql(vendor: str, column: str, stored: str, key: str) -> str:
        """The expression as queries and indexes have it."""
        if stored == "p":
            key, _, digest = key.rpartition("_")
            value = OwnValue.sql(vendor, column, "t", key)
            whens = " ".join(f"WHEN '{each}' THEN {at}" for at, each in enumerate(_LISTS[digest]))
            return f"(CASE {value} {whens} END)" if whens else "NULL"
        said = _POSTGRESQL[stored] if vendor == "postgresql" else _SQLITE.get(stored, _PLAIN)
        return said.format(column, key)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        left, parameters = compiler.compile(self.lhs)
        assert not parameters  # it is a column
        return self.sql(connection.vendor, left, self.stored, self.key), []


@_List.register_lookup
class Has(Lookup):
    """A list that holds exactly this text."""

    lookup_name = "has"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, parameters = compiler.compile(self.lhs)
        right, more = self._right(compiler)
        return f"EXISTS(SELECT 1 FROM JSON_EACH({left}) AS entry WHERE entry.value = {right})", [*parameters, *more]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        left, parameters = compiler.compile(self.lhs)
        right, more = self._right(compiler)
        return f"{left} ? {right}", [*parameters, *more]

    def _right(self, compiler: Any) -> Any:
        return compiler.compile(self.rhs) if hasattr(self.rhs, "as_sql") else ("%s", [self.rhs])
