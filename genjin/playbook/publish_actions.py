"""Verbs on playbooks. Each raises the number of the configuration, so that every cache starts anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.door.action import action
from genjin.door.change import Change, plain
from genjin.door.replies import Reply
from genjin.lib.errors import Conflict, Invalid, NotFound
from genjin.people.actions import bump
from genjin.playbook.books import Book, books_of, shown
from genjin.playbook.flow import Document
from genjin.playbook.models import Playbook, PlaybookVersion
from genjin.playbook.publishing import (
    fresh,
    gone_from,
    move_all,
    put_in_force,
    refuse_wrong,
    same,
    write_stages,
    wrong_with,
)
from genjin.playbook.shipped import template_bodies
from genjin.schema.queries import options_of

MOST = 20


@action("playbook.publish", "发布销售流程", "publish a playbook")
def publish(
    change: Change, *, key: str, version: int, document: Document, mapping: Mapping[str, str], why: str = ""
) -> Reply:
    """Put a whole document in force as the next version (R-116). 409 with the other's when somebody published since
    `version`; everything that is wrong with it is told at once, and nothing is changed."""
    row, live = _begun(change, key, version, document)
    if document["key"] != key:
        raise Invalid("流程的编号不能改", "The key of a playbook stays", field="document.key")
    book = Book(row.pk, row.key, live.number, live.body)
    actor = fresh(change)
    if same(shown(book, options_of(actor.org_id, 0)), document):
        raise Conflict("和现在的流程一样，没有要发布的", "The same as the playbook in force", code="same")
    refuse_wrong(wrong_with(actor, key, document, gone_from(row.org_id, book, document), mapping))
    return _reply(put_in_force(change, row, live, document, mapping, why=why))


@action("playbook.roll_back", "退回销售流程的旧版本", "roll a playbook back")
def roll_back(change: Change, *, key: str, version: int, to: int, mapping: Mapping[str, str], why: str = "") -> Reply:
    """The document of an older version as the newest one; 404 for a version that there is not."""
    row, live = _begun(change, key, version, {"to": to})
    old = PlaybookVersion.objects.filter(playbook=row, number=to).first()
    if old is None:
        raise NotFound(field="to")
    book = Book(row.pk, row.key, live.number, live.body)
    if same(live.body, old.body):
        raise Conflict("和现在的流程一样", "The same as the playbook in force", code="same")
    refuse_wrong(wrong_with(fresh(change), key, old.body, gone_from(row.org_id, book, old.body), mapping))
    return _reply(put_in_force(change, row, live, old.body, mapping, why=why, took=to))


@action("playbook.create", "新建销售流程", "make a playbook")
def create(change: Change, *, document: Document | None, template: str = "", why: str = "") -> Reply:
    """A further playbook, one's own or one that is shipped; its condition says which new customers take it."""
    bump(change.actor.org_id)
    actor = fresh(change)
    if template:
        document = template_bodies().get(template)
    if document is None:
        raise NotFound(field="template" if template else "document")
    key, books = document["key"], books_of(actor.org_id, 0)
    if any(each.key == key for each in books):
        raise Conflict("已经有这个编号的流程", "There is a playbook with this key", field="document.key", code="exists")
    if len(books) >= MOST:
        raise Invalid(f"最多 {MOST} 套流程", f"At most {MOST} playbooks", field="document")
    refuse_wrong(wrong_with(actor, key, document, {}, {}, default=not books))
    row, _ = Playbook.objects.get_or_create(org_id=actor.org_id, key=key, defaults={"position": len(books)})
    Playbook.objects.filter(pk=row.pk).update(removed_at=None, position=len(books))
    last = PlaybookVersion.objects.filter(playbook=row, live=True).first()
    return _reply(put_in_force(change, row, last, document, {}, why=why))


@action("playbook.order", "调整流程的先后", "put playbooks in order")
def put_in_order(change: Change, *, keys: Sequence[str]) -> Reply:
    """Which playbook is asked first whether it takes a customer; the default one stays last. Names all of them."""
    bump(change.actor.org_id)
    books = books_of(change.actor.org_id, 0)
    wanted = [key for book in books if book.default for key in (book.key,)]
    wanted = [*(key for key in keys if key not in wanted), *wanted]
    if sorted(wanted) != sorted(book.key for book in books) or len(set(keys)) != len(keys):
        raise Conflict(
            "流程刚有人增减过，重新打开再排", "The playbooks have changed; open the page again", field="keys"
        )
    before = [book.key for book in books]
    if wanted == before:
        raise Conflict("和现在的顺序一样", "They are in that order already", code="same")
    for position, key in enumerate(wanted):
        Playbook.objects.filter(org_id=change.actor.org_id, key=key).update(position=position)
    first = Playbook.objects.get(org_id=change.actor.org_id, key=wanted[0])
    names = {book.key: book.title["zh"] for book in books}
    change.record("playbook.ordered", first, before={"order": [names[key] for key in before]},
                  after={"order": [names[key] for key in wanted]})  # fmt: skip
    return {"keys": wanted}


@action("playbook.remove", "删除销售流程", "remove a playbook")
def remove(change: Change, *, key: str, version: int, mapping: Mapping[str, str], why: str = "") -> Reply:
    """Its customers go where the mapping says; its versions stay, so that what was written under it can be read."""
    row, live = _begun(change, key, version, {})
    book = Book(row.pk, row.key, live.number, live.body)
    if book.default:
        raise Invalid("默认流程接住其余所有客户，不能删", "The default playbook stays", field="key")
    gone = gone_from(row.org_id, book, None)
    refuse_wrong(wrong_with(fresh(change), key, {**live.body, "nodes": []}, gone, mapping))
    Playbook.objects.filter(pk=row.pk).update(removed_at=change.now)
    write_stages(row.org_id, gone)
    moved = move_all(change, {node: to for node, to in mapping.items() if node in gone})
    told = {"name": live.body["title"]["zh"], "moved": moved}
    change.record("playbook.removed", row, before={"name": told["name"]}, after=told, why=why)
    return {"key": key, "moved": moved}


def _begun(change: Change, key: str, version: int, mine: Mapping[str, Any]) -> tuple[Playbook, PlaybookVersion]:
    """The playbook and its live version, with the organisation held until the commit."""
    bump(change.actor.org_id)
    row = Playbook.objects.filter(org_id=change.actor.org_id, key=key, removed_at__isnull=True).first()
    live = PlaybookVersion.objects.filter(playbook=row, live=True).select_related("published_by").first()
    if row is None or live is None:
        raise NotFound(field="key")
    if version != live.number:
        by, title = live.published_by.name if live.published_by else "", live.body["title"]
        raise Conflict(
            f"{by or '有人'}刚发布过“{title['zh']}”，先看看他改了什么",
            f"{by or 'Somebody'} has just published “{title['en'] or title['zh']}”; look at it first",
            field="version",
            extra={"theirs": plain({"version": live.number, "document": live.body}), "mine": plain(dict(mine))},
        )
    return row, live


def _reply(made: PlaybookVersion) -> Reply:
    return {"key": made.body["key"], "version": made.number}
