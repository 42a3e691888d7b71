"""What comes in: a whole document of a form, a whole list of options."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from genjin.lib.strict import Strict

Label = Annotated[str, Field(max_length=60)]
LabelEn = Annotated[str, Field(max_length=80)]
Help = Annotated[str, Field(max_length=300)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class FieldIn(Strict):
    """One field in its place. Without `key`, or with the next one that is free, it is a new one; a built-in one says
    only what shall differ. `visible_when`, `required_when`: filters over the fields of the form; `required_from`:
    the day from which it is demanded (YYYY-MM-DD), until then the form only reminds."""

    key: Annotated[str, Field(max_length=40)] | None = None
    type: Annotated[str, Field(max_length=20)] | None = None
    zh: Label | None = None
    en: LabelEn | None = None
    help_zh: Help | None = None
    help_en: Help | None = None
    good: Help | None = None
    bad: Help | None = None
    options: Annotated[str, Field(max_length=40)] | None = None
    required: bool | None = None
    hidden: bool | None = None
    group: Annotated[str, Field(max_length=40)] | None = None
    settings: Annotated[dict[str, JsonValue], Field(max_length=20)] | None = None
    visible_when: JsonValue = None
    required_when: JsonValue = None
    required_from: Annotated[str, Field(max_length=10)] | None = None


class RuleIn(Strict):
    """What must hold of a row: `must` is a filter, `zh` what is said when it does not hold, beside `field`."""

    must: JsonValue
    field: Annotated[str, Field(max_length=40)] = ""
    zh: Annotated[str, Field(min_length=1, max_length=120)]
    en: Annotated[str, Field(max_length=200)] = ""


class GroupIn(Strict):
    key: Key
    zh: Annotated[str, Field(min_length=1, max_length=60)]
    en: LabelEn = ""


class PartIn(Strict):
    """Where one part of a record's page stands: a part of the code (`objections`, `people`, …) or `group:<key>`."""

    key: Annotated[str, Field(max_length=60)]
    place: Literal["main", "side", "hidden"]


StateKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
TypeName = Annotated[str, Field(min_length=1, max_length=20)]
Mode = Literal["required", "optional", "none"]


class StateIn(Strict):
    """One state in its place. Without `key` it is a new one; `next`: keys or names of the states that may follow,
    not sent = any; `closed`: nothing is left to do."""

    key: StateKey | None = None
    zh: Annotated[str, Field(min_length=1, max_length=20)]
    en: LabelEn = ""
    color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    closed: bool = False
    next: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=30)] | None = None


States = Annotated[list[StateIn], Field(max_length=60)]


class DesignIn(Strict):
    """PUT /designs/{type}. `version`: the one it was begun on, 0 where nobody has shaped the form yet. Of an own type
    also its name, whether its rows belong to a customer, and its states; what is not sent stays as it is."""

    version: Annotated[int, Field(ge=0)]
    fields: Annotated[list[FieldIn], Field(max_length=400)]
    groups: Annotated[list[GroupIn], Field(max_length=50)] = []
    #: Not sent: those in force stay.
    rules: Annotated[list[RuleIn] | None, Field(max_length=50)] = None
    page: Annotated[list[PartIn] | None, Field(max_length=80)] = None
    zh: TypeName | None = None
    en: LabelEn | None = None
    customer: Mode | None = None
    states: States | None = None
    why: Help = ""

    def body(self) -> dict[str, Any]:
        """The document as it was sent, without what was not said."""
        parts = {"fields", "groups", "rules", "page", "zh", "en", "customer", "states"}
        return self.model_dump(include=parts, exclude_none=True)


class TypeIn(Strict):
    """POST /record-types. `slug`: not sent, it is made from the pinyin of the name; it never changes. Without `states`
    there are two, 待处理 and 已完成. `fields`: the first fields of its form, as in PUT /designs/{type}."""

    zh: TypeName
    en: LabelEn = ""
    slug: Annotated[str, Field(pattern=r"^x_[a-z][a-z0-9_]{0,17}$")] | None = None
    customer: Mode = "optional"
    states: States = []
    fields: Annotated[list[FieldIn], Field(max_length=400)] = []
    groups: Annotated[list[GroupIn], Field(max_length=50)] = []

    def body(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


class RetireIn(Strict):
    """`version`: that of the form in force; `retired`: false brings the type back."""

    version: Annotated[int, Field(ge=1)]
    retired: bool = True
    why: Help = ""


class DraftIn(DesignIn):
    """POST /designs/{type}/impact. `lists`: keys of options by list, where the list is not saved yet."""

    lists: Annotated[dict[Key, Annotated[list[Label], Field(max_length=500)]], Field(max_length=50)] = {}


class RollBackIn(Strict):
    """`to`: the version whose document comes back; `version`: the one that is live."""

    to: Annotated[int, Field(ge=1)]
    version: Annotated[int, Field(ge=0)]
    why: Help = ""


class IndexIn(Strict):
    wanted: bool


class OptionIn(Strict):
    """One option in its place. Without `key` it is a new one."""

    key: Annotated[str, Field(max_length=40)] | None = None
    zh: Annotated[str, Field(min_length=1, max_length=60)]
    en: LabelEn = ""
    color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    synonyms: Annotated[list[Label], Field(max_length=50)] = []
    retired: bool = False


class OptionListIn(Strict):
    """PUT /option-lists/{name}. `version`: that of the list it was begun on, empty for a new one."""

    version: Annotated[str, Field(max_length=40)] = ""
    items: Annotated[list[OptionIn], Field(max_length=500)]
