"""The team's own standard: published, tried, laid before old records, rolled back (R-037, R-067, R-213)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Answer, Cast
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.followups.models import FollowUp
from genjin.orgs.models import Organisation
from genjin.quality.judge import judge
from genjin.quality.models import TeamStandard
from genjin.quality.queries import compiled
from genjin.quality.record import AXES
from genjin.quality.standard import ADVICE, SEVERITIES, load_standard
from genjin.quality.team import checked
from genjin.quality.tests.cases import GOOD, NOW
from genjin.quality.tests.test_score import BAD, HEADER, record_cells

LATE = {"late-entry": {"severity": "error", "weight": 12}}
_SCORED = sorted(load_standard().rules.keys() - ADVICE)
_settings = st.fixed_dictionaries({}, optional={"severity": st.sampled_from(SEVERITIES), "weight": st.integers(0, 40)})
bodies = st.fixed_dictionaries(
    {"rules": st.dictionaries(st.sampled_from(_SCORED), _settings, max_size=8)},
    optional={"required": st.dictionaries(st.sampled_from(sorted(load_standard().required)), _settings, max_size=4)},
)


@pytest.fixture
def pk(cast: Cast, new_customer: Any) -> int:
    found: int = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    return found


def put(cast: Cast, version: int, **body: Any) -> Answer:
    answer: Answer = cast.admin.put("/standard", {"version": version, **body})
    return answer


def test_what_is_published_is_judged_by_at_once(cast: Cast, pk: int, good: Any) -> None:
    """R-213, R-037: a required cell is let go, a word counts, and the very next record is judged by that."""
    bare = {**good, "feedback": "", "quotes": []}
    assert cast.li.post("/followups", {"customer_id": pk, **bare}).status == 422
    said = put(cast, 0, required={"客户反馈": {"severity": "off"}})
    assert (said.status, said["version"]) == (200, 1)
    assert said["said"] == [{"zh": "“客户反馈”：必须补，14 分 → 不查，14 分", "en": "Feedback: must, 14 → off, 14"}]
    assert cast.li.post("/followups", {"customer_id": pk, **bare}).status == 201
    shown = cast.admin.get("/standard")
    held = {each["key"]: each["holds"] for each in shown["required"]}
    assert (shown["version"], held["客户反馈"]["severity"], held["联系人"]["severity"]) == (1, "off", "error")


def test_words_of_the_trade_count_as_facts(cast: Cast) -> None:
    body = {"words": {"documents": {"add": ["两票制"]}}, "glossary": {"CO": "原产地证书"}}
    answer = cast.admin.post("/standard/try", {**body, "summary": "客户说到两票制"})
    rules = {name: [each["rule"] for each in answer[name]] for name in ("now", "draft")}
    assert rules == {"now": ["vague-summary"], "draft": ["scene-data-action"]}
    told = cast.admin.post("/standard/try", {**body, "summary": "王总要 CO，8 月 3 日前寄到"})
    assert ([each["rule"] for each in told["now"]], [each["rule"] for each in told["draft"]]) == ([], ["glossary"])
    assert not TeamStandard.objects.exists()


def test_a_channel_that_the_team_added_is_no_unknown_option(cast: Cast, pk: int, good: Any) -> None:
    """R-027: the list is the team's; the rules read the same."""
    old = cast.admin.get("/option-lists/channel").body
    items = [{name: each[name] for name in ("key", "zh", "en", "synonyms")} for each in old["items"]]
    items.append({"zh": "抖音私信", "en": "Douyin", "synonyms": ["抖音"]})
    saved = cast.admin.put("/option-lists/channel", {"version": old["version"], "items": items})
    answer = cast.li.post("/followups", {"customer_id": pk, **good, "channel": saved["keys"][-1]})
    assert (answer.status, answer["score"]) == (201, 100), answer


def test_the_draft_is_laid_before_old_records(cast: Cast, pk: int, good: Any) -> None:
    """The next step has no goal in words: it went through, the draft would have stopped it; nothing is written."""
    first = cast.li.post("/followups", {"customer_id": pk, **good})
    found = cast.admin.post("/standard/impact", {"rules": {"vague-summary": {"severity": "off"}}})
    assert (found["looked_at"], found["stopped"], found["freed"], found["points"]) == (1, 0, 0, 0.0)
    assert found["said"]["zh"] == "近 90 天的 1 条里，没有一条会多拦下"
    wait = {**good, "next_steps": [{**good["next_steps"][0], "act": "等客户回复"}], "summary": good["summary"] + "。"}
    assert put(cast, 0, rules={"vague-next-step": {"severity": "warning"}}).status == 200
    second = cast.li.post("/followups", {"customer_id": pk, **wait})
    assert second.status == 201, second
    found = cast.admin.post("/standard/impact", {})
    assert (found["looked_at"], found["stopped"]) == (2, 1)
    assert [each["key"] for each in found["by_rule"]] == ["vague-next-step"]
    assert [(each["name"], each["count"]) for each in found["by_member"]] == [(cast.li.member.name, 1)]
    assert [each["id"] for each in found["examples"]] == [second["id"]] != [first["id"]]
    assert TeamStandard.objects.count() == 1


