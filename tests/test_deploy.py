"""The files of deploy/ say the same as the code they start."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from genjin.cli.main import _parser

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
    (megabytes,) = re.findall(r"max_size (\d+)MB", proxy)
    assert int(megabytes) * 1_000_000 > settings.MOST_UPLOAD


def test_compose_puts_no_variable_into_the_default_of_another() -> None:
    # Older compose programmes end such a default at the first brace and hand the rest on as text.
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert re.findall(r"\$\{[^}]*\$\{", text) == []


def test_mail_settings_left_empty_are_the_defaults() -> None:
    """A compose file and an example hand over every name, many of them with nothing behind it."""
    empty = {name: "" for name in _variables(DEPLOY / "genjin.env.example") if name.startswith("GENJIN_MAIL_")}
    code = (
        "from genjin.config import settings as s; "
        "print(s.EMAIL_HOST == '', s.EMAIL_PORT, s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **empty, "PUBLIC_URL": "https://genjin.example.com"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "True 25 False genjin@genjin.example.com"
