"""Fields for what people type about themselves: figures as they write them, and one statement a line."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from portal.ui import formats

_BLANKS = re.compile(r"[\s\u00a0\u202f']")
_CODE = re.compile(r"[0-9]{8}(-[0-9])?")


class FigureField(forms.DecimalField):
    """A number as a Swede or a Briton writes it: "142,5", "142.5", "1 200". Never below zero."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=Decimal(0), required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # of IntegerField, say the stubs
        return super().to_python(_plain(value))

    def prepare_value(self, value: Any) -> Any:
        """Without separators between thousands, which are another thing in each language."""
        if not isinstance(value, Decimal | int):
            return value
        written = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
        return written.replace(".", ",") if formats.locale() == "sv_SE" else written


class WholeField(forms.IntegerField):
    """A whole number that may be left open."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        kwargs.setdefault("required", False)
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_plain(value))


class LinesField(forms.CharField):
    """One statement a line, as a tuple; blank lines and repetitions are dropped."""

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 6}), **kwargs)
        self._most, self._longest = most, longest

    def clean(self, value: Any) -> Any:
        lines = tuple(dict.fromkeys(filter(None, map(str.strip, super().clean(value).splitlines()))))
        if len(lines) > self._most:
            message = ngettext("At most %(most)s line.", "At most %(most)s lines.", self._most)
            raise ValidationError(f"{message} ({len(lines)})" % {"most": self._most})
        too_long = [number for number, line in enumerate(lines, start=1) if len(line) > self._longest]
        if too_long:
            message = ngettext(
                "Line %(line)s has more than %(longest)s character.",
                "Line %(line)s has more than %(longest)s characters.",
                self._longest,
            )
            raise ValidationError(message % {"line": too_long[0], "longest": self._longest})
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple) else value


class CodesField(forms.MultipleChoiceField):
    """CPV codes, whether or not we know what they are called."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self._most = most

    @staticmethod
    def is_code(text: str) -> bool:
        return _CODE.fullmatch(text) is not None

    def valid_value(self, value: str) -> bool:
        return self.is_code(value)

    def clean(self, value: Any) -> Any:
        codes = tuple(dict.fromkeys(super().clean(value)))
        if len(codes) > self._most:
            raise ValidationError(
                ngettext("At most %(most)s code.", "At most %(most)s codes.", self._most)
                % {"most": self._most}
            )
        return codes


def _plain(value: Any) -> Any:
    return _BLANKS.sub("", value).replace(",", ".") if isinstance(value, str) else value
