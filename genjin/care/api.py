"""Routes of care."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from genjin.access.actor import Actor
from genjin.access.requests import actor_of
from genjin.care import actions, community_actions, greeting_actions, overview, plan_actions, queries
from genjin.care.schemas import (
    ArrangeIn,
    CareIn,
    CarePlanIn,
    CommunityIn,
    DoneIn,
    ManyDoneIn,
    MergeIn,
    MoveIn,
    OwnerIn,
    ParticipantsIn,
    PlansIn,
    SkipIn,
)
from genjin.lib import moment

router = Router(tags=["care"])
Whose = Literal["mine", "team"]


def _today(actor: Actor) -> date:
    return moment.now().astimezone(actor.zone).date()


@router.get("/care", summary="关怀日历: the care of some weeks with lunar dates and festivals")
def calendar(
    request: HttpRequest,
    first: Annotated[date | None, Query(alias="from")] = None,
    days: Annotated[int, Query(ge=7, le=62)] = 42,
    whose: Whose = "mine",
) -> Any:
    """From the Monday before last on, six weeks; `whose`: what I do, or all that I may see."""
    actor = actor_of(request)
    today = _today(actor)
    start = first or today - timedelta(days=today.weekday() + 7)
    return queries.calendar(actor, first=start, days=days, whose=whose)


@router.get("/care/items", summary="Care as a list")
def items(
    request: HttpRequest,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    whose: Whose = "mine",
    state: Literal["", "proposed", "planned", "done", "skipped", "merged"] = "",
    plan: int | None = None,
    ids: str = "",
    after: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Any:
    """By day; without `from` what is open from the last ninety days on."""
    actor = actor_of(request)
    today = _today(actor)
    return queries.listed(
        actor, first=first or today - timedelta(days=90), last=last or today + timedelta(days=60), whose=whose,
        state=state, plan=plan, ids=[int(each) for each in ids.split(",") if each.isdigit()], after=after,
    )  # fmt: skip


@router.get("/care/overview", summary="Beside the calendar: too much contact, execution, greetings, ideas")
def beside(request: HttpRequest, whose: Whose = "mine") -> Any:
    return overview.overview(actor_of(request), whose=whose)


@router.get("/care/plans", summary="维护计划表: the care plans")
def plans(request: HttpRequest) -> Any:
    return overview.plans(actor_of(request))


@router.put("/care/plans", summary="Change the care plans")
def save_plans(request: HttpRequest, body: PlansIn) -> Any:
    """All plans in their order, and what is too much contact."""
    return plan_actions.save_plans(actor_of(request), version=body.version, limits=body, plans=body.plans)


@router.post("/care/plans/preview", summary="How many customers a layer has")
def preview(request: HttpRequest, body: CarePlanIn) -> Any:
    return overview.preview(actor_of(request), body)


@router.post("/care/arrange", summary="One text for many, key customers apart")
def arrange(request: HttpRequest, body: ArrangeIn) -> Any:
    return greeting_actions.arrange(actor_of(request), **body.model_dump())


@router.post("/care/done", summary="The same was done for many")
def do_many(request: HttpRequest, body: ManyDoneIn) -> Any:
    """409 `key_customers` where key customers are among them and it was not confirmed."""
    return greeting_actions.do_many(actor_of(request), body.ids, did=body.did, sure=body.sure)


@router.post("/care/join", summary="Make several acts of care one")
def join(request: HttpRequest, body: MergeIn) -> Any:
    return actions.join_care(actor_of(request), body.ids)


@router.post("/care/{care_id}/done", summary="Note what care was done")
def done(request: HttpRequest, care_id: int, body: DoneIn) -> Any:
    return actions.do_care(actor_of(request), care_id, **body.model_dump())


@router.post("/care/{care_id}/skip", summary="Leave an act of care out, with a reason")
def skip(request: HttpRequest, care_id: int, body: SkipIn) -> Any:
    return actions.skip_care(actor_of(request), care_id, why=body.why)


@router.post("/care/{care_id}/move", summary="Move an act of care to another day")
def move(request: HttpRequest, care_id: int, body: MoveIn) -> Any:
    return actions.move_care(actor_of(request), care_id, due_on=body.due_on)


@router.post("/care/{care_id}/pass", summary="Pass an act of care to a colleague")
def pass_on(request: HttpRequest, care_id: int, body: OwnerIn) -> Any:
    return actions.pass_care(actor_of(request), care_id, owner_id=body.owner_id)


@router.post("/care/{care_id}/accept", summary="Take an idea up")
def accept(request: HttpRequest, care_id: int) -> Any:
    return actions.accept_care(actor_of(request), care_id)


@router.post("/care/{care_id}/dismiss", summary="Drop an idea")
def dismiss(request: HttpRequest, care_id: int) -> Any:
    return actions.dismiss_care(actor_of(request), care_id)


@router.get("/customers/{customer_id}/care", summary="Care of a customer")
def of_customer(request: HttpRequest, customer_id: int) -> Any:
    """Ideas, what comes next, what was done, birthdays with their next dates, communities."""
    return queries.of_customer(actor_of(request), customer_id)


@router.post("/customers/{customer_id}/care", summary="Plan an act of care", response={201: Any})
def add(request: HttpRequest, customer_id: int, body: CareIn) -> Any:
    return Status(201, actions.add_care(actor_of(request), customer_id, **body.model_dump()))


@router.get("/communities", summary="Group chats, salons and events with who took part")
def communities(request: HttpRequest) -> Any:
    return queries.communities(actor_of(request))


@router.post("/communities", summary="Note a community or an event", response={201: Any})
def add_community(request: HttpRequest, body: CommunityIn) -> Any:
    return Status(201, community_actions.add_community(actor_of(request), **body.model_dump()))


@router.post("/communities/{community_id}/participants", summary="Note who took part")
def take_part(request: HttpRequest, community_id: int, body: ParticipantsIn) -> Any:
    return community_actions.add_participants(actor_of(request), community_id=community_id, **body.model_dump())


@router.delete("/participants/{participant_id}", summary="Take a participant out", response={204: None})
def leave(request: HttpRequest, participant_id: int) -> Any:
    community_actions.remove_participant(actor_of(request), participant_id)
    return Status(204, None)
