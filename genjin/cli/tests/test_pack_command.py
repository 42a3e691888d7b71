"""`genjin pack show | diff | backtest | apply` (R-221)."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Cast
from genjin.cli.main import _parser
from genjin.cli.packs import run
from genjin.lib.errors import Refusal
from genjin.packs.book import read_pack


def pack(cast: Cast, *words: str) -> int:
    return run(_parser().parse_args(["pack", *words, "--account", "admin@example.com"]), cast.admin.id)


def test_a_pack_is_shown_compared_and_applied(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack(cast, "show") == 0
    text = capsys.readouterr().out
    assert text == cast.admin.get("/pack")["text"]
    own = tmp_path / "青松.yaml"
    own.write_text(text.replace("zh: 展会", "zh: 展览会"), "utf-8")
    assert pack(cast, "diff", str(own), "--lines") == 1
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "~ 选项列表 展览会（options/source/exhibition）"
    assert "+    zh: 展览会" in told.splitlines()
    assert pack(cast, "apply", str(own), "--why", "改叫法") == 0
    assert "改了 1 处" in capsys.readouterr().out
    assert pack(cast, "diff", str(own)) == 0


def test_a_shipped_pack_goes_by_its_name(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack(cast, "show", "trade") == 0
    assert read_pack(capsys.readouterr().out)["name"]["zh"] == "外贸"
    assert pack(cast, "diff", "trade", "--leave", "options/cert_kind/fda") == 1
    assert "options/cert_kind/fda" not in capsys.readouterr().out
    with pytest.raises(Refusal, match="没有"):
        pack(cast, "diff", "rockets")


def test_a_pack_is_laid_before_old_records(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "青松.yaml"
    own.write_text(cast.admin.get("/pack")["text"], "utf-8")
    assert pack(cast, "backtest", str(own)) == 0
    assert "没有要回放的" in capsys.readouterr().out
    assert pack(cast, "backtest", "trade") == 0
    assert "跟进标准：近 90 天没有人写的记录可以回放" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_told(cast: Cast, tmp_path: Path) -> None:
    before = cast.admin.get("/pack")["text"]
    with pytest.raises(Refusal, match="打不开文件"):
        pack(cast, "apply", str(tmp_path / "没有.yaml"))
    with pytest.raises(Refusal, match="哪个标准包"):
        pack(cast, "apply")
    assert cast.admin.get("/pack")["text"] == before
