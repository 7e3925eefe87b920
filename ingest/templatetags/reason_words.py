"""Why something could not be read, in the reader's language. Stored are the English words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

register = template.Library()

_FILLED_IN = re.compile(r"%\((\w+)\)s")
_TEMPLATE = re.compile(r"%\((\w+)\)s|([^%]+)")
# A reason inside a reason is told in words too, but not for ever.
_DEEPEST = 3
# Of texts that were looked at: a list shows the same ones again and again, and there are many patterns.
_REMEMBERED = 2_000
# Every reason that our readers give, told by its English words: rows that were stored long ago have no other
# name for it. %(…)s stands for what a reader fills in; a test compares them with the readers.
REASONS = (
    _("no title"),
    _("no tender ID"),
    _("no tender ID: “%(words)s”, %(reason)s"),
    _("no title: “%(words)s”, %(reason)s"),
    _("no ocid"),
    _("read since"),
    _("read by hand"),
    _("the row has %(cells)s cells, its header %(columns)s"),
    _("the row can't be taken apart: %(reason)s"),
    _("the columns run into one another, so the cells can't be told apart"),
    _("no word tells how far the process has come"),
    _("nothing numbers this notice, so it can't be told from others"),
    _("this doesn't say which tender it changes, or on which portal"),
    _("a tender ID without its portal"),
    _("several tender IDs"),
    _("a tender ID is one word of at most 100 letters"),
    _("“%(words)s” isn't a GePNIC tender ID"),
    _("“%(words)s” isn't a type of notice we know"),
    _("“%(words)s” isn't a currency we know"),
    _("“%(words)s” isn't a unit we know"),
    _("“%(words)s” isn't a month"),
    _("“%(words)s” isn't a release tag we know"),
    _("“%(words)s” is a range, not one amount"),
    _("this names no stage we know"),
    _("this names several stages"),
    _("this isn't a stage we know"),
    _("this isn't a category we know"),
    _("this isn't a release tag we know"),
    _("this isn't a portal's address"),
    _("this isn't a day"),
    _("this isn't a web address"),
    _("this isn't [title][reference number][tender ID]"),
    _("the stage can't be read, so that it may be early information or a public tender"),
    _("this isn't a number of days"),
    _("this isn't a period in days, months or years"),
    _("this isn't a date in any form we know"),
    _("this isn't a JSON object"),
    _("this isn't an e-mail message: it has no sender"),
    _("this isn't JSON; it begins with: %(words)s"),
    _("this can't be read as one amount"),
    _("this is a share, not an amount"),
    _("this is too large to be an amount of money"),
    _("this is too long to be an amount"),
    _("this is too long to be a date"),
    _("this is too long for one item"),
    _("two currencies are named"),
    _("the amount has no currency"),
    _("there is no such day in the calendar"),
    _("there is no such time of day"),
    _("there is no such time zone"),
    _("what follows the date isn't a time"),
    _("the year %(year)s can't be meant"),
    _("an Indian postal code has six digits"),
    _("these aren't CPV codes"),
    _("a fiscal year ends in the year after the one it begins in"),
    _("the second quarter comes before the first"),
    _("this doesn't say whether the year is the calendar's or the fiscal one"),
    _("this may be the fiscal year that begins or the one that ends then"),
    _("this doesn't say whether joint ventures may bid"),
    _("this doesn't say whether companies may bid together"),
    _("this can't be read as such a requirement"),
    _("this can be confirmed or settled, and not written anew"),
    _("this states nothing"),
    _("nothing was read here that could be confirmed"),
    _("this asks for a net worth, but not for how much"),
    _("this asks for a turnover, but not for how much"),
    _("the message holds no numbered item and no table of notices"),
    _("the message has %(megabytes)s MB, more than one may have, and was left unread where it is"),
    _("the message's tags are nested deeper than any that people write"),
    _("the page's tags are nested deeper than any that people write"),
    _("a saved page of more than %(megabytes)s MB isn't read"),
    _("the page has more than %(tags)s tags: hand its table in as CSV or Excel"),
    _(
        "no portal we know makes such a page, and none of its tables has headings for Tender ID and "
        "Title; their headings: %(words)s"
    ),
    _(
        "the page holds no list of tenders as the central portal shows them (headings for "
        "Title/Ref.No./Tender Id and Corrigendum)"
    ),
    _(
        "the page holds no list of tenders (headings for title, reference number and tender ID), no "
        "tender (captions Tender ID and Title) and no list of organisations"
    ),
    _("the page has too few labels of a notice; its labels: %(words)s"),
    _("the page has no such field"),
    _("the list of tenders has no column for %(missing)s: %(words)s"),
    _("the tender page has no field called %(missing)s; it has: %(words)s"),
    _("the list names a corrigendum, whose words stand behind a captcha"),
    _("the title has no link, so it can't be told from what follows it"),
    _("the title isn't followed by [reference number][tender ID]"),
    _(
        "the title's link doesn't hold reference number and tender ID, and the text after the title "
        "can't be taken apart with certainty"
    ),
    _("the title's link says “%(link)s”, the text after it “%(words)s”"),
    _("this is a list of the central portal (CPPP): hand it to a source of the kind cppp"),
    _("no row names columns that we know; the file begins with: %(words)s"),
    _("the columns are %(words)s; needed are Tender ID and Title, or tender/id and tender/title"),
    _("no row can be read (%(reason)s); needed are Tender ID and Title, or tender/id and tender/title"),
    _("there are no rows below the header"),
    _("the file is empty"),
    _("the document is empty"),
    _("the compressed file is damaged: %(reason)s"),
    _("the file unpacks to far more than its size allows for"),
    _("the document unpacks to far more than its size allows for"),
    _("the compressed document unpacks to more than %(megabytes)s MB"),
    _("the document is larger than %(megabytes)s MB"),
    _("the document is compressed in a way we didn't ask for (%(words)s)"),
    _("this is a PDF: hand it in as it is"),
    _("this is a workbook or a ZIP archive: hand it in as it is"),
    _("this is an old Excel workbook: hand it in as it is"),
    _("this is a web page or XML: hand it in as it is"),
    _("the line isn't a JSON object: %(reason)s"),
    _("the list breaks off or is damaged here: %(reason)s"),
    _("the JSON breaks off or is damaged: %(reason)s"),
    _("it is nested too deeply"),
    _("it is another kind of value"),
    _("it is neither an object nor a list"),
    _("this JSON holds no releases, no records and no ocid"),
    _("the package holds no releases"),
    _("the release has no tag, so it doesn't say what it does"),
    _("a release tagged “%(tag)s” isn't read yet"),
    _("a release tagged “%(tag)s” is about what comes after the award"),
    _("a compiled release whose tender's status is “%(status)s” doesn't say what was published last"),
    _("opening the file takes longer than %(seconds)s seconds"),
    _("the file can't be opened within %(megabytes)s MB of memory and %(seconds)s seconds"),
    _("the workbook is empty"),
    _("the workbook is damaged or incomplete"),
    _("the workbook is locked with a password: save it without one"),
    _("this is an old Office file, and no workbook"),
    _("this is no workbook we know, or a damaged one: save it as xlsx and hand that in"),
    _("the workbook is made of %(parts)s parts; %(most)s are opened at most"),
    _("the workbook unpacks to far more than its size allows for"),
    _("the workbook unpacks to %(megabytes)s MB, more than is opened"),
    _("the sheet “%(sheet)s” has more than %(most)s columns"),
    _("the workbook can't be read: %(reason)s"),
    _("the PDF is damaged or incomplete"),
    _("the PDF is locked with a password: save it without one, or type it in by hand"),
    _("the PDF is locked in a way that can't be opened: type it in by hand"),
    _("the PDF has %(pages)s pages; %(most)s are read at most"),
    _("page %(page)s of the PDF holds more than %(most)s letters"),
    _("the PDF holds page images without text: type it in by hand"),
    _("the PDF holds no text: type it in by hand"),
    _("none of the PDF's pages can be opened: it is damaged"),
    _("the PDF holds no numbered item and no table of notices: type it in by hand"),
    _("the page is an image without text: type it in by hand"),
    _("the page is damaged"),
    _("reading it was cut off %(times)s times: it needs too much time or memory"),
    _("the database refused it: %(reason)s"),
)


@register.filter
def reason_words(reason: str) -> str:
    """The reason in words of the page's language; as it is stored where it is none that we know."""
    return _translated(reason, _DEEPEST) or reason


@register.filter
def has_words(reason: str) -> bool:
    """Whether the reason can be told in the page's language."""
    return _translated(reason, 1) is not None


def _translated(reason: str, depth: int) -> str | None:
    words, parts = _told(reason)
    if words is None:
        return None
    filled = dict(parts)
    if depth and "reason" in filled:
        filled["reason"] = _translated(filled["reason"], depth - 1) or filled["reason"]
    return gettext(words) % filled


@lru_cache(_REMEMBERED)
def _told(reason: str) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Which reason a text is, if any, and what is filled into it."""
    for words, pattern in _patterns():
        if found := pattern.fullmatch(reason):
            return words, tuple(found.groupdict().items())
    return None, ()


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each reason with the pattern of all that it can be, those with most words of their own first."""
    ordered = sorted(REASONS, key=lambda text: -len(_FILLED_IN.sub("", text)))
    return tuple((text, re.compile(_pattern_of(text), re.DOTALL)) for text in ordered)


def _pattern_of(words: str) -> str:
    parts = (f"(?P<{part[1]}>.*?)" if part[1] else re.escape(part[2]) for part in _TEMPLATE.finditer(words))
    return "".join(parts)
