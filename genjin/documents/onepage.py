"""Records as pages for a manager, one each, as PDF (R-016). Texts in, bytes out; no table, no actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import orjson
import typst

from genjin.lib.errors import Refusal

_TEMPLATE = files("genjin") / "documents" / "onepage.typ"
#: Families that set Chinese properly, the first that the machine has is used.
CHINESE = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
    "HarmonyOS Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "SimHei",
)  # fmt: skip
_FALLBACK = "Libertinus Serif"
_WORDS = {
    "zh": {"none": "没有填", "cut": "…（全文 {n} 字，见系统）", "more": "另有 {n} 条，见系统"},
    "en": {"none": "Not filled in", "cut": "… ({n} characters, see the record)", "more": "{n} more in the record"},
}


@dataclass(frozen=True)
class Row:
    """A label with lines of text. `tree` is the same text with its marks (`lib/blocks`), else empty;
    two rows that are not `wide` share a line."""

    label: str
    texts: Sequence[str]
    wide: bool = True
    tree: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class PageSection:
    """A heading with rows; `number` is its mark, as 一、 or 1."""

    number: str
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Closing:
    """One of the boxes side by side at the end."""

    title: str
    texts: Sequence[str]


@dataclass(frozen=True)
class RecordPage:
    """One record: `facts` are short pairs in two columns under the title."""

    title: str
    kind: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[PageSection]
    closing: Sequence[Closing] = field(default_factory=tuple)


def one_page_pdf(
    pages: Sequence[RecordPage],
    *,
    language: str,
    title: str,
    author: str,
    foot: str,
    families: Sequence[str] | None = None,
) -> bytes:
    """The PDF, one A4 page a record; too much text is cut and says where the rest is.

    `families` are the fonts there are (default: the machine's). Raises `Refusal` when none of them has Chinese.
    """
    data: Mapping[str, Any] = {
        "lang": language,
        "title": title,
        "author": author,
        "foot": foot,
        "fonts": [demand_chinese(families), _FALLBACK],
        "words": _WORDS[language],
        "records": [asdict(page) for page in pages],
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=machine_fonts(),
        sys_inputs={"data": orjson.dumps(data).decode()},
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made


def demand_chinese(families: Sequence[str] | None = None) -> str:
    """The family that sets Chinese, of these or the machine's; `Refusal` when there is none."""
    chinese = chinese_of(_families() if families is None else families)
    if chinese is not None:
        return chinese
    # Looked for again the next time, so that a font installed meanwhile is found without a restart.
    machine_fonts.cache_clear()
    _families.cache_clear()
    raise Refusal(
        "这台服务器没有中文字体，PDF 里的字会变成方块。装好 fonts-noto-cjk 再导出",
        "This server has no Chinese font; install fonts-noto-cjk and export again",
        status=503,
        code="no_font",
    )


def chinese_of(families: Iterable[str]) -> str | None:
    """The first family that sets Chinese properly, or None."""
    there = frozenset(families)
    return next((name for name in CHINESE if name in there), None)


@cache
def machine_fonts() -> Any:
    """The machine's fonts, looked for once a process."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


@cache
def _families() -> frozenset[str]:
    return frozenset(machine_fonts().families())
