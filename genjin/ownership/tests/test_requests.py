"""Requests to other departments: background and expectation travel along, both sides see the state, times are
measured (R-097, R-105, R-169, R-177, R-185, R-186)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from conftest import Cast, Person, hire, logged_in
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Collaborator
from genjin.history.models import Event
from genjin.lib import moment
from genjin.ownership.models import HelpRequest
from genjin.ownership.tests.conftest import tell_everybody
from genjin.packs.organisation import add_department

ASK = {
    "kind": "technical",
    "question": "3 号线能不能保留现有 PLC",
    "background": "二期改造，现场 18 台旧定型机",
    "expectation": "30 天内交货，不换 PLC",
}


class Team:
    """技术部: 孙工 and 周工 under 吴经理."""

    def __init__(self, cast: Cast) -> None:
        place = add_department(cast.org, "技术部")
        self.place = place.pk
        self.sun, self.zhou, self.wu = (
            logged_in(hire(cast.org, name, "collaborator", place)) for name in ("孙工", "周工", "吴经理")
        )
        place.head = self.wu.member
        place.save()


@pytest.fixture
def tech(cast: Cast) -> Team:
    return Team(cast)


@pytest.fixture
def asked(cast: Cast, tech: Team, new_customer: Any) -> Callable[..., tuple[int, int]]:
    """`asked(**values)`: 李销售 asks the department that the kind names; (customer, request)."""

    def make(name: str = "甲公司", **values: Any) -> tuple[int, int]:
        pk = new_customer(cast.li, name)
        answer = cast.li.post(f"/customers/{pk}/help", {**ASK, **values})
        assert answer.status == 201, answer
        return pk, int(answer["id"])

    return make


def at(text: str) -> Any:
    """The clock stands at this time in Shanghai."""
    return moment.frozen(datetime.fromisoformat(f"{text}:00+08:00").astimezone(UTC))


def row(pk: int) -> HelpRequest:
    found: HelpRequest = unscoped(HelpRequest, "test").get(pk=pk)
    return found


def item(pk: int) -> tuple[int | None, str, str, str]:
    """Owner, state, words and day of the agenda row."""
    found = unscoped(AgendaItem, "test").get(source_type="help", source_id=pk)
    return found.owner_id, found.state, found.act, f"{found.due_at.astimezone(UTC):%d %H:%M}"


def lent(member: int) -> bool:
    return bool(unscoped(Collaborator, "test").filter(member_id=member, deleted_at__isnull=True).exists())


def untouched() -> tuple[Any, ...]:
    """Everything that a refused verb might have changed."""
    rows = unscoped(HelpRequest, "test").order_by("pk").values_list("pk", "version", "state", "holder_id", "due_at")
    items = unscoped(AgendaItem, "test").order_by("pk").values_list("pk", "version", "owner_id", "state")
    return list(rows), list(items), Event.objects.count(), unscoped(Collaborator, "test").count()


def states(who: Person, **query: Any) -> list[tuple[str, str]]:
    return [(each["state"], each["ball"]) for each in who.get("/requests", **query)["items"]]


def test_from_the_request_to_the_confirmation(cast: Cast, tech: Team, asked: Any) -> None:
    """R-177, R-186: accepted, asked back, answered, delivered and confirmed; the ball and its agenda row go along."""
    pk, request = asked()
    assert item(request) == (None, "open", ASK["question"], "25 10:00")
    (mine,) = cast.li.get("/requests", side="asked")["items"]
    assert (mine["kind"]["zh"], mine["ball"], mine["department"]["name"]) == ("技术支持", "department", "技术部")
    (theirs,) = tech.sun.get("/requests")["items"]
    assert [theirs[name] for name in ("background", "expectation")] == [ASK["background"], ASK["expectation"]]
    assert (theirs["customer"], lent(tech.sun.id)) == ({"id": pk, "name": "甲公司", "seen": False}, False)

    assert tech.sun.post(f"/help/{request}/take").status == 200
    assert (item(request)[0], lent(tech.sun.id), tech.sun.get(f"/customers/{pk}").status) == (tech.sun.id, True, 200)
    with at("2026-11-24T15:12"):
        assert tech.sun.post(f"/help/{request}/ask-back", {"question": "PLC 是什么型号"})["state"] == "asked_back"
    assert item(request) == (cast.li.id, "open", f"补充说明：{ASK['question']}", "25 10:00")
    assert states(tech.sun) == [("asked_back", "asker")]
    with at("2026-11-26T11:00"):
        assert cast.li.post(f"/help/{request}/reply", {"text": "西门子 S7-1200"})["state"] == "accepted"
    assert item(request) == (tech.sun.id, "open", ASK["question"], "27 10:00")
    with at("2026-11-27T10:00"):
        assert tech.sun.post(f"/help/{request}/answer", {"answer": "可以，加一块网关"})["state"] == "delivered"
    assert item(request)[:3] == (cast.li.id, "open", f"确认交付：{ASK['question']}")
    assert (lent(tech.sun.id), states(cast.li, side="asked")) == (True, [("delivered", "asker")])
    with at("2026-11-27T10:30"):
        assert cast.li.post(f"/help/{request}/confirm")["state"] == "done"
    assert (item(request)[1], lent(tech.sun.id), tech.sun.get(f"/customers/{pk}").status) == ("done", False, 404)
    assert states(tech.sun, state="settled") == states(cast.li, side="asked", state="settled") == [("done", "")]
    done = row(request)
    assert (done.response_minutes, done.worked_minutes, done.late) == (0, 240 + 420, False)
    told = [each["sentence"]["zh"] for each in cast.li.get(f"/customers/{pk}/timeline")["items"]]
    assert [each for each in told if "协作" not in each][:5] == [
        f"确认交付：{ASK['question']}", "回答求助：可以，加一块网关", "补充说明：西门子 S7-1200",
        "反问：PLC 是什么型号", "接下求助",
    ]  # fmt: skip
    names = [f"help.{name}" for name in ("asked", "taken", "asked_back", "replied", "answered", "confirmed")]
    kept = list(Event.objects.filter(subject_type="help").order_by("id").values_list("name", "data__data"))
    assert [name for name, _ in kept] == names
    assert kept[2][1]["before"] == {"state": "accepted", "holder_id": tech.sun.id}
    assert kept[2][1]["after"]["holder_id"] == cast.li.id


def test_each_is_told_what_the_other_did(cast: Cast, tech: Team, asked: Any) -> None:
    """R-177: the inbox of whoever waits or has the ball."""
    _, request = asked()
    for who, verb, body in (
        (tech.sun, "take", None), (tech.sun, "ask-back", {"question": "型号"}), (cast.li, "reply", {"text": "S7"}),
        (tech.sun, "answer", {"answer": "可以"}), (cast.li, "reopen", {"why": "还差图纸"}),
    ):  # fmt: skip
        assert who.post(f"/help/{request}/{verb}", body).status == 200
    tell_everybody()
    ours = {each["zh"] for each in cast.li.get("/inbox")["items"]}
    assert ours == {
        "孙工 接下了你的求助（甲公司）：" + ASK["question"], "孙工 反问（甲公司）：型号",
        "孙工 回答了你的求助（甲公司）：可以",
    }  # fmt: skip
    theirs = {each["zh"] for each in tech.sun.get("/inbox")["items"]}
    assert {"李销售 补充了说明（甲公司）：S7", "李销售 退回了你的交付（甲公司）：还差图纸"} <= theirs


def test_sent_back_it_goes_on_with_a_new_limit(cast: Cast, tech: Team, asked: Any) -> None:
    """R-186: not what was needed; the working time of both rounds counts, and what came late stays late."""
    _, request = asked()
    tech.sun.post(f"/help/{request}/take")
    with at("2026-11-26T10:12"):
        tech.sun.post(f"/help/{request}/answer", {"answer": "可以"})
        assert cast.li.post(f"/help/{request}/reopen", {"why": "缺报价"})["state"] == "accepted"
    assert item(request) == (tech.sun.id, "open", ASK["question"], "27 10:00")
    with at("2026-11-26T11:12"):
        tech.sun.post(f"/help/{request}/answer", {"answer": "可以，2 万"})
    done = row(request)
    assert (done.worked_minutes, done.late, done.answer) == (2 * 480 + 60, True, "可以，2 万")
    assert [each["what"] for each in done.said] == ["answer", "reopen", "answer"]


def test_what_one_declines_the_head_gives_to_another(cast: Cast, tech: Team, asked: Any) -> None:
    """R-186: with its reason it goes to the head, who finds somebody or declines it for good."""
    pk, request = asked()
    tech.sun.post(f"/help/{request}/take")
    assert tech.sun.post(f"/help/{request}/decline", {"why": "我不懂这个型号"})["state"] == "declined"
    assert (item(request)[0], lent(tech.sun.id)) == (tech.wu.id, False)
    assert item(request)[2] == f"安排谁来做：{ASK['question']}"
    before = untouched()
    refused = tech.zhou.post(f"/help/{request}/take")
    assert (refused.status, refused["zh"], untouched()) == (409, "已经退回给部门负责人，由他安排", before)
    assert tech.wu.post(f"/help/{request}/give", {"helper_id": cast.qian.id})["zh"] == "选本部门在职的同事"
    assert tech.wu.post(f"/help/{request}/give", {"helper_id": tech.zhou.id})["state"] == "open"
    assert (item(request)[0], tech.zhou.get(f"/customers/{pk}").status) == (tech.zhou.id, 200)
    assert tech.zhou.post(f"/help/{request}/decline", {"why": "我也不懂"})["state"] == "declined"
    assert tech.wu.post(f"/help/{request}/decline", {"why": "这个型号停产了"})["state"] == "refused"
    assert unscoped(AgendaItem, "test").filter(kind="help", deleted_at__isnull=True).count() == 0
    (ended,) = cast.li.get("/requests", side="asked", state="settled")["items"]
    assert [each["text"] for each in ended["said"]] == ["我不懂这个型号", "我也不懂", "这个型号停产了"]


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"background": " "}, 422, "“技术支持”要写清需求背景，对方才好做"),
        ({"expectation": ""}, 422, "“技术支持”要写清客户的期望"),
        ({"kind": "nothing"}, 422, "没有这种求助，重新选一种"),
        ({"kind": "quote"}, 422, "选一位同事，或者一个部门"),
        ({"due_at": "2026-11-20T02:00:00Z"}, 422, "希望的时间已经过了，选以后的"),
        ({"helper_id": "qian", "department_id": "tech"}, 422, "这位同事不在选的部门里"),
        ({"file_ids": [10**9]}, 422, "附件找不到，重新上传一次"),
    ],
)
def test_refused_requests(cast: Cast, tech: Team, new_customer: Any, change: Any, status: int, said: str) -> None:
    """R-186: nothing goes out without what must travel along."""
    pk = new_customer(cast.li, "甲公司")
    before = untouched()
    named = {"qian": cast.qian.id, "tech": tech.place}
    body = {
        **ASK,
        **{key: named.get(value, value) if isinstance(value, str) else value for key, value in change.items()},
    }
    answer = cast.li.post(f"/customers/{pk}/help", body)
    assert (answer.status, answer["zh"], untouched()) == (status, said, before)


def test_turns_out_of_order_change_nothing(cast: Cast, tech: Team, asked: Any) -> None:
    """R-186: each verb is for the side that has the ball; nobody confirms his own delivery."""
    _, request = asked()
    tech.sun.post(f"/help/{request}/take")
    before = untouched()
    early = [
        (tech.zhou, "take", None, 409, "孙工 已经接了"),
        (cast.li, "answer", {"answer": "我自己答"}, 403, "由被问的同事来回答；别的话写在评论里"),
        (cast.li, "reply", {"text": "S7"}, 409, "对方没有在等你补充"),
        (cast.li, "confirm", None, 409, "对方还没有交付"),
        (tech.sun, "withdraw", None, 403, "由提问的人或客户的负责人撤回"),
        (tech.sun, "due", {"due_at": "2026-12-01T02:00:00Z"}, 403, "由提出的人改期限；来不及就反问他"),
        (tech.sun, "ask-back", {"question": " "}, 422, "写清还缺什么"),
        (tech.sun, "decline", {"why": ""}, 422, "写清为什么不能做"),
        (tech.zhou, "give", {"helper_id": tech.zhou.id}, 403, "由这个部门的负责人来安排"),
    ]
    for who, verb, body, status, said in early:
        answer = who.post(f"/help/{request}/{verb}", body)
        assert (verb, answer.status, answer["zh"]) == (verb, status, said)
    agenda = unscoped(AgendaItem, "test").get(source_id=request, source_type="help")
    moved = tech.sun.post(f"/agenda/{agenda.pk}/reschedule", {"version": 2, "due_at": "2026-12-01T02:00:00Z"})
    assert (moved.status, moved["zh"]) == (409, "求助的期限由提出的人改；来不及就反问他")
    assert untouched() == before
    tech.sun.post(f"/help/{request}/answer", {"answer": "可以"})
    before = untouched()
    own = tech.sun.post(f"/help/{request}/confirm")
    assert (own.status, own["zh"], untouched()) == (403, "自己的交付由提出的人确认", before)
    cast.li.post(f"/help/{request}/withdraw")
    late = tech.sun.post(f"/help/{request}/ask-back", {"question": "型号"})
    assert (late.status, late["zh"]) == (409, "这条求助已经由提出的人撤回") or late.status == 404


def test_a_plain_question_needs_no_confirmation(cast: Cast, new_customer: Any) -> None:
    """R-185: 问一下 asks for nothing but the question, and its answer ends it."""
    pk = new_customer(cast.li, "甲公司")
    request = cast.li.post(f"/customers/{pk}/help", {"question": "谁去过现场", "helper_id": cast.qian.id})
    assert f"{row(request['id']).due_at:%d %H:%M}" == "25 10:00"
    assert cast.qian.post(f"/help/{request['id']}/answer", {"answer": "王工去过"})["state"] == "done"
    assert (item(request["id"])[1], lent(cast.qian.id)) == ("done", False)


def test_the_asker_moves_the_limit(cast: Cast, tech: Team, asked: Any) -> None:
    """R-111: another time stands on the request and on its agenda row; after a pause it goes on by its own clock."""
    _, request = asked()
    assert cast.li.post(f"/help/{request}/due", {"due_at": "2026-11-24T08:00:00Z", "precision": "minute"}).status == 200
    assert item(request)[3] == "24 08:00"
    tech.sun.post(f"/help/{request}/take")
    with at("2026-11-24T15:00"):
        tech.sun.post(f"/help/{request}/ask-back", {"question": "型号"})
    with at("2026-11-24T16:30"):
        cast.li.post(f"/help/{request}/reply", {"text": "S7"})
    assert item(request)[3] == "24 09:30"


def test_files_go_with_the_request_and_the_result(cast: Cast, tech: Team, asked: Any) -> None:
    """R-186, A7: whoever reads the request reads its files, nobody else."""
    sent = _upload(cast.li, "现场照片.txt")
    _, request = asked(file_ids=[sent])
    assert (tech.sun.get(f"/files/{sent}").status, cast.wang.get(f"/files/{sent}").status) == (200, 404)
    tech.sun.post(f"/help/{request}/take")
    made = _upload(tech.sun, "方案.txt")
    stolen = tech.sun.post(f"/help/{request}/answer", {"answer": "见附件", "file_ids": [sent]})
    assert stolen.status == 422
    assert tech.sun.post(f"/help/{request}/answer", {"answer": "见附件", "file_ids": [made]}).status == 200
    (shown,) = cast.li.get("/requests", side="asked")["items"]
    assert [(each["name"], each["delivered"]) for each in shown["files"]] == [
        ("现场照片.txt", False),
        ("方案.txt", True),
    ]
    assert cast.li.get(f"/files/{made}").status == 200


def _upload(who: Person, name: str) -> int:
    file = SimpleUploadedFile(name, "接线图".encode(), content_type="text/plain")
    answer = who.client.post("/api/v1/files", {"file": file})
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def test_what_goes_along_is_proposed_as_far_as_one_reads_it(
    cast: Cast, tech: Team, new_customer: Any, good: Any
) -> None:
    """R-186: needs and the last record, the kind's department and its limit."""
    pk = new_customer(cast.li, "甲公司")
    cast.li.post(f"/customers/{pk}/needs", {"text": "42 个点位", "kind": "function"})
    cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"})
    found = cast.li.get(f"/customers/{pk}/help/new")
    kinds = {each["key"]: each for each in found["kinds"]}
    assert (kinds["technical"]["department_id"], kinds["technical"]["due_at"][:16]) == (tech.place, "2026-11-25T10:00")
    assert (kinds["proposal"]["due_at"][:16], kinds["quote"]["department_id"]) == ("2026-11-26T10:00", None)
    assert "42 个点位" in found["needs"]
    assert found["record"]["summary"] == good["summary"]
    role = cast.li.member.grants.get().role
    role.fields = {"need": {"text": "hidden"}, "followup": {"summary": "hidden", "feedback": "hidden"}}
    role.save()
    cast.admin.patch("/organisation", {"name": "青松"})
    hidden = cast.li.get(f"/customers/{pk}/help/new")
    assert (hidden["needs"], hidden["record"]["summary"], hidden["record"]["feedback"]) == ([], "", "")


