"""What is wrong with what an automation says, for the one who writes it or answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Any

from django.conf import settings

from genjin.access.actor import Actor
from genjin.access.models import Role
from genjin.approvals.flow_queries import fields_asked, flows_for
from genjin.automations.triggers import Trigger, kind_of, triggers_of
from genjin.door.action import VERBS, demand
from genjin.lib.addresses import is_public
from genjin.lib.errors import Forbidden, Invalid, Problem
from genjin.lib.filters import Expression, FilterError, Kind, comparisons, parse
from genjin.lib.outbound import OutboundRefused, check_url
from genjin.orgs.models import Department, Membership
from genjin.schema.barred import refuse_barred
from genjin.schema.clean import clean
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.queries import Options, options_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import Whose, shaped
from genjin.schema.sql import filterable

#: Fields of a customer that are no plain value: each has a verb of its own.
OWN_VERBS = {"intent_class": "customer.class", "tags": "customer.tag"}
_CUSTOMER = "customer."
MOST_AN_HOUR = 10_000
#: A to-do lies at most so many hours or days ahead.
LONGEST = 1000


def trigger_of(whose: Whose, body: Mapping[str, Any]) -> Trigger:
    """The event that an automation waits for; raises `Invalid` when there is none of that name."""
    found = triggers_of(whose).get(body["event"])
    if found is None:
        raise Invalid("选一件会发生的事", "Choose an event", field="event")
    return found


def named_fields(actor: Actor, trigger: Trigger) -> dict[str, tuple[Field, RecordType]]:
    """Slug as conditions write it → field and type; of the row, and of its customer as `customer.stage`."""
    kinds = {"": trigger.kind} if trigger.kind != "import" else {}
    kinds |= {_CUSTOMER: "customer"} if trigger.below else {}
    found: dict[str, tuple[Field, RecordType]] = {}
    for before, slug in kinds.items():
        kind = shaped(actor, slug)
        allowed = filterable(kind, actor.grants.fields.get(slug))
        found |= {before + each: (kind.by_slug[each], kind) for each in allowed}
    return found


def asked(actor: Actor, trigger: Trigger) -> dict[str, Kind]:
    """The same with the kind of each, as a filter is read over them."""
    fields = named_fields(actor, trigger)
    return {slug: filterable(kind)[field.slug] for slug, (field, kind) in fields.items()}


def condition_of(actor: Actor, trigger: Trigger, raw: Any) -> Expression:
    """The condition over fields that this person may read; raises `Invalid` naming what it cannot be."""
    try:
        return parse(raw, asked(actor, trigger))
    except FilterError as error:
        raise Invalid(f"条件不行：{error.zh}", f"The condition will not do: {error.en}", field="condition") from None


def check(actor: Actor, body: Mapping[str, Any], *, whole: bool) -> None:
    """Refuse what cannot be so, naming every place: events, fields and options that are not there or that this person
    may not read, actions that he may not do. `whole`: nothing may be missing any more, as it is to come in force."""
    if not body["name"]:
        raise Invalid("给这条自动化起个名字", "Give the automation a name", field="name")
    if not 1 <= body["cap"] <= MOST_AN_HOUR:
        raise Invalid(
            f"每小时最多几次，填 1 到 {MOST_AN_HOUR}", f"The cap lies between 1 and {MOST_AN_HOUR}", field="cap"
        )
    trigger = trigger_of(actor, body)
    options = options_of(actor.org_id, actor.config_version)
    _check_moved(actor, trigger, body.get("moved"))
    _check_options(actor, trigger, condition_of(actor, trigger, body.get("condition")), options)
    problems = []
    for at, action in enumerate(body["actions"]):
        try:
            _check_action(actor, trigger, action, options, whole=whole)
        except Invalid as wrong:
            problems.append(Problem(f"actions.{at}", wrong.code, wrong.zh, wrong.en))
    if whole and not body["actions"]:
        problems.append(Problem("actions", "missing", "加上至少一个动作再发布", "Add at least one action first"))
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=tuple(problems))


def whole_enough(actor: Actor, body: Mapping[str, Any]) -> bool:
    """Could it come in force as it stands?"""
    try:
        check(actor, body, whole=True)
    except Invalid:
        return False
    return True


def _check_moved(actor: Actor, trigger: Trigger, moved: Mapping[str, Any] | None) -> None:
    if moved is None:
        return
    known = named_fields(actor, trigger)
    if not trigger.moves or moved["field"] not in known or moved["field"] != (trigger.fixed or moved["field"]):
        name = moved["field"]
        raise Invalid(f"“{name}”变了，这件事看不出来", f"This event does not tell of {name}", field="moved")
    field, _ = known[moved["field"]]
    if "to" in moved and field.options:
        _demand_options(field, [moved["to"]], options_of(actor.org_id, actor.config_version), "moved")


def _check_options(actor: Actor, trigger: Trigger, condition: Expression, options: Options) -> None:
    known = named_fields(actor, trigger)
    for test in comparisons(condition):
        if test.kind in (Kind.OPTION, Kind.OPTIONS) and test.value is not None:
            values = test.value if isinstance(test.value, tuple) else (test.value,)
            _demand_options(known[test.field][0], values, options, "condition")


def _demand_options(field: Field, keys: Sequence[Any], options: Options, place: str) -> None:
    choices = options.get(field.options or "")
    for key in keys if choices is not None else ():
        choice = choices.get(str(key)) if choices else None
        if choice is None or choice.retired:
            word = "没有这个选项" if choice is None else "的这个选项已停用，换一个"
            name = choice.zh if choice else key
            raise Invalid(f"“{field.zh}”{word}：{name}", f"{field.en} has no such option in use: {name}", field=place)


def _check_action(actor: Actor, trigger: Trigger, action: Mapping[str, Any], options: Options, *, whole: bool) -> None:
    if trigger.kind == "import" and (
        action["do"] in ("set", "assign", "ask") or action.get("to", {}).get("who") in ("owner", "supervisor")
    ):
        raise Invalid("导入完成时没有哪一家客户，换一个动作或者换一个人", "An import has no customer to act on")
    if trigger.own and action["do"] == "assign" and action["by"] == "rules":
        raise Invalid("分配规则只管客户，选转给谁", "The rules of assignment are about customers; choose a member")
    for verb in verbs_of(action, trigger.own):
        try:
            demand(actor, verb)
        except Forbidden as no:
            raise Invalid(no.zh, no.en, code="forbidden") from None
    if action["do"] == "todo" and not 1 <= action["within"] <= LONGEST:
        raise Invalid(f"待办的时限填 1 到 {LONGEST}", f"The time of a to-do lies between 1 and {LONGEST}")
    if action["do"] == "set" and action.get("field"):
        _check_value(actor, trigger, action, options)
    if action["do"] == "ask" and action.get("purpose"):
        _check_asked(actor, trigger, action["purpose"])
    if "to" in action:
        _check_whom(actor.org_id, action["to"])
    if action["do"] == "webhook" and action.get("url"):
        try:
            _demand_outside(action["url"])
        except OutboundRefused as no:
            raise Invalid(no.zh, no.en) from None
    missing = missing_in(actor.org_id, action) if whole else None
    if missing:
        raise Invalid(*missing, code="missing")


def _check_asked(actor: Actor, trigger: Trigger, purpose: str) -> None:
    """There is a flow for it that asks for no figures, which only a person knows."""
    flows = flows_for(actor, trigger.kind if trigger.own else "customer", purpose)
    if not flows:
        raise Invalid("这个审批事项还没有流程", "There is no approval flow for this yet")
    if fields_asked(flows):
        raise Invalid("这个审批事项要人写明数字，自动化写不了", "This approval asks for figures that a person names")


def _demand_outside(url: str) -> None:
    """The form of an address, and a number that is none of the public internet; the guard itself stands where the
    connection is made (`lib/outbound.py`)."""
    host = check_url(url, allow_private=settings.OUTBOUND_ALLOW_PRIVATE).host
    try:
        ip_address(host)
    except ValueError:
        return
    if not (settings.OUTBOUND_ALLOW_PRIVATE or is_public(host)):
        raise OutboundRefused


def verbs_of(action: Mapping[str, Any], own: bool) -> Iterator[str]:
    """The verbs by which an action is done, on a customer or on a row of an `own` type."""
    match action["do"]:
        case "todo":
            yield "record.plan" if own else "agenda.add"
        case "set" if own:
            yield "record.move" if action.get("field") == "state" else "record.update"
        case "set":
            yield OWN_VERBS.get(action.get("field", ""), "customer.update")
        case "assign" if own:
            yield "record.assign"
        case "ask":
            yield "request.ask"
        case "assign":
            yield "customer.assign" if action["by"] == "rules" else "customer.transfer"


def _check_value(actor: Actor, trigger: Trigger, action: Mapping[str, Any], options: Options) -> None:
    """What is to be set must be a field that this person may write, and a value that it takes."""
    slug, value = action["field"], action.get("value")
    kind = shaped(actor, trigger.kind if trigger.own else "customer")
    refuse_barred(kind, actor.grants.fields.get(kind.slug, {}), {slug: value})
    if slug in ("intent_class", "state") and slug in kind.by_slug:
        _demand_options(kind.by_slug[slug], [value], options, "value")
    else:
        clean(kind, {slug: [value] if slug == "tags" and isinstance(value, str) else value}, options)


def _check_whom(org_id: int, to: Mapping[str, Any]) -> None:
    table: Any = {"member": Membership, "department": Department, "role": Department}.get(to["who"])
    found = table.objects.filter(org_id=org_id, pk=to["id"]).exists() if table and to.get("id") else True
    if not found or (to.get("role") and not Role.objects.filter(org_id=org_id, key=to["role"]).exists()):
        raise Invalid("选的人、部门或者角色不在团队里", "Somebody chosen is not in the team")


def missing_in(org_id: int, action: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first thing that an action does not say yet, in both languages."""
    return next(_missing(org_id, action), None)


