"""What is kept between runs to start quickly changes no report, whatever becomes of it."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_properties import SENTENCES

from claimcheck import cache, programs
from claimcheck.cli import main
from claimcheck.home import rules_root
from claimcheck.pipeline import check
from claimcheck.rules import load, store
from claimcheck.rules.ruleset import RuleSet
from claimcheck.strength import grammar, levels

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "examples" / "hype-clinic.html"
RULE = (ROOT / "rules/flags/cure/unqualified-cure.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own, and a process that has loaded nothing yet."""
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "cache"))
    _forget()
    yield tmp_path / "cache"
    _forget()


def _forget() -> None:
    """As if the process had just begun."""
    load.built_in.cache_clear()
    grammar.grammar.cache_clear()
    levels.by_operators.cache_clear()
    programs._kept.cache_clear()
    programs._fresh.clear()


def _run() -> str:
    """A run of its own over one page, as it is reported."""
    _forget()
    report = check("Our stem cells cure lupus. No side effects, 100% guaranteed!\n\nThis may help.", format="text")
    programs.keep()
    return repr(report)


def _kept(folder: Path, but: str = ".seen") -> list[Path]:
    """What is kept, but not how files looked, which is kept only of those that have been left alone for a while."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != but)


def test_the_second_run_compiles_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run gives the same report without reading a rule file or compiling one of its expressions."""
    first = _run()
    assert {p.suffix for p in _kept(folder)} == {".rules", ".programs", ".strength"}
    monkeypatch.setattr(load, "_load", None)
    monkeypatch.setattr(grammar, "_derived", None)
    monkeypatch.setattr(programs, "_program", None)
    assert _run() == first


@pytest.mark.parametrize("options", [[], ["--no-cache"], ["--jobs", "2"]], ids=" ".join)
def test_one_page_through_the_command_line_keeps_what_it_compiled(folder: Path, options: list[str]) -> None:
    """A run over a single page leaves rules and programs for the next run, with kept reports or without."""
    assert main(["check", str(PAGE), "--isolated", "--fail-on", "never", *options]) == 0
    assert {".rules", ".programs"} <= {p.suffix for p in _kept(folder)}
    _forget()
    assert len(programs._kept()) > 50


def test_without_a_cache_nothing_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the cache off the report is the same, and nothing is left behind."""
    kept = _run()
    monkeypatch.setenv(cache.ENVIRONMENT, cache.OFF)
    before = [(p, p.stat().st_mtime_ns) for p in _kept(folder)]
    assert _run() == kept
    assert [(p, p.stat().st_mtime_ns) for p in _kept(folder)] == before


@pytest.mark.parametrize("spoil", ["delete", "cut", "nonsense", "other program"])
def test_a_spoilt_cache_is_made_anew(folder: Path, spoil: str) -> None:
    """Entries that are gone, cut short, or no plain data of the right shape give the same report and are replaced."""
    first = _run()
    for path in _kept(folder):
        data = path.read_bytes()
        if spoil == "delete":
            path.unlink()
        elif spoil == "nonsense":
            cache.write(path, b"no plain data")
        elif spoil == "other program":
            cache.write(path, b"N")  # marshal's None
        else:
            path.write_bytes(
                {"empty": b"", "cut": data[: len(data) // 2], "flip": data[:-9] + b"\0" + data[-8:]}[spoil]
            )
    assert _run() == first
    assert all(cache.read(p) and cache.read(p) != b"N" for p in _kept(folder)) and len(_kept(folder)) == 3


def test_a_folder_that_cannot_be_written(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept the report is the same."""
    first = _run()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "file" / "below"))
    assert _run() == first


def test_two_first_runs_at_once(folder: Path) -> None:
    """Two runs that fill an empty cache at the same time both report the same, and leave it whole."""
    command = [sys.executable, "-m", "claimcheck", str(PAGE), "--format", "json", "--isolated"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=dict(os.environ)) for _ in range(2)]
    outputs = {run.communicate(timeout=120)[0] for run in runs}
    assert len(outputs) == 1 and outputs.pop().startswith(b"{")
    assert all(cache.read(p) for p in _kept(folder))


