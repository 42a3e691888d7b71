"""What leaves the house does nothing in a spreadsheet program: opened by LibreOffice, no cell evaluates (I2)."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.exchange.tests.test_export_over_http import exported

AS_CSV = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
OFFICE = shutil.which("soffice")
TEXTS = (
    "=1+41", "+1+41", "-1+41", "@SUM(1,41)", "＝1+41", " =1+41", "'=1+41", '=HYPERLINK("http://x","42")',
    "=cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_no_cell_evaluates_in_libreoffice(cast: Cast, new_customer: Any, good: dict[str, Any], tmp_path: Path) -> None:
    """I2, R-237: customers, follow-ups and to-dos as xlsx and csv; what stands there is what was written."""
    for number, text in enumerate(TEXTS):
        pk = new_customer(cast.li, f"甲{number}号精密有限公司", notes=text, amount=4200)
        body = {**good, "customer_id": pk, "summary": f"{text} {good['summary']}", "feedback": text}
        assert cast.li.post("/followups", body).status == 201
        item = {"customer_id": pk, "act": text, "due_at": "2026-11-27T02:00:00Z", "precision": "minute"}
        assert cast.li.post("/agenda", item).status == 201
    made, shown = tmp_path / "made", tmp_path / "shown"
    made.mkdir()
    for kind in ("customer", "followup", "agenda"):
        for form in ("xlsx", "csv"):
            data = exported(cast.li, record_type=kind, format=form).text
            (made / f"{kind}_{form}.{form}").write_bytes(data)
    for form, how in (("xlsx", []), ("csv", ["--infilter=CSV:44,34,76,1"])):
        command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/office", "--headless", *how]
        command += ["--convert-to", f"csv:{AS_CSV}", "--outdir", str(shown)]
        subprocess.run([*command, *map(str, sorted(made.glob(f"*.{form}")))], check=True, timeout=240)
    paths = sorted(shown.iterdir())
    assert len(paths) == 6
    for path in paths:
        lines = csv.reader(io.StringIO(path.read_text("utf-8")))
        cells = {cell.strip().removeprefix("'").strip() for line in lines for cell in line}
        for text in TEXTS:
            assert text.strip().removeprefix("'").strip() in cells, (path.name, text)
