"""How patterns are written so that a search passes quickly over text in which they do not occur."""

from __future__ import annotations


def each(heads: str, tail: str) -> str:
    """`head+tail|head+tail…` for the heads between blanks.

    When every alternative of a pattern begins with a letter of its own, a search leaps to the first of these letters;
    one that begins with a group or a set makes it try them all at every character.
    """
    return "|".join(head + tail for head in heads.split())
