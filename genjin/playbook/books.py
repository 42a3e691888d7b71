"""The playbooks of a team, read once for each state of its configuration."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.playbook.flow import Node, main_nodes, node_of
from genjin.playbook.models import PlaybookVersion
from genjin.schema.limits import limit_of
from genjin.schema.queries import Choice, Options

_BOOKS: OrderedDict[tuple[int, int], tuple[Book, ...]] = OrderedDict()
_MOST_CACHED = 2_000


@dataclass(frozen=True)
class Book:
    """A playbook in force."""

    pk: int
    key: str
    version: int
    body: Mapping[str, Any]

    @property
    def title(self) -> Mapping[str, str]:
        title: Mapping[str, str] = self.body["title"]
        return title

    @property
    def default(self) -> bool:
        return not self.body.get("condition")

    @property
    def keys(self) -> list[str]:
        return [each["key"] for each in main_nodes(self.body)]


def books_of(org_id: int, config_version: int) -> tuple[Book, ...]:
    """All playbooks of a team in their order, the default last; one statement for each state of its configuration."""
    place = (org_id, config_version)
    if place in _BOOKS:
        return _BOOKS[place]
    rows = PlaybookVersion.objects.filter(org_id=org_id, live=True, playbook__removed_at__isnull=True)
    told = rows.order_by("playbook__position", "playbook_id").values_list("playbook_id", "playbook__key", "number",
                                                                          "body")  # fmt: skip
    found = tuple(sorted((Book(*each) for each in told), key=lambda book: book.default))
    if config_version:  # a job that does not know the number asks each time
        _BOOKS[place] = found
        if len(_BOOKS) > _MOST_CACHED:
            _BOOKS.popitem(last=False)
    return found


def forget() -> None:
    _BOOKS.clear()


def standing(books: Sequence[Book], stage: str) -> tuple[Book, Node] | tuple[None, None]:
    """The playbook a customer in this stage follows, and its node there."""
    for book in books:
        node = node_of(book.body, stage)
        if node is not None and not node.get("beside"):
            return book, node
    return None, None


def shown(book: Book, options: Options) -> dict[str, Any]:
    """The document with names and limits of its nodes as the list of stages has them now: they may be changed there."""
    return {
        **book.body,
        "nodes": [_node(each, options.get("stage", {}).get(each["key"])) for each in book.body["nodes"]],
    }


def _node(node: Node, choice: Choice | None) -> dict[str, Any]:
    if choice is None or node.get("beside"):
        return dict(node)
    return {**node, "zh": choice.zh, "en": choice.en, "limit": limit_in(node, choice)}


def limit_in(node: Node, choice: Choice | None) -> dict[str, Any] | None:
    """The limit of a node: amount and clock as its stage has them, the pause as the playbook says."""
    limit = limit_of(choice)
    if limit is None:
        return None
    pause = (node.get("limit") or {}).get("pause_waiting", True)
    return {"amount": limit.amount, "clock": str(limit.clock), "warn_hours": limit.warn_hours, "pause_waiting": pause}
