"""The organisation of the month, and its people doing what the stories say through the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.queries import actor_of_member
from genjin.agenda.actions import finish
from genjin.agenda.models import AgendaItem
from genjin.approvals import chain_actions, flow_actions
from genjin.approvals.flow_schemas import FlowBody
from genjin.approvals.models import Approval
from genjin.customers.actions import create_customer, update_customer
from genjin.customers.batch_actions import set_class
from genjin.followups.actions import log_followup
from genjin.followups.schemas import FollowUpIn
from genjin.history.models import Event
from genjin.objections.actions import answer_objection, close_objection, raise_objection
from genjin.objections.models import Objection
from genjin.orgs.models import Department, Membership, Organisation
from genjin.ownership.help_actions import answer_request, ask_for_help, confirm_request, take_request
from genjin.ownership.models import HelpRequest
from genjin.packs.organisation import add_department, create_organisation, give_role
from genjin.playbook.actions import move_customer
from tests.month.stories import BOSS, Act, People

WORDS = "王总看了二期方案，问 3 号线能不能保留现有 PLC，我答应补一份兼容清单。预算 80 万，财务李经理还没批。"


class Team:
    """Members by name, customers by number."""

    def __init__(self, people: People, founded: datetime) -> None:
        boss = create_organisation("青松科技", account="boss@example.com", password="songlv-2026", person=BOSS,
                                   now=founded.astimezone(UTC))  # fmt: skip
        self.org: Organisation = boss.org
        self.org.settings = {"review": {"share": 0, "check_new_files": False, "intent_classes": [], "below_score": 0}}
        self.org.save()
        self.members: dict[str, int] = {BOSS: boss.pk}
        self.customers: dict[int, int] = {}
        self.steps: dict[tuple[int, str], int] = {}
        for number, (head, reps) in enumerate(people.teams.items(), start=1):
            place = add_department(self.org, f"销售{'一二三'[number - 1]}部")
            self._hire(head, "supervisor", place)
            for rep in reps:
                self._hire(rep, "rep", place)
        place = add_department(self.org, "技术部")
        for name in people.tech:
            self._hire(name, "rep", place)
        Department.objects.filter(pk=place.pk).update(head_id=self.members[people.tech[0]])
        self._actors: dict[str, Actor] = {}
        stage = {"by": [{"who": "superior"}], "workdays": 2}
        body = FlowBody.model_validate({"name": "特价", "purpose": "discount", "stages": [stage]})
        flow_actions.save_flow(self.actor(BOSS), body=body.said())
        self._actors.clear()

    def _hire(self, name: str, role: str, place: Department) -> None:
        member = Membership.objects.create(org=self.org, department=place, name=name)
        give_role(member, role)
        self.members[name] = member.pk

    def actor(self, name: str) -> Actor:
        if name not in self._actors:
            self._actors[name] = actor_of_member(self.members[name])
        return self._actors[name]

    def name_stand_ins(self, people: People) -> None:
        for name, (first, last, other) in people.away.items():
            chain_actions.stand_in(self.actor(name), delegate_id=self.members[other], since=first, until=last)

    def do(self, act: Act) -> None:
        verb: Callable[[Actor, Act], Any] = getattr(self, f"_{act.what}")
        verb(self.actor(act.who), act)

    def _create(self, actor: Actor, act: Act) -> None:
        values = {"name": f"第{act.customer}号机械厂", "source": "exhibition"}
        contact = {"name": "王建国", "phone": f"138{act.customer:08d}"}
        made = create_customer(actor, values=values, contact=contact, confirm_duplicate=True)
        self.customers[act.customer] = made["id"]

    def _grade(self, actor: Actor, act: Act) -> None:
        set_class(actor, [self.customers[act.customer]], intent_class=act.more["grade"])

    def _move(self, actor: Actor, act: Act) -> None:
        move_customer(actor, self.customers[act.customer], version=None, to=act.more["to"], why="谈到这一步了")

    def _pause(self, actor: Actor, act: Act) -> None:
        update_customer(actor, self.customers[act.customer], version=None, values={"paused": True})

    def _resume(self, actor: Actor, act: Act) -> None:
        update_customer(actor, self.customers[act.customer], version=None, values={"paused": False})

    def _contact(self, actor: Actor, act: Act) -> None:
        pk, closes = self.customers[act.customer], act.more["closes"]
        precision = "minute" if act.more["exact"] else "day"
        step = {"act": "发 PLC 兼容清单并电话确认王总收到", "due_at": act.more["due"], "precision": precision,
                "goal": "确认方案进展"}  # fmt: skip
        parts = {"customer_id": pk, "channel": "phone", "summary": WORDS, "next_steps": [step],
                 "feedback": "他说“交期 45 天太长，30 天内能到就定”",
                 "closes_agenda_ids": [self.steps[act.customer, closes]] if closes else []}  # fmt: skip
        reply = log_followup(actor, pk, parts=FollowUpIn.model_validate(parts))
        self.steps[act.customer, act.more["step"]] = reply["agenda"][0]["id"]

    def _tick(self, actor: Actor, act: Act) -> None:
        pk = self.steps[act.customer, act.more["step"]]
        finish(actor, pk, version=unscoped(AgendaItem, "test").get(pk=pk).version)

    def _object(self, actor: Actor, act: Act) -> None:
        raise_objection(actor, self.customers[act.customer], kind=act.more["kind"], text="怕换系统麻烦")

    def _answer(self, actor: Actor, act: Act) -> None:
        answer_objection(actor, self._row(Objection, act).pk, answer="两天切完，原来的数据都带过去")

    def _outcome(self, actor: Actor, act: Act) -> None:
        close_objection(actor, self._row(Objection, act).pk, outcome="accepted", result="客户认可了")

    def _ask(self, actor: Actor, act: Act) -> None:
        ask_for_help(actor, self.customers[act.customer], kind="technical", question="老 PLC 能不能接",
                     background="客户三号线用的是老型号", expectation="给一份兼容清单")  # fmt: skip

    def _take(self, actor: Actor, act: Act) -> None:
        take_request(actor, self._row(HelpRequest, act).pk)

    def _deliver(self, actor: Actor, act: Act) -> None:
        answer_request(actor, self._row(HelpRequest, act).pk, answer="能接，清单在这里")

    def _confirm(self, actor: Actor, act: Act) -> None:
        confirm_request(actor, self._row(HelpRequest, act).pk)

    def _request(self, actor: Actor, act: Act) -> None:
        chain_actions.ask(actor, subject_type="customer", subject_id=self.customers[act.customer], purpose="discount",
                          request={"text": "客户要年框价"})  # fmt: skip

    def _approve(self, actor: Actor, act: Act) -> None:
        row = unscoped(Approval, "test").get(customer_id=self.customers[act.customer], kind="request")
        chain_actions.approve(actor, row.pk)

    def _row(self, model: Any, act: Act) -> Any:
        return unscoped(model, "test").get(customer_id=self.customers[act.customer])

    def what(self, item_ids: set[int]) -> dict[int, tuple[int, str]]:
        """To-do → (number of the customer, kind)."""
        numbers = {pk: number for number, pk in self.customers.items()}
        columns = ("pk", "customer_id", "kind", "source_id")
        rows = list(unscoped(AgendaItem, "test").filter(pk__in=item_ids).values_list(*columns))
        # Who stands in for a head of another department is told of no customer that he may not see.
        asked = dict(unscoped(Approval, "test").values_list("pk", "customer_id"))
        return {pk: (numbers[customer or asked[source]], kind) for pk, customer, kind, source in rows}

    def planned(self, zone: Any) -> dict[tuple[int, date], tuple[date, str]]:
        """(customer, night) → the day on which its contact was put, and for whom."""
        numbers = {pk: number for number, pk in self.customers.items()}
        names = {pk: name for name, pk in self.members.items()}
        cadence = set(unscoped(AgendaItem, "test").filter(kind="cadence").values_list("pk", flat=True))
        events = Event.objects.filter(name="agenda.planned", subject_id__in=cadence).select_related("data")
        found = {}
        for each in events:
            after = each.data.data["after"]
            day = datetime.fromisoformat(after["due_at"]).astimezone(zone).date()
            found[numbers[each.root_id or 0], each.at.astimezone(zone).date()] = (day, names[after["owner_id"]])
        return found
