"""Finding by words: rare ones by the index of words, common ones row by row; both find the same (I8, R-131)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.search import queries

FIRMS = ("广州云帆科技有限公司", "广州蓝湾科技有限公司", "佛山永昌机械有限公司", "重庆长安自动化有限公司")


@pytest.fixture
def firms(cast: Cast) -> Cast:
    for at, name in enumerate(FIRMS):
        who = cast.li if at % 2 == 0 else cast.wang
        contact = {"name": f"陈{name[2]}", "phone": f"1380013800{at}"}
        assert who.post("/customers", {"name": name, "source": "online", "contact": contact}).status == 201
    return cast


def names(found: list[dict[str, object]]) -> list[str]:
    return sorted(str(each["name"]) for each in found)


@pytest.fixture(params=[queries.MOST_IDS, 0], ids=["by the index", "row by row"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_IDS", request.param)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("科技", FIRMS[:2]),
        ("公司", FIRMS),
        ("gzyf", FIRMS[:1]),
        ("guangzhou", FIRMS[:2]),
        ("chongqing", FIRMS[3:]),
        ("zhongqing", FIRMS[3:]),
        ("广州 科技 1380013800", FIRMS[:2]),
        ("8002", FIRMS[2:3]),
        ("广", FIRMS[:2]),
        ("\u202e广州\u200f", FIRMS[:2]),
        ("机械科技", ()),
        ("%", ()),
        ('"', ()),
        ("_公司", FIRMS),
        ("' OR 1=1", ()),
    ],
)
def test_words_find_the_same_in_both_ways(firms: Cast, way: None, text: str, expected: tuple[str, ...]) -> None:
    assert names(firms.admin.get("/customers", q=text)["items"]) == sorted(expected)
    assert names(firms.admin.get("/find", q=text)["customers"]) == sorted(expected)


def test_each_sees_the_own_hits_only(firms: Cast, way: None) -> None:
    assert names(firms.li.get("/customers", q="科技")["items"]) == [FIRMS[0]]
    assert names(firms.wang.get("/find", q="科技")["customers"]) == [FIRMS[1]]
    assert names(firms.li.get("/find", q="chen")["contacts"]) == ["陈云", "陈永"]
    assert firms.outsider.get("/find", q="科技")["customers"] == []


def test_a_word_known_to_be_common_is_not_fetched_again(firms: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_IDS", 3)
    counted = []
    firms.admin.get("/customers", q="机械")
    for _ in range(2):
        with CaptureQueriesContext(connection) as made:
            assert len(firms.admin.get("/customers", q="公司")["items"]) == 4
        counted.append(len(made))
    assert counted[0] == counted[1] + 1


def test_ten_thousand_characters_are_refused_in_a_sentence(firms: Cast) -> None:
    answer = firms.admin.get("/find", q="公" * 10_000)
    assert (answer.status, answer["field"]) == (422, "q")


def test_a_file_is_found_by_its_name_by_whoever_sees_the_record(firms: Cast, way: None) -> None:
    customer = firms.li.get("/customers", q="云帆")["items"][0]["id"]
    sent = SimpleUploadedFile("二期报价单.txt", "报价".encode(), content_type="text/plain")
    uploaded = firms.li.client.post("/api/v1/files", {"file": sent}).json()
    assert firms.li.get("/find", q="报价单")["files"] == []
    logged = firms.li.post(
        "/followups",
        {
            "customer_id": customer,
            "channel": "phone",
            "summary": "王总看了二期方案，问 3 号线能不能保留现有 PLC，预算 80 万。",
            "feedback": "他说“交期 45 天太长”",
            "file_ids": [{"id": uploaded["id"], "kind": "proposal"}],
            "next_steps": [{"act": "发 PLC 兼容清单并电话确认", "due_at": "2026-11-27T02:00:00Z"}],
        },
    )
    assert logged.status == 201, logged
    (hit,) = firms.li.get("/find", q="bjd")["files"]
    assert (hit["name"], hit["followup_id"], hit["customer"]["id"]) == ("二期报价单.txt", logged["id"], customer)
    assert firms.zhao.get("/find", q="报价单")["files"][0]["id"] == uploaded["id"]
    assert firms.wang.get("/find", q="报价单")["files"] == []