def test_who_may_not_read_records_reads_what_was_written_to_him_alone(cast: Cast, tech: Team, asked: Any) -> None:
    """R-166: both sides read background and expectation; a third colleague does as he reads needs and records."""
    pk, request = asked()
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.qian.id})
    for who in (tech.sun, cast.qian):
        role = who.member.grants.get().role
        role.fields = {"followup": {"summary": "hidden"}}
        role.save()
    cast.admin.patch("/organisation", {"name": "青松"})
    assert tech.sun.get("/requests")["items"][0]["background"] == ASK["background"]
    (third,) = cast.qian.get(f"/customers/{pk}/ownership")["help"]
    assert (third["id"], third["background"], third["expectation"]) == (request, "", "")
    assert (cast.qian.get("/requests")["items"], cast.outsider.get("/requests")["items"]) == ([], [])


def test_who_leaves_keeps_nothing(cast: Cast, tech: Team, asked: Any) -> None:
    """R-157: what he had taken goes back to his department; what was asked back waits for the owner."""
    pk, request = asked()
    tech.sun.post(f"/help/{request}/take")
    assert cast.admin.patch(f"/members/{tech.sun.id}", {"active": False}).status == 200
    assert (row(request).state, item(request)[0], lent(tech.sun.id)) == ("open", None, False)
    tech.zhou.post(f"/help/{request}/take")
    tech.zhou.post(f"/help/{request}/ask-back", {"question": "型号"})
    cast.admin.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id})
    assert item(request)[0] == cast.wang.id
    cast.admin.patch(f"/members/{tech.zhou.id}", {"active": False})
    assert cast.wang.post(f"/help/{request}/reply", {"text": "S7"})["state"] == "open"
    assert (item(request)[0], row(request).department_id) == (None, tech.place)


