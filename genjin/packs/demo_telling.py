"""From a story to the verbs that tell it, each at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.actions import finish
from genjin.customers.actions import add_collaborator, create_contact, create_customer, set_class, update_customer
from genjin.customers.models import Customer
from genjin.followups.actions import log_attempt, log_followup
from genjin.followups.schemas import AttemptIn, FollowUpIn, NextStepIn
from genjin.orgs.models import Organisation
from genjin.packs.demo_stories import STAGES, Story, Told


@dataclass(frozen=True, slots=True)
class Team:
    """The organisation, its people's actors, each salesperson's supervisor and number of customers."""

    org: Organisation
    actors: Mapping[str, Actor]
    chief: Mapping[str, str]
    share: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scene:
    at: datetime
    run: Callable[[], None]


@dataclass
class _Telling:
    """One story while it is told: the customer's id and the to-dos that stand open."""

    story: Story
    team: Team
    customer_id: int = 0
    open_items: list[int] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.team.actors[self.story.owner]

    def begin(self) -> None:
        story = self.story
        first, *others = story.contacts
        made = create_customer(
            self.actor, values={"name": story.name, **story.facts}, contact=first, confirm_duplicate=True
        )
        self.customer_id = made["id"]
        for contact in others:
            create_contact(self.actor, self.customer_id, values=contact)

    def classify(self) -> None:
        chief = self.team.actors[self.team.chief[self.story.owner]]
        set_class(chief, [self.customer_id], intent_class=self.story.intent_class)

    def move(self, stage: str) -> None:
        version = unscoped(Customer, "demo").values_list("version", flat=True).get(pk=self.customer_id)
        update_customer(self.actor, self.customer_id, version=version, values={"stage": stage})

    def share(self) -> None:
        helper = self.team.actors[self.story.helper]
        add_collaborator(self.actor, self.customer_id, member_id=helper.member_id or 0)

    def attempt(self, told: Told, at: datetime) -> None:
        parts = AttemptIn(
            customer_id=self.customer_id, channel="phone", kind=told.attempt, next_try_at=told.at, contact_at=at
        )
        reply = log_attempt(self.actor, self.customer_id, parts=parts)
        self.open_items += [item["id"] for item in reply["agenda"]]

    def log(self, told: Told) -> None:
        step = NextStepIn(act=told.act, due_at=told.due_at, precision=_precision(told), goal=told.goal)
        parts = FollowUpIn(
            customer_id=self.customer_id,
            contact_at=told.at,
            next_steps=[step],
            closes_agenda_ids=self.open_items,
            **told.parts,
        )
        reply = log_followup(self.actor, self.customer_id, parts=parts)
        self.open_items = [item["id"] for item in reply["agenda"]]

    def finish_all(self) -> None:
        for item_id in self.open_items:
            finish(self.actor, item_id, version=1)
        self.open_items = []


def _precision(told: Told) -> Any:
    return told.precision


def scenes_of(story: Story, team: Team, local: datetime) -> list[Scene]:
    """The story of one customer as scenes, none later than `local`."""
    telling = _Telling(story, team)
    first = story.records[0]
    scenes = [Scene(first.at - timedelta(minutes=50), telling.begin)]
    if STAGES.index(story.stage) > 1:
        scenes.append(Scene(first.entered_at + timedelta(minutes=2), partial(telling.move, "needs")))
    if story.intent_class:
        scenes.append(Scene(first.entered_at + timedelta(hours=3), telling.classify))
    if story.stage != "lead":
        scenes.append(Scene(story.stage_at, partial(telling.move, story.stage)))
    if story.helper:
        scenes.append(Scene(story.records[-1].entered_at + timedelta(minutes=9), telling.share))
    for told in story.records:
        if told.attempt:
            at = told.at - timedelta(hours=2)
            scenes.append(Scene(at + timedelta(minutes=1), partial(telling.attempt, told, at)))
        scenes.append(Scene(told.entered_at, partial(telling.log, told)))
        if told.done_at:
            scenes.append(Scene(told.done_at, telling.finish_all))
    return [scene if scene.at <= local else Scene(local, scene.run) for scene in scenes]
