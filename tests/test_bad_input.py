"""Bad input: never a traceback, never silence, and what can be judged is judged.

Every case runs the command as a build would. Standard error says where the fault is, what it is and what to do.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from claimcheck.cli import main
from claimcheck.pipeline import check

CURE = "Our clinic offers infusions for every illness.\n\nOur infusions cure lupus. Book your visit today.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with one page that is flagged."""
    (tmp_path / "good.txt").write_text(CURE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err and "internal error" not in err
    return status, out, err


PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("photo.txt", PICTURE, "is a picture"),
        ("photo.html", b"\xff\xd8\xff\xe0" + bytes(range(256)), "is a picture"),
        ("leaflet.txt", b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        ("leaflet.md", b"PK\x03\x04" + bytes(40), "is a ZIP archive"),
        ("program.txt", b"\x7fELF" + bytes(60), "is not text"),
        ("noise.txt", bytes(range(256)) * 8, "is not text"),
    ],
)
def test_what_is_no_text_is_refused(
    desk: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str
) -> None:
    """A picture, a PDF, an archive or a program is named for what it is, and costs no other page its report."""
    (desk / name).write_bytes(data)
    status, out, err = run(capsys, name, "good.txt", "--format", "json")
    assert status == 2
    assert f"claimcheck: {name}: {said}" in err and len(err.splitlines()) <= 4
    assert [r["source"] for r in json.loads(out)["reports"]] == ["good.txt"]


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("goood.txt", "there is no such file or folder\n  Did you mean 'good.txt'?"),
        ("good.html", "there is no such file or folder\n  Did you mean 'good.txt'?"),
        ("empty/", "holds no pages\n"),
        ("*.html", "no file matches this pattern\n"),
        ("a\0b.txt", "there is no such file or folder"),
        ("x" * 5000, "there is no such file or folder"),
        ("", "there is no such file or folder"),
    ],
    ids=lambda v: v[:12],
)
def test_what_is_not_there_is_told(desk: Path, capsys: pytest.CaptureFixture[str], argument: str, said: str) -> None:
    """A name that leads to no page is told with what was probably meant or looked for; the other page is judged."""
    (desk / "empty").mkdir()
    (desk / "empty" / "notes.csv").write_text("a,b\n", encoding="utf-8")
    status, out, err = run(capsys, argument, "good.txt", "--format", "concise")
    assert status == 2
    assert said in err
    assert out.startswith("good.txt:")


def test_a_file_that_may_not_be_read_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the system refuses to open is a fault of its own, in the system's words."""
    (desk / "locked.txt").write_text(CURE, encoding="utf-8")
    opened = open

    def refuse(path, *rest, **more):  # type: ignore[no-untyped-def]
        if path == "locked.txt":
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest, **more)

    monkeypatch.setattr("builtins.open", refuse)
    status, out, err = run(capsys, "locked.txt", "good.txt", "--format", "concise")
    assert status == 2
    assert "claimcheck: locked.txt: cannot be read: Permission denied" in err
    assert out.startswith("good.txt:")


