"""What a form's buttons do to what is typed, before anything is checked or saved. Nothing typed gets lost."""

from __future__ import annotations

from django.http import QueryDict

from matching.profile_form.rows import MOST_ROWS, count_of
from matching.scoring.engine import DOMAINS
from portal.lib.numbers import number_in

ROW_KINDS = ("turnover", "project")


def amended(data: QueryDict, action: str) -> QueryDict:
    """The form's content once a button has been pressed; any other action leaves it as it is.

    "add-turnover", "remove-project-2", "add-code-38421100", "add-domain-traffic"
    """
    verb, _, what = action.partition("-")
    kind, _, name = what.partition("-")
    changed = data.copy()
    if verb == "add" and kind in ROW_KINDS:
        changed[f"{kind}-rows"] = str(min(count_of(data, kind) + 1, MOST_ROWS))
    elif verb == "remove" and kind in ROW_KINDS:
        _remove(changed, kind, number_in(name))
    elif verb == "add" and kind == "code":
        _choose(changed, "classification_codes", name)
    elif verb == "add" and kind == "domain" and name in DOMAINS:
        _choose(changed, "domains", name)
    return changed


def _choose(data: QueryDict, field: str, chosen: str) -> None:
    if chosen not in data.getlist(field):
        data.appendlist(field, chosen)


def _remove(data: QueryDict, kind: str, gone: int | None) -> None:
    """Take a row out, and let those after it move up."""
    count = count_of(data, kind)
    if gone is None or gone >= count:
        return
    fields = {
        key.removeprefix(f"{kind}-{at}-")
        for at in range(count)
        for key in data
        if key.startswith(f"{kind}-{at}-")
    }
    for at in range(gone, count):
        for field in fields:
            data.setlist(f"{kind}-{at}-{field}", data.getlist(f"{kind}-{at + 1}-{field}"))
    data[f"{kind}-rows"] = str(count - 1)
