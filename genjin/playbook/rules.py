"""Pure rules of playbooks: what a document may say, in words a manager understands. No statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from genjin.lib.filters import FilterError
from genjin.lib.time_limits import LONGEST_LIMIT_DAYS, Clock
from genjin.playbook.flow import Document, Node, ending, main_nodes, node_of, reached
from genjin.schema.registry import RecordType
from genjin.schema.sql import parse_filter

#: Who can be named without more: whoever has the customer, his superior, the head of his department.
PLAIN = ("owner", "superior", "head")
#: What a rung does that reaches somebody, and what needs somebody named.
NAMED = frozenset({"copy", "reassign"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with one node ("" = the whole playbook)."""

    node: str
    field: str
    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        place = f"nodes.{self.node}.{self.field}" if self.node else self.field
        return {"node": self.node, "field": self.field, "place": place, "zh": self.zh, "en": self.en}


@dataclass(frozen=True)
class Ground:
    """What a document is checked against: the customer's fields, roles (key → name; `held` by somebody active),
    departments, kinds of gate items and of events that bring a customer, statuses in use, nodes of other playbooks
    (key → title), is it the default, what can be asked for (key → name; `granted` by a flow)."""

    kind: RecordType
    marks: Mapping[str, str]
    roles: Mapping[str, str]
    held: frozenset[str]
    departments: frozenset[str]
    gates: frozenset[str]
    events: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    default: bool = True
    purposes: Mapping[str, str] = field(default_factory=dict)
    granted: frozenset[str] = frozenset()


def troubles(document: Document, ground: Ground) -> list[Trouble]:
    """Everything that is wrong with a document, in its order; none = it can be published (R-116)."""
    found = list(_whole(document, ground))
    for at, node in enumerate(document["nodes"]):
        name = node["zh"] or f"第 {at + 1} 个节点"
        for check in _CHECKS:
            found += [Trouble(node["key"], slug, f"“{name}”：{zh}", f"“{node['en'] or name}”: {en}")
                      for slug, zh, en in check(node, document, ground)]  # fmt: skip
    return found


def _whole(document: Document, ground: Ground) -> Iterator[Trouble]:
    if not document["title"]["zh"].strip():
        yield Trouble("", "title", "流程要有名称", "A playbook needs a name")
    if not main_nodes(document):
        yield Trouble("", "nodes", "流程至少要有一个节点", "A playbook needs at least one node")
    yield from _condition(document, ground)
    keys, labels = Counter(each["key"] for each in document["nodes"]), Counter(each["zh"] for each in document["nodes"])
    for key, times in keys.items():
        if times > 1:
            yield Trouble(key, "key", f"节点编号“{key}”用了 {times} 次", f"The key “{key}” is used {times} times")
    for label, times in labels.items():
        if times > 1 and label:
            yield Trouble(
                "", "nodes", f"有 {times} 个节点都叫“{label}”，改一个名字", f"{times} nodes are called “{label}”"
            )
    start, ends = reached(document), ending(document)
    for node in main_nodes(document):
        if node["key"] not in start:
            yield Trouble(node["key"], "next", f"“{node['zh']}”走不到：前面没有节点通向它",
                          f"“{node['en'] or node['zh']}” cannot be reached: no node leads to it")  # fmt: skip
        elif node["key"] not in ends:
            yield Trouble(node["key"], "next", f"从“{node['zh']}”出不去：一直在原地绕圈，给它一个出口",
                          f"There is no way out of “{node['en'] or node['zh']}”: it only leads round")  # fmt: skip


def _condition(document: Document, ground: Ground) -> Iterator[Trouble]:
    raw = document.get("condition")
    blank = raw in (None, {}, {"and": []})
    if ground.default and not blank:
        yield Trouble("", "condition", "默认流程接住其余所有客户，不能有条件", "The default playbook has no condition")
    elif not ground.default and blank:
        yield Trouble("", "condition", "写明哪些客户走这套流程", "Say which customers follow this playbook")
    else:
        yield from (Trouble("", "condition", zh, en) for zh, en in _filter(raw, ground))


