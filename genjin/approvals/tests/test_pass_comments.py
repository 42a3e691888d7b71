"""Comments that go with a verdict (R-170)."""

from __future__ import annotations

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.approvals.models import Decision
from genjin.approvals.tests.test_review import Log, record, standing
from genjin.history.models import Event


def test_comments_go_with_the_verdict_all_or_nothing(cast: Cast, under_review: Log) -> None:
    """R-170: a reviewer who leaves right after his verdict loses neither; a blank comment stops both."""
    made = under_review()
    before = standing()
    words = {"id": made["approval"], "field": "summary", "text": "写得很全"}
    for wrong, field in (
        ({**words, "text": " "}, "text"),
        ({**words, "field": "nope"}, "field"),
        ({**words, "id": made["approval"] + 1}, "comments"),
    ):
        refused = cast.zhao.post("/approvals/pass", {"ids": [made["approval"]], "comments": [words, wrong]})
        assert (refused.status, refused["field"]) == (422, field)
        assert standing() == before and record(made["record"]).state == "submitted"
    assert cast.zhao.post("/approvals/pass", {"ids": [made["approval"]], "comments": [words]}).status == 200
    said = unscoped(Decision, "test").filter(approval_id=made["approval"]).order_by("pk").values_list("verdict", "note")
    assert list(said) == [("comment", "写得很全"), ("pass", "")]
    assert Event.objects.filter(name="approval.commented").count() == 1
