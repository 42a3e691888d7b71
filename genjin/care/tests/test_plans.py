"""The care plans of a team, what the night makes of them, and what became of it (R-108, R-109, R-143, R-144, R-216)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from conftest import NOW, Cast, logged_in
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.care.models import CareItem, CarePlan
from genjin.care.rules import later, next_every, rate
from genjin.care.tasks import make_tonight
from genjin.customers.models import Customer
from genjin.fields.tests.designing import add
from genjin.lib import moment

PLAN = {
    "name": "A 类月度问候",
    "kind": "return_visit",
    "act": "月度问候",
    "when": "every",
    "amount": 1,
    "unit": "months",
}


def plans_of(cast: Cast, *plans: dict[str, Any]) -> None:
    """These alone are the plans of the team."""
    version = cast.admin.get("/care/plans")["version"]
    saved = cast.admin.put("/care/plans", {"version": version, "plans": list(plans)})
    assert saved.status == 200, saved


def win(cast: Cast, pk: int, life_cycle: str = "signed") -> None:
    version = cast.li.get(f"/customers/{pk}")["customer"]["version"]
    assert cast.li.patch(f"/customers/{pk}", {"version": version, "life_cycle": life_cycle}).status == 200


def care(**conditions: Any) -> list[tuple[str, str, str]]:
    rows = unscoped(CareItem, "test").filter(deleted_at__isnull=True, **conditions).order_by("due_on", "pk")
    return [(row.act, row.due_on.isoformat(), row.state) for row in rows]


def tonight(cast: Cast, at: datetime = NOW) -> int:
    with moment.frozen(at):
        made = make_tonight(cast.org.pk)
    assert isinstance(made, int)
    return made


def test_a_new_team_begins_with_plans(cast: Cast) -> None:
    """R-216: the care plan template is there on the first day."""
    shown = cast.admin.get("/care/plans")
    assert [(each["name"], each["when"], each["amount"]) for each in shown["plans"][:3]] == [
        ("成交后首次回访", "after_won", 7),
        ("季度关怀", "every", 3),
        ("半年需求复盘", "every", 6),
    ]
    assert (shown["most"], shown["days"], shown["plans"][2]["review"]) == (2, 7, True)


def test_who_is_won_is_called_within_a_week(cast: Cast, new_customer: Any) -> None:
    """R-108: the first return visit stands on the agenda at once, once."""
    pk = new_customer(cast.li, "甲公司")
    win(cast, pk)
    assert care() == [("首次回访：用得怎样、满意不满意", "2026-12-01", "planned")]
    (todo,) = unscoped(AgendaItem, "test").filter(kind="care")
    assert (todo.owner_id, todo.due_at.isoformat(), todo.state) == (cast.li.id, "2026-12-01T10:00:00+00:00", "open")
    assert unscoped(Customer, "test").get(pk=pk).won_at == NOW
    win(cast, pk, "maintained")
    assert tonight(cast) == 0
    assert len(care()) == 1


def test_quarterly_care_and_a_half_yearly_review(cast: Cast, new_customer: Any) -> None:
    """R-109, R-153: the review asks whether he will buy again, and for the plan; the status follows."""
    pk = new_customer(cast.li, "甲公司")
    win(cast, pk)
    later_on = NOW + timedelta(days=130)
    assert tonight(cast, later_on) == 2
    acts = {act: on for act, on, _ in care()}
    assert (acts["季度关怀：行业资讯、使用技巧或问候"] >= "2027-04-03", len(acts)) == (True, 3)
    assert acts["半年复盘：需求有没有变、会不会再买"] == "2027-05-24"
    review = unscoped(CareItem, "test").get(review=True)
    with moment.frozen(later_on):
        li = logged_in(cast.li.member)
        path = f"/care/{review.pk}/done"
        without = li.post(path, {"did": "复盘了"})
        planless = li.post(path, {"did": "复盘了", "repurchase": "likely"})
        assert [(each.status, each["field"]) for each in (without, planless)] == [
            (422, "repurchase"), (422, "second_plan")
        ]  # fmt: skip
        assert unscoped(Customer, "test").get(pk=pk).life_cycle == "signed"
        body = {"did": "需求没变，二期要扩产", "repurchase": "likely", "second_plan": "七月带二期方案去谈"}
        assert li.post(path, body).status == 200
    assert unscoped(Customer, "test").get(pk=pk).life_cycle == "repurchase"
    review.refresh_from_db()
    assert (review.repurchase, review.second_plan) == ("likely", "七月带二期方案去谈")


def test_layers_by_content_and_frequency(cast: Cast, new_customer: Any) -> None:
    """R-143: each layer gets its own; a second night makes nothing twice."""
    ids = [new_customer(cast.li, name) for name in ("甲公司", "乙公司", "丙公司")]
    assert cast.zhao.post("/customers/class", {"ids": ids[:2], "intent_class": "A"}).status == 200
    only_a = {"field": "intent_class", "op": "eq", "value": "A"}
    won = {"field": "won_at", "op": "gte", "value": {"relative": "-90d"}}
    plans_of(cast, {**PLAN, "condition": only_a}, {**PLAN, "name": "新成交 90 天内", "act": "用得顺不顺",
                                                   "condition": won, "amount": 2, "unit": "weeks"})  # fmt: skip
    win(cast, ids[2])
    assert tonight(cast) == 3
    found = {(each.customer_id, each.act, each.due_on.isoformat()) for each in unscoped(CareItem, "test").all()}
    assert found == {
        (ids[0], "月度问候", "2026-12-24"), (ids[1], "月度问候", "2026-12-24"), (ids[2], "用得顺不顺", "2026-12-08")
    }  # fmt: skip
    assert tonight(cast) == 0
    first = unscoped(CareItem, "test").get(customer_id=ids[0])
    assert cast.li.post(f"/care/{first.pk}/done", {"did": "问候了"}).status == 200
    assert (tonight(cast), tonight(cast, NOW + timedelta(days=2))) == (0, 1)
    assert [on for _, on, state in care(customer_id=ids[0]) if state == "planned"] == ["2027-01-25"]


def test_birthdays_solar_and_lunar_with_the_reason(cast: Cast, new_customer: Any) -> None:
    """R-140: planned ahead, on the day on which they are kept this year; one that cannot be read is named."""
    pk = new_customer(cast.li, "甲公司")
    for name, birthday in (("王总", "1980-12-20"), ("李芸", "农历12-30"), ("赵工", "说不清")):
        body = {"name": name, "birthday": birthday}
        assert cast.li.post(f"/customers/{pk}/contacts", body).status == 201
    plans_of(cast, {"name": "生日", "kind": "birthday", "act": "生日问候", "when": "birthday", "before": 1})
    assert tonight(cast) == 1
    assert care() == [("生日问候", "2026-12-19", "planned")]
    assert unscoped(AgendaItem, "test").get(kind="care").act == "生日问候：王总"
    with moment.frozen(NOW + timedelta(days=40)):
        assert make_tonight(cast.org.pk) == 1
    lunar = unscoped(CareItem, "test").get(contact__name="李芸")
    assert (lunar.occasion_on, lunar.due_on, lunar.note_zh) == (
        date(2027, 2, 5), date(2027, 2, 4), "这一年腊月只有 29 天，按廿九过"
    )  # fmt: skip
    shown = {each["name"]: each for each in cast.li.get(f"/customers/{pk}/care")["birthdays"]}
    assert (shown["王总"]["on"], shown["王总"]["age"]) == ("2026-12-20", 46)
    assert (shown["李芸"]["lunar"], shown["李芸"]["note"]["zh"]) == (True, "这一年腊月只有 29 天，按廿九过")
    assert (shown["赵工"]["on"], shown["赵工"]["text"]) == (None, "说不清")


def test_a_birthday_that_was_corrected_is_planned_anew(cast: Cast, new_customer: Any) -> None:
    """R-140."""
    pk = new_customer(cast.li, "甲公司")
    made = cast.li.post(f"/customers/{pk}/contacts", {"name": "王总", "birthday": "12-20"})
    plans_of(cast, {"name": "生日", "kind": "birthday", "act": "生日问候", "when": "birthday"})
    tonight(cast)
    assert cast.li.patch(f"/contacts/{made['id']}", {"version": 1, "birthday": "12-28"}).status == 200
    assert care() == []
    tonight(cast)
    assert care() == [("生日问候", "2026-12-28", "planned")]
    assert cast.li.delete(f"/contacts/{made['id']}?version=2").status == 200
    assert care() == []


def test_festivals_ahead_of_time(cast: Cast, new_customer: Any) -> None:
    """R-140: solar and lunar ones, so many days before."""
    new_customer(cast.li, "甲公司")
    festival = {"kind": "festival", "act": "问候", "when": "festival", "before": 3}
    plans_of(cast, {**festival, "name": "冬至", "festival": "winter_solstice"},
             {**festival, "name": "春节", "festival": "spring"})  # fmt: skip
    assert tonight(cast) == 1
    assert care() == [("问候", "2026-12-19", "planned")]
    assert tonight(cast, NOW + timedelta(days=20)) == 1
    assert care()[-1] == ("问候", "2027-02-03", "planned")


def test_a_day_in_the_customers_file(cast: Cast, new_customer: Any) -> None:
    """R-140: important dates, as the day on which the firm was founded."""
    new_customer(cast.li, "甲公司", founded_on="2001-12-24")
    plans_of(cast, {"name": "周年", "kind": "gift", "act": "贺周年", "when": "date", "field": "founded_on"})
    assert tonight(cast) == 1
    assert care() == [("贺周年", "2026-12-24", "planned")]


def test_a_lunar_day_of_the_teams_own(cast: Cast, new_customer: Any) -> None:
    """R-140: the lunar date of an own field is read by the same table."""
    (key,) = add(cast.admin, {"zh": "老板生日", "type": "lunar_date"})
    new_customer(cast.li, "甲公司", **{key: "农历腊月初八"})
    plans_of(cast, {"name": "老板生日", "kind": "birthday", "act": "祝寿", "when": "date", "field": key})
    assert (tonight(cast), care()) == (1, [("祝寿", "2027-01-15", "planned")])


def test_nobody_is_cared_for_by_plan_who_is_lost_or_at_rest(cast: Cast, new_customer: Any) -> None:
    """R-143."""
    pk = new_customer(cast.li, "甲公司")
    plans_of(cast, PLAN)
    tonight(cast)
    assert len(care()) == 1
    version = cast.li.get(f"/customers/{pk}")["customer"]["version"]
    assert cast.li.patch(f"/customers/{pk}", {"version": version, "paused": True}).status == 200
    assert (care(), unscoped(AgendaItem, "test").filter(kind="care", deleted_at=None).count()) == ([], 0)
    assert tonight(cast) == 0


def test_execution_is_done_of_due(cast: Cast, new_customer: Any) -> None:
    """R-144: what is still to come counts for nothing; below ten no share is said."""
    ids = [new_customer(cast.li, f"客户 {number}") for number in range(12)]
    plans_of(cast, PLAN)
    tonight(cast)
    with moment.frozen(NOW + timedelta(days=31)):
        li = logged_in(cast.li.member)
        items = list(unscoped(CareItem, "test").order_by("pk"))
        for item in items[:9]:
            assert li.post(f"/care/{item.pk}/done", {"did": "问候了"}).status == 200
        assert li.post(f"/care/{items[9].pk}/skip", {"why": "出国了"}).status == 200
        (plan,) = li.get("/care/overview")["execution"]
        assert (plan["done"], plan["due"], plan["share"], plan["few"]) == (9, 12, 0.75, False)
        rows = li.get("/care/items", plan=plan["id"], state="done")
        assert rows["count"] == plan["done"]
    assert len(ids) == 12
    assert rate(4, 6) == {"done": 4, "due": 6, "share": None, "few": True}


@pytest.mark.parametrize(
    ("plan", "zh"),
    [
        ({**PLAN, "name": " "}, "第 1 条计划：没有名字"),
        ({**PLAN, "act": " "}, "第 1 条计划“A 类月度问候”：没有写做什么"),
        ({**PLAN, "kind": "nothing"}, "第 1 条计划“A 类月度问候”：没有“nothing”这种关怀内容，或者已停用"),
        ({**PLAN, "amount": 0}, "第 1 条计划“A 类月度问候”：间隔至少是 1"),
        ({**PLAN, "when": "festival"}, "第 1 条计划“A 类月度问候”：选一个节日"),
        ({**PLAN, "when": "date", "field": "name"}, "第 1 条计划“A 类月度问候”：选一个日期字段"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused(cast: Cast, plan: dict[str, Any], zh: str) -> None:
    """R-143."""
    before = list(CarePlan.objects.filter(org=cast.org).values_list("name", flat=True))
    refused = cast.admin.put("/care/plans", {"version": 1, "plans": [plan]})
    assert (refused.status, refused["zh"], refused["field"]) == (422, zh, "plans.0")
    assert list(CarePlan.objects.filter(org=cast.org).values_list("name", flat=True)) == before


def test_a_condition_that_names_nothing_is_refused_and_a_second_editor_is_told(cast: Cast) -> None:
    """R-143."""
    odd = {**PLAN, "condition": {"field": "no_such_field", "op": "eq", "value": 1}}
    assert cast.admin.put("/care/plans", {"version": 1, "plans": [odd]}).status == 422
    assert cast.admin.put("/care/plans", {"version": 1, "plans": [PLAN]}).status == 200
    late = cast.admin.put("/care/plans", {"version": 1, "plans": []})
    assert (late.status, late["version"]) == (409, 2)
    assert cast.li.put("/care/plans", {"version": 2, "plans": []}).status == 403


def test_intervals() -> None:
    """R-143."""
    assert later(date(2026, 8, 31), 6, "months") == date(2027, 2, 28)
    today = date(2026, 11, 24)
    assert next_every(3, "months", last=date(2026, 10, 1), since=today, today=today, number=1) == date(2027, 1, 1)
    spread = {next_every(3, "months", last=None, since=date(2020, 1, 1), today=today, number=n) for n in range(1000)}
    assert (min(spread), max(spread), len(spread)) == (date(2026, 11, 25), date(2026, 12, 22), 28)
