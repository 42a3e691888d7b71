"""Reactions: what other folders do inside the same transaction when an event happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from genjin.door.change import Change, Happened

MOST_DEPTH = 3

#: The order of the house (design §3): reactions run from the lowest folder up.
FOLDER_ORDER = {
    name: number
    for number, names in enumerate(
        [
            "lib",
            "orgs",
            "schema",
            "access",
            "history",
            "door",
            "people files search documents",
            "customers fields",
            "agenda approvals quality knowledge",
            "records",
            "followups",
            "playbook",
            "ownership grading",
            "pools",
            "objections",
            "deals",
            "contracts",
            "care",
            "complaints",
            "surveys",
            "handovers",
            "insights notify exchange",
            "automations desk",
            "packs",
            "assistant",
            "api cli",
            "config",
        ],
        start=1,
    )
    for name in names.split()
}

Reaction = Callable[[Change, list[Happened]], None]


@dataclass(frozen=True, slots=True)
class _Registered:
    order: int
    name: str
    run: Reaction


_REACTIONS: dict[str, list[_Registered]] = defaultdict(list)


def on(*events: str) -> Callable[[Reaction], Reaction]:
    """Register `fn(change, happened)`; it gets all events of that name of one verb at once."""

    def register(fn: Reaction) -> Reaction:
        folder = fn.__module__.split(".")[1]
        entry = _Registered(FOLDER_ORDER[folder], f"{fn.__module__}.{fn.__qualname__}", fn)
        for event in events:
            _REACTIONS[event].append(entry)
            _REACTIONS[event].sort(key=lambda each: (each.order, each.name))
        return fn

    return register


def listeners() -> dict[str, list[str]]:
    """Event name → reactions in the order they run (`genjin events`)."""
    return {event: [each.name for each in entries] for event, entries in sorted(_REACTIONS.items())}


def react(change: Change, events: list[Happened]) -> list[Happened]:
    """Run the reactions to `events`; returns all events that they caused, in order."""
    caused: list[Happened] = []
    fresh = events
    for _ in range(MOST_DEPTH):
        fresh = _one_round(change, fresh)
        caused += fresh
        if not fresh:
            return caused
    if any(each.name in _REACTIONS for each in fresh):
        raise RuntimeError(f"reactions deeper than {MOST_DEPTH}: {[each.name for each in fresh]}")
    return caused


def _one_round(change: Change, events: list[Happened]) -> list[Happened]:
    by_name: dict[str, list[Happened]] = defaultdict(list)
    for event in events:
        by_name[event.name].append(event)
    change.events = []
    entries = {(entry.order, entry.name): (entry, name) for name in by_name for entry in _REACTIONS.get(name, ())}
    for _, (entry, _name) in sorted(entries.items(), key=lambda item: item[0]):
        matching = [each for name in by_name for each in by_name[name] if _listens(entry, name)]
        entry.run(change, matching)
    return change.events


def _listens(entry: _Registered, name: str) -> bool:
    return entry in _REACTIONS.get(name, ())
