"""Pure rules of reviewing: which records, who decides, what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """The pack's review.yaml, with what the organisation has set otherwise."""

    kinds: frozenset[str]
    intent_classes: frozenset[str]
    statuses: frozenset[str]
    below_score: int
    share: float
    reviewers: tuple[str, ...]
    fallback: tuple[str, ...]
    review_workdays: int
    mend_workdays: int
    check_new_files: bool
    file_workdays: int
    peer_each: int
    peer_workdays: int

    def workdays(self, kind: str) -> int:
        return {"file": self.file_workdays, "peer": self.peer_workdays}.get(kind, self.review_workdays)


class RulesError(ValueError):
    """Review rules that cannot be used; the message names the key."""


def rules_from(data: Mapping[str, Any]) -> ReviewRules:
    """Rules of the parsed YAML. Raises RulesError for a missing key or a share outside 0–1."""
    try:
        rules = ReviewRules(
            kinds=frozenset(map(str, data["kinds"])),
            intent_classes=frozenset(map(str, data["intent_classes"])),
            statuses=frozenset(map(str, data["statuses"])),
            below_score=int(data["below_score"]),
            share=float(data["share"]),
            reviewers=tuple(map(str, data["reviewers"])),
            fallback=tuple(map(str, data["fallback"])),
            review_workdays=int(data["review_workdays"]),
            mend_workdays=int(data["mend_workdays"]),
            check_new_files=bool(data["check_new_files"]),
            file_workdays=int(data["file_workdays"]),
            peer_each=int(data["peer_each"]),
            peer_workdays=int(data["peer_workdays"]),
        )
    except KeyError as error:
        raise RulesError(f"审核规则缺少 {error.args[0]}") from error
    except (TypeError, ValueError) as error:
        raise RulesError(f"审核规则的写法不对：{error}") from error
    if not 0 <= rules.share <= 1:
        raise RulesError("审核规则里 share 要在 0 和 1 之间")
    return rules


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides whether a record is reviewed. `kind`: its template, else its kind."""

    kind: str
    status: str
    intent_class: str
    score: int | None
    historical: bool = False
    attempt: bool = False


def why_reviewed(rules: ReviewRules, facts: Facts, draw: float) -> list[dict[str, Any]]:
    """Every rule that asks for a review of this record; empty = none needed (R-170).

    `draw` lies in [0, 1) and decides only where no rule has asked. Taken-over records and attempts never are.
    """
    if facts.historical or facts.attempt:
        return []
    why: list[dict[str, Any]] = []
    if facts.kind in rules.kinds:
        why.append({"rule": "kind", "value": facts.kind})
    if facts.intent_class in rules.intent_classes:
        why.append({"rule": "intent_class", "value": facts.intent_class})
    if facts.status in rules.statuses:
        why.append({"rule": "status", "value": facts.status})
    if facts.score is not None and facts.score < rules.below_score:
        why.append({"rule": "score", "value": facts.score})
    if not why and draw < rules.share:
        why.append({"rule": "sample", "value": round(rules.share * 100)})
    return why


class Post(NamedTuple):
    """A member in a role for a department."""

    member_id: int
    role: str
    department_id: int | None


def reviewer_of(
    rules: ReviewRules, posts: Sequence[Post], chain: Sequence[int], authors: Iterable[int | None]
) -> Post | None:
    """The nearest supervisor up the tree who wrote none of it, else an administrator, else nobody.

    `chain` holds the department and those above it, nearest first. Nobody reviews his own.
    """
    own = set(authors)
    others = sorted(post for post in posts if post.member_id not in own)
    for department in chain:
        for post in others:
            if post.department_id == department and post.role in rules.reviewers:
                return post
    return next((post for post in others if post.role in rules.fallback), None)
