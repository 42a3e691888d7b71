"""Two who say yes at once: one counts, the other is told (C2)."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.approvals.chain_actions import approve, ask
from genjin.approvals.models import Approval, Decision
from genjin.approvals.tests.conftest import Flow
from genjin.approvals.tests.test_requests import member
from genjin.lib import moment
from genjin.lib.errors import Conflict


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_counts(request: pytest.FixtureRequest) -> None:
    """An any-step of four, all at the same moment, and the same person twice."""
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite test database lives in one process")
    cast: Cast = request.getfixturevalue("cast")
    flow: Flow = request.getfixturevalue("flow")
    new_customer: Any = request.getfixturevalue("new_customer")
    four = [cast.zhao, cast.wang, cast.qian, cast.admin]
    flow({"by": [member(each) for each in four], "need": "any"})
    pk = new_customer(cast.li, "甲公司")
    with moment.frozen(NOW):
        made = ask(cast.li.actor, subject_type="customer", subject_id=pk, purpose="discount", request={"text": "x"})
    actors, start, outcomes = [each.actor for each in [*four, *four]], threading.Barrier(8), []

    def work(actor: Any) -> None:
        try:
            with moment.frozen(NOW):
                start.wait(20)
                outcomes.append(approve(actor, made["id"])["state"])
        except Conflict as late:
            outcomes.append(late.code)
        except BaseException as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(actor,)) for actor in actors]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["decided"] * 7 + ["passed"]
    assert unscoped(Approval, "test").get().state == "passed"
    assert unscoped(Decision, "test").filter(verdict="pass").count() == 1
