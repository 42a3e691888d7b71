"""Making the playbooks of a team those that a pack wants, in the transaction of one change; the list of stages is
written already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from genjin.access.actor import Actor
from genjin.door.change import Change
from genjin.fields.steps import next_version
from genjin.lib.errors import Invalid, Problem
from genjin.playbook.books import Book, books_of, shown
from genjin.playbook.flow import Document
from genjin.playbook.models import Playbook, PlaybookVersion
from genjin.playbook.packing import DEPARTMENT, completed, said_of, stages_in
from genjin.playbook.publish_actions import MOST
from genjin.playbook.publishing import follow_ladders, fresh, held_by, move_all
from genjin.playbook.queries import ground_of
from genjin.playbook.rules import Trouble, troubles
from genjin.schema.queries import options_of


@dataclass(frozen=True)
class Wanted:
    """Playbooks as a pack says them, by key and in their order; those of `staying` are not touched. `mapping`: a node
    that goes → where its customers go."""

    books: Mapping[str, Mapping[str, Any]]
    staying: frozenset[str]
    mapping: Mapping[str, str]


def lay_books(change: Change, wanted: Wanted, *, why: str) -> None:
    """Publish those that differ, make new ones, take away the others; all of it is checked before anything is written
    and whatever is wrong told at once. Customers stay in their nodes; those of nodes that go stand where the mapping
    says (R-116)."""
    actor = fresh(change)
    now, options = books_of(actor.org_id, 0), options_of(actor.org_id, 0)
    old = {book.key: book for book in now}
    documents = {key: completed(body, actor.org_id) for key, body in wanted.books.items() if key not in wanted.staying}
    changed = {key: each for key, each in documents.items()
               if key not in old or said_of(shown(old[key], options)) != said_of(each)}  # fmt: skip
    after = {**{key: old[key].body for key in wanted.staying if key in old}, **documents}
    gone = {node: str(each["zh"]) for node, each in stages_in([book.body for book in now]).items()
            if node not in stages_in(list(after.values()))}  # fmt: skip
    wrong = [*_together(after), *_each_wrong(actor, changed, after), *_mapping_wrong(actor, gone, after, wanted)]
    _refuse(wrong, moves_of(actor.org_id, gone, after, wanted.mapping))
    for key, document in changed.items():
        _publish(change, key, old.get(key), document, wanted.mapping, why)
    for book in now:
        if book.key not in after:
            _remove(change, book, why)
    for position, key in enumerate(wanted.books):
        Playbook.objects.filter(org_id=actor.org_id, key=key).update(position=position)
    move_all(change, {node: wanted.mapping[node] for node in gone if node in wanted.mapping})


Placed = tuple[str, Trouble]


def _together(after: Mapping[str, Document]) -> list[Placed]:
    """What is wrong with all of them as a whole: exactly one takes whoever no other takes."""
    if len(after) > MOST:
        return [("", Trouble("", "", f"最多 {MOST} 套流程", f"At most {MOST} playbooks"))]
    plain = [(key, each) for key, each in after.items() if not each.get("condition")]
    if len(plain) == 1:
        return []
    if not plain:
        return [("", Trouble("", "", "要有一套没有条件的流程，接住其余所有客户", "One playbook has no condition"))]
    names = "、".join(f"“{each['title']['zh']}”" for _, each in plain)
    zh = f"{names}都没有条件：只能有一套接住其余所有客户，给另外的写条件，或者写明旧流程的客户去哪些节点"
    en = "Several playbooks have no condition; only one takes whoever is left"
    return [(plain[-1][0], Trouble("", "condition", zh, en))]


def _each_wrong(actor: Actor, changed: Mapping[str, Document], after: Mapping[str, Document]) -> list[Placed]:
    """As on their own screen, but that people come later: a role that nobody holds yet, a department still to be
    chosen are no fault of a pack."""
    found: list[Placed] = []
    for key, document in changed.items():
        elsewhere = {node["key"]: str(each["title"]["zh"]) for other, each in after.items() if other != key
                     for node in each["nodes"]}  # fmt: skip
        ground = ground_of(actor, key, default=not document.get("condition"))
        ground = replace(ground, elsewhere=elsewhere, held=frozenset(ground.roles))
        nodes = [{**each, "owner": "owner"} if each["owner"] == DEPARTMENT else each for each in document["nodes"]]
        found += [(key, each) for each in troubles({**document, "nodes": nodes}, ground)]
    return found


def _mapping_wrong(
    actor: Actor, gone: Mapping[str, str], after: Mapping[str, Document], wanted: Wanted
) -> list[Placed]:
    there, held = stages_in(list(after.values())), held_by(actor.org_id, list(gone))
    found: list[Placed] = []
    for node, name in gone.items():
        to = wanted.mapping.get(node)
        if to is not None and to not in there:
            zh, en = f"“{name}”的客户要去的节点“{to}”不存在", f"“{to}” is no node to go to"
            found.append(("", Trouble(node, "mapping", zh, en)))
        elif to is None and held.get(node):
            zh = f"“{name}”里还有 {held[node]} 家客户，写明它们去哪个节点"
            en = f"{held[node]} customers stand in “{name}”; say where they go"
            found.append(("", Trouble(node, "mapping", zh, en)))
    return found


def moves_of(
    org_id: int, gone: Mapping[str, str], after: Mapping[str, Document], mapping: Mapping[str, str]
) -> dict[str, Any]:
    """Nodes that go while customers stand there (key → name), and those that these may go to, for who asks."""
    held = held_by(org_id, list(gone))
    told = [{"key": key, "zh": gone[key], "en": gone[key], "customers": many, "to": mapping.get(key)}
            for key, many in held.items()]  # fmt: skip
    there = stages_in(list(after.values()))
    nodes = [{"key": key, "zh": node["zh"], "en": node.get("en") or node["zh"]} for key, node in there.items()]
    return {"gone": told, "nodes": nodes if told else []}


def _refuse(found: Sequence[Placed], moves: dict[str, Any]) -> None:
    """All that is wrong in one answer, each with its place."""
    if not found:
        return
    problems = tuple(Problem(_place(key, each), "playbook", each.zh, each.en) for key, each in found)
    more = f"（共 {len(problems)} 处）" if len(problems) > 1 else ""
    raise Invalid(
        f"{problems[0].zh}{more}",
        f"{problems[0].en}{f' ({len(problems)} in all)' if more else ''}",
        field=problems[0].field,
        code="playbook",
        problems=problems,
        extra=moves,
    )


def _place(key: str, trouble: Trouble) -> str:
    if trouble.field == "mapping":
        return f"mapping.{trouble.node}"
    return ".".join(each for each in ("playbooks", key, trouble.node, trouble.field) if each)


def _publish(
    change: Change, key: str, book: Book | None, document: Document, mapping: Mapping[str, str], why: str
) -> None:
    org_id = change.actor.org_id
    row, _ = Playbook.objects.get_or_create(org_id=org_id, key=key)
    Playbook.objects.filter(pk=row.pk).update(removed_at=None)
    live = PlaybookVersion.objects.filter(playbook=row, live=True).first()
    mine = {node: to for node, to in mapping.items() if book and node in book.keys}
    made = next_version(change, PlaybookVersion, live, dict(document), took=None, playbook=row, mapping=mine,
                        why=why[:500])  # fmt: skip
    follow_ladders(org_id, live, document)
    told = {"name": document["title"]["zh"], "number": made.number, "took": None, "mapping": mine}
    change.record("playbook.published", row, after=told, why=why)


def _remove(change: Change, book: Book, why: str) -> None:
    Playbook.objects.filter(pk=book.pk).update(removed_at=change.now)
    row = Playbook.objects.get(pk=book.pk)
    name = str(book.body["title"]["zh"])
    change.record("playbook.removed", row, before={"name": name}, after={"name": name, "moved": 0}, why=why)


def held_books(org_id: int, mapping: Mapping[str, str]) -> set[str]:
    """The playbooks in whose nodes customers stand, but for nodes that the mapping names."""
    books = books_of(org_id, 0)
    held = held_by(org_id, [node for book in books for node in book.keys if node not in mapping])
    return {book.key for book in books if held.keys() & set(book.keys)}
