"""A quotation as PDF for the customer. Texts in, bytes out; no table, no actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files

import orjson
import typst

from genjin.documents.onepage import _FALLBACK, demand_chinese, machine_fonts

_TEMPLATE = files("genjin") / "documents" / "quotation.typ"


@dataclass(frozen=True)
class Offer:
    """What stands on it: `facts` in two columns, `head` and `rows` of the table (numbers as texts), `sums` below it
    with the last one as the total, `words` the total in words, `terms` and `signs` at the end."""

    lang: str
    title: str
    number: str
    seller: str
    buyer: str
    facts: Sequence[tuple[str, str]]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    sums: Sequence[tuple[str, str]]
    words: str
    terms_title: str
    terms: Sequence[str]
    signs: Sequence[str]
    foot: str


def quotation_pdf(offer: Offer) -> bytes:
    """A4, as many pages as its lines need; the head of the table stands on each."""
    data = {**asdict(offer), "fonts": [demand_chinese(None), _FALLBACK]}
    inputs = {"data": orjson.dumps(data).decode()}
    made = typst.compile(_TEMPLATE.read_bytes(), font_paths=machine_fonts(), sys_inputs=inputs, format="pdf")
    assert isinstance(made, bytes)
    return made