def _missing(org_id: int, action: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is still to be said before it can come in force."""
    to = action.get("to", {})
    if to.get("who") == "group" and action["do"] != "notify":
        yield ("待办要有人做，不能交给群", "A to-do needs somebody to do it; a group cannot")
    if to.get("who") in ("member", "department") and not to.get("id"):
        yield ("选给谁", "Choose for whom")
    if to.get("who") == "role" and not to.get("role"):
        yield ("选哪个角色", "Choose a role")
    if to.get("who") == "member" and not Membership.objects.filter(org_id=org_id, pk=to["id"], active=True).exists():
        yield ("选的人已停用，换一个", "The member has been switched off; choose another")
    if action["do"] == "assign" and action["by"] == "member":
        member = Membership.objects.filter(org_id=org_id, pk=action.get("member_id") or 0, active=True)
        if not member.exists():
            yield ("选转交给谁", "Choose whom to give it to")
    for do, name, zh, en in _WANTED:
        if action["do"] == do and not str(action.get(name, "")).strip():
            yield (zh, en)


_WANTED = (
    ("todo", "act", "写清待办做什么", "Say what is to be done"),
    ("set", "field", "选要改哪个字段", "Choose the field to set"),
    ("notify", "text", "写清通知什么", "Say what the notice says"),
    ("ask", "purpose", "选一个审批事项", "Choose what the approval is about"),
    ("ask", "text", "写清为什么申请", "Say why it is asked for"),
    ("webhook", "url", "填 Webhook 的地址", "Give the address of the webhook"),
)


def missing_verb(actor: Actor, body: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first verb of an automation that its publisher may not do any more, in both languages."""
    own = is_own_kind(kind_of(body["event"]))
    for verb in ("automation.publish", *(verb for each in body["actions"] for verb in verbs_of(each, own))):
        if not actor.may(verb):
            return VERBS[verb].zh, VERBS[verb].en
    return None
