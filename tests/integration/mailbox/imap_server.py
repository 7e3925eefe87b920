"""A mailbox on this machine: python -m tests.integration.mailbox.imap_server FOLDER

Serves the folder's .eml files as INBOX to the user USER with PASSWORD, and prints its port.
"""

# ruff: noqa: N802 - the names are those that twisted calls

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from twisted.cred.checkers import InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import Portal
from twisted.internet import protocol, reactor
from twisted.mail import imap4
from zope.interface import implementer

USER = "bulletins@setu.example"
PASSWORD = "open sesame"  # noqa: S105 - a made-up mailbox's
UIDVALIDITY = 1717


@implementer(imap4.IMessage)
class Message:
    def __init__(self, uid: int, body: bytes) -> None:
        self.uid, self.body = uid, body
        self.flags = {"\\Recent"}

    def getUID(self) -> int:
        return self.uid

    def getFlags(self) -> list[str]:
        return sorted(self.flags)

    def getInternalDate(self) -> str:
        return "Fri, 20 Nov 2026 10:00:00 +0530"

    def getHeaders(self, negate: bool, *names: Any) -> dict[str, str]:  # noqa: FBT001 - twisted's interface
        head = self.body.split(b"\n\n")[0].decode()
        return dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)

    def getBodyFile(self) -> io.BytesIO:
        return io.BytesIO(self.body.partition(b"\n\n")[2])

    def getSize(self) -> int:
        return len(self.body)

    def isMultipart(self) -> bool:
        return False


@implementer(imap4.IMailbox)
class Mailbox:
    def __init__(self, messages: list[Message]) -> None:
        self.messages = messages

    def getFlags(self) -> list[str]:
        return ["\\Seen", "\\Deleted"]

    def getUIDValidity(self) -> int:
        return UIDVALIDITY

    def getUIDNext(self) -> int:
        return self.messages[-1].uid + 1 if self.messages else 1

    def getMessageCount(self) -> int:
        return len(self.messages)

    def getRecentCount(self) -> int:
        return 0

    def getUnseenCount(self) -> int:
        return sum("\\Seen" not in message.flags for message in self.messages)

    def isWriteable(self) -> bool:
        return True

    def getHierarchicalDelimiter(self) -> str:
        return "/"

    def addListener(self, listener: object) -> None: ...

    def removeListener(self, listener: object) -> None: ...

    def destroy(self) -> None: ...

    def requestStatus(self, names: list[str]) -> dict[str, int]:
        return dict(imap4.statusRequestHelper(self, names))

    def fetch(self, wanted: Any, uid: bool) -> list[tuple[int, Message]]:  # noqa: FBT001 - twisted's
        wanted.last = self.getUIDNext() if uid else len(self.messages)
        return [
            (number, message)
            for number, message in enumerate(self.messages, start=1)
            if (message.uid if uid else number) in wanted
        ]

    def store(self, wanted: Any, flags: list[str], mode: int, uid: bool) -> dict[int, list[str]]:  # noqa: FBT001
        changed = {}
        for number, message in self.fetch(wanted, uid):
            message.flags |= set(flags)
            changed[number] = message.getFlags()
        return changed


class Account(imap4.MemoryAccount):  # type: ignore[misc]
    def _emptyMailbox(self, name: str, identity: int) -> Mailbox:
        return Mailbox([])

    def select(self, name: str, rw: int = 1) -> Mailbox | None:
        mailbox: Mailbox | None = super().select(name, rw)
        for message in mailbox.messages if mailbox and rw else ():
            message.flags.discard("\\Recent")
        return mailbox


class Realm:
    def __init__(self, account: Account) -> None:
        self.account = account

    def requestAvatar(self, user: bytes, mind: object, *interfaces: object) -> tuple[object, Account, object]:
        return imap4.IAccount, self.account, lambda: None


class Server(imap4.IMAP4Server):  # type: ignore[misc]
    def spew_body(self, part: Any, id: int, msg: Message, *ways: Any) -> Any:  # noqa: A002
        if not part.peek:
            msg.flags.add("\\Seen")
        return super().spew_body(part, id, msg, *ways)


class Factory(protocol.Factory):  # type: ignore[misc]
    def __init__(self, portal: Portal) -> None:
        self.portal = portal

    def buildProtocol(self, address: object) -> Server:
        server = Server()
        server.portal = self.portal
        return server


def main(folder: Path) -> None:
    files = sorted(folder.glob("*.eml"))
    # Not from 1, so that UIDs can't be mistaken for places in the list.
    inbox = Mailbox([Message(101 + 2 * n, file.read_bytes()) for n, file in enumerate(files)])
    account = Account(USER)
    account.addMailbox("INBOX", inbox)
    password = InMemoryUsernamePasswordDatabaseDontUse()
    password.addUser(USER.encode(), PASSWORD.encode())
    port = reactor.listenTCP(0, Factory(Portal(Realm(account), [password])), interface="127.0.0.1")
    sys.stdout.write(f"{port.getHost().port}\n")
    sys.stdout.flush()
    reactor.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
