"""Pages from the web, against servers on the loopback interface: what they send and however they misbehave."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from claimcheck.cli import main
from claimcheck.errors import ReadError
from claimcheck.fetch import fetch, get
from claimcheck.fetch.keep import beside

PAGE = b"<html><body><p>Our infusions cure lupus. Caf\xe9 Nova.</p></body></html>"
ROBOTS = "User-agent: *\nDisallow: /private/\nDisallow: /*?print=\nAllow: /private/open\n"


class Site(BaseHTTPRequestHandler):
    """Answers by path. What was asked is kept on the server."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        routes: dict[str, Callable[[], None]] = {
            "/robots.txt": lambda: self.send(ROBOTS.encode(), "text/plain"),
            "/": lambda: self.send(PAGE, "text/html; charset=iso-8859-1"),
            "/bad-charset": lambda: self.send(PAGE, "text/html; charset=x-klingon"),
            "/utf8": lambda: self.send("Our infusions cure lupus. Café.".encode(), "text/plain; charset=utf-8"),
            "/markdown.md": lambda: self.send(b"# Lupus\n\nOur infusions **cure** lupus.", "text/plain"),
            "/untyped": lambda: self.send(PAGE, ""),
            "/picture": lambda: self.send(b"\x89PNG", "image/png"),
            "/gone": lambda: self.send(b"no", "text/html", status=404),
            "/circle": lambda: self.move("/circle2"),
            "/circle2": lambda: self.move("/circle"),
            "/moved": lambda: self.move("/moved2"),
            "/moved2": lambda: self.move("/"),
            "/to-file": lambda: self.move("file:///etc/passwd"),
            "/to-private": lambda: self.move("/private/page"),
            "/gzip": lambda: self.send(gzip.compress(PAGE), "text/html; charset=iso-8859-1", coding="gzip"),
            "/deflate": lambda: self.send(zlib.compress(PAGE), "text/html", coding="deflate"),
            "/bare": lambda: self.send(zlib.compress(PAGE, wbits=-15), "text/html", coding="deflate"),
            "/brotli": lambda: self.send(b"\x0b\x02", "text/html", coding="br"),
            "/no-gzip": lambda: self.send(PAGE, "text/html", coding="gzip"),
            "/bomb": lambda: self.send(gzip.compress(bytes(512 * 2**20), 1), "text/html", coding="gzip"),
            "/said-large": lambda: self.head("text/html", length=2**30),
            "/large": self.large,
            "/drip": self.drip,
            "/short": lambda: (self.head("text/html", length=1000), self.wfile.write(b"<p>x")),  # type: ignore[dict-item]
            "/no-http": lambda: self.wfile.write(b"SSH-2.0-OpenSSH\r\n"),
            "/slow": lambda: (time.sleep(0.4), self.move("/slow2")),  # type: ignore[dict-item]
            "/slow2": lambda: (time.sleep(0.4), self.move("/")),  # type: ignore[dict-item]
            "/cookie": lambda: self.move("/", cookie="a=b"),
        }
        count = self.path.removeprefix("/hop")
        if count.isdecimal():
            self.move(f"/hop{int(count) + 1}")
        else:
            routes.get(self.path, lambda: self.send(PAGE, "text/html"))()
        self.close_connection = True

    def head(self, kind: str, length: int | None = None, coding: str = "", status: int = 200) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if coding:
            self.send_header("Content-Encoding", coding)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def send(self, data: bytes, kind: str, coding: str = "", status: int = 200) -> None:
        self.head(kind, len(data), coding, status)
        self.wfile.write(data)

    def move(self, to: str, cookie: str = "") -> None:
        self.send_response(302)
        self.send_header("Location", to)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def large(self) -> None:
        self.head("text/html")
        try:
            for _ in range(1024):
                self.wfile.write(bytes(2**20))
                self.server.sent += 1  # type: ignore[attr-defined]
        except OSError:
            pass

    def drip(self) -> None:
        self.head("text/html")
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_: Any) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        pass


def served(context: ssl.SSLContext | None = None) -> Quiet:
    server = Quiet(("127.0.0.1", 0), Site)
    server.asked, server.sent = [], 0  # type: ignore[attr-defined]
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


@pytest.fixture(scope="module")
def site() -> Iterator[Quiet]:
    server = served()
    yield server
    server.shutdown()
    server.server_close()


def at(site: Quiet, path: str) -> str:
    return f"http://127.0.0.1:{site.server_port}{path}"


