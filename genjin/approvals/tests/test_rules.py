"""Which records are reviewed and by whom: pure (R-170, R-087)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.approvals.rules import Facts, Post, ReviewRules, RulesError, reviewer_of, rules_from, why_reviewed

DATA = {
    "kinds": ["report"],
    "intent_classes": ["A"],
    "statuses": ["won", "lost"],
    "below_score": 70,
    "share": 0.05,
    "reviewers": ["supervisor"],
    "fallback": ["admin"],
    "review_workdays": 1,
    "mend_workdays": 1,
    "check_new_files": True,
    "file_workdays": 1,
    "peer_each": 1,
    "peer_workdays": 3,
}
RULES = rules_from(DATA)
PLAIN = Facts("sales", "contacted", "B", 92)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (PLAIN, []),
        (replace(PLAIN, kind="report"), [{"rule": "kind", "value": "report"}]),
        (replace(PLAIN, intent_class="A"), [{"rule": "intent_class", "value": "A"}]),
        (replace(PLAIN, status="won"), [{"rule": "status", "value": "won"}]),
        (replace(PLAIN, score=69), [{"rule": "score", "value": 69}]),
        (replace(PLAIN, score=70), []),
        (replace(PLAIN, status="lost", score=50),
         [{"rule": "status", "value": "lost"}, {"rule": "score", "value": 50}]),
        (replace(PLAIN, status="won", historical=True), []),
        (replace(PLAIN, status="won", attempt=True), []),
    ],
)  # fmt: skip
def test_the_pack_names_what_is_reviewed(facts: Facts, why: list[dict[str, object]]) -> None:
    """R-170: ordinary records need none; taken-over ones and attempts never."""
    assert why_reviewed(RULES, facts, draw=0.99) == why


def test_the_draw_takes_its_share_of_the_rest() -> None:
    assert why_reviewed(RULES, PLAIN, draw=0.0499) == [{"rule": "sample", "value": 5}]
    assert why_reviewed(RULES, PLAIN, draw=0.05) == []
    assert why_reviewed(replace(RULES, share=0.0), PLAIN, draw=0.0) == []


@given(draw=st.floats(0, 1, exclude_max=True), share=st.floats(0, 1))
def test_history_is_never_drawn(draw: float, share: float) -> None:
    rules: ReviewRules = replace(RULES, share=share)
    assert why_reviewed(rules, replace(PLAIN, historical=True), draw) == []
    assert bool(why_reviewed(rules, PLAIN, draw)) == (draw < share)


def test_the_nearest_supervisor_who_is_not_the_author() -> None:
    """Up the tree from the department: team 3 under area 2 under house 1; nobody reviews his own."""
    chain = [3, 2, 1]
    team, area, admin = Post(30, "supervisor", 3), Post(20, "supervisor", 2), Post(10, "admin", 1)
    posts = [admin, area, team, Post(31, "supervisor", 4)]
    assert reviewer_of(RULES, posts, chain, [99]) == team
    assert reviewer_of(RULES, posts, chain, [30, 99]) == area
    assert reviewer_of(RULES, posts, chain, [30, 20]) == admin
    assert reviewer_of(RULES, posts, chain, [30, 20, 10]) is None
    assert reviewer_of(RULES, posts, [], [99]) == admin


@pytest.mark.parametrize(("key", "value"), [("share", 1.5), ("share", "viel"), ("kinds", None), ("below_score", "x")])
def test_broken_rules_name_their_key(key: str, value: object) -> None:
    with pytest.raises(RulesError):
        rules_from({**DATA, key: value})
    with pytest.raises(RulesError, match=key):
        rules_from({name: each for name, each in DATA.items() if name != key})
