"""What an automation can wait for: events of the log in the words of a person. Data; a new event is a line here."""

from __future__ import annotations

from dataclasses import dataclass

from genjin.schema.own_kinds import is_own_kind
from genjin.schema.shapes import Whose, own_kinds


@dataclass(frozen=True, slots=True)
class Trigger:
    """`kind`: the record type of the row that conditions are judged on. `moves`: the event tells values before and
    after, so that one may ask for a change of a field; `fixed`: for that of this one only. `of`: the event stands on
    another row, which names the one meant (a review its record)."""

    key: str
    kind: str
    events: tuple[str, ...]
    zh: str
    en: str
    moves: bool = False
    fixed: str = ""
    of: bool = False

    @property
    def own(self) -> bool:
        """Is it about rows of one of the team's own types?"""
        return is_own_kind(self.kind)

    @property
    def below(self) -> bool:
        """Do its rows hang on a customer, whose fields conditions may name too?"""
        return self.own or self.kind in ("contact", "followup", "agenda")


TRIGGERS: dict[str, Trigger] = {
    each.key: each
    for each in (
        Trigger("customer_created", "customer", ("customer.created",), "新建了一家客户", "a customer is created"),
        Trigger("customer_changed", "customer", ("customer.updated", "customer.classed"), "客户资料有改动",
                "a customer is changed", moves=True),
        Trigger("stage_changed", "customer", ("customer.updated",), "客户的阶段变了", "a customer changes its stage",
                moves=True, fixed="stage"),
        Trigger("class_changed", "customer", ("customer.classed",), "客户的意向等级变了",
                "a customer changes its intent class", moves=True, fixed="intent_class"),
        Trigger("customer_assigned", "customer", ("customer.assigned", "customer.transferred"),
                "客户分配或转交给了人", "a customer is given to somebody"),
        Trigger("customer_shared", "customer", ("customer.shared",), "客户加了协作人", "a customer is shared"),
        Trigger("contact_added", "contact", ("contact.added",), "客户加了联系人", "a contact is added"),
        Trigger("followup_logged", "followup", ("followup.logged",), "提交了一条跟进", "a record is submitted"),
        Trigger("followup_returned", "followup", ("approval.returned",), "跟进被退回", "a record is returned", of=True),
        Trigger("followup_passed", "followup", ("approval.passed",), "跟进审核通过", "a record passes its review",
                of=True),
        Trigger("approved", "customer", ("request.granted",), "客户的审批通过", "an approval is granted", of=True),
        Trigger("refused", "customer", ("request.refused",), "客户的审批未通过", "an approval is refused", of=True),
        Trigger("todo_added", "agenda", ("agenda.added",), "加了一件待办", "a to-do is added"),
        Trigger("todo_done", "agenda", ("agenda.done",), "一件待办完成了", "a to-do is done"),
        Trigger("todo_overdue", "agenda", ("agenda.overdue",), "一件待办逾期了", "a to-do is overdue"),
        Trigger("import_done", "import", ("import.done",), "一次导入完成了", "an import is finished"),
    )
}  # fmt: skip
_OWN = ("record.created", "record.updated", "record.moved", "record.assigned")
#: Every event of the log that somebody may wait for.
EVENTS: tuple[str, ...] = (*dict.fromkeys(name for each in TRIGGERS.values() for name in each.events), *_OWN)


def kind_of(key: str) -> str:
    """The record type of an event by its key, without asking whose it is; blank for none."""
    own = key.partition(":")[2]
    return own if is_own_kind(own) else TRIGGERS[key].kind if key in TRIGGERS else ""


def triggers_of(whose: Whose) -> dict[str, Trigger]:
    """What automations of a team can wait for: what the code knows, and what happens to rows of its own types."""
    found = dict(TRIGGERS)
    for slug, kind in own_kinds(whose).items():
        for each in (
            Trigger(f"created:{slug}", slug, _OWN[:1], f"新建了{kind.zh}", f"{kind.en}: created"),
            Trigger(f"state:{slug}", slug, ("record.moved",), f"{kind.zh}的状态变了", f"{kind.en}: changes its state",
                    moves=True, fixed="state"),
            Trigger(f"changed:{slug}", slug, _OWN[1:], f"{kind.zh}有改动", f"{kind.en}: changed", moves=True),
        ):  # fmt: skip
            found[each.key] = each
    return found
