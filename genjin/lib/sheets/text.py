"""CSV text: encoding, delimiter and cells, told from the bytes alone."""

from __future__ import annotations

import codecs
import csv
import io

from genjin.lib.places import SIMPLIFIED
from genjin.lib.sheets.book import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Sheet, SheetError, Workbook
from genjin.lib.sheets.content import too_large, too_wide

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Characters that any Chinese business table is full of; a wrong decoding hits them by chance only.
_USUAL = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面方后多定行学法所民得经三"
    "进等部度家电力如水化高自理起小现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日社义事平形相全表间样与关各"
    "重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军情者最立代想已通并提直题程展五果料象员位入常文总"
    "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手角期根论运指几九区强放西被干做必先回任取据处南给色光门即保北造"
    "百规海口东器压志世金增争济思术交受联什认六共权收证改清采转更单风打白教速花带安场身车例真务具万每目至达走积示议声报完类八离名"
    "确才科张信节话米整空元况今集传土许步群广石记需段研究拉林织装算低持音众书布复容际商非验连深难近周技半办青省列响约般史感往酸市"
    "何除消构府称太准精值号率维划选标写存候亲快效院查江型价格养易置派层片始专状育厂京识适属包住调满局照参红细引听该客户司称联系方式"
    "微信手机邮箱地址预算负责跟进拜访沟通反馈下步计划备注职务姓名日期时间沪杭苏宁"
)
# By chance one character in ten is usual; company lists reach half.
_LEAST_LIKENESS = 0.2
_USUAL_TRADITIONAL = frozenset(chr(code) for code, plain in SIMPLIFIED.items() if plain in _USUAL) | _USUAL


def read_text(data: bytes, name: str) -> Workbook:
    """Read comma, tab or semicolon separated text. Raises SheetError for unknown encoding or too many rows."""
    text, encoding = decode(data)
    text = text.replace("\0", "")
    delimiter = find_delimiter(text)
    rows: list[list[Cell]] = []
    cells = 0
    csv.field_size_limit(10_000_000)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            if len(row) > MOST_COLUMNS:
                raise too_wide()
            if len(rows) >= MOST_ROWS or cells > MOST_CELLS:
                raise too_large()
            rows.append([cell or None for cell in row])
    except csv.Error:
        raise SheetError("damaged", "文件里的引号不成对，读不出行列", "The quotes of this file do not match") from None
    return Workbook("csv", [Sheet(name, rows)], encoding, delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8, UTF-16 (with or without mark), GB18030 or Big5.

    Raises SheetError when none fits or the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if wide := _wide_encoding(data):
        return _strict(data, wide), wide
    if data.count(b"\0") > 2:
        raise _unknown()
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    found = [(_likeness(text, encoding), text, encoding) for text, encoding in _candidates(data)]
    best = max(found, default=(0.0, "", ""))
    if best[0] < _LEAST_LIKENESS:
        raise _unknown()
    return best[1], best[2]


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown() from None


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: the separators (comma, line end, digits) have a zero byte on one side only."""
    sample = data[:4000]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) < max(1, len(sample) // 40) or min(low, high) > max(low, high) // 10:
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _candidates(data: bytes) -> list[tuple[str, str]]:
    texts = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            texts.append((data.decode(encoding), encoding))
        except UnicodeDecodeError:
            continue
    return texts


def _likeness(text: str, encoding: str) -> float:
    """Share of usual characters among the non-ASCII ones of the first 20,000."""
    usual = _USUAL if encoding == "gb18030" else _USUAL_TRADITIONAL
    foreign = [char for char in text[:20_000] if char > "\x7f" and not char.isspace()]
    return sum(char in usual for char in foreign) / len(foreign) if foreign else 0.0


def _unknown() -> SheetError:
    return SheetError(
        "encoding",
        "认不出这个文件的文字编码，用 Excel 或 WPS 打开后另存为 xlsx 再来",
        "The text encoding of this file is unknown; open it in Excel and save it as xlsx",
    )


def find_delimiter(text: str) -> str:
    """Comma, tab or semicolon: the one that cuts most of the first rows into the same number (> 1) of cells."""
    head = text[:40_000]
    best, best_score = ",", 0.0
    for delimiter in (",", "\t", ";"):
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row][:60]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=1)
        score = widths.count(usual) / max(1, len(widths)) * min(usual, 8) if usual > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best
