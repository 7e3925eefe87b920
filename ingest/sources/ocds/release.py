"""One release into one notice. Suppliers, tenderers and contact persons are never looked at."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from ingest.reading.draft import NoticeDraft
from ingest.reading.identifiers import split_ocid
from ingest.reading.stages import invited_stage
from ingest.reading.words import LONGEST_WORDS, NotUnderstood, excerpt, says_nothing, tidy
from ingest.sources.ocds.branch import Branch
from ingest.sources.ocds.source_terms import day_alone, is_republished, read_source_terms
from ingest.sources.ocds.words import (
    BESIDE,
    CATEGORIES,
    COMPILED,
    KIND_BY_STATUS,
    KINDS,
    NOTICE_DOCUMENTS,
    STAGE_BY_STATUS,
    TENDER_DOCUMENTS,
)
from opportunities.parsed_notice import Doubt, NoticeKind, OpportunityFacts, ParsedNotice, Stage, Unreadable

# Our facts and the paths that may state them. The first that does wins.
_PATHS = {
    "published_at": ("date",),
    "title": ("tender/title", "planning/project/title", "title"),
    "description": ("tender/description", "planning/rationale", "description"),
    "reference": ("tender/id",),
    "buyer_name": ("buyer/name", "tender/procuringEntity/name"),
    "procurement_method": ("tender/procurementMethodDetails", "tender/procurementMethod"),
    "product_category": ("tender/classification/description",),
    "submission_from": ("tender/tenderPeriod/startDate",),
    "submission_deadline": ("tender/tenderPeriod/endDate",),
    "enquiry_deadline": ("tender/enquiryPeriod/endDate",),
    "opening_at": ("tender/bidOpening/date",),
    "period_days": ("tender/contractPeriod/durationInDays",),
}
# What our own releases say elsewhere, if at all
_IN_SOURCE_TERMS = frozenset({"reference", "product_category", "location", "opening_at"})
_MOMENTS = frozenset({"submission_from", "submission_deadline", "enquiry_deadline"})
_ESCAPED = frozenset({"title", "description", "buyer_name"})  # some publishers write "St Bede&apos;s"
_MOST_PLACES = 5


def read_release(release: Branch, place: str, *, publisher: str) -> ParsedNotice | Unreadable:
    """The notice in a release, or why there is none.

    The process is named by its ocid, which is the same on every road: the registered prefix is the
    publisher, the rest the process's number. ``publisher`` counts where an ocid has no such prefix.
    """
    draft = NoticeDraft(place, words=_said(release))
    try:
        kind = _kind(release, draft)
    except NotUnderstood as reason:
        return Unreadable(place, excerpt(draft.words), str(reason))
    is_ours = is_republished(release)
    if is_ours:
        read_source_terms(release, draft)
    for fact, paths in _PATHS.items():
        for path in paths if not (is_ours and fact in _IN_SOURCE_TERMS) else ():
            words = release.words(path)
            if fact in _MOMENTS:
                words = day_alone(words)
            draft.read(fact, unescape(words) if fact in _ESCAPED else words, path)
    _read_buyer_among_parties(release, draft)
    _read_value(release, draft)
    _read_codes(release, draft)
    _read_category(release, draft)
    if not is_ours:
        _read_location(release, draft)
        _read_stage(release, draft, kind)
    return _finished(release, draft, kind, publisher)


def _said(release: Branch) -> str:
    """What a person is shown of a release that can't be read; nobody who bids is in it."""
    paths = ("ocid", "id", "date", "tender/id", "tender/title")
    tags = ", ".join(_tags(release))
    return " | ".join(words for words in (*map(release.words, paths), tags) if words)


def _tags(release: Branch) -> list[str]:
    tags = [branch.value for branch in release.each("tag")] or [release.at("tag").value]
    return [tidy(tag) for tag in tags if isinstance(tag, str)]


def _kind(release: Branch, draft: NoticeDraft) -> NoticeKind:
    if release.value is None or not isinstance(release.value, dict):
        raise NotUnderstood("this isn't a JSON object")
    tags = _tags(release)
    if COMPILED in tags:
        return _kind_of_compiled(release)
    known = [tag for tag in KINDS if tag in tags]
    unknown = [tag for tag in tags if tag not in KINDS and tag not in BESIDE]
    if known:
        for tag in unknown:
            reason = "this isn't a release tag we know"
            draft.doubts.append(Doubt("stage", f"{draft.place}, tag", tag[:LONGEST_WORDS], reason))
        return KINDS[known[-1]]
    if unknown:
        raise NotUnderstood(f"“{unknown[0][:60]}” isn't a release tag we know")
    if tags:
        raise NotUnderstood(f"a release tagged “{tags[0]}” is about what comes after the award")
    raise NotUnderstood("the release has no tag, so it doesn't say what it does")


def _kind_of_compiled(release: Branch) -> NoticeKind:
    if release.each("awards"):
        return NoticeKind.AWARD
    status = release.words("tender/status")
    if status not in KIND_BY_STATUS:
        raise NotUnderstood(
            f"a compiled release whose tender's status is “{status[:60]}” doesn't say what was published last"
        )
    return KIND_BY_STATUS[status]


def _read_buyer_among_parties(release: Branch, draft: NoticeDraft) -> None:
    for number, party in enumerate(release.each("parties")):
        if any(role.value in ("buyer", "procuringEntity") for role in party.each("roles")):
            draft.read("buyer_name", unescape(party.words("name")), f"parties/{number}/name")


