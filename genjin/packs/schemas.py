"""What a pack may hold, and what comes in about packs."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from genjin.agenda.ladder_schemas import LaddersIn
from genjin.approvals.flow_schemas import FlowBody
from genjin.automations.schemas import Body
from genjin.care.schemas import CarePlanIn, LimitsIn
from genjin.fields.schemas import (
    FieldIn,
    GroupIn,
    Help,
    Key,
    Label,
    LabelEn,
    Mode,
    PartIn,
    RuleIn,
    StateIn,
    StateKey,
    TypeName,
)
from genjin.followups.schemas import ConditionIn, SectionIn
from genjin.lib.strict import Strict
from genjin.people.view_api import ColumnIn
from genjin.playbook.schemas import Mapping_, PlaybookIn
from genjin.pools.schemas import Cap, PoolIn
from genjin.quality.schemas import StandardBody

OptionKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]{0,39}$")]
ListName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Facts = Annotated[dict[str, JsonValue], Field(max_length=20)]
Slugs = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=200)]


class PackName(Strict):
    zh: Name
    en: LabelEn = ""


class PackOption(Strict):
    key: OptionKey
    zh: Name
    en: LabelEn
    synonyms: Annotated[list[Label], Field(max_length=50)] = []
    facts: Facts = {}
    retired: bool = False


class PackForm(Strict):
    fields: Annotated[list[FieldIn], Field(max_length=400)]
    groups: Annotated[list[GroupIn], Field(max_length=50)] = []
    rules: Annotated[list[RuleIn], Field(max_length=50)] = []
    page: Annotated[list[PartIn], Field(max_length=80)] = []


class PackState(StateIn):
    key: StateKey


class PackType(Strict):
    """A record type of the team's own; its fields stand in `forms` under its key."""

    key: Annotated[str, Field(pattern=r"^x_[a-z][a-z0-9_]{0,17}$")]
    zh: TypeName
    en: LabelEn = ""
    customer: Mode
    states: Annotated[list[PackState], Field(min_length=1, max_length=60)]


class PackTemplate(Strict):
    key: Key
    zh: Name
    en: LabelEn
    kinds: Slugs = []
    protected: Slugs = []
    conditions: Annotated[dict[Key, ConditionIn], Field(max_length=20)] = {}
    sections: Annotated[list[SectionIn], Field(min_length=1, max_length=30)]


class PackRole(Strict):
    key: Key
    zh: Name
    en: LabelEn
    verbs: Slugs
    scopes: dict[str, dict[str, Slugs]] = {}
    fields: dict[str, dict[str, str]] = {}


class PackView(Strict):
    type: Annotated[str, Field(max_length=20)]
    name: Annotated[str, Field(min_length=1, max_length=40)]
    base: Annotated[str, Field(max_length=20)] = ""
    filter: JsonValue = None
    sort: Annotated[str, Field(max_length=40)] = ""
    columns: Annotated[list[ColumnIn], Field(max_length=60)] = []
    density: Literal["roomy", "tight"] = "roomy"
    layout: Literal["list", "board", "calendar"] = "list"
    board_by: Annotated[str, Field(max_length=60)] = ""
    shared: Literal["all", "roles"]
    roles: Slugs = []


class PackAutomation(Body):
    """What an automation says. A pack names neither people nor departments nor addresses: it can cause no request."""

    key: Key

    @model_validator(mode="after")
    def _nobody(self) -> Self:
        for each in self.actions:
            whom = getattr(each, "to", None)
            if getattr(each, "url", "") or getattr(each, "member_id", None) or (whom and whom.id):
                raise ValueError("a pack names no address, member or department")
        return self


class PackFlow(FlowBody):
    """A flow of approvals. A pack names neither people nor departments."""

    key: Key

    @model_validator(mode="after")
    def _nobody(self) -> Self:
        if any(by.who in ("member", "department") or by.id for stage in self.stages for by in stage.by):
            raise ValueError("a pack names no member or department")
        return self


class PackPlaybook(PlaybookIn):
    """A process. A pack names no department: `department` says that one does the node, and each team chooses which."""

    @model_validator(mode="after")
    def _nobody(self) -> Self:
        if any(each.owner.startswith("department:") for each in self.nodes):
            raise ValueError("a pack names no department; write `department` alone")
        return self


class PackPool(PoolIn):
    """A pool of the whole team, known by its name."""

    @model_validator(mode="after")
    def _nobody(self) -> Self:
        if self.id is not None or self.department_ids:
            raise ValueError("a pack names no department and no pool by its number")
        return self


class PackCare(CarePlanIn):
    """A line of 维护计划表, known by its key."""

    key: Key


class PackCaps(Strict):
    claims_a_day: Cap = None
    most_held: Cap = None
    most_untouched: Cap = None


class PackSettings(Strict):
    review: Facts = {}
    targets: Facts = {}
    ladders: LaddersIn = LaddersIn()
    pools: PackCaps = PackCaps()
    care: LimitsIn = LimitsIn()


class PackIn(Strict):
    """A whole pack. `whole`: what it does not name goes, where nobody uses it; else it is laid over what is there."""

    genjin: int
    name: PackName
    whole: bool = False
    options: Annotated[dict[ListName, list[PackOption]], Field(max_length=300)] = {}
    types: Annotated[list[PackType], Field(max_length=50)] = []
    forms: dict[str, PackForm] = {}
    templates: Annotated[list[PackTemplate], Field(max_length=50)] = []
    roles: Annotated[list[PackRole], Field(max_length=100)] = []
    views: Annotated[list[PackView], Field(max_length=200)] = []
    flows: Annotated[list[PackFlow], Field(max_length=50)] = []
    playbooks: Annotated[list[PackPlaybook], Field(max_length=20)] = []
    pools: Annotated[list[PackPool], Field(max_length=30)] = []
    care: Annotated[list[PackCare], Field(max_length=60)] = []
    automations: Annotated[list[PackAutomation], Field(max_length=100)] = []
    standard: StandardBody = StandardBody()
    settings: PackSettings = PackSettings()


class TextIn(Strict):
    """A pack as text, or the key of one that is shipped; `leave`: changes that are not wanted, by their id; `mapping`:
    a node that goes → where its customers go."""

    text: Annotated[str, Field(max_length=1_000_000)] = ""
    shipped: Annotated[str, Field(max_length=40)] = ""
    leave: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=5000)] = []
    mapping: Mapping_ = {}


class ApplyIn(TextIn):
    """`version`: that of the configuration the preview was made for."""

    version: int
    why: Help = ""


class BackIn(Strict):
    """`to`: the version that comes back; `version`: that of the configuration now."""

    to: Annotated[int, Field(ge=1)]
    version: int
    mapping: Mapping_ = {}
