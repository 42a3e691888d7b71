"""操作记录: what happened, by whom, within scope and field rights (R-164, R-166; A12, P3)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, Cast, Person, hire, logged_in
from genjin.access.models import Role
from genjin.desk.event_words import event_words
from genjin.history.models import Event
from genjin.lib import moment

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def auditor(cast: Cast) -> Person:
    return logged_in(hire(cast.org, "审计员", "auditor", None))


def _told(person: Person, **asked: Any) -> list[str]:
    answer = person.get("/audit", **asked)
    assert answer.status == 200, answer
    return [f"{row['by']['name']} {row['zh']} {row['name']}".strip() for row in answer["items"]]


def test_every_event_of_the_house_has_chinese_words() -> None:
    """A name that nobody can read would be a hole in the list."""
    names = set()
    for path in (ROOT / "genjin").rglob("*.py"):
        if "tests" not in path.parts:
            text = path.read_text("utf-8")
            names |= set(re.findall(r'(?:record|Happened|say|_record)\(\s*(?:change, )?"([a-z_]+\.[a-z_]+)"', text))
    assert len(names) > 60
    unread = {name for name in names if not re.search(r"[\u4e00-\u9fff]", event_words(name)[0])}
    half = {name for name in names if re.search(r"[a-z_]{4,}", event_words(name)[0].replace("API", ""))}
    assert (unread, half) == (set(), set())


def test_administrators_and_auditors_read_who_did_what(cast: Cast, auditor: Person, new_customer: Any) -> None:
    pk = new_customer(cast.li, "佛山华悦陶瓷有限公司")
    cast.li.patch(f"/customers/{pk}", {"version": 1, "region": "禅城"})
    cast.admin.patch(f"/members/{cast.wang.id}", {"roles": ["supervisor"]})
    for person in (cast.admin, auditor):
        first, second = person.get("/audit", limit=2)["items"]
        assert (first["zh"], first["name"], first["by"]["name"]) == ("修改成员", "王销售", "管理员")
        assert first["changes"] == [
            {
                "label": {"zh": "角色", "en": "Roles"},
                "old": {"zh": "业务员", "en": "Sales rep"},
                "new": {"zh": "主管", "en": "Supervisor"},
            }
        ]
        assert (second["zh"], second["customer"]) == ("修改客户", {"id": pk, "name": "佛山华悦陶瓷有限公司"})
        assert second["changes"][0]["new"]["zh"] == "禅城"
    for person in (cast.li, cast.zhao):
        assert person.get("/audit").status == 403
        assert person.get("/audit/events").status == 403
        assert person.get("/audit/export.csv").status == 403
    assert "禅城" not in cast.outsider.get("/audit").text.decode()


def test_it_tells_who_arranged_the_tabs_of_a_role(cast: Cast, auditor: Person) -> None:
    """R-162, R-164: over which list, from which order to which; the same order again is no event."""
    made = cast.zhao.post("/views", {"record_type": "customer", "name": "华东重点", "base": "team"})
    assert made.status == 201, made
    pk = made["id"]
    order = {"record_type": "customer", "role": "rep"}
    for keys in (["silent", str(pk), "gone"], ["silent", str(pk), "gone"], ["mine", "silent"], []):
        assert cast.zhao.put("/views/order", {**order, "keys": keys}).status == 200
    assert _told(auditor, event="role.arranged") == ["赵主管 排列角色的标签页 业务员"] * 3
    last, middle, first = auditor.get("/audit", event="role.arranged")["items"]

    def changes(row: Any, language: str) -> list[tuple[str, str, str]]:
        return [(each["label"][language], each["old"][language], each["new"][language]) for each in row["changes"]]

    assert changes(first, "zh") == [("列表", "", "客户"), ("标签页的顺序", "", "断档、华东重点")]
    assert changes(middle, "en") == [
        ("List", "", "customer"), ("Order of tabs", "Gone quiet, 华东重点", "Mine, Gone quiet"),
    ]  # fmt: skip
    assert changes(last, "zh") == [("列表", "", "客户"), ("标签页的顺序", "我的客户、断档", "")]


def test_it_is_narrowed_by_person_kind_record_and_day(cast: Cast, new_customer: Any) -> None:
    first = new_customer(cast.li, "佛山华悦陶瓷有限公司")
    new_customer(cast.wang, "苏州恒锐精密机械有限公司")
    with moment.frozen(NOW + timedelta(days=2)):
        assert cast.zhao.post("/customers/class", {"ids": [first], "intent_class": "A"}).status == 200
    assert _told(cast.admin, member_id=cast.wang.id, event="customer.created") == [
        "王销售 建档 苏州恒锐精密机械有限公司"
    ]
    assert _told(cast.admin, record_type="customer", record_id=first)[0] == "赵主管 定了意向等级 佛山华悦陶瓷有限公司"
    assert len(_told(cast.admin, event="customer", day_from="2026-11-26", day_to="2026-11-26")) == 1
    assert _told(cast.admin, day_from="2026-11-27") == []
    assert _told(cast.admin, member_id=cast.outsider.id) == []


def test_pages_follow_each_other_without_gap_or_repeat(cast: Cast, new_customer: Any) -> None:
    """C7: a page costs the same however deep it lies, and new events push nothing twice onto the next."""
    for number in range(7):
        with moment.frozen(NOW + timedelta(seconds=number // 3)):
            new_customer(cast.li, f"第{'一二三四五六七'[number]}家有限公司")
    wanted = list(Event.objects.filter(org=cast.org).order_by("-at", "-id").values_list("id", flat=True))
    found: list[int] = []
    cursor = ""
    while True:
        answer = cast.admin.get("/audit", limit=4, cursor=cursor)
        found += [row["id"] for row in answer["items"]]
        cursor = answer["next"] or ""
        if not cursor:
            break
        with moment.frozen(NOW + timedelta(minutes=1)):
            cast.admin.patch("/session/me", {"theme": "dark"})
    assert found == wanted


def test_fields_that_the_reader_may_not_read_are_not_told(cast: Cast, auditor: Person, new_customer: Any) -> None:
    """A12: the log gives no more away than the record."""
    pk = new_customer(cast.li, "佛山华悦陶瓷有限公司")
    body = {"version": 1, "amount": 7654321, "region": "禅城"}
    assert cast.li.patch(f"/customers/{pk}", body).status == 200
    contact = cast.li.get(f"/customers/{pk}")["contacts"][0]
    body = {"version": contact["version"], "phone": "13977650001"}
    assert cast.li.patch(f"/contacts/{contact['id']}", body).status == 200
    role = Role.objects.get(org=cast.org, key="auditor")
    fields = {"customer": {"amount": "hidden"}, "contact": {"phone": "masked"}}
    assert cast.admin.patch(f"/roles/{role.pk}", {"version": 1, "fields": fields}).status == 200
    text = auditor.get("/audit").text.decode()
    assert "禅城" in text
    assert "76,543" not in text and "7654321" not in text and "13977650001" not in text and "77650001" not in text
    assert "13977650001" in cast.admin.get("/audit").text.decode()
    taken = auditor.get("/audit/export.csv").text.decode()
    assert "禅城" in taken and "13977650001" not in taken and "76,543" not in taken


def test_a_reader_of_one_department_hears_of_its_customers_only(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.li, "佛山华悦陶瓷有限公司")
    new_customer(cast.qian, "苏州恒锐精密机械有限公司")
    role = Role.objects.get(org=cast.org, key="supervisor")
    assert cast.admin.patch(f"/roles/{role.pk}", {"version": 1, "verbs": [*role.verbs, "audit.read"]}).status == 200
    text = cast.zhao.get("/audit", limit=200).text.decode()
    assert "佛山华悦" in text and "苏州恒锐" not in text
    assert cast.zhao.get("/audit/export.csv").status == 403


def test_the_file_is_safe_and_says_in_the_log_who_took_it(cast: Cast, auditor: Person, new_customer: Any) -> None:
    """I2: nothing in it is a formula."""
    new_customer(cast.li, "=cmd|calc 有限公司")
    answer = auditor.get("/audit/export.csv", event="customer.created")
    lines = answer.text.decode("utf-8-sig").splitlines()
    assert lines[0] == "时间,谁,从哪里,做了什么,对象,名称,客户,改了什么,原因"
    assert "'=cmd|calc 有限公司" in lines[1] and ",=cmd" not in lines[1]
    assert answer.response["Cache-Control"] == "no-store"
    event = Event.objects.get(name="audit.exported")
    assert (event.member_id, event.data.data["after"]["filter"]) == (auditor.id, {"event": "customer.created"})


def test_whoever_reads_the_log_needs_the_right_to_take_it_out(
    cast: Cast, auditor: Person, django_assert_max_num_queries: Any
) -> None:
    """Refused before a row is read."""
    role = Role.objects.get(grant__member=auditor.member)
    role.verbs = ["audit.read", "profile.*"]
    role.save()
    cast.admin.patch("/organisation", {"name": "青松科技"})
    assert auditor.get("/audit").status == 200
    with django_assert_max_num_queries(8):
        refused = auditor.get("/audit/export.csv")
    assert (refused.status, refused["message"]) == (403, "你没有“导出操作记录”的权限，找管理员开通")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"event": "planet.exploded"}, "event"),
        ({"day_from": "2026-12-02", "day_to": "2026-12-01"}, "day_from"),
        ({"day_from": "0001-01-01"}, "day_from"),
        ({"cursor": "!!"}, "cursor"),
        ({"day_to": "yesterday"}, "day_to"),
        ({"limit": 5000}, "limit"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(cast: Cast, asked: Any, field: str) -> None:
    answer = cast.admin.get("/audit", **asked)
    assert (answer.status, answer["field"]) == (422, field), answer


def test_a_page_asks_no_more_the_longer_it_is(
    cast: Cast, new_customer: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        new_customer(cast.li, f"第{number}家陶瓷有限公司")
    cast.admin.patch(f"/members/{cast.wang.id}", {"roles": ["supervisor"]})
    with django_assert_max_num_queries(11):
        assert len(cast.admin.get("/audit", limit=100)["items"]) >= 25
