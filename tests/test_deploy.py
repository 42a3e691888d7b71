"""The files of deploy/ say the same as the code they start."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from genjin.cli.main import _parser
from genjin.files.storage import too_large

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))


def _variables(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text("utf-8").splitlines() if "=" in line)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_commands_that_exist_and_may_write_the_data(unit: Path) -> None:
    text = unit.read_text("utf-8")
    for command in re.findall(r"^Exec\w+=\S+/genjin (.+)$", text, re.MULTILINE):
        assert hasattr(_parser().parse_args(command.split()), "run"), command
    (folder,) = re.findall(r"^StateDirectory=(\S+)$", text, re.MULTILINE)
    assert _variables(DEPLOY / "genjin.env.example")["GENJIN_DATA"] == f"/var/lib/{folder}"
    assert "ProtectSystem=strict" in text and "NoNewPrivileges=yes" in text


def test_the_example_names_only_variables_that_are_read() -> None:
    read = (DEPLOY.parent / "genjin" / "config" / "settings.py").read_text("utf-8")
    unknown = [name for name in _variables(DEPLOY / "genjin.env.example") if f'"{name}"' not in read]
    assert unknown == []


def test_compose_runs_commands_that_exist_behind_the_proxy_of_the_caddyfile() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    for name in ("migrate", "app", "worker"):
        assert hasattr(_parser().parse_args(services[name]["command"]), "run")
        given = services[name]["environment"]
        assert given["GENJIN_PROXY"] == "1" and set(_variables(DEPLOY / "genjin.env.example")) - set(given) == {
            "GENJIN_DATA"  # stands in the image
        }
    proxy = (DEPLOY / "Caddyfile").read_text("utf-8")
    port = services["app"]["command"][services["app"]["command"].index("--port") + 1]
    assert f"app:{port}" in proxy
    assert int(_MAX_SIZE.findall(proxy)[0]) * 1_000_000 > settings.MOST_UPLOAD


_MAX_SIZE = re.compile(r"max_size (\d+)MB")


def test_the_proxy_says_in_the_words_of_the_server_that_a_file_is_too_large() -> None:
    """R-243: what never reaches the server is refused by the same sentence, and nothing that it would take."""
    proxy = (DEPLOY / "Caddyfile").read_text("utf-8")
    (pattern,) = re.findall(r"header_regexp Content-Length (\S+)", proxy)
    limit = int(_MAX_SIZE.findall(proxy)[0]) * 1_000_000
    for length, huge in ((settings.MOST_UPLOAD + 65_536, False), (limit - 1, False), (limit, True), (10**12, True)):
        assert bool(re.search(pattern, str(length))) is huge, length
    (body,) = re.findall(r"respond `([^`]+)` 413", proxy)
    assert json.loads(body) == {"message": too_large().zh, **too_large().as_json("zh-CN")}
    assert "60 MB" in (DEPLOY / "README.md").read_text("utf-8")


def test_compose_waits_for_what_it_needs() -> None:
    """A database being made answers on its socket alone; a proxy before its server answers 502."""
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    services = yaml.safe_load(text)["services"]
    assert services["db"]["healthcheck"]["test"] == ["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "genjin"]
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(/\S+)'", services["app"]["healthcheck"]["test"][-1])
    openapi = json.loads((DEPLOY.parent / "web" / "openapi.json").read_text("utf-8"))
    assert "get" in openapi["paths"][address]
    assert services["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    for name in ("app", "worker"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
        assert services[name]["init"] is True and services[name]["stop_grace_period"] == "30s"
    assert services["proxy"]["depends_on"] == {"app": {"condition": "service_healthy"}}
    # One variable inside another is read by the newer of the two compose programmes only.
    assert re.findall(r"\$\{[^}]*\$\{", text) == []


def test_the_image_holds_no_secrets_of_the_deployment() -> None:
    assert "deploy" in (DEPLOY.parent / ".dockerignore").read_text("utf-8").split()
    assert "deploy/.env" in (DEPLOY.parent / ".gitignore").read_text("utf-8").split()
