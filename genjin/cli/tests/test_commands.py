"""The commands beside `check`: what they refuse, what they make (R-252, security S3)."""

from __future__ import annotations

import logging
import socket

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection

from conftest import NOW
from genjin.cli import commands, worker
from genjin.cli.main import main
from genjin.cli.serving import is_free
from genjin.orgs.models import Login, Membership, Organisation
from genjin.packs.organisation import create_organisation
from genjin.people.secret import setup_token

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What `serve` would have listened on."""
    calls: list[tuple[str, int]] = []
    monkeypatch.setattr(commands, "serve_web", lambda host, port, workers: calls.append((host, port)))
    monkeypatch.setattr(commands, "is_free", lambda host, port: True)
    return calls


def test_create_org_makes_a_team_with_one_administrator(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GENJIN_PASSWORD", "hao-mima-2026")
    assert main(["create-org", "青松科技", "--account", " Boss@Example.com ", "--person", "陈立"]) == 0
    member = Membership.objects.get()
    assert (member.name, member.org.name) == ("陈立", "青松科技")
    assert Login.objects.get().account == "boss@example.com"
    assert "boss@example.com" in capsys.readouterr().out
    assert main(["create-org", "另一家", "--account", "boss@example.com"]) == 1
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("account", "password"),
    [("boss@example.com", "12345678"), ("boss@example.com", "short"), ("boss", "hao-mima-2026")],
)
def test_create_org_refuses_a_weak_password_and_a_nameless_account(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: Captured, account: str, password: str
) -> None:
    monkeypatch.setenv("GENJIN_PASSWORD", password)
    assert main(["create-org", "青松科技", "--account", account]) == 1
    assert capsys.readouterr().err
    assert Organisation.objects.count() == 0


def test_serve_refuses_other_machines_while_the_demo_exists(
    db: None, served: list[tuple[str, int]], capsys: Captured
) -> None:
    create_organisation("演示", account="li@demo.example", password="x", person="李", now=NOW, is_demo=True)
    assert main(["serve", "--host", "0.0.0.0"]) == 1
    assert "演示团队的密码是公开的" in capsys.readouterr().err
    assert served == []
    assert main(["serve", "--port", "8123"]) == 0
    assert served == [("127.0.0.1", 8123)]
    assert "li@demo.example" in capsys.readouterr().out


def test_serve_prints_the_first_run_token_until_there_is_a_team(
    db: None, served: list[tuple[str, int]], capsys: Captured
) -> None:
    assert main(["serve", "--host", "0.0.0.0"]) == 0
    assert setup_token() in capsys.readouterr().out
    create_organisation("青松", account="a@example.com", password="x", person="甲", now=NOW)
    assert main(["serve", "--host", "0.0.0.0"]) == 0
    assert setup_token() not in capsys.readouterr().out


def test_a_port_in_use_is_seen() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_free("127.0.0.1", taken.getsockname()[1])
    assert is_free("127.0.0.1", 0)


def test_verbs_and_events_list_what_the_house_does(capsys: Captured) -> None:
    assert main(["verbs"]) == 0
    listed = capsys.readouterr().out
    assert "followup.log" in listed
    assert "写跟进" in listed
    assert main(["events"]) == 0
    assert "genjin." in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    ["serve", "worker", "migrate", "create-org", "demo", "import", "backup", "restore", "events", "verbs", "openapi"],
)
def test_every_command_explains_itself_in_two_languages(command: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert " / " in text
    assert any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_no_command_prints_the_help(capsys: Captured) -> None:
    assert main([]) == 2
    assert "genjin check" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "traced"),
    [
        (OperationalError("connection failed: Connection refused\n\tIs the server running?"), False),
        (InterfaceError("connection failed: Connection refused"), False),
        (ProgrammingError("connection failed: Connection refused"), True),
    ],
)
def test_a_worker_whose_database_is_away_writes_one_line_and_goes_on(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, traced: bool
) -> None:
    rounds: list[float] = []

    def away() -> bool:
        raise error

    monkeypatch.setattr(worker, "run_followers", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    with caplog.at_level(logging.ERROR, "genjin.worker"):
        worker.run_worker(lambda: len(rounds) == 2, once=False, sleep=rounds.append)
    assert [record.getMessage() for record in caplog.records] == [
        "database unavailable, trying again: connection failed: Connection refused"
    ] * 2
    assert [bool(record.exc_info) for record in caplog.records] == [traced] * 2
