"""What pydantic found, said to a person: one Chinese and one English sentence a field."""

from __future__ import annotations

import re
from typing import Any

from genjin.lib.errors import Problem
from genjin.schema.registry import record_types

_SAYINGS: dict[str, tuple[str, str]] = {
    "missing": ("{field}没有填", "{en} is missing"),
    "extra_forbidden": ("没有“{slug}”这个字段", "There is no field “{slug}”"),
    "string_too_long": (
        "{field}太长，最多 {max_length} 个字",
        "{en} is too long; at most {max_length} characters",
    ),
    "string_too_short": ("{field}没有填", "{en} is empty"),
    "too_long": ("{field}太多，最多 {max_length} 项", "{en} has too many entries; at most {max_length}"),
    "int_parsing": ("{field}要填整数", "{en} must be a whole number"),
    "int_type": ("{field}要填整数", "{en} must be a whole number"),
    "string_type": ("{field}要填文字", "{en} must be text"),
    "bool_parsing": ("{field}要填是或否", "{en} must be true or false"),
    "greater_than_equal": ("{field}不能小于 {ge}", "{en} must be at least {ge}"),
    "less_than_equal": ("{field}不能大于 {le}", "{en} must be at most {le}"),
    "unstorable": ("{field}里有无法保存的字符", "{en} holds characters that cannot be saved"),
    "json_invalid": ("请求的内容不是合法的 JSON", "The body is not valid JSON"),
}


#: Fields of a customer that a verb of their own changes.
_BY_VERB = {
    "intent_class": ("意向等级用“定意向等级”来改", "The class is set by POST /customers/class"),
    "owner": ("负责人用“转交客户”来改", "The owner is changed by POST /customers/transfer"),
}
#: Where `name` is that of a customer, a contact or a field of theirs; elsewhere it is a view's, a role's, a person's.
_NAMED = re.compile(r"^/api/v1/(?:customers|contacts|imports)\b")


def problems_of(errors: list[dict[str, Any]], path: str) -> tuple[Problem, ...]:
    """Pydantic's errors as problems, in the order of the input; `path` is the address they were sent to."""
    return tuple(_problem(each, path) for each in errors)


def _problem(error: dict[str, Any], path: str) -> Problem:
    place = [str(part) for part in error.get("loc", ()) if part not in ("body", "payload", "query", "path")]
    slug = next((part for part in reversed(place) if not part.isdigit()), "body")
    zh, en = ("名称", "The name") if slug == "name" and not _NAMED.match(path) else label_of(slug)
    kind = str(error.get("type", ""))
    fallback = (
        ("{field}的时间写法不对，要像 2024-06-12T14:30:00Z", "{en} is not a valid time")
        if "datetime" in kind or kind.startswith("date")
        else ("{field}的内容不对", "{en} is not valid")
    )
    saying = _SAYINGS.get(kind, fallback)
    if kind == "extra_forbidden" and path.startswith("/api/v1/customers/"):
        saying = _BY_VERB.get(slug.removesuffix("_id"), saying)
    facts = {"field": zh, "en": en, "slug": slug, **error.get("ctx", {})}
    return Problem(".".join(place) or slug, kind, saying[0].format(**facts), saying[1].format(**facts))


def label_of(slug: str) -> tuple[str, str]:
    """The label of a field in any record type, else the slug itself."""
    for kind in record_types().values():
        if slug in kind.by_slug:
            field = kind.by_slug[slug]
            return field.zh, field.en
    return f"“{slug}”", f"“{slug}”"
