"""Connections to public addresses alone, each read and write held to one deadline."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

_NAT64 = IPv6Network("64:ff9b::/96")
# Kept for protocols; a cloud has its metadata there. Python before 3.11.10 takes most of it for public.
_PROTOCOLS = IPv4Network("192.0.0.0/24")
Address = IPv4Address | IPv6Address


class AddressRefused(Exception):
    """Where we must not go: an address of this machine, of a private network, or of nobody."""


class HostUnknown(httpcore.ConnectError):
    """A name that leads nowhere."""


class GuardedNetwork(httpcore.NetworkBackend):
    """Looks a host up once, refuses every address that isn't public, and connects to the one it looked at.

    Nobody can answer the look-up differently in between. The host's name still goes into the Host header
    and the certificate is still checked against it. ``deadline`` is a moment of ``time.monotonic``, and
    ``refusal`` what is raised, with the reason, of an address that is refused.
    """

    def __init__(self, *, allow_loopback: bool, refusal: type[Exception] = AddressRefused) -> None:
        self._refusal = refusal
        self._network = httpcore.SyncBackend()
        self._allow_loopback = allow_loopback
        self.deadline = float("inf")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        try:
            addresses = public_addresses(
                host, port, allow_loopback=self._allow_loopback, refusal=self._refusal
            )
        except OSError as error:
            raise HostUnknown(str(error)) from None
        for address in addresses:
            try:
                stream = self._network.connect_tcp(
                    str(address), port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _GuardedStream(stream, self.left)
        raise failure

    def left(self, timeout: float | None) -> float:
        """The seconds that one operation may take. Raise ReadTimeout if the deadline has passed."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole took too long")
        return left if timeout is None else min(timeout, left)

    def sleep(self, seconds: float) -> None:
        self._network.sleep(seconds)


class _GuardedStream(httpcore.NetworkStream):
    """A connection whose every operation ends by the deadline: a byte now and then doesn't keep it open."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[float | None], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _GuardedStream(secured, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def public_addresses(
    host: str, port: int, *, allow_loopback: bool, refusal: type[Exception] = AddressRefused
) -> list[Address]:
    """Where a host is. Raise OSError if that can't be found out, ``refusal`` if it isn't on the internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OSError(f"{host} can't be looked up: {error}") from None
    addresses = [ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in found]
    for address in addresses:
        if not is_fetchable(address, allow_loopback=allow_loopback):
            raise refusal(f"{host} is at {address}, which isn't a public address")
    return addresses


def is_fetchable(address: Address, *, allow_loopback: bool = False) -> bool:
    """Whether an address is anybody's on the internet. IPv4 addresses count however IPv6 wraps them."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(address.packed[-4:])
        if inner is not None:
            return is_fetchable(inner, allow_loopback=allow_loopback)
        if address.teredo:
            return False
    elif address in _PROTOCOLS:
        return False
    if address.is_loopback:
        return allow_loopback
    return address.is_global and not address.is_multicast
