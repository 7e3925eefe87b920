"""How amounts stand in running text, to find them; ``read_amount`` reads what was found."""

from __future__ import annotations

import re

_UNIT = r"(?:crores?|crs?|lakhs?|lacs?|million|billion|mn|bn)\b\.?"
_MARK = r"(?:\bRs\.?|\bINR|\bRupees|₹|\bUSD|\bUS\$|\$|\bEUR|€|\bSEK)"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
AMOUNT = re.compile(
    rf"(?:{_MARK}\s*{_NUMBER}(?:\s*{_UNIT})?(?:\s*/\s*-)?|\b{_NUMBER}\s*(?:crores?|cr|lakhs?|lacs?)\b\.?)",
    re.IGNORECASE,
)
# "Rs. 40-45 crore", "Rs. 40 to Rs. 45 crore": two figures, neither of them the amount.
AMOUNT_RANGE = re.compile(
    rf"{_MARK}?\s*\d[\d,.]*\s*(?:{_UNIT})?\s*(?:-|–|to)\s*{_MARK}?\s*\d[\d,.]*\s*{_UNIT}", re.IGNORECASE
)
