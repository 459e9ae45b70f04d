"""Files of records: one report a record, in bounded memory, and one clear line for what is no record."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import claimcheck
from claimcheck.cli import main
from claimcheck.report.json import schema

ROOT = Path(claimcheck.__file__).parents[1]
CURE = "Our infusions cure lupus. Book your visit today."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    return status, *capsys.readouterr()


def lines(*records: object) -> str:
    return "".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records)


JSONL = lines({"id": 1, "body": "We open at nine."}, "", {"id": "b", "body": f"<p>{CURE}</p>", "x": 1}, {"body": CURE})
CSV = f'id,title,body\n1,Hours,We open at nine.\nb,"A\nB","{CURE}"\n,,"Said ""{CURE}"""\n'


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [("data.jsonl", JSONL, [3, 4]), ("data.csv", CSV, [3, 5]), ("data.tsv", CSV.replace(",", "\t"), [3, 5]),
     ("data.ndjson", JSONL, [3, 4]), ("semi.csv", CSV.replace(",", ";"), [3, 5])],
)  # fmt: skip
def test_each_record_is_reported_where_it_stands(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, places: list[int]
) -> None:
    """A line a finding: the file, the line on which the record begins, and the record's id where there is one."""
    (folder / name).write_text(text, encoding="utf-8")
    given = (name, "--text-field", "body", *(["--id-field", "id"] if not name.endswith("n") else []))
    if name == "data.jsonl":
        (folder / name).write_text(text.replace('{"body"', '{"id": null, "body"'), encoding="utf-8")
    status, out, err = run(capsys, *given)
    cures = [line for line in out.splitlines() if "unqualified-cure" in line]
    assert status == 1 and [int(line.split(":")[1]) for line in cures] == places
    assert cures[0].endswith(" [b]") == ("--id-field" in given) and "[]" not in cures[1]
    assert err == "claimcheck: 3 records checked, no faults\n"


def test_a_record_is_told_in_the_json_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report says which record it is about; it is valid by the published schema; offsets count in the field."""
    (folder / "data.csv").write_text(CSV, encoding="utf-8")
    out = run(capsys, "data.csv", "--text-field", "body", "--id-field", "id", "--format", "json")[1]
    told = json.loads(out)
    jsonschema.Draft202012Validator(schema()).validate(told)
    report = told["reports"][1]
    assert (report["source"], report["record"]) == (
        "data.csv", {"number": 2, "line": 3, "end_line": 4, "field": "body", "id": "b"},
    )  # fmt: skip
    (cure,) = (f for f in report["findings"] if f["rule"] == "unqualified-cure")
    assert CURE[cure["start"] : cure["end"]] == cure["quote"] and cure["line"] == 3
    single = run(capsys, "data.csv", "--text-field", "body", "--id-field", "id", "--format", "jsonl")[1]
    assert [json.loads(line) for line in single.splitlines()] == told["reports"]


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "junit", "sarif", "gitlab", "rdjson", "github"])
def test_every_format_takes_records(folder: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    """People read the record's number and id, programs the file and the line; no two findings share a fingerprint."""
    (folder / "data.csv").write_text(CSV, encoding="utf-8")
    out = run(capsys, "data.csv", "--text-field", "body", "--id-field", "id", "--format", format)[1]
    assert "record 2 (b)" in out if format in ("terminal", "markdown", "html", "junit") else "data.csv" in out
    if format == "gitlab":
        prints = [issue["fingerprint"] for issue in json.loads(out)]
        assert len(prints) == len(set(prints)) > 1


