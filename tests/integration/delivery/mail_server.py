"""A mail server on this machine that does what the test asks of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum, auto
from subprocess import Popen
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Answer(Enum):
    ACCEPT = auto()
    DEFER = auto()
    REJECT = auto()
    DROP = auto()  # takes the message and is gone before it says so
    HANG = auto()  # takes the message and says nothing more until the sender leaves
    UNKNOWN = auto()  # knows no such mailbox
    FULL = auto()  # knows it, and it is full
    KILL_BEFORE = auto()  # kills the sender when it names the recipient
    KILL_AFTER = auto()  # kills the sender once the message is taken: nobody can know which side did what


_AT_RCPT = {Answer.UNKNOWN: "550 5.1.1 no such user here", Answer.FULL: "552 5.2.2 mailbox full"}


class MailServer:
    """Gives its answers in order, and accepts once they are used up."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.taken: list[EmailMessage] = []
        self.sender: Popen[bytes] | None = None  # whom to kill
        self.host, self.port = "127.0.0.1", unused_port()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.answers and self.answers[0] is Answer.KILL_BEFORE:
            self.answers.pop(0)
            self._kill()
        if self.answers and self.answers[0] in _AT_RCPT:
            return _AT_RCPT[self.answers.pop(0)]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def _kill(self) -> None:
        assert self.sender is not None
        self.sender.kill()
        self.sender.wait(timeout=10)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del session
        answer = self.answers.pop(0) if self.answers else Answer.ACCEPT
        if answer is Answer.DEFER:
            return "451 try again later"
        if answer is Answer.REJECT:
            return "554 no thanks"
        content = cast("bytes", envelope.content)
        self.taken.append(message_from_bytes(content, _class=EmailMessage, policy=policy.default))
        if answer is Answer.HANG:
            await asyncio.Event().wait()
        if answer is Answer.DROP and server.transport is not None:
            server.transport.close()
        if answer is Answer.KILL_AFTER:
            self._kill()
        return "250 OK"


def unused_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
    return port


@contextmanager
def mail_server(*answers: Answer) -> Iterator[MailServer]:
    server = MailServer(*answers)
    controller = Controller(server, hostname=server.host, port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def unsubscribe_addresses(message: EmailMessage) -> list[str]:
    """The web address and the mail address, in that order."""
    return [address.strip().strip("<>") for address in message["List-Unsubscribe"].split(",")]
