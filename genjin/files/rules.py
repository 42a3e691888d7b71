"""Pure rules of files: what a name may be, what the bytes are, how a download is named."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
import zipfile
from urllib.parse import quote

#: What an organisation may store, and what one member may have uploaded without using it.
MOST_STORED = 50 * 1024**3
MOST_UNUSED = 2 * 1024**3
MOST_UNUSED_FILES = 500
LONGEST_NAME = 120
MOST_NAME_BYTES = 200

_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
XLSX = _OFFICE + "spreadsheetml.sheet"
_PARTS = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": _OFFICE + "presentationml.presentation",
}
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_INLINE_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_ACTIVE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|body|iframe|\?xml)", re.I)
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
OTHER = "application/octet-stream"


def clean_name(name: str) -> str:
    """A file's name as it is shown and downloaded: no folder, no control character, at most 200 bytes.

    The end with its extension is kept when a name is too long.
    """
    text = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode()).replace("\\", "/")
    text = _UNSAFE.sub("", text.rsplit("/", 1)[-1]).strip(" .")
    if not text:
        return "file"
    if _RESERVED.match(text):
        text = f"_{text}"
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = text, ""
    tail = f".{ending}" if ending else ""
    while len(stem) > LONGEST_NAME - len(tail) or len((stem + tail).encode()) > MOST_NAME_BYTES:
        stem = stem[:-1]
    return stem + tail


def content_type_of(data: bytes) -> str:
    """What the bytes are; the name is never asked. Marked-up text counts as plain bytes, never as a page."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _zip_type(data)
    if _ACTIVE.search(data[:4096]) or b"\x00" in data[:4096]:
        return OTHER
    return "text/plain" if _is_text(data[:65536], whole=len(data) <= 65536) else OTHER


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return OTHER
    return next((kind for part, kind in _PARTS.items() if part in names), "application/zip")


def _is_text(head: bytes, *, whole: bool) -> bool:
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
            return True
        except UnicodeDecodeError:
            continue
    return False


def preview_of(content_type: str) -> str:
    """image, pdf, text (docx, xlsx and plain text as JSON) or none."""
    if content_type in _INLINE_IMAGES:
        return "image"
    if content_type == "application/pdf":
        return "pdf"
    return "text" if content_type in (DOCX, XLSX, "text/plain") else "none"


def disposition(name: str, *, inline: bool = False) -> str:
    """The Content-Disposition of RFC 6266: a plain name for old programs, UTF-8 for all others."""
    plain = "".join(letter if letter.isascii() and letter not in '"\\%;' else "_" for letter in name)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
