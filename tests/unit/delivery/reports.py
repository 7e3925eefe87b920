"""Mail that came back, in the anatomy that mail servers give it. Nobody in it exists."""

from __future__ import annotations

OURS = "<digest-2026-11-20-7.0123456789abcdef@setu.example.org>"

_BOUNCE = """From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: setu@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_x1"

This is a MIME-encapsulated message.

--=_x1
Content-Type: text/plain; charset=us-ascii

Your mail could not be delivered.

--=_x1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0100

Final-Recipient: rfc822; alice@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--=_x1
Content-Type: {returned}

From: Setu <setu@example.org>
To: alice@example.org
Message-ID: {message_id}
Subject: 1 new tender

--=_x1--
"""
_COMPLAINT = """From: feedback@mailbox.example.net
To: setu@example.org
Subject: Abuse report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=_x2"

--=_x2
Content-Type: text/plain

This is an abuse report.

--=_x2
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Feedback/1.0
Version: 1

--=_x2
Content-Type: message/rfc822

From: Setu <setu@example.org>
Message-ID: {message_id}
Subject: 1 new tender

1 new tender
--=_x2--
"""


def bounce(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 <alice@example.org> is not known here",
    returned: str = "text/rfc822-headers",
    message_id: str = OURS,
) -> bytes:
    text = _BOUNCE.format(action=action, status=status, said=said, returned=returned, message_id=message_id)
    return text.encode()


def complaint(*, kind: str = "abuse", message_id: str = OURS) -> bytes:
    return _COMPLAINT.format(kind=kind, message_id=message_id).encode()
