"""The first days of a new colleague, examples beside the fields, the help page (R-071, R-253)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.door.action import VERBS
from genjin.lib.standard import read_standard
from genjin.quality.tests.cases import verdict

ROOT = Path(__file__).resolve().parents[3]
CELL = {"summary": "summary", "feedback": "feedback", "next_steps": "next_step"}
EXAMPLES = [(slug, each) for slug, rows in read_standard("guide")["examples"].items() for each in rows]


@pytest.mark.parametrize(("slug", "example"), EXAMPLES)
def test_the_bad_example_is_told_off_and_the_good_one_is_not(slug: str, example: dict[str, Any]) -> None:
    """R-071: what the form shows is what the rules say."""
    cell = CELL[slug]
    bad = verdict(**{cell: example["bad"]})
    good = verdict(**{cell: example["good"]})
    told = [each for each in bad.findings if each.severity != "hint"]
    assert told and {each.field for each in told} <= {"跟进内容", "客户反馈", "下一步计划"}
    assert [each.rule for each in good.findings if each.severity != "hint"] == []
    assert bad.score < good.score


def test_every_step_names_verbs_events_and_a_page_that_exist() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "genjin").rglob("*.py") if "tests" not in path.parts]
    routes = re.findall(r"'(/[^']*)'", (ROOT / "web/src/app/router.tsx").read_text("utf-8"))
    pages = [re.compile(re.sub(r":part\?", "[a-z]+", re.sub(r":id|:token", r"\\d+", each)) + "$") for each in routes]
    standard = read_standard("guide")
    for path in standard["paths"]:
        assert path["for"] in VERBS
        for step in path["steps"]:
            assert step["verb"] in VERBS
            for name in step["done"]:
                assert any(f'"{name}"' in source for source in sources), name
    for each in [*standard["topics"], *(step for path in standard["paths"] for step in path["steps"])]:
        if "to" in each:
            page = re.split(r"[?#]", each["to"])[0]
            assert any(known.match(page) for known in pages), each["to"]


def steps(person: Any) -> dict[str, Any]:
    return {each["key"]: each["done_at"] for each in person.get("/desk/first-days")["steps"]}


def test_a_rep_sees_what_he_did_and_not_what_others_did(cast: Cast, new_customer: Any, good: Any) -> None:
    assert set(steps(cast.li).values()) == {None}
    customer = new_customer(cast.wang, "苏州恒锐精密机械有限公司")
    assert cast.wang.post("/followups", {"customer_id": customer, **good}).status == 201
    assert set(steps(cast.li).values()) == {None}
    done = steps(cast.wang)
    assert list(done) == ["customers", "log", "attempt", "done", "view"]
    assert [key for key, at in done.items() if at] == ["customers", "log"]


def test_each_kind_of_work_has_its_path(cast: Cast) -> None:
    paths = {name: getattr(cast, name).get("/desk/first-days")["key"] for name in ("li", "zhao", "admin")}
    assert paths == {"li": "rep", "zhao": "supervisor", "admin": "admin"}
    assert cast.admin.post("/invitations", {"name": "新人", "role": "rep"}).status == 200
    assert [key for key, at in steps(cast.admin).items() if at] == ["people"]


def test_the_path_is_put_away_for_good(cast: Cast) -> None:
    assert cast.li.get("/session")["member"]["guided"] is False
    assert cast.li.patch("/session/me", {"guided": True}).status == 200
    assert (cast.li.get("/session")["member"]["guided"], cast.wang.get("/session")["member"]["guided"]) == (True, False)
    assert cast.li.patch("/session/me", {"guided": "也许"}).status == 422


def test_the_help_page_is_whole_in_both_languages(cast: Cast) -> None:
    guide = cast.li.get("/guide")
    assert {"good-record", "next-step", "import", "who-sees", "undo"} <= {each["key"] for each in guide["topics"]}
    for topic in guide["topics"]:
        for line in [topic, *topic["lines"]]:
            assert re.search(r"[\u4e00-\u9fff]", line["zh"]) and not re.search(r"[\u4e00-\u9fff]", line["en"])
            assert not re.search(r"[您！!]", line["zh"])
