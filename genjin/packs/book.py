"""A pack (行业模板): the configuration of a team as one readable YAML file. Pure.

    genjin: 1
    name: {zh: 制造, en: Manufacturing}
    whole: true
    options: {industry: [{key: software, zh: 软件, en: Software}]}
    types: [{key: x_sample, zh: 样品申请, customer: required, states: [...]}]
    forms: {customer: {fields: [...], groups: [...]}, x_sample: {...}}
    templates: [...]   roles: [...]   views: [...]   flows: [...]
    playbooks: [{key: standard, title: {zh: 制造流程}, nodes: [...]}]
    pools: [...]   care: [...]   settings: {review: {...}}

A file holds plain data only: no tags, no anchors, so that it can neither run code nor grow when it is read. Keys stand
in one order whatever database they come from, so that two exports of the same configuration are the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from pydantic import ValidationError
from yaml.events import AliasEvent, NodeEvent

from genjin.lib.errors import Invalid, Problem
from genjin.packs.schemas import PackIn

FORMAT = 1
#: So large a file is read at all.
MOST_BYTES = 1_000_000
_FIRST = (
    "genjin", "name", "whole", "options", "types", "forms", "templates", "roles", "views", "flows", "playbooks",
    "pools", "care", "automations", "standard", "settings",
    "key", "type", "field", "fields", "zh", "en", "groups", "filter", "op", "value",
)  # fmt: skip
_RANK = {name: at for at, name in enumerate(_FIRST)}
Pack = dict[str, Any]


def write_pack(pack: Mapping[str, Any]) -> str:
    """The pack as YAML; the same pack is always the same text."""
    return yaml.dump(
        ordered(pack), Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=118
    )


def ordered(value: Any) -> Any:
    """The same value with the keys of every mapping in the order of a pack; lists stay as they are."""
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (_RANK.get(name, len(_RANK)), name))
        return {name: ordered(value[name]) for name in names}
    return [ordered(each) for each in value] if isinstance(value, list | tuple) else value


def read_pack(text: str) -> Pack:
    """The pack that a file holds. Raises `Invalid` with one sentence for what it cannot be, naming the place."""
    if len(text.encode()) > MOST_BYTES:
        raise Invalid("标准包文件最大 1 MB", "A pack is at most 1 MB", field="text")
    data = _plain(text)
    version = data.get("genjin")
    if isinstance(version, int) and version > FORMAT:
        raise Invalid(
            f"这个标准包是更新的格式（{version}），先升级系统再用",
            f"This pack has a newer format ({version}); upgrade first",
            field="genjin",
        )
    if version != FORMAT:
        raise Invalid("这不是标准包文件：第一行要是 genjin: 1", "Not a pack: it begins with genjin: 1", field="genjin")
    try:
        PackIn.model_validate(data)
    except ValidationError as error:
        problems = tuple(_problems(error))
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=problems) from None
    return data


def _plain(text: str) -> dict[str, Any]:
    try:
        for event in yaml.parse(text, _Plain):
            tag = getattr(event, "tag", None)
            if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and (event.anchor or tag)):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise Invalid(
                    f"第 {line} 行：标准包里不能有锚点、引用和标签", f"Line {line}: no anchors or tags", field="text"
                )
        data = yaml.load(text, _Plain)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Invalid(
            f"第 {line} 行不是合法的 YAML：{error.problem}", f"Line {line} is not YAML: {error.problem}", field="text"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise Invalid("这个文件不是合法的 YAML", "The file is not YAML", field="text") from None
    if not isinstance(data, dict):
        raise Invalid("这不是标准包文件", "This is not a pack", field="text")
    return data


# libyaml reads the same ten times as fast; wheels bring it, a build from source may not.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Plain(_Loader):  # type: ignore[misc]
    """JSON's types only: what looks like a date stays text, and no key stands twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        for at, name in enumerate(names):
            if not isinstance(name, str) or name in names[:at]:
                line = node.value[at][0].start_mark.line + 1
                raise Invalid(
                    f"第 {line} 行：“{name}”写了两次或者不是文字",
                    f"Line {line}: “{name}” stands there twice or is no text",
                    field="text",
                )
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


_Plain.yaml_implicit_resolvers = {
    letter: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _problems(error: ValidationError) -> Iterator[Problem]:
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        place = ".".join(str(part) for part in each["loc"])
        kind = str(each["type"])
        if kind == "extra_forbidden":
            zh, en = f"“{place}”：没有这一项，删掉或者改对名字", f"“{place}” is unknown; remove or rename it"
        elif kind == "missing":
            zh, en = f"“{place}”没有写", f"“{place}” is missing"
        else:
            zh, en = f"“{place}”写得不对", f"“{place}” is not right: {each['msg']}"
        yield Problem(place, kind, zh, en)
