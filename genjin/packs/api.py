"""The first run: look at the demo, or make one's own team (R-252)."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field

from genjin.access.queries import actor_of_member
from genjin.lib import moment
from genjin.lib.errors import Conflict, Forbidden, Invalid
from genjin.lib.strict import Strict
from genjin.orgs.models import Login, Membership, Organisation
from genjin.packs.organisation import create_organisation
from genjin.people.browser import browser_of, demand_same_site, give_csrf, give_session, is_local
from genjin.people.demo_logins import LOGINS
from genjin.people.models import OneTimeLink
from genjin.people.queries import session_of
from genjin.people.rules import LINKS, RESET_LIFE, normal_account
from genjin.people.secret import setup_token
from genjin.people.sessions import check_new_password, open_session
from genjin.people.throttle import count_try

router = Router(tags=["setup"])


class SetupIn(Strict):
    org_name: Annotated[str, Field(min_length=1, max_length=120)]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    account: Annotated[str, Field(min_length=1, max_length=190)]
    password: Annotated[str, Field(min_length=1, max_length=200)]
    token: Annotated[str, Field(max_length=100)] = ""


def needs_setup() -> bool:
    """True while there is no team but the demo."""
    return not Organisation.objects.filter(is_demo=False).exists()


@router.get("/setup", auth=None, summary="Is this the first run, and is there a demo to look at")
def read_setup(request: HttpRequest, response: HttpResponse) -> Any:
    give_csrf(request, response)
    shown = is_local(request) and Organisation.objects.filter(is_demo=True).exists()
    return {
        "needs_setup": needs_setup(),
        "demo": {"logins": [login._asdict() for login in LOGINS]} if shown else None,
        "locales": ["zh-CN", "en-US"],
    }


@router.post("/setup", auth=None, response={201: dict[str, Any]}, summary="Make the first team and log in")
def post_setup(request: HttpRequest, response: HttpResponse, payload: SetupIn) -> Any:
    demand_same_site(request)
    now, browser = moment.now(), browser_of(request)
    count_try(f"setup {browser.address}", LINKS, now=now)
    if not (browser.loopback or hmac.compare_digest(payload.token.encode(), setup_token().encode())):
        raise Forbidden(
            "第一次建团队要在装了系统的电脑上做，或填启动时打印的口令",
            "Set up the first team on the machine itself, or give the token that the server printed",
            field="token",
        )
    account = normal_account(payload.account)
    check_new_password(payload.password, account, (payload.name,))
    with transaction.atomic():
        _claim_first_run()
        if Login.objects.filter(account=account).exists():
            raise Invalid("这个账号已经有人用", "This account is taken", field="account")
        member = create_organisation(
            payload.org_name, account=account, password=payload.password, person=payload.name, now=now
        )
        opened = open_session(Membership.objects.select_related("login").get(pk=member.pk), browser, now=now)
    give_session(request, response, opened)
    return Status(201, session_of(actor_of_member(member.pk), now=now))


def _claim_first_run() -> None:
    """Of two who press the button at once, the unique mark lets one through."""
    taken = Conflict("团队已经建好了，直接登录", "The team exists already; log in", code="exists")
    if not needs_setup():
        raise taken
    now = moment.now()
    try:
        with transaction.atomic():
            OneTimeLink.objects.create(
                kind="setup", digest="first run", created_at=now, expires_at=now + RESET_LIFE, used_at=now
            )
    except IntegrityError:
        raise taken from None
