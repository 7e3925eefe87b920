from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ingest import services
from ingest.models import RawDocument, Source
from ingest.reading.plain_text import is_text
from ingest.selectors import (
    SourceHealth,
    canary_health,
    document_with_body,
    freshness,
    original_for,
    source_health,
    upload_sources,
)
from ingest.templatetags.source_words import source_kind
from portal.accounts.http import CompanyRequest, OfficeRequest
from portal.accounts.roles import company_required, is_office, office_required
from portal.lib.clocks import STOCKHOLM
from portal.lib.tables import Column, Table
from portal.ui.downloads import asked_kind, download

PASTED = "pasted"  # goes before the names of the paste box's fields, for two forms stand on one page
LARGEST_PASTE = 1024 * 1024  # bytes
LARGEST_UPLOAD = 25 * 1024 * 1024  # bytes
# Browsers know few of these by name, so the file's ending decides.
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "html": "text/html",
    "htm": "text/html",
    "eml": "message/rfc822",
    "txt": "text/plain",
}


SOURCES: Table[SourceHealth] = Table(
    "sources",
    gettext_lazy("Sources"),
    (
        Column("source", gettext_lazy("Source"), lambda row: row.source.name),
        Column("kind", gettext_lazy("Kind"), lambda row: source_kind(row.source.kind)),
        Column("is_enabled", gettext_lazy("Switched on"), lambda row: row.source.is_enabled),
        Column(
            "last_success",
            gettext_lazy("Last read"),
            lambda row: row.source.last_success_at and row.source.last_success_at.astimezone(STOCKHOLM),
        ),
        Column("failures", gettext_lazy("Failures in a row"), lambda row: row.source.consecutive_failures),
        Column("documents", gettext_lazy("documents"), lambda row: row.documents),
        Column("new_documents", gettext_lazy("new this week"), lambda row: row.new_documents),
        Column("notices", gettext_lazy("notices"), lambda row: row.notices),
        Column("quarantined", gettext_lazy("in quarantine"), lambda row: row.quarantined),
    ),
)


class HandInForm(forms.Form):
    source = forms.ModelChoiceField(
        Source.objects.none(), label=gettext_lazy("Whose list it is"), empty_label=None
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  tells mypy which field it is
        field.queryset = upload_sources()


class UploadForm(HandInForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Excel (xlsx, xls), ODS, PDF, CSV, JSON, a mail (eml), text or a saved web page, at most 25 MB"
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in MEDIA_TYPES)

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if _ending(file.name) not in MEDIA_TYPES:
            raise forms.ValidationError(_("This kind of file can't be read yet."))
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 25 MB."))
        return file


class PasteForm(HandInForm):
    """Text out of a mail or a page. What is refused is shown again, so that nothing typed is lost."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "A bulletin, a table copied from a sheet, or a page's HTML: as it is, at most 1 MB"
        ),
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Paste something first.")},
        strip=False,
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Paste something first."))
        if len(text.encode()) > LARGEST_PASTE:
            raise forms.ValidationError(
                _("The text is longer than 1 MB: save it as a file and hand that in.")
            )
        return text


@require_GET
@office_required
def sources(request: OfficeRequest) -> HttpResponseBase:
    if kind := asked_kind(request):
        return download(kind, SOURCES, source_health(at=timezone.now()))
    return _sources_page(request)


@require_POST
@office_required
def upload(request: OfficeRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sources_page(request, refused=form)
    file = form.cleaned_data["file"]
    _document, is_new = services.receive_upload(
        form.cleaned_data["source"],
        name=file.name,
        media_type=MEDIA_TYPES[_ending(file.name)],
        body=file.read(),
        by=request.user,
        now=timezone.now(),
    )
    said = (
        _("%(file)s is stored and will be read within a minute.")
        if is_new
        else _("%(file)s was here already.")
    )
    messages.success(request, said % {"file": file.name})
    return redirect("ingest:sources")


@require_POST
@office_required
def paste(request: OfficeRequest) -> HttpResponse:
    form = PasteForm(request.POST, prefix=PASTED)
    if not form.is_valid():
        return _sources_page(request, refused=form)
    _document, is_new = services.receive_paste(
        form.cleaned_data["source"], form.cleaned_data["text"], by=request.user, now=timezone.now()
    )
    messages.success(
        request,
        _("The text is stored and will be read within a minute.")
        if is_new
        else _("That text was here already."),
    )
    return redirect("ingest:sources")


@require_POST
@office_required
def poll(request: OfficeRequest, source_id: int) -> HttpResponse:
    services.request_poll(source_id, now=timezone.now())
    messages.success(request, _("The source is read within a minute."))
    return redirect("ingest:sources")


@require_POST
@office_required
def accept(request: OfficeRequest, source_id: int) -> HttpResponse:
    """What the source gives now is what it gives: end its alarm."""
    if not Source.objects.filter(pk=source_id).exists():
        raise Http404
    services.accept_reading(source_id)
    messages.success(request, _("The alarm is over. What it gave last counts as usual from now on."))
    return redirect("ingest:sources")


@require_POST
@office_required
def accept_layout(request: OfficeRequest, layout_id: int) -> HttpResponse:
    """Somebody has looked: the source's pages are built this way from now on."""
    services.accept_layout(layout_id, by=request.user, now=timezone.now())
    messages.success(request, _("The new layout counts as the source's own from now on."))
    return redirect("ingest:sources")


@require_POST
@office_required
def close(request: OfficeRequest, source_id: int) -> HttpResponse:
    """Someone knows that the source is well again: close its breaker."""
    services.close_breaker(source_id, now=timezone.now())
    messages.success(request, _("The source is read as usual again, within a minute."))
    return redirect("ingest:sources")


@require_POST
@office_required
def retry(request: OfficeRequest, document_id: int) -> HttpResponse:
    """Have a document read again: the reader may have been mended since."""
    services.retry_document(document_id, now=timezone.now())
    messages.success(request, _("The document is read again within a minute."))
    return redirect("dashboards:inbox")


@require_GET
def original(request: HttpRequest, document_id: int) -> HttpResponse:
    """A stored original, byte by byte: text as plain text, anything else to be saved."""
    return (
        _original_for_office(request, document_id)
        if is_office(request.user)
        else _original_for_company(request, document_id)
    )


@office_required
def _original_for_office(_request: OfficeRequest, document_id: int) -> HttpResponse:
    return _verbatim(document_with_body(document_id))


@company_required
def _original_for_company(request: CompanyRequest, document_id: int) -> HttpResponse:
    return _verbatim(original_for(request.company, document_id, at=timezone.now()))


def _verbatim(document: RawDocument | None) -> HttpResponse:
    if document is None:
        raise Http404
    response = HttpResponse(bytes(document.body), content_type="application/octet-stream")
    if is_text(document.media_type):
        # Never as a page: what others wrote must not run here, nor look like ours.
        response["Content-Type"] = "text/plain; charset=utf-8"
        response["Content-Disposition"] = "inline"
    else:
        response["Content-Disposition"] = f'attachment; filename="original-{document.pk}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sources_page(request: OfficeRequest, *, refused: HandInForm | None = None) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "sources",
        "now": now,
        "rows": source_health(at=now),
        "canary": canary_health(at=now),
        "freshness": freshness(at=now),
        "form": refused if isinstance(refused, UploadForm) else UploadForm(),
        "paste_form": refused if isinstance(refused, PasteForm) else PasteForm(prefix=PASTED),
    }
    return render(request, "ingest/sources.html", context, status=422 if refused else 200)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