def test_the_replay_quotes_nothing_that_the_reader_may_not_see(cast: Cast, pk: int, good: Any) -> None:
    """R-166: an administrator whose role hides the summary is told the rule and the customer, no word of the record."""
    put(cast, 0, rules={"vague-next-step": {"severity": "warning"}})
    wait = {**good, "next_steps": [{**good["next_steps"][0], "act": "等客户回复"}]}
    assert cast.li.post("/followups", {"customer_id": pk, **wait}).status == 201
    Role.objects.filter(org=cast.org, key="admin").update(fields={"followup": {"summary": "hidden"}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    found = cast.admin.post("/standard/impact", {})
    (example,) = found["examples"]
    assert (found["stopped"], example["summary"]) == (1, "")
    rule = {"zh": "下一步不能执行", "en": "The next step cannot be done"}
    assert example["findings"] == [{"rule": "vague-next-step", "message": rule}]
    assert good["summary"] not in found.text.decode()


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"rules": {"no-rule": {"weight": 1}}}, "rules.no-rule", "没有“no-rule”这条规则"),
    ({"rules": {"glossary": {"severity": "error"}}}, "rules.glossary", "“内部行话”只能提示或不查：它不算分"),
    ({"thresholds": {"late_hours": 0}}, "thresholds.late_hours", "“几小时以后才写算补填”要在 1 到 720 之间"),
    ({"thresholds": {"speed": 3}}, "thresholds.speed", "没有“speed”这个门槛"),
    ({"words": {"blank": {"add": ["没有"]}}}, "words.blank", "没有“blank”这个词表"),
    ({"words": {"acts": {"add": ["发 样"]}}}, "words.acts", "“发 样”不能当词：不能有空格，最长 20 个字"),
    ({"glossary": {"MES": ""}}, "glossary.MES", "写上“MES”的意思"),
]


@pytest.mark.parametrize(("body", "field", "zh"), WRONG)
def test_what_cannot_be_is_refused_and_nothing_changes(cast: Cast, body: dict[str, Any], field: str, zh: str) -> None:
    answer = put(cast, 0, **body)
    assert (answer.status, answer["field"], answer["zh"]) == (422, field, zh)
    assert not TeamStandard.objects.exists()


def test_only_administrators_and_never_over_somebody_else(cast: Cast) -> None:
    assert cast.li.put("/standard", {"version": 0, "rules": LATE}).status == 403
    assert put(cast, 0, rules=LATE).status == 200
    late = put(cast, 0, thresholds={"late_hours": 48})
    assert (late.status, late["zh"]) == (409, "管理员刚改过跟进标准，先看看改了什么")
    same = put(cast, 1, rules=LATE)
    assert (same.status, same["code"]) == (409, "same")
    assert cast.outsider.get("/standard").status in (200, 403)
    assert [row.number for row in TeamStandard.objects.all()] == [1]


def test_an_older_standard_comes_back_as_a_new_version(cast: Cast, pk: int, good: Any) -> None:
    """What was written meanwhile keeps its points."""
    put(cast, 0, rules=LATE)
    put(cast, 1, thresholds={"late_hours": 48})
    record = cast.li.post("/followups", {"customer_id": pk, **good})
    back = cast.admin.post("/standard/roll-back", {"version": 2, "to": 1})
    assert (back.status, back["version"]) == (200, 3)
    assert cast.admin.get("/standard")["body"]["rules"] == LATE
    bare = cast.admin.post("/standard/roll-back", {"version": 3, "to": 0})
    assert bare["version"] == 4
    assert not any(cast.admin.get("/standard")["body"].values())
    items = cast.admin.get("/standard/versions")["items"]
    assert [(each["number"], each["live"], each["took"]) for each in items] == [
        (4, True, 0), (3, False, 1), (2, False, None), (1, False, None)]  # fmt: skip
    assert unscoped(FollowUp, "test").get(pk=record["id"]).score == record["score"]
    assert cast.admin.post("/standard/roll-back", {"version": 4, "to": 9}).status == 404


@given(body=bodies, cells=record_cells, cell=st.sampled_from(sorted(HEADER)), data=st.data())
@settings(max_examples=150)
def test_mending_never_costs_points_under_any_standard(
    body: dict[str, Any], cells: dict[str, Any], cell: str, data: st.DataObject
) -> None:
    """R-067: whatever a team weighs how, a blank that counts costs no less than bad text in its place."""
    standard = compiled(checked(body))
    blank = judge(replace(GOOD, **(cells | {cell: ""})), standard, now=NOW)
    text = data.draw(st.sampled_from(BAD[cell]))
    filled = judge(replace(GOOD, **(cells | {cell: text})), standard, now=NOW)
    counted = [each for each in blank.findings if each.rule == "missing-required" and each.field == HEADER[cell]]
    if counted and counted[0].severity in ("error", "warning") and not filled.attempt:
        assert filled.score >= blank.score
    mended = judge(replace(GOOD, **(cells | {cell: getattr(GOOD, cell)})), standard, now=NOW)
    assert mended.score >= filled.score
    assert all(mended.axes[axis] >= filled.axes[axis] for axis in AXES)
    silent = {rule for rule, each in standard.rules.items() if each.severity == "off"} - {"missing-required"}
    assert not silent & {each.rule for each in filled.findings}