@pytest.mark.parametrize("data", [b"", b"\n\n \t\n", b"\xef\xbb\xbf", b"<html></html>", b"---\n---\n", b"\xff\xfe"])
def test_nothing_to_read_is_no_fault(desk: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    """An empty page is a page without a claim: it is reported, and nothing fails."""
    (desk / "page.txt").write_bytes(data)
    status, out, err = run(capsys, "page.txt", "--format", "json")
    (report,) = json.loads(out)["reports"]
    assert (status, err, report["findings"], report["verdict"]["score"]) == (0, "", [], None)


@pytest.mark.parametrize("data", [b"", CURE.encode("utf-16"), CURE.encode("utf-8-sig"), CURE.encode("cp1252")])
def test_a_pipe_takes_any_encoding(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """What is piped in is decoded as it says, or as it looks; an empty pipe is an empty page."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    status, out, err = run(capsys, "-", "--format", "concise")
    assert (status, err) == (int(bool(data)), "")
    assert ("unqualified-cure" in out) == bool(data)


LONG = 100_000


@pytest.mark.parametrize(
    "piece", ["stem cells ", "a", "(", "<b", "&amp", '"', "cure ", "a/", "[1]", "- ", "*_", "\ufb01", "1. ", "e.g. "]
)
@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_one_long_line_is_judged(piece: str, kind: str) -> None:
    """A hundred thousand characters without a line end, of whatever kind, end in a report."""
    line = piece * (LONG // len(piece))
    report = check(line, format=kind)
    assert all(0 <= f.start <= f.end <= len(line) for f in report.findings)


def test_a_line_of_a_million_characters_is_judged() -> None:
    """A promise a million characters into a line is found at its place."""
    line = "The garden is open and the path is dry. " * 25_000 + "Our infusions cure lupus."
    (found,) = [f for f in check(line, format="text").findings if f.rule == "unqualified-cure"]
    assert found.line == 1 and found.column > 1_000_000


@pytest.mark.parametrize(
    "page",
    [
        "<p>Our infusions cure lupus",
        "<p Our infusions cure lupus.</p><p>Our infusions cure lupus.</p>",
        "</div></div><b><i>Our infusions</b> cure</i> lupus.",
        "<!-- never closed <p>x</p> --!><p>Our infusions cure lupus.</p>",
        "<p>Our infusions&nbsp;cure&#x20;lupus&period;</p>&#xFFFFFFFF;&#0;&bogus;",
        "<table><td>Our infusions cure lupus.<td><tr></table",
        "<P CLASS=x STYLE='color:red'>Our <SPAN>infusions</SPAN> cure <BR>lupus.",
        "<title>Nova</title><body><body><p>Our infusions cure lupus.</body></html></html>",
        "<![CDATA[x]]><?php echo 1 ?><p>Our infusions cure lupus.</p>",
        "<div>" * 3_000 + "Our infusions cure lupus." + "</p>" * 3_000,
    ],
    ids=lambda page: page[:24],
)
def test_broken_markup_hides_no_promise(page: str) -> None:
    """However the tags are broken, the sentence is found, at its place."""
    report = check(page, format="html")
    (found,) = [f for f in report.findings if f.rule == "unqualified-cure"][:1]
    assert "infusions" in page[found.start : found.end] and "lupus" in page[found.start : found.end]


RULE = """
id = "moon-water"
title = "Sells moon water"
family = "hype"
severity = "medium"
message = "'{quote}' sells moon water."
why = "Nobody has tested moon water."
evidence_needed = "A randomised trial."
safer = "Say what was measured."
sources = ["House rule, 2026"]
[match]
any_phrase = ["moon water"]
[examples]
hits = ["Drink [[moon water]]."]
misses = ["Nobody should buy moon water."]
"""

FAULTS = {
    "no-toml": "id = ",
    "wrong-id": RULE,
    "unknown-key": RULE.replace("title =", "titel ="),
    "wrong-type": RULE.replace('"medium"', "3"),
    "wrong-severity": RULE.replace('"medium"', '"grave"'),
    "no-match": RULE.replace("[match]\nany_phrase", "[match]\nany_word"),
    "open-bracket": RULE.replace('["moon water"]\n[ex', '["(moon water"]\n[ex'),
    "no-word": RULE.replace('["moon water"]\n[ex', '["..."]\n[ex'),
    "no-lexicon": RULE.replace('["moon water"]\n[ex', '["{moon} water"]\n[ex'),
    "bad-regex": RULE.replace("any_phrase = [", "any_regex = ['(moon', "),
    "slow-regex": RULE.replace("any_phrase = [", "any_regex = ['(m+)+n', "),
    "no-family": RULE.replace('"hype"', '"moon"'),
    "no-context": RULE.replace("[examples]", '[unless]\ncontext = ["moonlit"]\n[examples]'),
    "no-predicate": RULE.replace("[examples]", '[unless]\nwhen = ["moonlit"]\n[examples]'),
    "no-rule": RULE.replace("[match]", 'absorbs = ["sun-water"]\n[match]'),
    "no-check": RULE.replace('any_phrase = ["moon water"]', 'document = "moonrise"'),
    "not-utf8": "",
    "empty": "",
}


def _own(name: str) -> str:
    return FAULTS[name].replace('id = "moon-water"', f'id = "{name}"') if name != "wrong-id" else FAULTS[name]


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_in_a_rule_is_told(desk: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Whatever is wrong with a rule file, the run ends with status 2 and the file's name; nothing is judged."""
    (desk / "mine").mkdir()
    path = desk / "mine" / f"{name}.toml"
    path.write_text(_own(name), encoding="utf-8")
    if name == "not-utf8":
        path.write_bytes(b"id = '\xff\xfe'")
    status, out, err = run(capsys, "good.txt", "--rules", "mine")
    assert (status, out) == (2, "")
    assert f"mine/{name}.toml" in err.replace("\\", "/")


def test_every_fault_of_a_folder_of_rules_is_told_at_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with every fault that shows in one file is told in one run, each file by name."""
    (desk / "mine").mkdir()
    shape = ["no-toml", "unknown-key", "wrong-type", "wrong-severity", "no-match", "empty", "wrong-id"]
    for name in shape:
        (desk / "mine" / f"{name}.toml").write_text(_own(name), encoding="utf-8")
    for command in (
        ["good.txt", "--rules", "mine"],
        ["explain", "moon-water", "--rules", "mine"],
        ["test-rules", "mine"],
    ):
        status, out, err = run(capsys, *command)
        assert (status, out) == (2, "")
        assert [name for name in shape if f"{name}.toml" not in err] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "unqualified-cures"], "did you mean 'unqualified-cure'?"),
        (["explain", "CURE-UNQUALIFIED"], "no rule called 'CURE-UNQUALIFIED'"),
        (["explain", ""], "no rule called ''"),
        (["explain", "x" * 10_000], "no rule called"),
        (["explain", "a\x1b[2Jb"], "no rule called"),
        (["test-rules", "nowhere"], "nowhere"),
        (["test-rules", "good.txt"], "good.txt"),
        (["good.txt", "--rules", "good.txt"], "good.txt: no such folder of rules"),
        (["good.txt", "--fail-on", "hihg"], "did you mean 'high'?"),
        (["good.txt", "--output", "."], "the suffix names no format"),
        (["good.txt", "--output", "nowhere/report.md"], "cannot be written"),
    ],
    ids=lambda v: " ".join(v)[:24] if isinstance(v, list) else "",
)
@pytest.mark.usefixtures("desk")
def test_a_wrong_request_is_met_with_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """What claimcheck does not know is named, with what was probably meant, and nothing steers the terminal."""
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert "\x1b" not in err
