"""Verbs on deals: open, update, move, win, lose, reopen, assign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from genjin.access.queries import actor_of_member
from genjin.access.visible import holds
from genjin.customers.models import Customer
from genjin.deals.fields import DEAL
from genjin.deals.models import Deal
from genjin.deals.rules import CURRENCIES, REASONS, SLIPPED, STAGES, probability_of
from genjin.deals.steps import checked_lines, insert_deal, options_for, put_off, save_deal, staged, with_lines
from genjin.door.action import action_on
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.orgs.models import Membership
from genjin.schema.barred import refuse_barred
from genjin.schema.clean import asked, clean
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped

Reply = dict[str, Any]


@action_on(Customer, "deal.open", "新建商机", "open a deal", act="log")
def open_deal(change: Change, customer: Customer, *, values: Mapping[str, Any], owner_id: int | None = None) -> Reply:
    """Something that the customer may buy: of whoever holds the customer unless another is named."""
    stages = options_for(change).get(STAGES, {})
    first = next((key for key, each in stages.items() if not each.retired), "")
    row = Deal(customer=customer, currency=customer.currency)
    sent = {**values, "stage": values.get("stage") or first}
    columns = _columns(change, row, sent, new=True)
    for name, value in columns.items():
        setattr(row, name, value)
    if not row.own_probability:
        row.probability = probability_of(stages.get(row.stage))
    row.owner_id = customer.owner_id or change.actor.member_id
    if owner_id is not None:
        row.owner_id = _owner(change, customer, owner_id)
    insert_deal(change, row)
    return _reply(row)


def _columns(change: Change, row: Deal, values: Mapping[str, Any], *, new: bool = False) -> dict[str, Any]:
    """Checked columns of what was sent; `lines` and a probability of its own among them."""
    kind = shaped(change.actor, DEAL)
    sent, lines = {name: value for name, value in values.items() if name != "lines"}, values.get("lines")
    marks = change.actor.grants.fields.get(kind.slug, {})
    refuse_barred(kind, marks, values, new=new)
    # Not the code's own blank: what is not sent keeps what the row has.
    named = {**asked(kind, marks), **sent} if new else sent
    columns = clean(kind, {name: each for name, each in named.items() if name != "currency"}, options_for(change))
    if "currency" in sent:
        columns["currency"] = currency_in(sent["currency"] or row.currency)
    if "probability" in columns:
        columns |= _probability(change, row, columns)
    _demand_amount(columns)
    if not columns.get("stage", row.stage):
        raise Invalid("选一个阶段", "Choose a stage", field="stage")
    currency = columns.get("currency", row.currency)
    if lines is None and row.lines and currency != row.currency:
        raise Invalid("换币种要连产品行一起改", "Another currency needs its lines anew", field="currency")
    if lines is not None:
        columns = with_lines(columns, checked_lines(change.actor.org_id, lines, currency, row.lines))
    elif row.lines and "amount" in columns and columns["amount"] != row.amount:
        raise Invalid("金额按产品行算，改产品行", "The amount is the sum of the lines; change those", field="amount")
    return columns


def currency_in(code: Any) -> str:
    if code not in CURRENCIES:
        raise Invalid(f"币种写代码：{'、'.join(CURRENCIES)}", f"Give one of {', '.join(CURRENCIES)}", field="currency")
    return str(code)


def _probability(change: Change, row: Deal, columns: Mapping[str, Any]) -> dict[str, Any]:
    said = columns["probability"]
    if said is None or said == "":
        stage = options_for(change).get(STAGES, {}).get(columns.get("stage", row.stage))
        return {"own_probability": False, "probability": probability_of(stage)}
    if said != int(said) or not 0 <= said <= 100:
        raise Invalid("赢率是 0 到 100 的整数", "The probability is a whole number of 0 to 100", field="probability")
    return {"own_probability": True, "probability": int(said)}


def _demand_amount(columns: Mapping[str, Any]) -> None:
    if (columns.get("amount") or 0) < 0:
        raise Invalid("金额不能小于 0", "The amount cannot be below 0", field="amount")


def _owner(change: Change, customer: Customer, owner_id: int) -> int:
    """An active colleague who sees the customer."""
    if not Membership.objects.filter(org_id=change.actor.org_id, pk=owner_id, active=True).exists():
        raise Invalid("这个人不在团队里", "Not a member of the team", field="owner_id")
    if owner_id != change.actor.member_id and not holds(actor_of_member(owner_id), customer, "see"):
        raise Invalid(
            "他看不到这家客户，先邀他协作", "He cannot see this customer; share it with him first", field="owner_id"
        )
    return owner_id


@action_on(Deal, "deal.update", "修改商机", "change the deal")
def update_deal(
    change: Change, row: Deal, *, version: int, values: Mapping[str, Any], slip: Mapping[str, Any] | None = None
) -> Reply:
    """Change the named fields. A later expected day needs its reason and what is done next (R-118)."""
    demand_open(row)
    columns = _columns(change, row, values)
    change.expect(row, version, list(columns))
    if "stage" in columns and columns["stage"] != row.stage:
        own = {name: value for name, value in columns.items() if name in ("own_probability", "probability")}
        columns = {**columns, **staged(change, row, columns["stage"]), **own}
    was, later = row.expected_close, columns.get("expected_close")
    put = later is not None and later > was
    checked = _slip(change, slip) if put else None
    if put:
        columns["slips"] = row.slips + 1
    save_deal(change, row, columns, "deal.updated")
    if checked is not None:
        put_off(change, row, was, checked)
    return _reply(row)


def demand_open(row: Deal) -> None:
    if row.state != "open":
        zh, en = ("赢单", "won") if row.state == "won" else ("输单", "lost")
        raise Conflict(f"这个商机已经{zh}，要改先重新打开", f"This deal is {en}; reopen it first", code="closed")


def _slip(change: Change, slip: Mapping[str, Any] | None) -> dict[str, Any]:
    """Why, and the updated plan; each missing part is named."""
    said = dict(slip or {})
    known = options_for(change).get(SLIPPED, {})
    reason = said.get("reason") or ""
    if not reason and not (said.get("why") or "").strip():
        raise Invalid(
            "预计成交推迟了，选推迟的原因，并写下一步和时间",
            "The expected day is put off: choose why, and give the next step with its date",
            field="slip.reason",
        )
    if reason not in known:
        raise Invalid("选一个推迟的原因", "Choose why it is put off", field="slip.reason")
    if not (said.get("act") or "").strip():
        raise Invalid("推迟了就要改计划：写下一步做什么", "Put off, it needs a new plan: say what is done next",
                      field="slip.act")  # fmt: skip
    if said.get("due_at") is None:
        raise Invalid("下一步要有时间", "The next step needs its date", field="slip.due_at")
    if said["due_at"] <= change.now:
        raise Invalid("下一步的时间要在以后", "The next step must lie ahead", field="slip.due_at")
    return {"why": "", "precision": "day", **said}


@action_on(Deal, "deal.move", "换商机阶段", "move the deal")
def move_deal(change: Change, row: Deal, *, stage: str, version: int | None = None) -> Reply:
    """Another stage, with its probability unless somebody has set one."""
    demand_open(row)
    change.expect(row, version, ["stage"])
    clean(DEAL, {"stage": stage}, options_for(change))
    if not stage:
        raise Invalid("选一个阶段", "Choose a stage", field="stage")
    save_deal(change, row, staged(change, row, stage), "deal.moved")
    return _reply(row)


@action_on(Deal, "deal.win", "赢单", "win the deal")
def win_deal(change: Change, row: Deal, *, reason: str, text: str = "", on: date | None = None) -> Reply:
    """Won, with why. The life-cycle of the customer follows contracts, not this."""
    return _close(change, row, "won", reason, text, on)


@action_on(Deal, "deal.lose", "输单", "lose the deal")
def lose_deal(change: Change, row: Deal, *, reason: str, text: str = "", on: date | None = None) -> Reply:
    """Lost, with why."""
    return _close(change, row, "lost", reason, text, on)


def _close(change: Change, row: Deal, state: str, reason: str, text: str, on: date | None) -> Reply:
    demand_open(row)
    choice = options_of(change.actor.org_id, change.actor.config_version).get(REASONS[state], {}).get(reason)
    if choice is None or choice.retired:
        zh, en = ("赢单", "won") if state == "won" else ("输单", "lost")
        raise Invalid(f"选一个{zh}的原因", f"Choose why it is {en}", field="reason")
    today = change.now.astimezone(change.actor.zone).date()
    if on is not None and on > today:
        raise Invalid("关闭日期不能在以后", "It cannot be closed in the future", field="on")
    values = {
        "state": state,
        "reason": reason,
        "reason_text": text.strip(),
        "closed_on": on or today,
        "probability": 100 if state == "won" else 0,
    }
    save_deal(change, row, values, f"deal.{state}", zh=choice.zh, en=choice.en)
    return _reply(row)


@action_on(Deal, "deal.reopen", "重新打开商机", "reopen the deal")
def reopen_deal(change: Change, row: Deal, *, why: str, expected_close: date) -> Reply:
    """Open again in the stage it stood in, with the reason and the day that is expected now."""
    if row.state == "open":
        raise Conflict("这个商机没有关闭", "This deal is open", code="open")
    if not why.strip():
        raise Invalid("写清为什么重新打开", "Say why it is opened again", field="why")
    if expected_close < change.now.astimezone(change.actor.zone).date():
        raise Invalid("预计成交不能在今天以前", "The expected day cannot lie in the past", field="expected_close")
    stage = options_for(change).get(STAGES, {}).get(row.stage)
    values = {"state": "open", "reason": "", "reason_text": "", "closed_on": None, "own_probability": False,
              "probability": probability_of(stage), "expected_close": expected_close}  # fmt: skip
    save_deal(change, row, values, "deal.reopened", why=why.strip())
    return _reply(row)


@action_on(Deal, "deal.assign", "转交商机", "give the deal to a colleague")
def assign_deal(change: Change, row: Deal, *, owner_id: int) -> Reply:
    """To a colleague who sees the customer; by whoever may change the customer or has it."""
    demand_open(row)
    if row.owner_id != change.actor.member_id and not holds(change.actor, row.customer, "change"):
        raise Forbidden("由商机或客户的负责人来做", "For whoever holds the deal or the customer")
    owner = _owner(change, row.customer, owner_id)
    name = Membership.objects.values_list("name", flat=True).get(pk=owner)
    save_deal(change, row, {"owner_id": owner}, "deal.assigned", name=name)
    return _reply(row)


def _reply(row: Deal) -> Reply:
    return {"id": row.pk, "version": row.version, "state": row.state, "stage": row.stage, "amount": row.amount,
            "probability": row.probability}  # fmt: skip
