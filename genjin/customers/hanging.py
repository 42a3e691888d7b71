"""What of other folders hangs on customers without being theirs: counted and named before they go or are merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from genjin.access.actor import Actor


class Hanging(NamedTuple):
    """So many living rows of a record type; its name is blank where the actor may not know of the type."""

    slug: str
    zh: str
    en: str
    n: int


Count = Callable[[Actor, Sequence[int]], list[Hanging]]
_COUNTS: list[Count] = []


def hangs(count: Count) -> Count:
    """Say how many rows of a folder above hang on some customers; they stay when a customer is deleted, and follow a
    merge by a reaction marked `@carries`."""
    _COUNTS.append(count)
    return count


def hanging_on(actor: Actor, ids: Sequence[int]) -> list[Hanging]:
    """All that hangs on these customers; a statement a folder."""
    return [each for count in _COUNTS for each in count(actor, ids)] if ids else []


def amounts(some: Sequence[Hanging]) -> tuple[str, str]:
    """`3 条样品申请、1 条别的记录` in both languages; blank for nothing."""
    named = [each for each in some if each.zh]
    others = sum(each.n for each in some if not each.zh)
    zh = [f"{each.n} 条{each.zh}" for each in named] + ([f"{others} 条别的记录"] if others else [])
    en = [f"{each.n} × {each.en}" for each in named] + ([f"{others} other records"] if others else [])
    return "、".join(zh), ", ".join(en)
