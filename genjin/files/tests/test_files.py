"""Attachments over HTTP: who may read them, what they become, damaged and hostile ones (R-010, A7, I11, D6)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import Answer, Cast, Person
from genjin.access.guard import unscoped
from genjin.files.models import StoredFile
from genjin.files.rules import clean_name, content_type_of, disposition

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def send(person: Person, name: str, data: bytes, **headers: str) -> Answer:
    named = {each.replace("_", "-"): value for each, value in headers.items()}
    return Answer(
        person.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, data), "kind": "proposal"}, headers=named)
    )


def word(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xml = f'<w:document xmlns:w="{space}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>'
        archive.writestr("word/document.xml", xml)
    return made.getvalue()


def table(rows: list[list[str]]) -> str:
    """A table of Word between two paragraphs, put in where a text would stand."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{each}</w:t></w:r></w:p></w:tc>" for each in row) + "</w:tr>"
        for row in rows
    )
    return f"前言</w:t></w:r></w:p><w:tbl>{cells}</w:tbl><w:p><w:r><w:t>落款"


def stored(tmp: Path) -> list[Path]:
    return [each for each in tmp.rglob("*") if each.is_file()]


def test_a_file_without_kind_is_of_another_one(cast: Cast) -> None:
    answer = Answer(cast.li.client.post("/api/v1/files", {"file": SimpleUploadedFile("a.png", PNG)}))
    assert (answer.status, answer["kind"]) == (201, "other")


def test_a_kind_outside_the_list_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    """R-008: attachments are typed by the team's list."""
    data = {"file": SimpleUploadedFile("a.png", PNG), "kind": "null"}
    answer = Answer(cast.li.client.post("/api/v1/files", data))
    assert (answer.status, answer["field"]) == (422, "kind")
    assert stored(tmp_path) == [] and not unscoped(StoredFile, "test").exists()


