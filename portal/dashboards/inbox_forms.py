"""What is typed in the inbox."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext_lazy

from portal.dashboards.disclosure_form import DisclosureForm


class SettlementForm(forms.Form):
    """One line, so that Enter sends it."""

    because = forms.CharField(max_length=500, label=gettext_lazy("Why it needs nothing more"))


class RemarkForm(forms.Form):
    remark = forms.CharField(
        max_length=2_000,
        label=gettext_lazy("Remark"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What should stand instead of a reading, which wasn't taken."""

    extraction_id: int
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person has typed and what has come to nothing yet, to be shown again."""

    settlement: forms.Form = field(default_factory=SettlementForm)
    remark: forms.Form = field(default_factory=RemarkForm)
    disclosure: forms.Form = field(default_factory=DisclosureForm)
    answer: TypedAnswer | None = None
    is_merge_refused: bool = False  # it would have disclosed something

    @property
    def words(self) -> str:
        """All of it, for whoever wants to use it elsewhere."""
        written = [self.settlement.data.get("because", ""), self.remark.data.get("remark", "")]
        return "\n".join(words for words in (*written, self.answer.words if self.answer else "") if words)
