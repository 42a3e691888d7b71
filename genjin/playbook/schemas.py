"""What comes in: a whole document of a playbook, a move of a customer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, JsonValue

from genjin.fields.schemas import Help, Key, Label, LabelEn
from genjin.lib.strict import Strict

Text = Annotated[str, Field(max_length=500)]
Why = Annotated[str, Field(max_length=500)]
#: owner, superior, head, role:<key>, department:<name>; what stands there is checked in `rules.py`.
Whom = Annotated[str, Field(max_length=90)]
ClockName = Literal["hours", "days", "workdays"]
Amount = Annotated[float, Field(ge=0, le=100_000)]


class NodeLimitIn(Strict):
    amount: Amount
    clock: ClockName
    warn_hours: Amount | None = None
    pause_waiting: bool = True


class NodeRungIn(Strict):
    """One step of the ladder: counted from entering the node, before its limit, or after it."""

    since: Annotated[Literal["enter", "before", "due"], Field(alias="from")]
    amount: Amount = 0
    clock: ClockName = "hours"
    do: Literal["remind", "alert", "copy", "reassign", "pool"]
    to: Whom = ""


class NodeGateItemIn(Strict):
    """What must be so before one goes on; which of the rest it takes depends on `kind` (`gates.py`)."""

    kind: Annotated[str, Field(max_length=20)]
    field: Annotated[str, Field(max_length=60)] = ""
    zh: Annotated[str, Field(max_length=120)] = ""
    en: Annotated[str, Field(max_length=200)] = ""
    when: JsonValue = None
    node: Annotated[str, Field(max_length=40)] = ""
    purpose: Annotated[str, Field(max_length=40)] = ""


class NodeGateIn(Strict):
    """`strict`: nobody goes on before everything is met; else one goes on with a reason."""

    strict: bool = False
    items: Annotated[list[NodeGateItemIn], Field(max_length=30)] = []


class NodeAssetIn(Strict):
    kind: Literal["script", "document", "link", "mail"]
    title: Annotated[str, Field(max_length=120)]
    text: Annotated[str, Field(max_length=20_000)] = ""
    url: Annotated[str, Field(max_length=1000)] = ""


class NodeIn(Strict):
    """`beside`: a side node, done while the customer stands in that one. `next`: where one may go from here, None = the
    node behind it; `back`: where one is expected to go back to.
    `arrives`: the event that brings a customer here by itself (`arriving.py`); `life_cycle`: his status then."""

    key: Key
    zh: Label
    en: LabelEn = ""
    action: Text = ""
    output: Text = ""
    owner: Whom = "owner"
    limit: NodeLimitIn | None = None
    ladder: Annotated[list[NodeRungIn], Field(max_length=20)] = []
    gate: NodeGateIn = NodeGateIn()
    required: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=50)] = []
    assets: Annotated[list[NodeAssetIn], Field(max_length=50)] = []
    inputs: Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=30)] = []
    optional: bool = False
    beside: Annotated[str, Field(max_length=40)] | None = None
    next: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=60)] | None = None
    back: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=60)] = []
    arrives: Annotated[str, Field(max_length=20)] = ""
    life_cycle: Annotated[str, Field(max_length=40)] = ""


class PlaybookTitleIn(Strict):
    zh: Annotated[str, Field(max_length=60)]
    en: LabelEn = ""


class PlaybookIn(Strict):
    """A whole playbook. `condition`: a filter over customers, which new ones take it; the default has none."""

    key: Key
    title: PlaybookTitleIn
    condition: JsonValue = None
    nodes: Annotated[list[NodeIn], Field(max_length=60)]

    def body(self) -> dict[str, Any]:
        """The document in full."""
        return self.model_dump(by_alias=True)

    def said(self) -> dict[str, Any]:
        """What it says beyond the usual."""
        return self.model_dump(by_alias=True, exclude_defaults=True)


Mapping_ = Annotated[dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=40)]],
                     Field(max_length=100)]  # fmt: skip


class PublishPlaybookIn(Strict):
    """`version`: the one it was begun on; `mapping`: node that goes → where its customers go."""

    version: int
    document: PlaybookIn
    mapping: Mapping_ = {}
    why: Help = ""


class NewPlaybookIn(Strict):
    """A document of one's own, or one that is shipped, by its key."""

    document: PlaybookIn | None = None
    template: Annotated[str, Field(max_length=40)] = ""
    why: Help = ""


class RemovePlaybookIn(Strict):
    version: int
    mapping: Mapping_ = {}
    why: Help = ""


class OrderPlaybooksIn(Strict):
    """All playbooks, the one that is asked first at the top."""

    keys: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=40)]


class PlaybookDraftIn(Strict):
    document: PlaybookIn
    mapping: Mapping_ = {}


class PlaybookBackIn(Strict):
    version: int
    to: Annotated[int, Field(ge=1)]
    mapping: Mapping_ = {}
    why: Help = ""


class LimitExampleIn(Strict):
    """`at`: when the node is entered; now where it is left out."""

    limit: NodeLimitIn
    at: AwareDatetime | None = None


class StageMoveIn(Strict):
    """`fields`: values asked for by the gate, filled in with the move."""

    version: int
    to: Annotated[str, Field(max_length=40)]
    why: Why = ""
    fields: Annotated[dict[str, JsonValue], Field(max_length=50)] = {}


class SideNodeIn(Strict):
    done: bool
    why: Why = ""
