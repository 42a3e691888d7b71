"""Design §10: a reply to a write with an Idempotency-Key is kept for 24 hours, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from genjin.history.models import KeptReply
from genjin.history.tasks import forget_replies
from genjin.lib import moment
from genjin.orgs.models import Organisation


@pytest.mark.django_db
def test_replies_are_forgotten_after_a_day() -> None:
    org, now = Organisation.objects.create(name="甲"), moment.now()
    for hours in (1, 23, 25, 400):
        KeptReply.objects.create(org=org, key=str(hours), verb="v", request="", at=now - timedelta(hours=hours))
    with moment.frozen(now):
        assert (forget_replies(), forget_replies()) == (2, 0)
    assert set(KeptReply.objects.values_list("key", flat=True)) == {"1", "23"}
