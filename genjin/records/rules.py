"""Pure rules of the states of an own type: where a row may go from where it stands."""

from __future__ import annotations

from genjin.lib.errors import Invalid
from genjin.schema.registry import RecordType, State


def followers_of(kind: RecordType, state: str) -> list[State]:
    """The states that a row may go to from `state`; from one that the team has taken away, to any."""
    now = kind.state(state)
    wanted = None if now is None else now.next
    return [each for each in kind.states if each.key != state and (wanted is None or each.key in wanted)]


def state_named(kind: RecordType, key: str) -> State:
    """A state by its key; `Invalid` for one that the type does not have."""
    found = kind.state(key)
    if found is None:
        raise Invalid(f"{kind.zh}没有“{key[:40]}”这个状态", f"{kind.en} has no state “{key[:40]}”", field="state")
    return found


def first_state(kind: RecordType, key: str = "") -> State:
    """Where a new row begins: in the first state, or one to which it could go from there at once."""
    first = kind.states[0]
    wanted = state_named(kind, key) if key else first
    if wanted is not first and wanted not in followers_of(kind, first.key):
        raise Invalid(
            f"新建的{kind.zh}不能直接到“{wanted.zh}”，从“{first.zh}”开始",
            f"A new {kind.en} cannot be {wanted.en} at once; it begins with {first.en}",
            field="state",
        )
    return wanted


def demand_way(kind: RecordType, state: str, to: State, number: int) -> None:
    """Refuse a way that the type does not have, naming those it has."""
    ways = followers_of(kind, state)
    if to in ways:
        return
    now = kind.state(state)
    zh, en = (now.zh, now.en) if now else (state, state)
    names, names_en = "、".join(f"“{each.zh}”" for each in ways), ", ".join(each.en for each in ways)
    rest, rest_en = (f"，只能到{names}", f"; from there it goes to {names_en}") if ways else ("，它已经到头了", "")
    raise Invalid(
        f"#{number} 不能从“{zh}”到“{to.zh}”{rest}", f"#{number} cannot go from {en} to {to.en}{rest_en}", field="state"
    )
