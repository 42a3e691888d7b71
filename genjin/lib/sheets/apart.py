"""Entry of the reading process: bytes on stdin → pickled sheets on stdout, or one JSON line on stderr."""

from __future__ import annotations

import json
import pickle
import resource
import sys

from genjin.lib.sheets.book import SheetError
from genjin.lib.sheets.reader import read_sheets

MOST_MEMORY = 1_500 * 1024 * 1024


def main() -> int:
    """Read within MOST_MEMORY bytes of address space. 0 = read; 3 = refused."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        sheets = read_sheets(sys.stdin.buffer.read())
    except SheetError as error:
        sys.stderr.write(json.dumps({"code": error.code, "zh": error.zh, "en": error.en}) + "\n")
        return 3
    sys.stdout.buffer.write(pickle.dumps(sheets, pickle.HIGHEST_PROTOCOL))
    return 0


if __name__ == "__main__":
    sys.exit(main())
