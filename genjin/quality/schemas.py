"""What comes in about the standard."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from genjin.lib.strict import Strict

Word = Annotated[str, Field(max_length=60)]
Why = Annotated[str, Field(max_length=300)]


class SettingIn(Strict):
    """How a rule or a blank cell counts; what is not said stays as the pack has it."""

    severity: Literal["error", "warning", "hint", "off"] | None = None
    weight: Annotated[float, Field(ge=0, le=100)] | None = None


class WordsIn(Strict):
    add: Annotated[list[Word], Field(max_length=600)] = []
    drop: Annotated[list[Word], Field(max_length=600)] = []


class StandardBody(Strict):
    """What a team says otherwise than the pack; whatever is left out stays as the pack has it."""

    rules: Annotated[dict[str, SettingIn], Field(max_length=60)] = {}
    required: Annotated[dict[str, SettingIn], Field(max_length=20)] = {}
    thresholds: Annotated[dict[str, float], Field(max_length=20)] = {}
    words: Annotated[dict[str, WordsIn], Field(max_length=40)] = {}
    glossary: Annotated[dict[Word, Annotated[str, Field(max_length=200)]], Field(max_length=500)] = {}

    def parts(self) -> dict[str, Any]:
        """The document alone, without what was not said."""
        return self.model_dump(include=set(StandardBody.model_fields), exclude_none=True)


class StandardIn(StandardBody):
    """PUT /standard. `version`: the one it was begun on, 0 where nobody has changed the standard yet."""

    version: Annotated[int, Field(ge=0)]
    why: Why = ""


class RollBackIn(Strict):
    """`to`: the version that comes back, 0 = the pack's standard; `version`: the one that is live."""

    to: Annotated[int, Field(ge=0)]
    version: Annotated[int, Field(ge=0)]
    why: Why = ""