def asked(site: Quiet) -> list[tuple[str, dict[str, str]]]:
    return site.asked  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/circle", "redirects in a circle"),
        ("/hop1", "redirects more than 5 times"),
        ("/to-file", "is no address that can be fetched"),
        ("/to-private", "asks programs to stay away"),
        ("/private/page", "asks programs to stay away"),
        ("/page?print=1", "asks programs to stay away"),
        ("/gone", "the server answers 404 Not Found"),
        ("/picture", "is image/png, which is no kind of page"),
        ("/brotli", "was sent packed as 'br'"),
        ("/no-gzip", "was sent damaged"),
        ("/bomb", "is larger than 32 MB"),
        ("/said-large", "is larger than 32 MB"),
        ("/large", "is larger than 32 MB"),
        ("/short", "broke off in the middle"),
        ("/no-http", "gave no answer that can be understood"),
    ],
)
def test_a_bad_answer_is_told(site: Quiet, path: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no page, or would do harm, is named in one line with the address asked for, and ends with status 2."""
    assert main([at(site, path), "--allow-private"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and "Traceback" not in err and "internal error" not in err
    assert len([line for line in err.splitlines() if line.startswith("claimcheck:")]) == 1


def test_a_large_answer_is_not_read_to_its_end(site: Quiet) -> None:
    """Of a body of a gigabyte, no more is taken than may be kept and what stands in the pipes between."""
    site.sent = 0  # type: ignore[attr-defined]
    with pytest.raises(ReadError, match="larger"):
        fetch(at(site, "/large"), allow_private=True)
    assert site.sent < 64  # type: ignore[attr-defined]


def test_a_drip_ends_at_the_deadline(site: Quiet) -> None:
    """A server that sends a byte now and then, each in time, is left when the whole takes too long."""
    begun = time.monotonic()
    with pytest.raises(ReadError, match="took too long"):
        fetch(at(site, "/drip"), allow_private=True, seconds=0.6)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "path", ["/", "/gzip", "/deflate", "/bare", "/utf8", "/untyped", "/bad-charset", "/markdown.md"]
)
def test_a_page_is_judged_as_it_was_sent(site: Quiet, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Packed or not, with whatever character set it says, the page's promise is found; a set nobody knows is told."""
    assert main([at(site, path), "--allow-private", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    (report,) = json.loads(out)["reports"]
    assert "unqualified-cure" in {f["rule"] for f in report["findings"]}
    assert report["source"] == at(site, path)
    assert report["format"] == {"/utf8": "text", "/markdown.md": "markdown"}.get(path, "html")
    assert ("unknown character set" in err) == (path == "/bad-charset")


def test_the_server_says_the_character_set(site: Quiet) -> None:
    """The Content-Type header decides how bytes are read."""
    page, _ = fetch(at(site, "/"), allow_private=True).page()
    assert isinstance(page, str) and "Café Nova" in page


def test_the_request_is_polite(site: Quiet) -> None:
    """One request for robots.txt and one for the page, both saying who asks, none with a cookie."""
    site.asked.clear()  # type: ignore[attr-defined]
    fetch(at(site, "/cookie"), allow_private=True)
    assert [path for path, _ in asked(site)] == ["/robots.txt", "/cookie", "/"]
    assert all(h["User-Agent"] == get.AGENT and "Cookie" not in h for _, h in asked(site))
    assert fetch(at(site, "/private/open"), allow_private=True).status == 200


def test_redirects_are_shown(site: Quiet, capsys: pytest.CaptureFixture[str]) -> None:
    """The way from the address asked for to the one that answered is told."""
    assert main([at(site, "/moved"), "--allow-private"]) == 1
    assert f"fetched {at(site, '/moved')} -> {at(site, '/moved2')} -> {at(site, '/')}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1",
     "::1", "fe80::1%lo", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "::"],
)  # fmt: skip
def test_private_addresses_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads to an address of the machine or its network, in whatever form, is not connected to."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connected"))
    with pytest.raises(ReadError, match="not on the public internet"):
        fetch("http://clinic.example/")


