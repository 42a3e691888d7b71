"""R-248: whoever leaves a finding is told what the firm risks by it."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from genjin.quality.standard import StandardError, standard_from
from genjin.quality.tests.cases import STANDARD, verdict


def test_every_scored_rule_says_its_risk_in_both_languages() -> None:
    scored = {name: each for name, each in STANDARD.rules.items() if each.severity != "hint"}
    assert len(scored) == 14
    assert all(each.risk and each.risk.zh and each.risk.en for each in scored.values())
    assert {each.risk.zh for each in scored.values() if each.risk} == {
        "丢单", "误判", "推诿", "重复劳动", "有纠纷时没有凭据",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "rule", "risk"),
    [
        ({"contact_info": "138001380"}, "bad-contact-format", "丢单"),
        ({"summary": "沟通顺利"}, "vague-summary", "重复劳动"),
        ({"next_step": "持续跟进", "due": "2025-07-02"}, "vague-next-step", "丢单"),
        ({"contact_at": "上周"}, "inexact-time", "有纠纷时没有凭据"),
        ({"feedback": "客户嫌贵"}, "subjective-claim", "误判"),
    ],
)
def test_a_finding_carries_the_risk_of_its_rule(cells: dict[str, str], rule: str, risk: str) -> None:
    (found,) = [each for each in verdict(**cells).findings if each.rule == rule]
    assert found.risk is not None and found.risk.zh == risk


def test_a_pack_with_an_unknown_risk_is_refused_by_name() -> None:
    data = yaml.safe_load((files("genjin") / "packs" / "standard" / "quality.yaml").read_text("utf-8"))
    data["rules"]["chat-log"]["risk"] = "boredom"
    with pytest.raises(StandardError, match="chat-log 的风险“boredom”"):
        standard_from(data)
