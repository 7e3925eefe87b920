"""What a mail server or provider answered, in words for whoever sets it up."""

from __future__ import annotations

import smtplib
import socket
import ssl

from anymail.exceptions import AnymailError

# The first that fits counts.
_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPRecipientsRefused, "The mail server refused the recipient: {said}"),
    (smtplib.SMTPSenderRefused, "The mail server refused DEFAULT_FROM_EMAIL as the sender: {said}"),
    (
        smtplib.SMTPAuthenticationError,
        "The mail server did not accept the user and password in EMAIL_URL: {said}",
    ),
    (smtplib.SMTPDataError, "The mail server took the recipient and refused the mail: {said}"),
    (smtplib.SMTPResponseException, "The mail server refused to talk to us: {said}"),
    (
        smtplib.SMTPServerDisconnected,
        "The mail server broke off or fell silent. It may have taken the mail all the same.",
    ),
    (smtplib.SMTPNotSupportedError, "The mail server can't do what EMAIL_URL asks of it: {said}"),
    (TimeoutError, "The mail server didn't answer in time. Is its port open to this machine?"),
    (ConnectionRefusedError, "Nobody listens at the address in EMAIL_URL."),
    (socket.gaierror, "There is no server of the name in EMAIL_URL."),
    (ssl.SSLError, "No safe connection came about ({said}). Does the port suit smtp+tls or smtp+ssl?"),
    (AnymailError, "The mail provider refused it: {said}"),
    (Exception, "The mail could not be handed over: {said}"),
)
_LATER = " It may take it later."


def answer_in_words(error: Exception) -> str:
    """Why a mail didn't go out, in a sentence or two. Never holds a password."""
    words = next(words for kind, words in _WORDS if isinstance(error, kind))
    may_pass = isinstance(error, smtplib.SMTPDataError) and error.smtp_code < 500
    return words.format(said=_said(error)) + (_LATER if may_pass else "")


def _said(error: Exception) -> str:
    match error:
        case smtplib.SMTPRecipientsRefused():
            return "; ".join(_answer(code, words) for code, words in error.recipients.values())
        case smtplib.SMTPResponseException():
            return _answer(error.smtp_code, error.smtp_error)
        case ssl.SSLError() if error.reason:
            return error.reason
    return next(iter(str(error).splitlines()), type(error).__name__)


def _answer(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}."
