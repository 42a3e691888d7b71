"""The built web client: small when the browser takes gzip, the same bytes either way, never outside the build."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from genjin.api import web

#: Closing a response looks after the connection.
pytestmark = pytest.mark.django_db
SCRIPT = b"export const a = 1;\n" * 50


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    (assets / "app-1.js").write_bytes(SCRIPT)
    (assets / "app-1.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "sun-1.png").write_bytes(b"png")
    (tmp_path / "secret.txt").write_text("no")
    monkeypatch.setattr(web, "BUILT", tmp_path / "dist")
    return tmp_path


def _get(path: str, encoding: str) -> tuple[int, dict[str, str], bytes]:
    request = RequestFactory().get(f"/{path}", headers={"accept-encoding": encoding})
    response = web.page(request, path)
    if isinstance(response, StreamingHttpResponse):
        body = response.getvalue()
    else:
        assert isinstance(response, HttpResponse)
        body = response.content
    response.close()
    return response.status_code, dict(response.headers), body


@pytest.mark.usefixtures("built")
def test_a_script_travels_compressed_and_is_the_same() -> None:
    status, headers, body = _get("assets/app-1.js", "gzip, br")
    assert (status, headers["Content-Encoding"], headers["Vary"]) == (200, "gzip", "Accept-Encoding")
    assert "immutable" in headers["Cache-Control"] and headers["Content-Type"].startswith("text/javascript")
    assert gzip.decompress(body) == SCRIPT

    _, plain, body = _get("assets/app-1.js", "identity")
    assert "Content-Encoding" not in plain and plain["Vary"] == "Accept-Encoding"
    assert body == SCRIPT


@pytest.mark.usefixtures("built")
def test_a_picture_has_no_compressed_twin() -> None:
    _, headers, body = _get("assets/sun-1.png", "gzip")
    assert "Content-Encoding" not in headers and body == b"png"


@pytest.mark.usefixtures("built")
def test_nothing_outside_the_build_is_given() -> None:
    assert _get("../secret.txt", "gzip")[2] != b"no"
    assert _get("assets/missing.js", "gzip")[0] == 404
