"""What a team's paper form asks: a Word or Excel template becomes the fields that a form would have (R-220). Pure."""

from genjin.lib.papers.parts import Asked, Paper
from genjin.lib.papers.reading import read_paper

__all__ = ["Asked", "Paper", "read_paper"]