def test_a_field_may_lie_in_an_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`a.b` is the field b of the object in a."""
    (folder / "data.jsonl").write_text(lines({"post": {"body": CURE}, "meta": {"id": 7}}), encoding="utf-8")
    assert "[7]" in run(capsys, "data.jsonl", "--text-field", "post.body", "--id-field", "meta.id")[1]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.jsonl", "{\n", "a.jsonl:2: record 2 is not JSON: Expecting property name"),
        ("a.jsonl", "[1]\n", "a.jsonl:2: record 2 is not a JSON object"),
        ("a.jsonl", '{"text": 1}\n', "a.jsonl:2: record 2 has no field 'body'"),
        ("a.jsonl", '{"body": 1}\n', "a.jsonl:2: record 2: the field 'body' holds a number, not text"),
        ("a.jsonl", "[" * 100_000 + "\n", "a.jsonl:2: record 2 is nested too deep"),
        ("a.jsonl", '{"body": ' + "9" * 5000 + "}\n", "a.jsonl:2: record 2 is not JSON: Exceeds the limit"),
        ("a.csv", "x\n", "a.csv:3: record 2 has 1 field where the header has 2"),
        ("a.csv", "x,y,z\n", "a.csv:3: record 2 has 3 fields where the header has 2"),
    ],
)
def test_a_bad_record_costs_no_other(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    """What is no record is one line with its place; the others are reported; the exit status is 2."""
    good = lines({"body": CURE}) if name == "a.jsonl" else f"t,{CURE}\n"
    before = "title,body\n" if name == "a.csv" else ""
    (folder / name).write_text(before + good + text + good, encoding="utf-8")
    status, out, err = run(capsys, name, "--text-field", "body")
    assert status == 2 and out.count("unqualified-cure") == 2
    assert said in err and len(err.splitlines()) == 2 and len(err) < 300


def test_many_bad_records_are_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file full of bad records tells fifty of them and how many more there are."""
    (folder / "a.jsonl").write_text(lines({"body": CURE}, *["no"] * 80), encoding="utf-8")
    err = run(capsys, "a.jsonl", "--text-field", "body")[2]
    assert len(err.splitlines()) == 52 and "a.jsonl: 30 more records cannot be read" in err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], ["--text-field must say which field is the text", "Fields: id, title, body"]),
        (["--text-field", "boody"], ["no field 'boody' (--text-field)", "Did you mean 'body'?"]),
        (["--text-field", "body", "--id-field", "idd"], ["no field 'idd' (--id-field)", "Did you mean 'id'?"]),
    ],
)
def test_a_misnamed_field_is_told_before_anything_is_judged(
    folder: Path, capsys: pytest.CaptureFixture[str], given: list[str], said: list[str]
) -> None:
    """Which field to read is asked for, with the names that there are."""
    (folder / "data.csv").write_text(CSV, encoding="utf-8")
    status, out, err = run(capsys, "data.csv", *given)
    assert (status, out) == (2, "") and all(words in err for words in said)


@pytest.mark.parametrize("data", [JSONL, JSONL.replace("\n", "\r\n")])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_of_exports(folder: Path, capsys: pytest.CaptureFixture[str], data: str, encoding: str) -> None:
    """A byte order mark, UTF-16 and Windows line ends are read as what they are."""
    (folder / "a.jsonl").write_bytes(data.encode(encoding))
    status, out, _ = run(capsys, "a.jsonl", "--text-field", "body")
    assert status == 1 and out.count("unqualified-cure") == 2


def test_bytes_that_are_no_utf8_are_read_as_in_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A spreadsheet's Windows-1252 export keeps its words, and says how it was read."""
    (folder / "a.csv").write_bytes(b"id,body\n1,Caf\xe9 cells. Our infusions cure lupus.\n")
    out = run(capsys, "a.csv", "--text-field", "body", "--format", "jsonl")[1]
    report = json.loads(out)
    assert "unqualified-cure" in {f["rule"] for f in report["findings"]} and "1252" in " ".join(report["notices"])


def test_records_come_through_a_pipe(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The suffix of --stdin-filename says that standard input holds records."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CSV.encode())))
    status, out, _ = run(capsys, "--stdin-filename", "export.csv", "--text-field", "body")
    assert status == 1 and "export.csv:3:1:" in out


def test_settings_hold_for_records(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The configuration names the fields; baselines and changed lines work on records as on pages."""
    (folder / "claimcheck.toml").write_text('text-field = "body"\nbaseline = "b.json"\n', encoding="utf-8")
    (folder / "data.jsonl").write_text(JSONL, encoding="utf-8")
    assert main(["baseline", "write", "data.jsonl", "--file", "b.json"]) == 0
    assert run(capsys, "data.jsonl")[0] == 0
    (folder / "data.jsonl").write_text(JSONL + lines({"body": "Our drips cure gout."}), encoding="utf-8")
    status, out, _ = run(capsys, "data.jsonl")
    assert status == 1 and out.startswith("data.jsonl:5:1: ")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to read the memory of a process from")
def test_a_long_file_is_read_in_bounded_memory(folder: Path) -> None:
    """A file of 60 MB, with a line of 40 MB that is no record, takes no more memory than a small one, and then some."""
    with open(folder / "long.jsonl", "w", encoding="utf-8") as file:
        file.write(lines({"body": CURE}))
        file.write("x" * 40_000_000 + "\n")
        file.writelines(['{"body": "", "pad": "' + "y" * 19_900 + '"}\n'] * 1000)
        file.write(lines({"body": CURE}))
    code = (
        "import re, sys; from claimcheck.cli import main; status = main(sys.argv[1:]);"
        "peak = re.search('VmHWM:[^0-9]*([0-9]+)', open('/proc/self/status').read());"  # ru_maxrss is the parent's too
        "print(status, int(peak[1]) // 1024, file=sys.stderr)"
    )
    given = ["long.jsonl", "--text-field", "body", "--format", "concise", "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-c", code, *given], cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    status, megabytes = map(int, done.stderr.splitlines()[-1].split())
    assert status == 2 and "long.jsonl:2: record 2 is longer than 16 million characters" in done.stderr
    assert [line.split(":")[1] for line in done.stdout.splitlines() if "unqualified-cure" in line] == ["1", "1003"]
    assert megabytes < 400
