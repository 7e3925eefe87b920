"""Swedish organisation numbers."""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.se import orgnr


class NotAnOrganisationNumber(ValueError):
    """No company has such a number."""


class PersonalNumber(NotAnOrganisationNumber):
    """It is a sole trader's own personal identity number, which isn't ours to keep."""


def organisation_number(written: str) -> str:
    """The ten digits of what a person wrote: ``556036-0793``, ``16 556036 0793`` or ``SE556036079301``.

    Raises NotAnOrganisationNumber if it can't be one, and PersonalNumber if it is a person's.
    """
    digits = "".join(character for character in written if character.isdigit())
    if written.strip().upper().startswith("SE") and digits.endswith("01"):  # the VAT number
        digits = digits[:-2]
    if len(digits) == 12 and digits.startswith("16"):  # as some registers write it
        digits = digits[2:]
    try:
        number = str(orgnr.validate(digits))
    except ValidationError as error:
        raise NotAnOrganisationNumber from error
    # In personal numbers these two are the month; companies have at least 20 there, to tell them apart.
    if int(number[2:4]) < 20:
        raise PersonalNumber
    return number


def as_written(number: str) -> str:
    """With its hyphen, as people read it."""
    return f"{number[:6]}-{number[6:]}" if number else ""
