"""Connections to addresses that were looked at first, and that end in time whatever the other side does."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, quote, urlsplit

from msgspec import Struct

from claimcheck.errors import ReadError

CONNECT, READ, TOTAL = 10.0, 20.0, 60.0
"""Seconds to connect, between two pieces of an answer, and for everything, redirects included."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNRESERVED = "/-._~!$&'()*+,;=:@%"
PORTS = {"http": 80, "https": 443}


class Deadline(Struct, frozen=True):
    """When everything must be over, on the monotonic clock."""

    at: float

    @classmethod
    def of(cls, seconds: float) -> Deadline:
        """The deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds until then, never quite none."""
        return max(self.at - time.monotonic(), 0.01)


def parts(url: str) -> SplitResult:
    """The parts of an address that may be fetched. Raises ReadError for any other."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise ReadError(url, f"is no address: {error}") from None
    if split.scheme not in PORTS or not split.hostname or port == 0:
        raise ReadError(url, "is no address that can be fetched", "Write https://host/path.")
    if split.username is not None:
        raise ReadError(url.rpartition("@")[2], "was given with a user name, which is not sent", "Leave it out.")
    return split


def target(split: SplitResult) -> str:
    """What is asked of the server: path and query, with what an address may not hold escaped."""
    path = quote(split.path or "/", safe=_UNRESERVED)
    return f"{path}?{quote(split.query, safe=_UNRESERVED + '?')}" if split.query else path


def host_of(split: SplitResult) -> str:
    """The host's name as it is sent, ASCII. Raises ReadError for a name that has no such form."""
    name = split.hostname or ""
    if ":" in name:
        return name
    try:
        return name.encode("ascii" if name.isascii() else "idna").decode("ascii")
    except UnicodeError:
        raise ReadError(split.geturl(), f"has a host name that cannot be: '{name[:80]}'") from None


@contextmanager
def connection(
    split: SplitResult, url: str, allow_private: bool, deadline: Deadline
) -> Iterator[http.client.HTTPConnection]:
    """An open connection to the host of an address, closed at the deadline even in the middle of an answer.

    Raises ReadError where it cannot be had, and where any of the host's addresses is private and that is not allowed.
    """
    host, port = host_of(split), split.port or PORTS[split.scheme]
    sock = _connected(host, port, url, allow_private, deadline)
    used = [sock]
    # a server that sends a byte now and then never trips the timeout between two pieces
    watch = threading.Timer(deadline.left(), _end, [used])
    watch.daemon = True
    watch.start()
    try:
        if split.scheme == "https":
            sock = _secured(sock, host, url, used)
        shown = f"[{host}]" if ":" in host else host
        asked = http.client.HTTPConnection(shown, port if port != PORTS[split.scheme] else None)
        asked.sock = sock
        asked.auto_open = 0
        yield asked
    finally:
        watch.cancel()
        for sock in used:
            sock.close()


def _connected(host: str, port: int, url: str, allow_private: bool, deadline: Deadline) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(url, f"cannot be reached: no address is known for '{host}'") from error
    if not allow_private:
        for *_, address in found:
            _refuse_private(str(address[0]), host, url)
    fault = "no answer"
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(min(CONNECT, deadline.left()))
            sock.connect(address)
            if not allow_private:
                _refuse_private(str(sock.getpeername()[0]), host, url)
            sock.settimeout(READ)
            return sock
        except OSError as error:
            fault = error.strerror or str(error)
            sock.close()
        except ReadError:
            sock.close()
            raise
    raise ReadError(url, f"cannot be reached: {fault}")


def _refuse_private(address: str, host: str, url: str) -> None:
    """Raises ReadError for an address that is not of the public internet, in whatever form it is written."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        raise ReadError(
            url,
            f"leads to {address}, which is not on the public internet",
            f"With --allow-private, pages of your own network are fetched; be sure who runs {host[:80]}.",
        )


def _secured(sock: socket.socket, host: str, url: str, used: list[socket.socket]) -> ssl.SSLSocket:
    try:
        context = ssl.create_default_context()
        secured = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        used.append(secured)
        secured.do_handshake()
    except ssl.SSLCertVerificationError as error:
        raise ReadError(url, f"has a certificate that is not valid: {error.verify_message}") from error
    except (OSError, ValueError) as error:
        raise ReadError(url, f"cannot be reached securely: {getattr(error, 'reason', None) or error}") from error
    return secured


def _end(used: list[socket.socket]) -> None:
    """Wake whoever waits for a socket. The layer of TLS is not asked, which would wait for the other side."""
    for sock in used:
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
