"""The door: refusals change nothing, reactions nest, bulk is one transaction, keys repeat the reply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from genjin.access.actor import Actor, Grants
from genjin.access.guard import UnguardedQuery, unscoped
from genjin.access.visible import visible
from genjin.customers.models import Customer
from genjin.customers.steps import insert_customers, new_customer
from genjin.door import action as door
from genjin.door import reactions
from genjin.door.change import Change, Happened
from genjin.history.models import Event, KeptReply
from genjin.lib.errors import Conflict, Forbidden, Invalid, NotFound
from genjin.orgs.models import Department, Membership, Organisation

pytestmark = pytest.mark.django_db

SELF = {"customer": {"see": frozenset({"self"}), "change": frozenset({"self"})}}
ALL = {"customer": {"see": frozenset({"all"}), "change": frozenset({"self"})}}


class House:
    """One organisation with two members and what the tests register for a while."""

    def __init__(self) -> None:
        self.org = Organisation.objects.create(name="甲公司")
        self.department = Department.objects.create(org=self.org, name="销售一部")
        self.li = self.member("李销售")
        self.wang = self.member("王销售")

    def member(self, name: str) -> Membership:
        return Membership.objects.create(org=self.org, name=name, department=self.department)

    def actor(self, member: Membership, scopes: Any = SELF, verbs: str = "*", key: str | None = None) -> Actor:
        grants = Grants(verbs=frozenset({verbs}), scopes=scopes, departments=frozenset({self.department.pk}))
        return Actor("member", self.org.pk, member.pk, member.name, self.department.pk, grants, key=key)

    def customer(self, owner: Membership, name: str) -> Customer:
        def make(change: Change) -> dict[str, Any]:
            row = new_customer(change, {"name": name, "source": "other"})
            insert_customers(change, [row])
            return {"id": row.pk}

        found = door.action("test.make", "新建", "make")(make)(self.actor(owner))
        return unscoped(Customer, "test").get(pk=found["id"])


@pytest.fixture
def house() -> Iterator[House]:
    verbs, listening = dict(door.VERBS), {name: list(each) for name, each in reactions._REACTIONS.items()}
    yield House()
    door.VERBS.clear()
    door.VERBS.update(verbs)
    reactions._REACTIONS.clear()
    reactions._REACTIONS.update(listening)


@door.action_on(Customer, "test.rename", "改名", "rename")
def rename(change: Change, customer: Customer, *, name: str, version: int | None = None) -> dict[str, Any]:
    change.expect(customer, version, ["name"])
    changed = change.save(customer, {"name": name})
    change.record("test.renamed", customer, before={"name": changed["name"][0]}, after={"name": name})
    if name == "炸":
        raise Invalid("不行", "no")
    return {"id": customer.pk, "version": customer.version}


@door.action_on_many(Customer, "test.close", "关闭", "close")
def close(change: Change, customers: list[Customer]) -> dict[str, Any]:
    for customer in customers:
        change.save(customer, {"life_cycle": "lost"})
        change.record("test.closed", customer)
    return {"closed": len(customers)}


def name_of(pk: int) -> str:
    return str(unscoped(Customer, "test").values_list("name", flat=True).get(pk=pk))


def test_a_verb_changes_the_row_and_writes_one_event_with_before_and_after(house: House) -> None:
    customer = house.customer(house.li, "云帆科技")
    assert rename(house.actor(house.li), customer.pk, name="云帆") == {"id": customer.pk, "version": 2}
    event = Event.objects.get(name="test.renamed")
    assert event.data.data == {"before": {"name": "云帆科技"}, "after": {"name": "云帆"}}
    assert (event.member_id, event.actor_kind, event.source) == (house.li.pk, "member", "web")


def test_an_invisible_row_is_404_like_a_missing_one_and_nothing_changes(house: House) -> None:
    customer = house.customer(house.li, "云帆科技")
    for pk in (customer.pk, 10**9):
        with pytest.raises(NotFound) as refusal:
            rename(house.actor(house.wang), pk, name="抢来的")
        assert refusal.value.as_json() == NotFound().as_json()
    assert name_of(customer.pk) == "云帆科技"
    assert not Event.objects.filter(name="test.renamed").exists()


def test_visible_but_not_allowed_is_403_naming_the_verb(house: House) -> None:
    customer = house.customer(house.li, "云帆科技")
    with pytest.raises(Forbidden, match="不能改名"):
        rename(house.actor(house.wang, ALL), customer.pk, name="抢来的")
    with pytest.raises(Forbidden, match="没有“改名”的权限"):
        rename(house.actor(house.li, verbs="other.*"), customer.pk, name="改")
    assert name_of(customer.pk) == "云帆科技"


def test_an_actor_without_grants_sees_nothing_and_may_nothing(house: House) -> None:
    house.customer(house.li, "云帆科技")
    nobody = Actor("member", house.org.pk, house.li.pk)
    assert list(visible(nobody, Customer)) == []
    with pytest.raises(Forbidden):
        rename(nobody, 1, name="改")


def test_a_query_without_scope_raises_when_it_runs() -> None:
    rows = Customer.objects.filter(name="云帆")
    with pytest.raises(UnguardedQuery):
        list(rows)
    for run in (rows.count, rows.exists, rows.delete, lambda: rows.update(name="x"), lambda: rows.first()):
        with pytest.raises(UnguardedQuery):
            run()
    with pytest.raises(UnguardedQuery):
        list(unscoped(Customer, "test").filter(pk__in=rows))
    with pytest.raises(KeyError):
        unscoped(Customer, "because I want to")


def test_a_failing_verb_leaves_neither_row_nor_event(house: House) -> None:
    customer = house.customer(house.li, "云帆科技")
    with pytest.raises(Invalid):
        rename(house.actor(house.li), customer.pk, name="炸")
    assert name_of(customer.pk) == "云帆科技"
    assert not Event.objects.filter(name="test.renamed").exists()


def test_the_second_writer_gets_the_others_values(house: House) -> None:
    """R-165."""
    customer = house.customer(house.li, "云帆科技")
    rename(house.actor(house.li), customer.pk, name="云帆", version=1)
    with pytest.raises(Conflict) as refusal:
        rename(house.actor(house.li), customer.pk, name="帆云", version=1)
    assert refusal.value.extra["theirs"] == {"name": "云帆"}
    assert refusal.value.extra["version"] == 2
    assert name_of(customer.pk) == "云帆"


def test_the_same_key_gives_the_same_reply_and_writes_once(house: House) -> None:
    customer = house.customer(house.li, "云帆科技")
    first = rename(house.actor(house.li, key="k1"), customer.pk, name="云帆")
    again = rename(house.actor(house.li, key="k1"), customer.pk, name="云帆")
    assert first == again == {"id": customer.pk, "version": 2}
    assert Event.objects.filter(name="test.renamed").count() == 1
    with pytest.raises(Invalid, match="两个不同的请求"):
        rename(house.actor(house.li, key="k1"), customer.pk, name="别的")
    other = house.customer(house.wang, "星图网络")
    assert rename(house.actor(house.wang, key="k1"), other.pk, name="星图")["version"] == 2
    assert KeptReply.objects.count() == 2


def test_bulk_is_all_or_nothing_with_one_event_a_row(house: House) -> None:
    mine = [house.customer(house.li, name).pk for name in ("甲一", "甲二", "甲三")]
    foreign = house.customer(house.wang, "乙一").pk
    with pytest.raises(NotFound):
        close(house.actor(house.li), [*mine, foreign])
    with pytest.raises(Forbidden) as refusal:
        close(house.actor(house.li, ALL), [*mine, foreign])
    assert refusal.value.extra["ids"] == [foreign]
    assert not unscoped(Customer, "test").filter(life_cycle="lost").exists()
    assert close(house.actor(house.li), mine) == {"closed": 3}
    assert Event.objects.filter(name="test.closed").count() == 3
    assert len(set(Event.objects.filter(name="test.closed").values_list("cause", flat=True))) == 1


def test_statements_of_a_bulk_verb_that_scopes_and_locks_do_not_grow(
    house: House, django_assert_num_queries: Any
) -> None:
    few = [house.customer(house.li, f"丙{number}").pk for number in range(2)]
    many = [house.customer(house.li, f"丁{number}").pk for number in range(12)]

    @door.action_on_many(Customer, "test.look", "看", "look")
    def look(change: Change, customers: list[Customer]) -> dict[str, Any]:
        for customer in customers:
            change.record("test.looked", customer)
        return {"seen": len(customers)}

    for ids in (few, many):
        with django_assert_num_queries(5):
            look(house.actor(house.li), ids)


def test_reactions_run_in_house_order_inside_the_transaction_up_to_three_deep(house: House) -> None:
    customer = house.customer(house.li, "云帆科技")
    told: list[str] = []

    def listen(folder: str, event: str, causes: str | None) -> None:
        def reaction(change: Change, happened: list[Happened]) -> None:
            told.append(f"{folder}:{event}")
            if causes:
                change.record(causes, customer)

        reaction.__module__ = f"genjin.{folder}.reactions"
        reaction.__qualname__ = f"{folder}_{event}"
        reactions.on(event)(reaction)

    listen("desk", "test.renamed", None)
    listen("agenda", "test.renamed", "test.second")
    listen("followups", "test.second", "test.third")
    rename(house.actor(house.li), customer.pk, name="云帆")
    assert told == ["agenda:test.renamed", "desk:test.renamed", "followups:test.second"]
    names = list(Event.objects.filter(name__startswith="test.").order_by("id").values_list("name", flat=True))
    assert names[-3:] == ["test.renamed", "test.second", "test.third"]

    listen("desk", "test.third", "test.fourth")
    listen("desk", "test.fourth", None)
    with pytest.raises(RuntimeError, match="deeper than 3"):
        rename(house.actor(house.li), customer.pk, name="太深")
    assert name_of(customer.pk) == "云帆"


def test_a_verb_never_calls_a_verb(house: House) -> None:
    customer = house.customer(house.li, "云帆科技")

    @door.action("test.nested", "套", "nest")
    def nested(change: Change) -> dict[str, Any]:
        return rename(change.actor, customer.pk, name="云帆")

    with pytest.raises(RuntimeError, match="share a step"):
        nested(house.actor(house.li))
    assert name_of(customer.pk) == "云帆科技"
