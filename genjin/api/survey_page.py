"""`/s/<token>`: the page on which a customer answers a survey, without login, script or cookie (R-147).

The link is all the right there is: no session is looked at, so a foreign page has nothing to borrow; a form that
another site sends is refused all the same.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from genjin import surveys
from genjin.api.auth import language
from genjin.lib import moment
from genjin.lib.errors import Conflict, NotFound, Throttled
from genjin.people.browser import address_of
from genjin.people.throttle import count_try
from genjin.surveys.actions import answer, visitor
from genjin.surveys.links import found
from genjin.surveys.models import Invitation
from genjin.surveys.pages import Filled, form, sentence
from genjin.surveys.rules import GUESSES, OPENS

MOST_COMMENT = 1000
#: Stricter than the app's: the page needs its own stylesheet and its own form, nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_STYLE = Path(surveys.__file__).with_name("survey.css")


def style(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_STYLE.read_bytes(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@csrf_exempt
def survey_page(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or one sentence: thanks, answered already, expired, no such link, too many tries."""
    spoken = language(request)
    try:
        count_try(f"survey {address_of(request)}", OPENS, now=moment.now())
        row = found(token)
        if row is None:
            count_try(f"survey guess {address_of(request)}", GUESSES, now=moment.now())
    except Throttled as busy:
        response = _html(sentence("", "busy", spoken), 429)
        response.headers["Retry-After"] = str(busy.extra["retry_after"])
        return response
    if row is None:
        return _html(sentence("", "unknown", spoken), 404)
    if row.state == "answered":
        thanks = request.method != "POST" and "thanks" in request.GET
        return _html(sentence(row.org.name, "thanks" if thanks else "answered", spoken), 200 if thanks else 410)
    if row.expires_at <= moment.now():
        return _html(sentence(row.org.name, "expired", spoken), 410)
    if request.method != "POST":
        return _html(form(row.org.name, row.survey, spoken, Filled()), 200)
    return _take(request, row, spoken)


def _take(request: HttpRequest, row: Invitation, spoken: str) -> HttpResponse:
    team, raw = row.org.name, request.POST.get("score", "")
    score = int(raw) if raw in ("1", "2", "3", "4", "5") else 0
    comment = _clean(request.POST.get("comment", ""))
    chosen = request.POST.getlist("choice")
    wrong = "" if _own(request) else "foreign"
    wrong = wrong or ("" if score else "no_score") or ("too_long" if len(comment) > MOST_COMMENT else "")
    if wrong:
        filled = Filled(score, comment[: 2 * MOST_COMMENT], chosen, wrong)
        return _html(form(team, row.survey, spoken, filled), 403 if wrong == "foreign" else 422)
    try:
        answer(visitor(row.org), invitation_id=row.pk, score=score, comment=comment, choices=chosen)
    except Conflict as refused:
        return _html(sentence(team, refused.code, spoken), 410)
    except NotFound:
        return _html(sentence("", "unknown", spoken), 404)
    return HttpResponseRedirect(f"{request.path}?thanks=1", status=303)


def _clean(text: str) -> str:
    """Without what no database stores."""
    return text.replace("\x00", "").replace("\r\n", "\n").encode("utf-8", "ignore").decode().strip()


def _own(request: HttpRequest) -> bool:
    """Was the form sent by this very page?"""
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.get_host()}"
    known = not origin or origin == own or origin in settings.CSRF_TRUSTED_ORIGINS
    return known and request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def _html(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text, content_type="text/html; charset=utf-8", status=status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
