"""A contract as PDF, set to be signed: Chinese type, pages as they come. Texts in, bytes out; no table, no actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.resources import files

import orjson
import typst

from genjin.documents.onepage import _FALLBACK, demand_chinese, machine_fonts

_TEMPLATE = files("genjin") / "documents" / "paper.typ"


@dataclass(frozen=True)
class Clause:
    """A heading with pairs, a table whose first row is its head (four columns), and paragraphs."""

    title: str
    rows: Sequence[tuple[str, str]] = ()
    table: Sequence[Sequence[str]] = ()
    texts: Sequence[str] = ()


@dataclass(frozen=True)
class Signature:
    """One side at the foot: who it is, and the lines to fill in by hand."""

    side: str
    name: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Paper:
    title: str
    number: str
    parties: Sequence[tuple[str, str]]
    sections: Sequence[Clause]
    signatures: Sequence[Signature] = field(default_factory=tuple)


def paper_pdf(paper: Paper, *, language: str, author: str, foot: str, families: Sequence[str] | None = None) -> bytes:
    """The PDF. `families` are the fonts there are (default: the machine's); `Refusal` when none of them has Chinese."""
    data = {
        "lang": language,
        "author": author,
        "foot": foot,
        "fonts": [demand_chinese(families), _FALLBACK],
        **asdict(paper),
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(), font_paths=machine_fonts(), sys_inputs={"data": orjson.dumps(data).decode()},
        format="pdf",
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made
