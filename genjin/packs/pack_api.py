"""Routes of packs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from genjin.access.requests import actor_of
from genjin.lib import moment
from genjin.lib.errors import Invalid
from genjin.packs import actions, pack_queries
from genjin.packs.backtest import backtest
from genjin.packs.beginning import changed
from genjin.packs.book import Pack, read_pack
from genjin.packs.schemas import ApplyIn, BackIn, TextIn

router = Router(tags=["packs"])


def _pack(body: TextIn) -> Pack:
    if bool(body.text) == bool(body.shipped):
        raise Invalid("选一个自带的标准包，或者上传一个文件", "Choose a shipped pack or send a file", field="text")
    return read_pack(body.text or pack_queries.shipped_text(body.shipped))


@router.get("/packs", summary="Packs that come with the product")
def list_packs(request: HttpRequest) -> Any:
    return pack_queries.shipped(actor_of(request))


@router.get("/pack", summary="The team's configuration as a pack")
def read_own(request: HttpRequest) -> Any:
    return pack_queries.own_pack(actor_of(request))


@router.get("/pack/changes", summary="What the team has changed since the standard it began with")
def read_changes(request: HttpRequest) -> Any:
    """`text`: that standard; `lines`: from it to the configuration in force."""
    return changed(actor_of(request))


@router.post("/pack/preview", summary="What a pack would change")
def preview(request: HttpRequest, body: TextIn) -> Any:
    """Every change has an `id`; send those that are not wanted as `leave`. `lines`: the difference as YAML; `gone`: the
    nodes that go while customers stand there, which `mapping` must name, and `nodes` where these may go."""
    return pack_queries.preview(actor_of(request), _pack(body), body.leave, body.mapping)


@router.post("/pack/backtest", summary="What a pack would have stopped in the last 90 days")
def lay_before(request: HttpRequest, body: TextIn) -> Any:
    """Each form that the pack changes, and the standard, laid before what people wrote; nothing is written."""
    return backtest(actor_of(request), _pack(body), body.leave, body.mapping, now=moment.now())


@router.post("/pack/apply", summary="Make the configuration what a pack says")
def apply(request: HttpRequest, body: ApplyIn) -> Any:
    """`version` as the preview told it; 409 when the configuration has changed since."""
    actor = actor_of(request)
    return actions.apply_pack(
        actor, pack=_pack(body), version=body.version, leave=body.leave, mapping=body.mapping, why=body.why
    )


@router.get("/pack/versions", summary="Packs applied so far")
def versions(request: HttpRequest) -> Any:
    return pack_queries.versions(actor_of(request))


@router.post("/pack/roll-back", summary="The configuration as it was before a pack")
def roll_back(request: HttpRequest, body: BackIn) -> Any:
    return actions.roll_back(actor_of(request), to=body.to, version=body.version, mapping=body.mapping)