def test_a_program_is_what_the_compiler_makes() -> None:
    """An expression brought back is the one re.compile gives: flags, groups and names. That the rewritten code finds
    the same is shown in test_trees."""
    sources = [source for shard in load.built_in().lookup.patterns for _, _, source, _ in shard][::20]
    assert len(sources) > 100
    for source in [*sources, "(?P<span>a|b)+?x(?i:y)", "", "[^a-z]{2,}\\Z"]:
        back, plain = programs._revived(source, programs._program(source)), re.compile(source)
        assert (back.pattern, back.flags, back.groups) == (plain.pattern, plain.flags, plain.groups)
        assert back.groupindex == plain.groupindex


@pytest.mark.parametrize("change", [lambda p: (p[0], b"", *p[2:]), lambda p: (p[0], "x", p[2], {}), lambda p: ()])
def test_an_unfit_program_is_compiled_anew(folder: Path, change: object) -> None:
    """A program that is no program is passed over: the expression is what re.compile gives."""
    source = "cure[sd]?"
    programs._kept()[source, 0] = change(programs._program(source))  # type: ignore[operator]
    assert programs.compiled(source).fullmatch("cured")


def test_a_faulty_expression_is_an_error(folder: Path) -> None:
    """What re.compile refuses is refused with its own error."""
    with pytest.raises(re.error):
        programs.compiled("(")


def test_a_changed_rule_is_read_again(tmp_path: Path, folder: Path) -> None:
    """Rules are kept by their bytes: a changed, added or removed file counts at once, and changing it back finds the
    earlier ones."""
    own = tmp_path / "rules"
    own.mkdir()
    empty = store.place((own,))
    path = own / "my-cure.toml"
    path.write_text(RULE.replace('id = "unqualified-cure"', 'id = "my-cure"'), encoding="utf-8")
    first = store.place((own,))
    assert load.load_rules(own).rule["my-cure"].title != "Mine"
    path.write_text(re.sub(r"(?m)^title = .*$", 'title = "Mine"', path.read_text(encoding="utf-8")), encoding="utf-8")
    assert load.load_rules(own).rule["my-cure"].title == "Mine"
    assert len({empty, first, store.place((own,))}) == 3
    path.unlink()
    assert "my-cure" not in load.load_rules(own).rule and store.place((own,)) == empty


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[RuleSet, RuleSet]:
    """The rules as compiled from their files, and as brought back."""
    roots = (rules_root(),)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.ENVIRONMENT, str(tmp_path_factory.mktemp("cache")))
        load._kept_or_loaded(roots, trusted=True)
        return load._load(roots, trusted=True), load._kept_or_loaded(roots, trusted=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
def test_kept_rules_judge_alike(both: tuple[RuleSet, RuleSet], sentences: list[str]) -> None:
    """Rules brought back find what rules from their files find."""
    page = "\n\n".join(sentences)
    compiled, kept = both
    assert check(page, format="text", rules=kept) == check(page, format="text", rules=compiled)


def test_kept_rules_are_the_rules(both: tuple[RuleSet, RuleSet]) -> None:
    """Every field of rules brought back equals that of rules from their files."""
    compiled, kept = both
    patterns, where, terms = kept.lookup.patterns, kept.lookup.where, kept.lookup.terms
    unpacked = kept.lookup._replace(
        patterns=tuple(map(tuple, patterns)),
        where=tuple({key: shard.get(key) for key in shard} for shard in where),
        terms=tuple(terms),
    )
    assert replace(kept, lookup=unpacked) == compiled


def test_every_constant_compiles() -> None:
    """Each expression that a module holds and would compile when first used is one, with the flags asked for."""
    import claimcheck

    found = 0
    for module in pkgutil.walk_packages(claimcheck.__path__, "claimcheck."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, programs._Waiting):
                    assert re.compile(one.pattern, one._asked).flags == one.flags
                    found += 1
    assert found > 200
