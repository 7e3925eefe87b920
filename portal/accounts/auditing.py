"""What others rely on is watched by the database: the function, its triggers, and who sends a form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.accounts.http import PersonRequest
from portal.lib.at_work import at_work

# What a program adds by itself tells who it was; noting it would double every row that Setu ships with.
NOTE_CHANGES = r"""
CREATE FUNCTION note_record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    now_is jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    row_id bigint := coalesce(now_is ->> 'id', was ->> 'id')::bigint;
    person bigint := nullif(current_setting('setu.person', true), '')::bigint;
    told jsonb;
BEGIN
    IF TG_OP = 'INSERT' AND person IS NULL THEN
        RETURN NULL;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM accounts_recordchange
        WHERE TG_ARGV[0] = 'forget' AND about = TG_TABLE_NAME AND record = row_id;
        SELECT coalesce(jsonb_object_agg(name, jsonb_build_array(was -> name, NULL)), '{}') INTO told
        FROM unnest(TG_ARGV[1:]) AS name WHERE name LIKE '%\_id';
    ELSE
        SELECT jsonb_object_agg(name, jsonb_build_array(was -> name, now_is -> name)) INTO told
        FROM unnest(TG_ARGV[1:]) AS name WHERE (was -> name) IS DISTINCT FROM (now_is -> name);
    END IF;
    IF told IS NOT NULL THEN
        INSERT INTO accounts_recordchange
            (about, record, did, changes, changed_at, changed_by, place, because)
        VALUES (TG_TABLE_NAME, row_id, lower(TG_OP), told, now(), person,
            coalesce(current_setting('setu.place', true), ''),
            coalesce(current_setting('setu.because', true), ''));
    END IF;
    RETURN NULL;
END $$
"""
FORGET_HOW = "DROP FUNCTION note_record_change() CASCADE"
_READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def watch(table: str, *columns: str, forgets: bool = True) -> str:
    """The statement that has a table's rows watched, for a migration. Other columns may change unnoted.

    Marks, counters and whatever a worker writes stay out; so do names and addresses of people. What was noted
    of a row goes when it is deleted, unless it ``forgets`` nothing: for rows that merely link others.
    """
    given = ", ".join(f"'{one}'" for one in ("forget" if forgets else "keep", *columns))
    named = ", ".join(f'"{column}"' for column in columns)
    return (
        f"CREATE TRIGGER note_record_change AFTER INSERT OR DELETE OR UPDATE OF {named}"
        f" ON {table} FOR EACH ROW EXECUTE FUNCTION note_record_change({given})"
    )


def unwatch(table: str) -> str:
    """Undoes ``watch``."""
    return f"DROP TRIGGER note_record_change ON {table}"


class AuditMiddleware:
    """Tells the database who sends a form, where, and why, as far as a field called ``because`` says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        if request.method in _READING or not request.user.is_authenticated:
            return self.get_response(request)
        with at_work(person=request.user.pk, place=request.path, because=_because(request)):
            return self.get_response(request)


def _because(request: HttpRequest) -> str:
    # A file that is sent is for the view to read.
    if request.content_type != "application/x-www-form-urlencoded":
        return ""
    return request.POST.get("because", "").strip()
