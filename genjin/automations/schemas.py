"""What an automation may say, and what comes in about it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from genjin.lib.strict import Strict

MOST_ACTIONS = 5
DEFAULT_CAP = 200
Name = Annotated[str, Field(max_length=40)]
Word = Annotated[str, Field(max_length=60)]


class Whom(Strict):
    """Who gets it: the customer's owner, whoever looks after his department, a member, a department, or the holders of
    a role (in a department); a notice may go to the chat group of his department (`group`). What is not chosen yet is
    blank; publishing asks for it."""

    who: Literal["owner", "supervisor", "member", "department", "role", "group"]
    id: int | None = None
    role: Word = ""


class AddTodo(Strict):
    """`act` may hold {客户} and {负责人}. Due `within` so many of `clock` after the event."""

    do: Literal["todo"]
    act: Annotated[str, Field(max_length=200)] = ""
    to: Whom = Whom(who="owner")
    within: int = 1
    clock: Literal["hours", "days", "workdays"] = "workdays"


class SetField(Strict):
    do: Literal["set"]
    field: Word = ""
    value: JsonValue = None


class Assign(Strict):
    do: Literal["assign"]
    by: Literal["rules", "member"] = "rules"
    member_id: int | None = None


class Notify(Strict):
    do: Literal["notify"]
    text: Annotated[str, Field(max_length=200)] = ""
    to: Whom = Whom(who="owner")


class AskApproval(Strict):
    """Asks for a yes about the row, along the flow of this purpose, in the publisher's name and for its owner."""

    do: Literal["ask"]
    purpose: Word = ""
    text: Annotated[str, Field(max_length=200)] = ""


class Webhook(Strict):
    do: Literal["webhook"]
    url: Annotated[str, Field(max_length=500)] = ""


Action = Annotated[AddTodo | SetField | Assign | Notify | AskApproval | Webhook, Field(discriminator="do")]


class Moved(Strict):
    """Only when this field changes; `to`: and only to this value (as the record holds it)."""

    field: Word
    to: str | int | bool | None = None


class Body(Strict):
    """What an automation says. `imports`: rows taken over from a table count too; `cap`: at most so often an hour."""

    name: Name
    event: Word
    moved: Moved | None = None
    condition: JsonValue = None
    actions: Annotated[list[Action], Field(max_length=MOST_ACTIONS)] = []
    cap: int = DEFAULT_CAP
    imports: bool = False

    def said(self) -> dict[str, Any]:
        """The document as it is stored: what is blank is not there."""
        return self.model_dump(exclude_none=True)


class CreateIn(Strict):
    body: Body


class UpdateIn(Strict):
    version: int
    body: Body


class PublishIn(Strict):
    version: int
    why: Annotated[str, Field(max_length=300)] = ""


class SwitchIn(Strict):
    version: int
    on: bool


class VersionIn(Strict):
    version: int


class TryIn(Strict):
    """What it would have done with the events of the last `days`."""

    body: Body
    days: Literal[7, 30] = 7