def test_figures_by_department_and_kind(cast: Cast, tech: Team, asked: Any) -> None:
    """R-177, R-183: working time to the first word and to the delivery, and the share in time, of those one sees."""
    _, first = asked()
    _, second = asked("乙公司")
    _, third = asked("丙公司", kind="proposal")
    with at("2026-11-24T11:12"):
        tech.sun.post(f"/help/{first}/take")
    with at("2026-11-24T14:12"):
        tech.sun.post(f"/help/{first}/answer", {"answer": "可以"})
    with at("2026-11-26T10:12"):
        tech.zhou.post(f"/help/{second}/take")
        tech.zhou.post(f"/help/{second}/answer", {"answer": "不行"})
        cast.li.post(f"/help/{third}/withdraw")
        found = cast.zhao.get("/requests/figures")
        (line,) = found["items"]
        assert (line["department"]["name"], line["kind"]["zh"]) == ("技术部", "技术支持")
        assert (line["response_minutes"], line["delivery_minutes"]) == ((60 + 960) // 2, (180 + 960) // 2)
        assert (line["asked"], line["delivered"], line["in_time"], line["in_time_share"]) == (2, 2, 1, 0.5)
        assert found["total"]["in_time_share"] == 0.5
        assert tech.wu.get("/requests/figures")["total"]["asked"] == 2
        assert cast.admin.get("/requests/figures", days=1)["items"] == []
    refused = cast.li.get("/requests/figures")
    assert (refused.status, refused["zh"]) == (403, "响应时间由主管和部门负责人来看")
    assert cast.outsider.get("/requests/figures")["items"] == []


@pytest.mark.django_db(transaction=True)
def test_two_accept_at_once(cast: Cast, tech: Team, asked: Any) -> None:
    """R-177: one has it, the other is told who."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite locks the whole file")
    _, request = asked()
    barrier, answers = Barrier(2), {}

    def take(who: Person) -> None:
        barrier.wait()
        answers[who.id] = who.post(f"/help/{request}/take")
        connections.close_all()

    threads = [Thread(target=take, args=(who,)) for who in (tech.sun, tech.zhou)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.status for each in answers.values()) == [200, 409]
    winner = row(request).helper
    lost = next(each for each in answers.values() if each.status == 409)
    assert winner is not None and lost["zh"] == f"{winner.name} 已经接了"
