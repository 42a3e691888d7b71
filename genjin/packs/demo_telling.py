"""From a story to the verbs that tell it, each at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.agenda.actions import finish
from genjin.customers.actions import add_collaborator, create_contact, create_customer, update_customer
from genjin.customers.batch_actions import set_class
from genjin.customers.models import Customer
from genjin.followups.actions import log_attempt, log_followup
from genjin.followups.rich import settled
from genjin.followups.schemas import AttemptIn, FollowUpIn, NextStepIn
from genjin.lib import moment
from genjin.objections.actions import answer_objection, close_objection
from genjin.objections.models import Objection
from genjin.orgs.models import Organisation
from genjin.packs.demo_history import Past, tell_past
from genjin.packs.demo_stories import STAGES, Story, Told

#: Seconds for what is chosen in the form; each letter takes one more.
TAPS = 30


@dataclass(frozen=True, slots=True)
class Team:
    """The organisation, its people's actors, each salesperson's supervisor and number of customers, and how
    objections of each kind ended."""

    org: Organisation
    actors: Mapping[str, Actor]
    chief: Mapping[str, str]
    share: Mapping[str, int]
    objections: Mapping[str, Mapping[str, str]]


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
        parts = self.parts(told).model_copy(update={"closes_agenda_ids": self.open_items})
        reply = log_followup(self.actor, self.customer_id, parts=parts)
        self.open_items = [item["id"] for item in reply["agenda"]]
        self.settle_objections()

    def settle_objections(self) -> None:
        """What was objected has its answer and its outcome: the demo's open work is that of the drawings."""
        chief = self.team.actors[self.team.chief[self.story.owner]]
        rows = unscoped(Objection, "demo").filter(customer_id=self.customer_id).exclude(state="closed")
        for pk, kind, state in rows.values_list("pk", "kind", "state"):
            end = self.team.objections[kind]
            if state == "open":
                answer_objection(chief, pk, answer=end["answer"], adjustment=end["adjustment"])
            close_objection(self.actor, pk, outcome=end["outcome"], result=end["result"])

    def parts(self, told: Told) -> FollowUpIn:
        step = NextStepIn(act=told.act, due_at=told.due_at, precision=told.precision, goal=told.goal)
        parts = FollowUpIn(customer_id=self.customer_id, contact_at=told.at, next_steps=[step], **told.parts)
        whole = settled(parts)
        return whole.model_copy(update={"seconds_spent": TAPS + len(whole.summary) + len(whole.feedback)})

    def pasts(self) -> list[Past]:
        """All records but the newest, which comes through the door; its predecessor's step is open."""
        older = self.story.records[:-1]
        following: list[Told | None] = [*older[1:], None]
        return [
            Past(self.actor, self.customer_id, told, self.parts(told), after)
            for told, after in zip(older, following, strict=False)
        ]

    def finish_all(self) -> None:
        for item_id in self.open_items:
            finish(self.actor, item_id, version=1)
        self.open_items = []


def play(stories: Sequence[Story], team: Team, local: datetime) -> None:
    """Tell all stories, none of it later than `local`: customers, older records in bulk, then what
    each customer's last weeks brought, in the order of time."""
    tellings = [_Telling(story, team) for story in stories]
    _run([Scene(each.story.records[0].at - timedelta(minutes=50), each.begin) for each in tellings])
    left_open = tell_past([past for each in tellings for past in each.pasts()])
    for each in tellings:
        each.open_items = [left_open[each.customer_id]] if each.customer_id in left_open else []
    scenes = [scene for each in tellings for scene in _scenes(each)]
    _run([scene if scene.at <= local else Scene(local, scene.run) for scene in scenes])


def _run(scenes: Sequence[Scene]) -> None:
    for scene in sorted(scenes, key=lambda scene: scene.at):
        with moment.frozen(scene.at):
            scene.run()


def _scenes(telling: _Telling) -> list[Scene]:
    """What happens to one customer besides its older records."""
    story = telling.story
    first, last = story.records[0], story.records[-1]
    scenes = [Scene(last.entered_at, partial(telling.log, last))]
    if STAGES.index(story.stage) > 1:
        scenes.append(Scene(first.entered_at + timedelta(minutes=2), partial(telling.move, "needs")))
    if story.intent_class:
        scenes.append(Scene(first.entered_at + timedelta(hours=3), telling.classify))
    if story.stage != "lead":
        scenes.append(Scene(story.stage_at, partial(telling.move, story.stage)))
    if story.helper:
        scenes.append(Scene(last.entered_at + timedelta(minutes=9), telling.share))
    if last.attempt:
        at = last.at - timedelta(hours=2)
        scenes.append(Scene(at + timedelta(minutes=1), partial(telling.attempt, last, at)))
    if last.done_at:
        scenes.append(Scene(last.done_at, telling.finish_all))
    return scenes
