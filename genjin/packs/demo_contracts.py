"""The demo's contracts, through the verbs: one half paid with an instalment late and its hand-over confirmed, one just
signed, one in review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.approvals.chain_actions import approve
from genjin.approvals.models import ApprovalStep
from genjin.contracts.actions import draft, sign, submit
from genjin.contracts.delivery_actions import appoint, confirm
from genjin.contracts.delivery_actions import update as fill
from genjin.contracts.models import Delivery
from genjin.contracts.money_actions import plan, receive
from genjin.customers.models import LIVING, Customer
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.packs.demo_stories import workday

#: Whose customers they are, and who takes over.
REP, SERVICE = "何佳", "林晨"
_WAN = 1_000_000
Actors = Mapping[str, Actor]


def sign_contracts(org: Organisation, actors: Actors, local: datetime) -> None:
    """Three customers of one rep; nothing where he has fewer that are won. `local` is aware."""
    rep = actors[REP]
    rows = unscoped(Customer, "demo").filter(LIVING, org=org, owner_id=rep.member_id)
    won = list(rows.filter(life_cycle__in=("signed", "maintained")).order_by("pk")[:2])
    talking = rows.filter(stage="negotiation", paused=False).order_by("pk").first()
    if len(won) == 2:
        _paid_in_part(won[0], actors, local)
        _just_signed(won[1], actors, local)
    if talking is not None:
        with moment.frozen(workday(local, 1, "16:20")):
            submit(rep, _drafted(rep, talking, 48, local.date()), text="账期 45 天，客户要改成 60 天，没有答应")


def _drafted(rep: Actor, customer: Customer, wan: int, begins: date) -> int:
    values: dict[str, Any] = {
        "title": "设备联网和能耗监测合同",
        "amount": wan * _WAN,
        "delivery_period": "签约后 30 天内装完",
        "service_from": begins,
        "service_to": begins.replace(year=begins.year + 1, day=min(begins.day, 28)) - timedelta(days=1),
        "payment_method": "instalments",
        "payment_terms": "3-4-3，验收后付尾款",
        "terms": "甲方提供车间网络和停机窗口。\n质保一年，故障 4 小时内答复，24 小时内到场。",
    }
    return int(draft(rep, customer.pk, values=values)["id"])


def _approved(org_id: int, contract: int, actors: Actors) -> None:
    """By whoever is asked, one after the other."""
    people = {actor.member_id: actor for actor in actors.values()}
    while True:
        step = (
            unscoped(ApprovalStep, "demo")
            .filter(org_id=org_id, state="open", approval__subject_type="contract", approval__subject_id=contract)
            .first()
        )
        if step is None:
            return
        approve(people[step.member_id], step.approval_id, note="条款没有问题")


def _signed(
    customer: Customer, actors: Actors, local: datetime, *, wan: int, back: int, second: int, number: str
) -> int:
    """Drafted, reviewed and signed, the last `back` days ago; `second`: days until the second instalment is due."""
    rep = actors[REP]
    at = workday(local, back + 2, "08:50")
    with moment.frozen(at):
        contract = _drafted(rep, customer, wan, at.date())
        parts = [
            {"what": what, "due_on": at.date() + timedelta(days=days), "amount": wan * _WAN * share // 10}
            for what, days, share in (("首付", 7, 3), ("到货款", second, 4), ("验收尾款", 90, 3))
        ]
        plan(rep, contract, version=1, parts=sorted(parts, key=lambda each: str(each["due_on"])))
        submit(rep, contract)
    with moment.frozen(workday(local, back + 1, "10:30")):
        _approved(customer.org_id, contract, actors)
    with moment.frozen(workday(local, back, "15:40")):
        sign(rep, contract, number=number, signed_on=workday(local, back, "15:40").date())
    return contract


def _paid_in_part(customer: Customer, actors: Actors, local: datetime) -> None:
    rep, service = actors[REP], actors[SERVICE]
    contract = _signed(customer, actors, local, wan=36, back=16, second=17, number=f"QH{local:%y}-0117")
    with moment.frozen(workday(local, 12, "11:00")):
        day = workday(local, 12, "11:00").date()
        receive(rep, contract, amount=36 * _WAN * 3 // 10, received_on=day, note="首付到账")
        listed = unscoped(Delivery, "demo").get(contract_id=contract)
        _fill(rep, listed)
        appoint(rep, listed.pk, receiver_id=service.member_id or 0)
    with moment.frozen(workday(local, 11, "16:30")):
        for side in (rep, service):
            confirm(side, listed.pk, number=unscoped(Delivery, "demo").get(pk=listed.pk).number)


def _just_signed(customer: Customer, actors: Actors, local: datetime) -> None:
    rep, service = actors[REP], actors[SERVICE]
    contract = _signed(customer, actors, local, wan=28, back=1, second=30, number=f"QH{local:%y}-0131")
    with moment.frozen(workday(local, 1, "16:10")):
        listed = unscoped(Delivery, "demo").get(contract_id=contract)
        _fill(rep, listed)
        appoint(rep, listed.pk, receiver_id=service.member_id or 0, meeting_at=workday(local, -2, "10:00"))


def _fill(rep: Actor, listed: Delivery) -> None:
    texts = {"special": "只能在周末停机时装；进车间要先做安全培训。"}
    if not listed.needs:
        texts["needs"] = "三条产线的设备要联网，能耗按班次看，月底给财务出报表。"
    if not listed.service:
        texts["service"] = "设备科老周，工作日 9 点到 17 点。"
    fill(rep, listed.pk, version=unscoped(Delivery, "demo").get(pk=listed.pk).version, texts=texts)
