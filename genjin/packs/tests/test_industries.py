"""The packs that come with the product: each whole by itself, none another one under a new name (R-253, R-256)."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from conftest import Cast
from genjin.lib.standard import read_standard
from genjin.packs.book import read_pack, write_pack
from genjin.packs.pack_queries import _shipped, shipped_text

KEYS = tuple(_shipped())
PACKS = {key: read_pack(shipped_text(key)) for key in KEYS}


def said(pack: dict[str, Any]) -> set[tuple[str, ...]]:
    """What a pack brings, without the keys it gives its fields."""
    standard = pack["standard"]
    words = {("words", name, word) for name, each in standard["words"].items() for word in each["add"]}
    words |= {("glossary", *each) for each in standard["glossary"].items()}
    fields = {(slug, each["zh"], each["type"]) for slug, form in pack["forms"].items() for each in form["fields"]}
    book = pack["playbooks"][0]
    nodes = {("node", each["zh"], each["action"]) for each in book["nodes"]} | {("process", book["title"]["zh"])}
    return (
        fields
        | words
        | nodes
        | {(name, each["key"], each["zh"]) for name, items in pack["options"].items() for each in items}
    )


def test_the_six_industries_are_there() -> None:
    assert set(KEYS) == {"finance", "manufacturing", "medical", "retail", "software", "trade"}


@pytest.mark.parametrize("key", KEYS)
def test_an_industry_brings_fields_and_lists_of_its_own(key: str) -> None:
    pack = PACKS[key]
    assert len(pack["forms"]["customer"]["fields"]) >= 8
    assert len(pack["options"]) >= 3
    standard = pack["standard"]
    words = sum(len(each["add"]) for each in standard["words"].values())
    assert words + len(standard["glossary"]) >= 10
    assert len(standard["rules"]) >= 2
    assert write_pack(pack) == shipped_text(key)


@pytest.mark.parametrize(("one", "other"), list(combinations(KEYS, 2)))
def test_two_industries_differ_in_most_of_what_they_bring(one: str, other: str) -> None:
    """At least 40 % of what the two bring stands in one of them only."""
    first, second = said(PACKS[one]), said(PACKS[other])
    assert len(first ^ second) / len(first | second) >= 0.4


@pytest.mark.parametrize("key", KEYS)
def test_an_industry_brings_a_process_of_its_own(key: str) -> None:
    """R-110: nodes in the words of the trade, with action, output, limits, ladders, gates that name its own fields; in
    both languages."""
    (book,) = PACKS[key]["playbooks"]
    main = [each for each in book["nodes"] if not each.get("beside")]
    assert len(main) >= 8 and len(book["nodes"]) > len(main)
    assert all(each["action"] and each["output"] and each["en"].isascii() for each in book["nodes"])
    assert sum("limit" in each for each in main) >= len(main) - 2
    items = [item for each in book["nodes"] for item in each.get("gate", {}).get("items", ())]
    assert len({item["field"] for item in items if item.get("field", "").startswith("cf_")}) >= 4
    assert all(item["en"] for item in items if item.get("zh"))
    assert sum(len(each.get("assets", ())) for each in main) >= 4
    standard = {each["zh"] for each in read_standard("options")["stage"]}
    assert len({each["zh"] for each in main} & standard) <= 2


@pytest.mark.parametrize(("one", "other"), list(combinations(KEYS, 2)))
def test_two_processes_share_hardly_a_word(one: str, other: str) -> None:
    """Of names, actions and outputs of two industries at least 90 % are their own."""

    def words(key: str) -> set[str]:
        return {text for each in PACKS[key]["playbooks"][0]["nodes"] for text in
                (each["zh"], each["action"], each["output"])}  # fmt: skip

    first, second = words(one), words(other)
    assert len(first & second) / min(len(first), len(second)) <= 0.1


@pytest.mark.parametrize("key", KEYS)
def test_customers_of_the_standard_process_stay_in_their_nodes(cast: Cast, new_customer: Any, key: str) -> None:
    """R-116: applying an industry moves nobody, and its process is the one of new customers."""
    pk = new_customer(cast.li, "甲公司")
    version = cast.admin.get("/pack")["version"]
    answer = cast.admin.post("/pack/apply", {"shipped": key, "version": version})
    assert answer.status == 200, answer
    path = cast.li.get(f"/customers/{pk}/path")
    book = PACKS[key]["playbooks"][0]
    assert path["playbook"]["title"]["zh"] == book["title"]["zh"]
    assert [each["key"] for each in path["nodes"]] == [each["key"] for each in book["nodes"]]
    assert (path["now"]["key"], path["now"]["action"]) == ("lead", book["nodes"][0]["action"])
    stages = [each for each in cast.li.get("/schema")["options"]["stage"] if not each["retired"]]
    assert [each["key"] for each in stages] == [each["key"] for each in book["nodes"] if not each.get("beside")]
    again = cast.admin.post("/pack/preview", {"shipped": key})
    assert (again["changes"], again["gone"]) == ([], [])


@pytest.mark.parametrize("key", KEYS)
def test_an_industry_is_applied_and_taken_back(cast: Cast, key: str) -> None:
    before = cast.admin.get("/pack")
    answer = cast.admin.post("/pack/apply", {"shipped": key, "version": before["version"]})
    assert answer.status == 200, answer
    own = [each for each in cast.admin.get("/designs/customer")["fields"] if each["own"]]
    assert len(own) == len(PACKS[key]["forms"]["customer"]["fields"])
    (kind,) = PACKS[key]["types"]
    (made,) = cast.admin.get("/record-types")["items"]
    assert (made["slug"], made["label"]["zh"], [each["key"] for each in made["states"]]) == (
        kind["key"], kind["zh"], [each["key"] for each in kind["states"]])  # fmt: skip
    fields = [each["key"] for each in cast.admin.get(f"/designs/{kind['key']}")["fields"] if each["own"]]
    assert fields == [each["key"] for each in PACKS[key]["forms"][kind["key"]]["fields"]]
    version = cast.admin.get("/pack")["version"]
    assert cast.admin.post("/pack/roll-back", {"to": 1, "version": version}).status == 200
    assert cast.admin.get("/pack")["text"] == before["text"]
    assert [each["retired"] for each in cast.admin.get("/record-types")["items"]] == [True]


@pytest.mark.parametrize("key", KEYS)
def test_an_industry_brings_a_record_type_that_the_default_lacks(key: str) -> None:
    """Each another one, with at least seven fields of its own and a way from the first state to an end."""
    (kind,) = PACKS[key]["types"]
    assert [other for other in KEYS if other != key and PACKS[other]["types"][0]["key"] == kind["key"]] == []
    assert len(PACKS[key]["forms"][kind["key"]]["fields"]) >= 7
    states = {each["key"]: each for each in kind["states"]}
    seen, reach = set(), [kind["states"][0]["key"]]
    while reach:
        now = reach.pop()
        seen.add(now)
        reach += [each for each in states[now]["next"] if each not in seen]
    assert seen == set(states) and any(each.get("closed") for each in states.values())


def test_two_industries_live_in_one_team(cast: Cast) -> None:
    """Keys of the second pack that the first has taken are given anew; nothing of the first is lost."""
    for key in ("software", "trade"):
        version = cast.admin.get("/pack")["version"]
        assert cast.admin.post("/pack/apply", {"shipped": key, "version": version}).status == 200
    own = [each for each in cast.admin.get("/designs/customer")["fields"] if each["own"]]
    wanted = [each["zh"] for key in ("software", "trade") for each in PACKS[key]["forms"]["customer"]["fields"]]
    assert sorted(each["zh"] for each in own) == sorted(wanted)
    assert len({each["key"] for each in own}) == len(wanted)
