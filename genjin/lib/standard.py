"""The files of a pack as parsed YAML; those of the standard pack are read once a process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

STANDARD = files("genjin") / "packs" / "standard"


def read_yaml(source: Traversable | Path) -> Any:
    """What the file holds, plain data only. Raises OSError, UnicodeDecodeError or YAMLError."""
    # libyaml's loader reads the same ten times as fast; wheels bring it, a build from source may not.
    return yaml.load(source.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def read_standard(name: str) -> Any:
    """`<name>.yaml` of the standard pack. Everybody gets the same object: copy before you change it."""
    return read_yaml(STANDARD / f"{name}.yaml")