def test_upload_and_download(cast: Cast, tmp_path: Path) -> None:
    """R-010: the bytes come back under the name they had, as a download."""
    answer = send(cast.li, "报价 单.png", PNG)
    assert answer.status == 201
    assert answer.body | {"id": 0} == {
        "id": 0, "name": "报价 单.png", "size": 48, "content_type": "image/png", "kind": "proposal", "preview": "image",
    }  # fmt: skip
    got = cast.li.get(f"/files/{answer['id']}")
    assert (got.status, got.text) == (200, PNG)
    assert got.response["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%E5%8D%95.png" in got.response["Content-Disposition"]
    assert got.response["X-Content-Type-Options"] == "nosniff"
    (path,) = stored(tmp_path)
    assert "报价" not in str(path)


def test_nobody_reads_another_ones_upload(cast: Cast) -> None:
    """A7: a guessed id is as good as a missing one, in the same team and out of it."""
    pk = send(cast.wang, "a.png", PNG)["id"]
    for person in (cast.li, cast.zhao, cast.admin, cast.outsider):
        for path in (f"/files/{pk}", f"/files/{pk}/preview"):
            assert person.get(path).body == cast.li.get("/files/999999").body
            assert person.get(path).status == 404


def test_a_file_is_read_with_its_record(cast: Cast, new_customer: Any, good: dict[str, Any]) -> None:
    """A7: attached, it follows the record: the supervisor reads it, other departments do not; a file of
    another one cannot be taken into one's own record."""
    customer = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    foreign = send(cast.wang, "b.png", PNG)["id"]
    mine = send(cast.li, "a.png", PNG)["id"]
    swap = cast.li.post("/followups", {**good, "contact_at": "2026-11-24T01:00:00Z", "customer_id": customer,
                                       "file_ids": [{"id": foreign, "kind": "proposal"}]})  # fmt: skip
    assert swap.status == 422
    assert not unscoped(StoredFile, "test").filter(held=True).exists()
    done = cast.li.post("/followups", {**good, "contact_at": "2026-11-24T01:00:00Z", "customer_id": customer,
                                       "file_ids": [{"id": mine, "kind": "proposal"}]})  # fmt: skip
    assert done.status == 201, done
    assert cast.zhao.get(f"/files/{mine}").status == 200
    assert cast.wang.get(f"/files/{mine}").status == 404
    moved = cast.zhao.post("/customers/transfer", {"ids": [customer], "to_member_id": cast.wang.id})
    assert moved.status == 200, moved
    assert cast.wang.get(f"/files/{mine}").status == 200
    assert cast.li.get(f"/files/{mine}").status == 404


def test_damaged_bytes_are_not_served(cast: Cast, tmp_path: Path) -> None:
    """D6: one flipped byte is noticed and named."""
    pk = send(cast.li, "a.png", PNG)["id"]
    (path,) = stored(tmp_path)
    path.write_bytes(PNG[:-1] + b"\1")
    answer = cast.li.get(f"/files/{pk}")
    assert (answer.status, answer["code"]) == (410, "damaged")
    path.unlink()
    assert cast.li.get(f"/files/{pk}")["code"] == "damaged"


def test_empty_and_huge_files_leave_nothing(cast: Cast, tmp_path: Path, settings: Any) -> None:
    """I11: refused with one sentence, no bytes and no row kept."""
    settings.MOST_UPLOAD = 100
    assert send(cast.li, "a.txt", b"").status == 422
    answer = send(cast.li, "a.txt", b"x" * 101)
    assert (answer.status, answer["code"]) == (413, "too_large")
    assert stored(tmp_path) == []
    assert not unscoped(StoredFile, "test").exists()


def test_the_same_upload_twice_keeps_one(cast: Cast, tmp_path: Path) -> None:
    """C3: a repeated POST with its key answers again and stores nothing more."""
    first = send(cast.li, "a.png", PNG, Idempotency_Key="k1")
    again = send(cast.li, "a.png", PNG, Idempotency_Key="k1")
    assert first["id"] == again["id"]
    assert len(stored(tmp_path)) == 1


def test_pages_and_drawings_are_never_shown(cast: Cast) -> None:
    """R-010: HTML and SVG, whatever they are called, are downloads without a type."""
    for name, data in (
        ("a.png", b"<html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.xml", b"<?xml version='1.0'?><x/>"),
    ):
        made = send(cast.li, name, data)
        assert (made["content_type"], made["preview"]) == ("application/octet-stream", "none")
        assert cast.li.get(f"/files/{made['id']}/preview").status == 404
        got = cast.li.get(f"/files/{made['id']}")
        assert got.response["Content-Disposition"].startswith("attachment")
        assert "sandbox" in got.response["Content-Security-Policy"]


def test_previews(cast: Cast) -> None:
    """R-010: pictures inline, docx as text, xlsx as first rows."""
    shown = cast.li.get(f"/files/{send(cast.li, 'a.png', PNG)['id']}/preview")
    assert shown.response["Content-Disposition"].startswith("inline")
    assert shown.response["Content-Type"] == "image/png"
    text = cast.li.get(f"/files/{send(cast.li, 'a.docx', word('合同第一条'))['id']}/preview")
    assert text.body == {"text": "合同第一条", "rows": None}
    tabled = send(cast.li, "t.docx", word(table([["型号", "数量"], ["TL-200", "12"]])))
    lines = cast.li.get(f"/files/{tabled['id']}/preview")["text"]
    assert lines == "前言\n型号\t数量\nTL-200\t12\n落款"
    sheet = io.BytesIO()
    book = xlsxwriter.Workbook(sheet, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["客户", 3])
    book.close()
    rows = cast.li.get(f"/files/{send(cast.li, 'a.xlsx', sheet.getvalue())['id']}/preview")
    assert rows["rows"] == [["客户", "3"]]
    broken = cast.li.get(f"/files/{send(cast.li, 'b.docx', word('&undefined;'))['id']}/preview")
    assert broken.status == 422


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.php", "a.php"),
        ("a\r\nSet-Cookie: x.png", "aSet-Cookie x.png"),
        ("con.txt", "_con.txt"),
        ("", "file"),
        ("...", "file"),
        ("报\u202e价.pdf", "报价.pdf"),
    ],
)
def test_names_lose_what_is_dangerous(raw: str, name: str) -> None:
    """I11."""
    assert clean_name(raw) == name
    assert "\n" not in disposition(clean_name(raw))


def test_long_names_keep_their_ending() -> None:
    name = clean_name("很" * 300 + ".xlsx")
    assert name.endswith(".xlsx")
    assert len(name.encode()) <= 200


def test_types_come_from_the_content() -> None:
    """I11: the name is never asked."""
    assert content_type_of(b"GIF89a<script>alert(1)</script>") == "image/gif"
    assert content_type_of("你好".encode("gb18030")) == "text/plain"
    assert content_type_of(b"MZ\x90\x00\x03") == "application/octet-stream"
    assert content_type_of(word("x")).endswith("wordprocessingml.document")
