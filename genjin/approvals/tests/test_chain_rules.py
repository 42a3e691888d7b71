"""The chain of a request, whatever is decided in whatever order (R-105, R-169): pure."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from genjin.approvals.chain_rules import earlier, go_back, is_over, make_room, now_at, run, stop


@dataclass
class Link:
    position: int
    member_id: int | None
    mode: str = "all"
    state: str = "waiting"
    why: str = ""


def chain(*stages: tuple[str, tuple[int, ...]]) -> list[Link]:
    return [Link(at, pk, mode) for at, (mode, people) in enumerate(stages, start=1) for pk in people]


def states(links: list[Link]) -> str:
    return " ".join(f"{each.position}:{each.member_id}:{each.state}" for each in links)


def test_one_after_the_other_and_side_by_side() -> None:
    """All of a step have to say yes before the next opens; of an any-step the first is enough."""
    links = chain(("all", (1, 2)), ("any", (3, 4)))
    assert [each.member_id for each in run(links)] == [1, 2]
    links[0].state = "passed"
    assert run(links) == [] and now_at(links) == 1
    links[1].state = "passed"
    assert [each.member_id for each in run(links)] == [3, 4]
    links[3].state = "passed"
    run(links)
    assert states(links) == "1:1:passed 1:2:passed 2:3:skipped 2:4:passed" and is_over(links)


def test_nobody_is_asked_twice() -> None:
    """Who has said yes on an earlier step counts on the later ones; what remains are the others."""
    links = chain(("all", (1,)), ("any", (1, 2)), ("all", (1, 3)))
    run(links)
    links[0].state = "passed"
    assert [each.member_id for each in run(links)] == [3]
    assert states(links) == "1:1:passed 2:1:skipped 2:2:skipped 3:1:skipped 3:3:open"


def test_back_to_an_earlier_step_asks_anew_from_there() -> None:
    """What a condition has left out stays out."""
    links = [*chain(("all", (1,))), Link(2, None, state="skipped", why="condition"), Link(3, 2), Link(4, 3)]
    run(links)
    for at in (0, 2):
        links[at].state = "passed"
        run(links)
    assert earlier(links) == [1, 3] and now_at(links) == 4
    assert [each.member_id for each in go_back(links, 3)] == [2]
    assert states(links) == "1:1:passed 2:None:skipped 3:2:open 4:3:waiting"


def test_a_signer_before_and_after() -> None:
    """Before me I wait for him; after me he comes before the next step."""
    links = chain(("all", (1,)), ("all", (2,)))
    run(links)
    place = make_room(links, 1, before=True)
    links.append(Link(place, 9))
    assert [each.member_id for each in run(links)] == [9] and states(links[:1]) == "2:1:waiting"
    links[2].state = "passed"
    assert [each.member_id for each in run(links)] == [1]
    links.append(Link(make_room(links, 2, before=False), 8))
    links[0].state = "passed"
    assert [each.member_id for each in run(links)] == [8] and links[1].position == 4


@st.composite
def chains(draw: st.DrawFn) -> list[Link]:
    stages = draw(
        st.lists(st.tuples(st.sampled_from(("all", "any")), st.sets(st.integers(1, 6), min_size=1, max_size=4)),
                 min_size=1, max_size=4)
    )  # fmt: skip
    return chain(*[(mode, tuple(sorted(people))) for mode, people in stages])


@given(chains(), st.data())
def test_any_sequence_ends_in_exactly_one_outcome(links: list[Link], data: st.DataObject) -> None:
    """Yes, no, back, signers in any order: one outcome, nobody says yes twice to one round of asking, and while it is
    open somebody can decide it."""
    run(links)
    outcome, signers, said = "", 100, []
    for _ in range(60):
        if is_over(links):
            outcome = "granted"
            break
        mine = [each for each in links if each.state == "open"]
        assert mine, states(links)
        assert {each.position for each in mine} == {now_at(links)}
        asked = [each.member_id for each in mine]
        assert len(asked) == len(set(asked))
        assert not set(asked) & {each.member_id for each in links if each.state == "passed"}
        link = data.draw(st.sampled_from(mine))
        does = data.draw(st.sampled_from(("yes", "yes", "yes", "no", "back", "before", "after")))
        if does == "yes":
            link.state = "passed"
            said.append(link.member_id)
        elif does == "no":
            link.state, outcome = "refused", "refused"
            stop(links)
            break
        elif does == "back" and earlier(links):
            go_back(links, data.draw(st.sampled_from(earlier(links))))
        elif does in ("before", "after") and signers < 103:
            signers += 1
            links.append(Link(make_room(links, link.position, before=does == "before"), signers))
        run(links)
    if outcome:
        assert not [each for each in links if each.state in ("open", "waiting")], states(links)
    if outcome == "granted":
        by_step: dict[int, list[Link]] = {}
        for each in links:
            by_step.setdefault(each.position, []).append(each)
        for stage in by_step.values():
            yes = [each for each in stage if each.state == "passed" or each.why == "before"]
            assert yes if stage[0].mode == "any" else len(yes) == len(stage), states(links)
