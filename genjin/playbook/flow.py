"""The way through a playbook: which nodes follow each other, what lies beside, what one leaves out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]
Document = Mapping[str, Any]


def main_nodes(document: Document) -> list[Node]:
    """The nodes a customer stands in, in order; side nodes are done beside one of them."""
    return [each for each in document["nodes"] if not each.get("beside")]


def side_nodes(document: Document, key: str) -> list[Node]:
    """The nodes beside this one."""
    return [each for each in document["nodes"] if each.get("beside") == key]


def node_of(document: Document, key: str) -> Node | None:
    return next((each for each in document["nodes"] if each["key"] == key), None)


def following(document: Document, key: str) -> list[str]:
    """Where one may go on from a node: as it says, else the node behind it; the last one leads nowhere."""
    keys = [each["key"] for each in main_nodes(document)]
    node = node_of(document, key)
    if node is None or key not in keys:
        return []
    if node.get("next") is not None:
        return [each for each in node["next"] if each in keys]
    return keys[keys.index(key) + 1 :][:1]


def reached(document: Document) -> set[str]:
    """The nodes that one can come to from the first one."""
    keys = [each["key"] for each in main_nodes(document)]
    return _spread(keys[:1], {key: following(document, key) for key in keys})


def ending(document: Document) -> set[str]:
    """The nodes from which an end can be reached: a node that leads nowhere."""
    keys = [each["key"] for each in main_nodes(document)]
    before: dict[str, list[str]] = {key: [] for key in keys}
    for key in keys:
        for each in following(document, key):
            before[each].append(key)
    return _spread([key for key in keys if not following(document, key)], before)


def _spread(start: Sequence[str], edges: Mapping[str, Sequence[str]]) -> set[str]:
    found, fresh = set(start), list(start)
    while fresh:
        for each in edges[fresh.pop()]:
            if each not in found:
                found.add(each)
                fresh.append(each)
    return found


def is_back(document: Document, start: str, to: str) -> bool:
    """Does the way from one node to another lead back? What a node names as following is never back."""
    keys = [each["key"] for each in main_nodes(document)]
    if start not in keys or to not in keys or to in following(document, start):
        return False
    return keys.index(to) < keys.index(start)


def passed(document: Document, start: str, to: str) -> list[Node]:
    """The nodes whose gates lie on the way forward: the one that is left, and those that are left out and may not be;
    none on the way back or out of another playbook."""
    nodes = main_nodes(document)
    keys = [each["key"] for each in nodes]
    if start not in keys or to not in keys or start == to or is_back(document, start, to):
        return []
    if to in following(document, start):
        return [nodes[keys.index(start)]]
    between = nodes[keys.index(start) + 1 : keys.index(to)]
    return [nodes[keys.index(start)], *(each for each in between if not each.get("optional"))]


def is_skip(document: Document, start: str, to: str) -> bool:
    """Does the way forward leave out a node that is not optional?"""
    return len(passed(document, start, to)) > 1
