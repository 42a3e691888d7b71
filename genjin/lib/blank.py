"""What counts as not filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_blank(value: Any) -> bool:
    """Nothing, or only white space; a list is blank when each of its lines is. 0 and False are answers."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_blank(each) for each in value.values())
    if isinstance(value, list | tuple):
        return all(is_blank(each) for each in value)
    return value is None
