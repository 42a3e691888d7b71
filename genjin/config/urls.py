"""The URLs of the server: the API, and the built web client for everything else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import path, re_path

from genjin.api.floor import floor
from genjin.api.root import api
from genjin.api.survey_page import style, survey_page
from genjin.api.web import page

#: One pattern after another is tried: first what every screen asks for, each write too.
_BUSIEST = ("v1/session", "v1/find", "v1/customers", "v1/followups", "v1/agenda")


def _busiest_first() -> Any:
    patterns, *names = api.urls
    first = [each for each in patterns if str(each.pattern).startswith(_BUSIEST)]
    first.sort(key=lambda each: next(at for at, name in enumerate(_BUSIEST) if str(each.pattern).startswith(name)))
    return (first + [each for each in patterns if each not in first], *names)


urlpatterns = [
    *([path("bench/floor/<str:name>", floor)] if settings.BENCH else []),
    path("api/", _busiest_first()),
    path("s/survey.css", style),
    path("s/<str:token>", survey_page),
    re_path(r"^(?P<path>(?!api/).*)$", page),
]
