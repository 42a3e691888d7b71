"""A team's own Word template with its placeholders filled in: `{{合同金额}}`, in text, tables, headers and footers.

A placeholder may run over several runs, as Word likes to cut them; what stands in its place has the look of its first
run. Texts in, bytes out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from genjin.lib.errors import Invalid

_PLACE = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")
#: What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: More than this no template unfolds to.
_MOST = 40 * 1024 * 1024
_DEEPEST = 8


def placeholders(template: bytes) -> list[str]:
    """The names between double braces, each once, in the order of the text. Raises `Invalid` for no Word file."""
    found: dict[str, None] = {}
    for paragraph in _paragraphs(_opened(template)):
        for match in _PLACE.finditer("".join(run.text for run in paragraph.runs)):
            found.setdefault(match.group(1))
    return list(found)


def filled(template: bytes, values: Mapping[str, str]) -> bytes:
    """The same file with what it names; a name that `values` does not know stays as it stands."""
    word = _opened(template)
    for paragraph in _paragraphs(word):
        _fill(paragraph, values)
    whole = io.BytesIO()
    word.save(whole)
    return whole.getvalue()


def _opened(template: bytes) -> Word:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _MOST:
                raise ValueError("too large")
        return Document(io.BytesIO(template))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Invalid(
            "这个文件不是能打开的 Word（docx），另存为 docx 再上传",
            "This is no Word file (docx) that can be opened; save it as docx",
            field="file_id",
        ) from error


def _paragraphs(word: Word) -> Iterator[Paragraph]:
    yield from _within(word)
    seen = set()
    for section in word.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if id(part._element) not in seen and not part.is_linked_to_previous:
                seen.add(id(part._element))
                yield from _within(part)


def _within(holder: Any, depth: int = 0) -> Iterator[Paragraph]:
    yield from holder.paragraphs
    if depth < _DEEPEST:
        for table in holder.tables:
            yield from _cells(table, depth)


def _cells(table: Table, depth: int) -> Iterator[Paragraph]:
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            # A merged cell comes once for each place that it covers.
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                yield from _within(cell, depth + 1)


def _fill(paragraph: Paragraph, values: Mapping[str, str]) -> None:
    """From the last placeholder to the first, so that places before it stay where they are."""
    runs = paragraph.runs
    whole = "".join(run.text for run in runs)
    for match in reversed(list(_PLACE.finditer(whole))):
        if match.group(1) not in values:
            continue
        put, at = _ILLEGAL.sub("", values[match.group(1)]), 0
        for run in runs:
            text, begins = run.text, at
            at += len(text)
            first, last = max(match.start() - begins, 0), min(match.end() - begins, len(text))
            if first >= last:
                continue
            run.text = text[:first] + put + text[last:]
            put = ""
            # Lengths before this place are as they were; those behind it are done.
