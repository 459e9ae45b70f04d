"""What the formats for programs share: the order of findings, names of files as addresses, fingerprints."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

from claimcheck.model import Finding, Report
from claimcheck.report import parts
from claimcheck.text.regions import in_words


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in reading order."""
    return sorted(findings, key=lambda f: (f.line, f.column, f.end, f.rule))


def uri(path: str) -> str:
    """A file's name as a relative URI reference, as given; characters that an address may not have are escaped."""
    if "://" in path[:8]:
        return quote(path, safe="/-._~!$&'()*+,;=@:?#%[]")
    name = PurePath(path).as_posix()
    try:
        data = name.encode("utf-8", "surrogateescape")  # the bytes of a name that is not UTF-8
    except UnicodeEncodeError:
        data = name.encode("utf-8", "replace")
    address = quote(data, safe="/-._~!$&'()*+,;=@")
    return f"file://{address}" if name.startswith("/") else address


def message(finding: Finding) -> str:
    """What a finding says; with its place in front where lines lead nowhere or to what the page does not show."""
    stands = in_words(finding.place) if finding.place else ""
    return ": ".join(filter(None, (", in ".join(filter(None, (stands, parts.unseen(finding)))), finding.message)))


def unique(report: Report, findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Findings, each with a fingerprint that no other of any page has: of the rule, the sentence, the page, and
    which of several alike it is."""
    seen: Counter[str] = Counter()
    for finding in findings:
        name = f"{report.title}\n{finding.fingerprint}\n{seen[finding.fingerprint]}"
        seen[finding.fingerprint] += 1
        yield finding, hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def version() -> str:
    """The version of claimcheck."""
    from claimcheck import __version__

    return __version__
