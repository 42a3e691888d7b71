"""The base of every input schema: unknown fields and characters no database can store are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError, model_validator
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

#: What a bigint column holds.
MOST = 2**63 - 1


def _narrow(schema: Any) -> None:
    """Take numbers and truth values only as such, and numbers only as large as a column."""
    if isinstance(schema, list | tuple):
        for each in schema:
            _narrow(each)
    elif isinstance(schema, dict):
        if schema.get("type") in ("int", "bool"):
            schema["strict"] = True
        if schema.get("type") == "int" and not {"le", "lt"} & set(schema):
            schema["le"] = MOST
            schema.setdefault("ge", -MOST)
        for each in schema.values():
            _narrow(each)


class Strict(BaseModel):
    """Input from outside. Unknown fields are refused, texts are free of NUL and lone surrogates,
    whole numbers fit a column, and `false` is no 0."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        _narrow(schema)
        return schema

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, data: Any) -> Any:
        place = _unstorable(data)
        if place is not None:
            what = PydanticCustomError("unstorable", "lone surrogate or NUL")
            raise ValidationError.from_exception_data(
                cls.__name__, [InitErrorDetails(type=what, loc=place, input=None)]
            )
        return data


_OWN = re.compile(r"cf_[1-9][0-9]{0,5}")


class OwnFields(Strict):
    """Input that may name a team's own fields (`cf_3`) too; what they take is checked by `schema/clean.py`."""

    model_config = ConfigDict(
        extra="allow", str_strip_whitespace=True, json_schema_extra={"patternProperties": {"^cf_[1-9][0-9]{0,5}$": {}}}
    )

    @model_validator(mode="before")
    @classmethod
    def _known(cls, data: Any) -> Any:
        unknown = [key for key in data if not _named(cls, key)] if isinstance(data, dict) else []
        if unknown:
            details = [InitErrorDetails(type="extra_forbidden", loc=(str(key),), input=data[key]) for key in unknown]
            raise ValidationError.from_exception_data(cls.__name__, details)
        return data


def _named(model: type[BaseModel], key: Any) -> bool:
    return key in model.model_fields or (isinstance(key, str) and _OWN.fullmatch(key) is not None)


def _unstorable(value: Any, depth: int = 0) -> tuple[int | str, ...] | None:
    """Where a text that no database can store stands in `value`; None when there is none."""
    if depth > 20:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return () if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value) else None
    if isinstance(value, dict):
        if any(isinstance(key, str) and _unstorable(key) is not None for key in value):
            return ()
        pairs: Iterable[tuple[int | str, Any]] = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return None
    for key, each in pairs:
        place = _unstorable(each, depth + 1)
        if place is not None:
            return (key, *place)
    return None