Wrong = tuple[str, str, str]


def _names(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    if not node["zh"].strip():
        yield "zh", "要有名称", "it needs a name"
    if node["key"] in ground.elsewhere:
        title = ground.elsewhere[node["key"]]
        yield "key", f"这个节点编号属于流程“{title}”，换一个", f"its key belongs to the playbook “{title}”"
    for slug in node["required"]:
        if slug not in ground.kind.by_slug:
            yield "required", f"要求填写的字段“{slug}”不存在", f"the required field “{slug}” does not exist"


def _owner(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    if not node["owner"]:
        if node["limit"]:
            yield "owner", "有时限就要有负责人", "a limit needs somebody who is responsible"
        return
    yield from (("owner", zh, en) for zh, en in _whom(node["owner"], ground, place=True))


def _limit(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    limit = node["limit"]
    if limit is None:
        if node["ladder"]:
            yield (
                "ladder",
                "没有时限，就没有可上报的；先设时限",
                "without a limit nothing can be reported; set one first",
            )
        return
    days = limit["amount"] / 24 if limit["clock"] == Clock.HOURS else limit["amount"]
    if not 0 < days <= LONGEST_LIMIT_DAYS:
        yield (
            "limit",
            f"时限要大于零、不超过 {LONGEST_LIMIT_DAYS} 天",
            f"a limit is over 0 and up to {LONGEST_LIMIT_DAYS} days",
        )
    elif limit["clock"] != Clock.HOURS and limit["amount"] != int(limit["amount"]):
        yield "limit", "按天算的时限要填整数，不足一天用小时", "a limit in days is a whole number; use hours for less"
    elif limit["warn_hours"] is not None and not 0 < limit["warn_hours"] < days * 24:
        yield "limit", "提醒要早于时限", "the warning must come before the limit"


def _ladder(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    for at, rung in enumerate(node["ladder"]):
        zh, en = f"第 {at + 1} 级上报", f"rung {at + 1}"
        if rung["do"] in NAMED and not rung["to"]:
            yield "ladder", f"{zh}没有写给谁", f"{en} does not say to whom"
        elif rung["to"]:
            for more in _whom(rung["to"], ground, place=False):
                yield "ladder", f"{zh}：{more[0]}", f"{en}: {more[1]}"
        if rung["from"] != "due" and not rung["amount"]:
            yield "ladder", f"{zh}要写进入后或到期前多久", f"{en} needs an amount of time"
        if rung["clock"] != Clock.HOURS and rung["amount"] != int(rung["amount"]):
            yield "ladder", f"{zh}按天算的要填整数", f"{en}: days are whole numbers"


def _gate(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    for at, item in enumerate(node["gate"]["items"]):
        zh, en = f"第 {at + 1} 条推进条件", f"condition {at + 1}"
        for more in _item(item, node, document, ground):
            yield "gate", f"{zh}{more[0]}", f"{en} {more[1]}"


def _item(item: Mapping[str, Any], node: Node, document: Document, ground: Ground) -> Iterator[tuple[str, str]]:
    kind = item["kind"]
    if kind not in ground.gates:
        yield f"“{kind}”没有这一种", f"“{kind}” is of no known kind"
    elif kind == "field" and item["field"] not in ground.kind.by_slug:
        yield f"要填的字段“{item['field']}”不存在", f"names the field “{item['field']}”, which does not exist"
    elif kind == "side":
        beside = node_of(document, item["node"])
        if beside is None or beside.get("beside") != node["key"]:
            yield f"要完成的并行节点“{item['node']}”不在它旁边", f"names “{item['node']}”, which is not beside it"
    elif kind == "condition":
        if not item["zh"].strip():
            yield "要用一句话写明", "needs a sentence"
        if item["when"] in (None, {}):
            yield "没有写条件", "has no filter"
        yield from _filter(item["when"], ground)
    elif kind == "approval":
        yield from _purpose(item["purpose"], ground)


def _purpose(purpose: str, ground: Ground) -> Iterator[tuple[str, str]]:
    if purpose not in ground.purposes:
        yield f"没有“{purpose}”这个审批事由", f"names “{purpose}”, which nobody can ask for"
    elif purpose not in ground.granted:
        name = ground.purposes[purpose]
        yield f"：还没有“{name}”的审批流程，先建一条，不然没人能通过", f"needs a flow for “{name}” first"


def _way(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    keys = {each["key"] for each in main_nodes(document)}
    beside = node["beside"]
    if beside is not None:
        if beside not in keys or beside == node["key"]:
            yield "beside", f"并行的节点“{beside}”不在主线上", f"“{beside}”, which it stands beside, is no main node"
        if node["next"] or node["back"]:
            yield "next", "并行节点不在主线上，没有去向", "a node beside the way leads nowhere"
        return
    for name, ends in (("next", node["next"] or ()), ("back", node["back"])):
        for key in ends:
            if key not in keys or key == node["key"]:
                yield name, f"去向“{key}”不是主线上的别的节点", f"“{key}” is no other node of the way"


def _arrival(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    event, status = node.get("arrives", ""), node.get("life_cycle", "")
    if event and event not in ground.events:
        yield "arrives", f"没有“{event}”这种自动进入", f"no event “{event}” brings a customer here"
    if status and status not in ground.statuses:
        yield (
            "life_cycle",
            f"没有“{status}”这个客户状态，或者已停用",
            f"there is no status “{status}”, or it is retired",
        )
    if node["beside"] is not None and (event or status):
        yield "arrives", "并行节点没有自动进入，也不改客户状态", "a node beside the way is not entered"


def _assets(node: Node, document: Document, ground: Ground) -> Iterator[Wrong]:
    for at, asset in enumerate(node["assets"]):
        zh, en = f"第 {at + 1} 份素材", f"asset {at + 1}"
        if not asset["title"].strip():
            yield "assets", f"{zh}要有名称", f"{en} needs a name"
        if asset["url"] and not is_web(asset["url"]):
            yield (
                "assets",
                f"{zh}的网址要以 https:// 或 http:// 开头",
                f"the address of {en} begins with https:// or http://",
            )
        if asset["kind"] == "link" and not asset["url"]:
            yield "assets", f"{zh}是链接，要写网址", f"{en} is a link and needs an address"


def is_web(url: str) -> bool:
    """An address that a browser opens as a page, and nothing that runs."""
    if any(not letter.isprintable() or letter.isspace() for letter in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


_CHECKS: tuple[Callable[[Node, Document, Ground], Iterator[Wrong]], ...] = (
    _names, _owner, _limit, _ladder, _gate, _way, _arrival, _assets,
)  # fmt: skip


def _whom(whom: str, ground: Ground, *, place: bool) -> Iterator[tuple[str, str]]:
    """`place`: may it be a department?"""
    what, _, name = whom.partition(":")
    if what == "role":
        if name not in ground.roles:
            yield f"没有“{name}”这个角色", f"there is no role “{name}”"
        elif name not in ground.held:
            yield f"角色“{ground.roles[name]}”现在没有人担任", f"nobody holds the role “{ground.roles[name]}”"
    elif what == "department" and place:
        if not name:
            yield "还没有选是哪个部门", "the department is still to be chosen"
        elif name not in ground.departments:
            yield f"没有“{name}”这个部门", f"there is no department “{name}”"
    elif whom not in PLAIN:
        yield f"不认识“{whom}”", f"“{whom}” is nobody"


def _filter(raw: Any, ground: Ground) -> Iterator[tuple[str, str]]:
    try:
        parse_filter(raw, ground.kind, ground.marks)
    except FilterError as wrong:
        yield f"：{wrong.zh}", wrong.en
