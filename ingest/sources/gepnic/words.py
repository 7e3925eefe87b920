"""What GePNIC portals call their pages, and how their software says that a session has ended."""

from __future__ import annotations

import re

ORGANISATIONS = "FrontEndTendersByOrganisation"
TENDER = "FrontEndViewTender"
TENDERS_BY_DATE = "FrontEndListTendersbyDate"
# Everything else stands behind a captcha, or leads there.
OPEN_PAGES = frozenset({ORGANISATIONS, TENDER, TENDERS_BY_DATE})

# The same software under two paths: the states' portals, and the central ones.
APPLICATION_PATHS = ("/nicgep/app", "/eprocure/app")

# Sent with HTTP 200 when a link is followed without the session it belongs to.
STALE_SESSION = re.compile(rb"<title>\s*Stale Session\s*</title>|Your session has timed out", re.IGNORECASE)
# The central portal lists tenders in a table of the same name, to be read in another way.
CENTRAL_PORTAL = re.compile(rb"/cppp/tendersfullview/")
CAPTCHA = re.compile(rb"captchaText|Enter Captcha", re.IGNORECASE)

NOTHING_LISTED = re.compile(
    r"no (?:\w+ )?(?:tenders?|records?|data|corrigend\w+)(?: \w+)* (?:found|available)", re.IGNORECASE
)
# Rows of a list that are not tenders: the pager below lists by date.
PAGER_CLASS = "list_footer"
PAGER_LINKS = re.compile(r"^link(?:Page|Fwd|Back|First|Last)")
NEXT_PAGE_LINK = re.compile(r"^linkFwd")
