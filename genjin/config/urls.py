"""The URLs of the server: the API, and the built web client for everything else."""

from __future__ import annotations

from django.conf import settings
from django.urls import path, re_path

from genjin.api.floor import floor
from genjin.api.root import api
from genjin.api.web import page

urlpatterns = [
    *([path("bench/floor/<str:name>", floor)] if settings.BENCH else []),
    path("api/", api.urls),
    re_path(r"^(?P<path>(?!api/).*)$", page),
]
