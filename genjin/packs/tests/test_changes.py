"""What a team has made of the standard: nothing on its first day, and then each thing that it changed (R-221)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.queries import actor_of_member
from genjin.lib import moment
from genjin.packs.beginning import changed
from genjin.packs.organisation import create_organisation
from genjin.packs.pack_queries import own_pack
from genjin.packs.tests.test_packs import shape


@pytest.mark.django_db
def test_on_the_first_day_nothing_differs() -> None:
    boss = create_organisation("青松科技", account="b@x.cn", password="x-9-songlv", person="老板", now=moment.now())
    told = changed(actor_of_member(boss.pk))
    assert (told["changes"], told["lines"]) == ([], [])
    assert told["text"] == own_pack(actor_of_member(boss.pk))["text"]


def test_each_change_is_told_in_words_and_as_lines(cast: Cast) -> None:
    shape(cast.admin)
    told: dict[str, Any] = cast.admin.get("/pack/changes").body
    what = {each["id"]: each["what"] for each in told["changes"]}
    assert what["types//x_sample"] == what["forms/x_sample/cf_1"] == "added"
    assert any(each.startswith("options/car_model/") for each in what)
    assert what["roles//rep"] == what["roles//marketing"] == "changed"
    assert what["views/customer/大客户"] == "added" and what["standard/words/acts"]
    plus = [line[1:].strip() for line in told["lines"] if line.startswith("+")]
    assert "- key: x_sample" in plus and any("样品申请" in line for line in plus)
    # Laid over each other the lines lead from the one text to the other.
    now = set(cast.admin.get("/pack")["text"].splitlines())
    kept = [line for line in told["text"].splitlines() if line not in now]
    assert {f"-{line}" for line in kept} <= set(told["lines"])
    assert cast.li.get("/pack/changes").status == 403
