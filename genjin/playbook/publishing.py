"""Putting a playbook in force: its version, the list of stages, and customers of nodes that go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.ladder_steps import follow
from genjin.customers.models import Customer
from genjin.customers.steps import restage
from genjin.door.change import Change
from genjin.fields.queries import rows_of_list
from genjin.fields.steps import next_version, write_list
from genjin.lib.errors import Invalid
from genjin.playbook.books import Book, books_of
from genjin.playbook.flow import Document, main_nodes
from genjin.playbook.models import Playbook, PlaybookVersion
from genjin.playbook.packing import stage_of
from genjin.playbook.queries import ground_of
from genjin.playbook.rules import Trouble, troubles
from genjin.schema.models import Option

AT_ONCE = 1000


def fresh(change: Change) -> Actor:
    """The actor as he sees what this change writes: nothing of it may be cached before the commit."""
    return change.actor.with_(config_version=0)


def wrong_with(
    actor: Actor, key: str, document: Document, gone: Mapping[str, str], mapping: Mapping[str, str], **more: Any
) -> list[Trouble]:
    """All that is wrong with a document, and with where the customers of its gone nodes (key → name) go."""
    found = troubles(document, ground_of(actor, key, **more)) if document["nodes"] or not gone else []
    books = books_of(actor.org_id, actor.config_version)
    there = {each["key"] for each in main_nodes(document)} | {
        node for book in books if book.key != key for node in book.keys
    }
    held = held_by(actor.org_id, list(gone))
    for node, name in gone.items():
        to = mapping.get(node)
        if to is not None and to not in there:
            found.append(
                Trouble(node, "mapping", f"“{name}”的客户要去的节点“{to}”不存在", f"“{to}” is no node to go to")
            )
        elif to is None and held.get(node):
            zh = f"“{name}”里还有 {held[node]} 家客户，写明它们去哪个节点"
            found.append(Trouble(node, "mapping", zh, f"{held[node]} customers stand in “{name}”; say where they go"))
    return found


def held_by(org_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Node → how many customers of the team stand there, those in the bin too: they may come back."""
    found = {key: unscoped(Customer, "step").filter(org_id=org_id, stage=key).count() for key in keys}
    return {key: count for key, count in found.items() if count}


def refuse_wrong(found: Sequence[Trouble]) -> None:
    if found:
        raise Invalid(
            f"流程还不能发布，有 {len(found)} 处要改：{found[0].zh}",
            f"{len(found)} to mend before it can be published: {found[0].en}",
            field="document",
            code="playbook",
            extra={"problems": [each.as_json() for each in found]},
        )


def gone_from(org_id: int, book: Book | None, document: Document | None) -> dict[str, str]:
    """The nodes of a playbook in force that a document no longer has: key → name."""
    kept = {each["key"] for each in main_nodes(document)} if document else set()
    names = {row.key: row.zh for row in rows_of_list(org_id, "stage")}
    return {key: names.get(key, key) for key in (book.keys if book else ()) if key not in kept}


def put_in_force(
    change: Change,
    row: Playbook,
    live: PlaybookVersion | None,
    body: Document,
    mapping: Mapping[str, str],
    *,
    why: str,
    took: int | None = None,
) -> PlaybookVersion:
    """A checked document as the next version; running customers keep their node and the time used, those of nodes that
    go stand where the mapping says (R-116)."""
    book = Book(row.pk, row.key, live.number, live.body) if live else None
    gone = gone_from(row.org_id, book, body)
    made = next_version(change, PlaybookVersion, live, dict(body), took=took, playbook=row, mapping=dict(mapping),
                        why=why[:500])  # fmt: skip
    write_stages(row.org_id, gone, row.key)
    move_all(change, {key: mapping[key] for key in gone if key in mapping})
    follow_ladders(row.org_id, live, body)
    name = "playbook.published" if took is None else "playbook.rolled_back"
    told = {"name": body["title"]["zh"], "number": made.number, "took": took, "mapping": dict(mapping)}
    change.record(name, row, after=told, why=why)
    return made


def follow_ladders(org_id: int, live: PlaybookVersion | None, body: Document) -> None:
    """To-dos that wait in a node follow its new ladder: one that had none climbs, none waits for what is gone."""
    old = {each["key"]: each["ladder"] for each in live.body["nodes"]} if live else {}
    if any(old[each["key"]] != each["ladder"] for each in body["nodes"] if each["key"] in old):
        follow(org_id)


def write_stages(org_id: int, gone: Mapping[str, str], published: str = "") -> None:
    """The list of stages as the playbooks in force have it: the default first; nodes that went are retired. Names and
    limits of the playbook that is `published` go for the list, those of the others stand as the list has them."""
    rows = {each.key: each for each in rows_of_list(org_id, "stage")}
    books = sorted(books_of(org_id, 0), key=lambda book: not book.default)
    items = [
        _kept(rows[node["key"]], retired=False)
        if book.key != published and node["key"] in rows
        else _stage(node, rows.get(node["key"]))
        for book in books
        for node in main_nodes(book.body)
    ]
    named = {each["key"] for each in items}
    items += [_kept(row, retired=row.retired or row.key in gone) for row in rows.values() if row.key not in named]
    write_list(org_id, "stage", items)


def _stage(node: Mapping[str, Any], row: Option | None) -> dict[str, Any]:
    said = stage_of(node, row.facts if row else {})
    return {"key": node["key"], "synonyms": row.synonyms if row else [], **said}


def _kept(row: Option, *, retired: bool) -> dict[str, Any]:
    return {
        "key": row.key,
        "zh": row.zh,
        "en": row.en,
        "synonyms": row.synonyms,
        "facts": row.facts,
        "retired": retired,
    }


def move_all(change: Change, mapping: Mapping[str, str]) -> int:
    """All customers of nodes to others, in chunks, one event each; the clock runs on."""
    moved = 0
    for start, to in mapping.items():
        rows = unscoped(Customer, "step").filter(org_id=change.actor.org_id, stage=start).order_by("pk")
        while chunk := list(rows.select_for_update(of=("self",))[:AT_ONCE]):
            restage(change, chunk, to, "流程改了，原来的节点不再用")
            moved += len(chunk)
    return moved


def same(one: Document, other: Document) -> bool:
    """Do two documents say the same?"""
    return all(one.get(name) == other.get(name) for name in ("title", "condition", "nodes"))
