"""One truth for the nodes of playbooks: their names and limits stand in the list of stages and in the process. Pure.

What a pack says of a process goes for the list; where it says only the list, the process follows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from genjin.lib.errors import Invalid, Problem
from genjin.playbook.flow import main_nodes
from genjin.playbook.packing import following_stage, said_of, stage_of, stages_in

Place = tuple[str, str, str]
Items = dict[Place, Any]


def books_in(items: Mapping[Place, Any]) -> list[dict[str, Any]]:
    return [item for place, item in items.items() if place[0] == "playbooks"]


def followed(current: Items, target: Items, named: Collection[Place], *, whole: bool) -> Items:
    """The target with its list of stages and its playbooks saying the same. Nodes that go are retired, unless the pack
    itself names them (`named`). A pack that is not whole puts the stages into the order of the processes, as publishing
    does; a whole one has them in its own."""
    same = books_in(current) == books_in(target)
    if same and current.keys() == target.keys() and not _stages_differ(current, target):
        return target
    found = dict(target)
    for place, book in target.items():
        if place[0] == "playbooks":
            found[place] = _book(book, current, found) if book == current.get(place) else _lead(book, current, found)
    nodes = stages_in(books_in(found))
    for key in stages_in(books_in(current)):
        place = ("options", "stage", key)
        if key not in nodes and place in found and place not in named:
            found[place] = {**found[place], "retired": True}
    found = _default_last(found)
    return found if whole or same else _in_order(found)


def _in_order(items: Items) -> Items:
    """The stages of the default process first, then those of the others, then the rest as they stand."""
    books = sorted(books_in(items), key=lambda book: bool(book.get("condition")))
    rank = {key: at for at, key in enumerate(stages_in(books))}
    stages = [place for place in items if place[:2] == ("options", "stage")]
    wanted = iter(sorted(stages, key=lambda place: rank.get(place[2], len(rank))))
    places = [next(wanted) if place[:2] == ("options", "stage") else place for place in items]
    return {place: items[place] for place in places}


def _default_last(items: Items) -> Items:
    """Playbooks in the order in which they are asked: the one without a condition takes whoever is left."""
    books = [place for place in items if place[0] == "playbooks"]
    wanted = iter(sorted(books, key=lambda place: not items[place].get("condition")))
    places = [next(wanted) if place[0] == "playbooks" else place for place in items]
    return {place: items[place] for place in places}


def _stages_differ(current: Items, target: Items) -> bool:
    return any(current.get(place) != item for place, item in target.items() if place[:2] == ("options", "stage"))


def _lead(book: dict[str, Any], current: Items, found: Items) -> dict[str, Any]:
    """The stages as this playbook says them."""
    for node in main_nodes(book):
        place = ("options", "stage", node["key"])
        old = found.get(place) or current.get(place) or {}
        said = stage_of(node, old.get("facts", {}))
        kept = {name: value for name, value in old.items() if name not in ("facts", "retired", *said)}
        facts = {"facts": said.pop("facts")} if said["facts"] else {}
        said.pop("facts", None)
        found[place] = {"key": node["key"], **said, **kept, **facts}
    return book


def _book(book: dict[str, Any], current: Items, found: Items) -> dict[str, Any]:
    """This playbook under the names that its stages have now; a stage that a pack would take away stays for it."""
    nodes = []
    for node in book["nodes"]:
        place = ("options", "stage", node["key"])
        if node.get("beside"):
            nodes.append(node)
            continue
        option = {name: value for name, value in (found.get(place) or current[place]).items() if name != "retired"}
        found[place] = option
        nodes.append(following_stage(node, option))
    return said_of({**book, "nodes": nodes})


def demand_one_truth(pack: Mapping[str, Any]) -> None:
    """Refuses a pack whose list of stages and whose playbooks say different things of one node: all of them at once."""
    stages = {each["key"]: each for each in pack.get("options", {}).get("stage", ())}
    problems = tuple(_two_truths(pack, stages))
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=problems)


def _two_truths(pack: Mapping[str, Any], stages: Mapping[str, Any]) -> Iterator[Problem]:
    for at, raw in enumerate(pack.get("playbooks", ())):
        for number, node in enumerate(main_nodes(said_of(raw))):
            option = stages.get(node["key"])
            if option is None:
                continue
            said = {"zh": option["zh"], "en": option["en"], "facts": option.get("facts", {})}
            if stage_of(node, said["facts"]) != said:
                yield Problem(
                    f"playbooks.{at}.nodes.{number}",
                    "two_truths",
                    f"流程“{raw['title']['zh']}”的节点“{node['zh']}”和选项列表 stage 里写的名称或时限不一样，写成一样",
                    f"The node “{node['zh']}” and its option in the list stage differ in name or limit",
                )
