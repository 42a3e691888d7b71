"""What a way from one node to another asks for: what its gates miss, and whether it needs a reason."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from genjin.access.actor import Actor
from genjin.customers.models import Customer
from genjin.lib.errors import Invalid
from genjin.playbook.books import Book, books_of, standing
from genjin.playbook.flow import is_back, is_skip, passed
from genjin.playbook.gates import Asked, Case, asked
from genjin.schema.queries import label, options_of


class Way(NamedTuple):
    """`strict`: conditions without which nobody goes on; `soft`: those that want a reason; `why`: what else does."""

    strict: tuple[Asked, ...] = ()
    soft: tuple[Asked, ...] = ()
    why: tuple[str, str] | None = None


_BACK = "往回走要写原因", "Going back needs a reason"
_SKIP = "跳过中间的阶段要写原因", "Leaving stages out needs a reason"
_OTHER = "换一套流程要写原因", "Another playbook needs a reason"


def way_of(actor: Actor, customer: Customer, start: str, since: datetime | None, to: str, now: datetime) -> Way:
    """What stands between a customer (as it is now) and `to`, seen from the node that it leaves."""
    books = books_of(actor.org_id, actor.config_version)
    book, _ = standing(books, start)
    target, _ = standing(books, to)
    if book is None or start == to:
        return Way()
    if target is not book:
        return Way(why=_OTHER)
    if is_back(book.body, start, to):
        return Way(why=_BACK)
    found: dict[bool, list[Asked]] = {True: [], False: []}
    for node in passed(book.body, start, to):
        missing = [each for each in asked(Case(actor, customer, book, node, since, now)) if not each.met]
        found[node["gate"]["strict"]] += missing
    strict, soft = (tuple(dict.fromkeys(found[each])) for each in (True, False))
    return Way(strict, soft, _SKIP if is_skip(book.body, start, to) else None)


def demand_stage(actor: Actor, to: str) -> Book:
    """The playbook that a stage one wants to move to belongs to; refuses what is no node in use."""
    options = options_of(actor.org_id, actor.config_version).get("stage", {})
    book, _ = standing(books_of(actor.org_id, actor.config_version), to)
    if book is None or to not in options or options[to].retired:
        raise Invalid("没有这个阶段，或者已经停用", "There is no such stage, or it is retired", field="to")
    return book


def refuse(actor: Actor, missing: tuple[Asked, ...], to: str, *, field: str, name: str = "") -> None:
    """Refuse a move for what its gates miss; each is named, so that the screen can ask for it in place."""
    if not missing:
        return
    options = options_of(actor.org_id, actor.config_version)
    zh, en = "、".join(each.zh for each in missing), "; ".join(each.en for each in missing)
    who_zh, who_en = (f"“{name}”", f"{name} ") if name else ("", "")
    raise Invalid(
        f"{who_zh}还不能进入“{label(options, 'stage', to)}”，先{zh}",
        f"{who_en}cannot go on to “{label(options, 'stage', to, 'en')}” yet: {en}",
        field=field,
        code="gate",
        extra={"missing": [each.as_json() for each in missing], "why": False},
    )