def _read_value(release: Branch, draft: NoticeDraft) -> None:
    """What the tender is worth; never what somebody was awarded it for."""
    for path in ("tender/value", "planning/budget/amount"):
        amount, currency = release.words(f"{path}/amount"), release.words(f"{path}/currency")
        if not amount or "value" in draft.facts:
            continue
        if says_nothing(currency):
            reason = "the amount has no currency"
            draft.doubts.append(Doubt("value", f"{draft.place}, {path}", amount[:LONGEST_WORDS], reason))
        else:
            draft.read("value", f"{currency} {amount}", path)


def _read_codes(release: Branch, draft: NoticeDraft) -> None:
    """CPV codes of the tender, then of its items, each once."""
    tender = release.at("tender")
    codes: dict[str, None] = {}
    for holder in (tender, *tender.each("items")):
        for classification in (holder.at("classification"), *holder.each("additionalClassifications")):
            if classification.words("scheme").strip().upper() == "CPV":
                codes[tidy(classification.words("id"))] = None
    draft.read("classification_codes", ";".join(code for code in codes if code), "tender, classifications")


def _read_category(release: Branch, draft: NoticeDraft) -> None:
    path = "tender/mainProcurementCategory"
    words = release.words(path)
    if says_nothing(words):
        return
    where = f"{draft.place}, {path}"
    if category := CATEGORIES.get(words.casefold()):
        draft.state("category", category, words, where)
    else:
        draft.doubts.append(Doubt("category", where, words[:LONGEST_WORDS], "this isn't a category we know"))


def _read_location(release: Branch, draft: NoticeDraft) -> None:
    places = dict.fromkeys(_places(release))
    draft.read("location", "; ".join([*places][:_MOST_PLACES]), "tender/items, delivery")


def _places(release: Branch) -> Iterator[str]:
    for item in release.each("tender/items"):
        if described := tidy(item.words("deliveryLocation/description")):
            yield described
        for address in (item.at("deliveryAddress"), *item.each("deliveryAddresses")):
            names = (tidy(address.words(name)) for name in ("locality", "region", "countryName"))
            if stated := ", ".join(name for name in names if name):
                yield stated


def _read_stage(release: Branch, draft: NoticeDraft, kind: NoticeKind) -> None:
    """What the kind says, where that is all; else the tender's status, and what the title invites to."""
    status, where = release.words("tender/status"), f"{draft.place}, tender/status"
    if kind in (NoticeKind.AWARD, NoticeKind.CANCELLATION):
        return
    title = draft.facts.get("title", "")
    if kind is NoticeKind.PLANNING:
        invited = invited_stage(title, None)
        # Nothing can be bid for yet, so a title that invites to nothing leaves a need that is known.
        early = Stage.IDENTIFIED if invited is Stage.TENDER else invited
        draft.state("stage", early, ", ".join(_tags(release)), f"{draft.place}, tag")
    elif status in STAGE_BY_STATUS:
        if said := STAGE_BY_STATUS[status]:
            stage = invited_stage(title, None) if said is Stage.TENDER else said
            draft.state("stage", stage, status, where)
    elif status:
        draft.doubts.append(Doubt("stage", where, status[:LONGEST_WORDS], "this isn't a stage we know"))


def _finished(
    release: Branch, draft: NoticeDraft, kind: NoticeKind, publisher: str
) -> ParsedNotice | Unreadable:
    ocid = tidy(release.words("ocid"))
    numbered = split_ocid(ocid)
    draft.read("process_id", numbered[1] if numbered else ocid, "ocid")
    process_id = draft.facts.pop("process_id", None)
    published_at = draft.facts.pop("published_at", None)
    notice_id = _notice_id(release)
    missing = (
        "the release has no ocid, or one that can't be read" if process_id is None
        else "the release has neither an ID nor a date to tell it by" if not notice_id
        else "no title" if "title" not in draft.facts
        else None
    )  # fmt: skip
    if missing or process_id is None:
        return Unreadable(draft.place, excerpt(draft.words), missing or "no ocid")
    return ParsedNotice(
        publisher=numbered[0] if numbered else publisher,
        process_id=process_id,
        notice_id=notice_id,
        kind=kind,
        published_at=published_at,
        facts=OpportunityFacts(url=_url(release, kind), **draft.facts),
        origins=tuple(draft.origins),
        doubts=tuple(draft.doubts),
    )


def _notice_id(release: Branch) -> str:
    """The release's ID; its date and tags where the publisher gave it none."""
    if stated := tidy(release.words("id")):
        return stated[:200]
    date = tidy(release.words("date"))
    return " ".join([date, *_tags(release)])[:200] if date else ""


def _url(release: Branch, kind: NoticeKind) -> str | None:
    """Where a person can read the notice: the address of the document that is it."""
    documents = [
        *release.each("tender/documents"),
        *release.each("planning/documents"),
        *(document for award in release.each("awards") for document in award.each("documents")),
    ]
    for wanted in (*NOTICE_DOCUMENTS.get(kind, ()), *TENDER_DOCUMENTS):
        for document in documents:
            url = document.words("url").strip()
            if document.words("documentType") == wanted and url.startswith(("http://", "https://")):
                return url
    return None
