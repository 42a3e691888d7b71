"""Formulas over the fields of one record: read, typed, worked out. Pure; nothing is ever run as code (R-213).

    ROUND({cf_1} * {cf_2} * (1 - {cf_3} / 100), 2)
    IF(DAYS({cf_5}, {cf_4}) > 30, "长", "短") & "单"

Names stand in braces. Numbers, amounts (whole units, not the minor one), days, texts, yes and no.
"""

from genjin.lib.formulas.reading import Formula, FormulaError, read
from genjin.lib.formulas.types import Type, type_of
from genjin.lib.formulas.working import work_out

__all__ = ["Formula", "FormulaError", "Type", "read", "type_of", "work_out"]