def test_a_name_that_changes_its_address_is_refused(site: Quiet, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the address that answers: it is looked at again once the connection stands."""
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", site.server_port))]
    connected = socket.socket.connect
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: public)
    monkeypatch.setattr(socket.socket, "connect", lambda s, _: connected(s, ("127.0.0.1", site.server_port)))
    site.asked.clear()  # type: ignore[attr-defined]
    with pytest.raises(ReadError, match=r"leads to 127\.0\.0\.1"):
        fetch(f"http://clinic.example:{site.server_port}/")
    assert asked(site) == []


def test_loopback_needs_leave(site: Quiet, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --allow-private nothing is asked of one's own machine, and the option is named."""
    site.asked.clear()  # type: ignore[attr-defined]
    assert main([at(site, "/")]) == 2
    assert "--allow-private" in capsys.readouterr().err and asked(site) == []


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///x", "http://user:secret@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1/", "http://a..b/",
     "https://" + "x" * 300 + ".example/", "http://127.0.0.1:0/", "http://\u2603\u0000/"],
)  # fmt: skip
def test_what_is_no_address_is_told(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An address that cannot be is refused in words, without what was secret in it."""
    assert main([url, "--allow-private"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("claimcheck: ") and "secret" not in err and "internal error" not in err


def test_certificates_are_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A certificate that nobody known has signed is refused; with its issuer known, the same page is read."""
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("127.0.0.1").configure_cert(context)
    server = served(context)
    url = f"https://127.0.0.1:{server.server_port}/"
    try:
        with pytest.raises(ReadError, match="certificate that is not valid"):
            fetch(url, allow_private=True)
        issuer.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert fetch(url, allow_private=True).data == PAGE
    finally:
        server.shutdown()
        server.server_close()


def test_what_speaks_no_tls_is_told(site: Quiet) -> None:
    """A server without TLS behind an https address ends in one line."""
    with pytest.raises(ReadError, match="cannot be reached securely"):
        fetch(f"https://127.0.0.1:{site.server_port}/", allow_private=True)


def test_robots_that_cannot_be_had_forbid(monkeypatch: pytest.MonkeyPatch, site: Quiet) -> None:
    """Where robots.txt fails on the server's side nothing more is asked; where there is none, everything is allowed."""
    monkeypatch.setattr(Site, "send", lambda self, *_, **__: self.head("text/plain", 0, status=503))
    with pytest.raises(ReadError, match=r"robots\.txt answers 503"):
        fetch(at(site, "/"), allow_private=True)
    monkeypatch.undo()
    sent = Site.send

    def without(self: Site, data: bytes, kind: str, coding: str = "", status: int = 200) -> None:
        sent(self, data, kind, coding, 404 if self.path == "/robots.txt" else status)

    monkeypatch.setattr(Site, "send", without)
    assert fetch(at(site, "/private/page"), allow_private=True).data == PAGE


def test_what_was_fetched_can_be_kept(site: Quiet, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--save keeps the page as it came with where, when and its hash; the file alone gives the same findings."""
    file = tmp_path / "page.html"
    assert main([at(site, "/moved"), "--allow-private", "--save", str(file), "--format", "json"]) == 1
    online = json.loads(capsys.readouterr().out)["reports"][0]
    record = json.loads(beside(file).read_text())
    assert file.read_bytes() == PAGE and record["url"] == at(site, "/moved") and record["bytes"] == len(PAGE)
    assert record["redirects"][-1] == at(site, "/") and len(record["sha256"]) == 64 and record["date"][:2] == "20"
    main([str(file), "--format", "json"])
    offline = json.loads(capsys.readouterr().out)["reports"][0]
    assert [f["fingerprint"] for f in online["findings"]] == [f["fingerprint"] for f in offline["findings"]]
    assert main([str(file), "--save", str(tmp_path / "x")]) == 2


def test_snapshots_are_dated_and_only_of_changes(
    site: Quiet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`snapshot` keeps a page once as long as it does not change, with its record; a fault costs no other page."""
    command = ["snapshot", at(site, "/"), str(tmp_path / "kept"), "--allow-private"]
    assert main(command) == 0
    first = capsys.readouterr().out.strip()
    assert Path(first).read_bytes() == PAGE and beside(Path(first)).is_file() and first.endswith(".html")
    assert main(command) == 0
    assert capsys.readouterr().out.strip() == f"{first} (unchanged since)"
    assert len(list((tmp_path / "kept").iterdir())) == 2
    assert main(["snapshot", at(site, "/gone"), at(site, "/utf8"), str(tmp_path / "kept"), "--allow-private"]) == 2
    assert len(list((tmp_path / "kept").iterdir())) == 4


def test_redirects_share_the_deadline(site: Quiet) -> None:
    """Addresses on the way that each answer in time do not get more time together than one."""
    begun = time.monotonic()
    with pytest.raises(ReadError, match="took too long"):
        fetch(at(site, "/slow"), allow_private=True, seconds=0.6)
    assert time.monotonic() - begun < 5
