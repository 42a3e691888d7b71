"""`column__holding=[…]`: does the search row of the record in this column hold all these tokens?

For words so common that fetching their rows first would cost more than asking row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Field
from django.db.models.fields.related import ForeignObject

from genjin.schema.among import ONE_PARAMETER, Among
from genjin.schema.registry import type_of

#: A value and not EXISTS: PostgreSQL takes half of the rows to have it and walks the list in its order, where for
#: EXISTS it expects next to none, joins all rows of the scope and sorts them.
_ROW = "(SELECT {1} FROM search_searchrow s, {2} wanted WHERE s.record_type = %s AND s.record_id = {0})"
_TEXT = "' ' || s.tokens || ' '"
#: Most words have one token, and most rows fail by the first: strpos takes a third of the time of LIKE.
_ALL = (
    f"strpos({_TEXT}, wanted.tokens[1]) > 0 AND (wanted.tokens[2] IS NULL OR "
    f"NOT EXISTS (SELECT FROM unnest(wanted.tokens) each WHERE strpos({_TEXT}, each) = 0))"
)


@Field.register_lookup
@ForeignObject.register_lookup
class Holding(Among):
    """Takes what `padded` makes of tokens; the record type is that of the column's own or related model."""

    lookup_name = "holding"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return self._asked(
            compiler,
            connection,
            f"NOT EXISTS (SELECT 1 FROM json_each(wanted.tokens) WHERE instr({_TEXT}, value) = 0)",
            "(SELECT %s AS tokens)",
        )

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self._asked(compiler, connection, _ALL, "(SELECT %s::text[] AS tokens)")

    def _asked(self, compiler: Any, connection: Any, test: str, wanted: str) -> Any:
        left, parameters = self.process_lhs(compiler, connection)
        target = self.lhs.target
        slug = type_of(target.related_model or target.model).slug
        return _ROW.format(left, test, wanted), [*self._right(compiler, connection), slug, *parameters]


ONE_PARAMETER.add(Holding.lookup_name)


def padded(tokens: Sequence[str]) -> list[str]:
    """As they stand among others: whole, between blanks."""
    return [f" {token} " for token in tokens]
