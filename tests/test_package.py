"""The package as a user installs it: built from the checkout, installed away from it, and run there."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import jsonschema
import pytest

from claimcheck import __version__
from claimcheck.rules.load import built_in

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command that must succeed, run where the checkout is on no path."""
    around = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "PIP_"))}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=around, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from that sdist alone."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a new environment that has the wheel, and borrows the libraries of this one."""
    return environment(tmp_path_factory.mktemp("env"), wheel)


def environment(home: Path, *packages: str | Path) -> Path:
    """A new environment in `home` with `packages` installed, without asking the network for anything."""
    venv.create(home, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    borrowed = here | {p for p in sys.path if p.endswith("site-packages")}  # this may itself be a borrower
    (own / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--ignore-installed")
    run(*pip, "--no-deps", "--no-index", "--no-build-isolation", *packages, cwd=home)
    return scripts


def where(scripts: Path, cwd: Path) -> tuple[Path, Path]:
    """Where the environment finds the package, and where the package finds its rules."""
    code = "import claimcheck, claimcheck.home as r; print(claimcheck.__file__); print(r.rules_root())"
    package, rules = run(scripts / "python", "-c", code, cwd=cwd).split()
    return Path(package).parent, Path(rules)


def test_the_wheel_holds_every_rule_file_and_nothing_else_of_the_checkout(wheel: Path) -> None:
    """The wheel has the package, and the rules inside it; no tests, no examples."""
    names = zipfile.ZipFile(wheel).namelist()
    inside = {n.removeprefix("claimcheck/rules_data/") for n in names if n.startswith("claimcheck/rules_data/")}
    ours = {p.relative_to(ROOT / "rules").as_posix() for p in (ROOT / "rules").rglob("*") if p.is_file()}
    assert inside == ours
    assert {n.split("/")[0] for n in names} == {"claimcheck", f"claimcheck-{__version__}.dist-info"}
    assert "claimcheck/py.typed" in names


def test_the_sdist_holds_what_a_rebuild_and_a_test_run_need(built: Path) -> None:
    """The sdist has every file of the checkout but what belongs to the repository itself."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    for folder in ("claimcheck", "rules", "tests", "examples"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not {"__pycache__", ".pytest_cache"} & set(path.parts):
                assert path.relative_to(ROOT).as_posix() in names
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "PKG-INFO"} <= names
    assert not [n for n in names if n.startswith((".git/", ".ci", "dist/", ".venv")) or "__pycache__" in n]


def test_an_installed_claimcheck_is_whole(installed: Path, tmp_path: Path) -> None:
    """Away from the checkout, the command runs, with as many rules as here, and judges a page."""
    package, rules = where(installed, tmp_path)
    assert rules == package / "rules_data" and ROOT not in package.parents
    assert run(installed / "claimcheck", "--version", cwd=tmp_path) == f"claimcheck {__version__}\n"
    listed = json.loads(run(installed / "claimcheck", "rules", "--format", "json", cwd=tmp_path))["rules"]
    assert [r["id"] for r in listed if r["status"] != "retired"]
    assert {r["id"] for r in listed} == {r.id for r in built_in().flags}
    (tmp_path / "page.txt").write_text("Our infusions cure lupus. Book your visit today.\n", encoding="utf-8")
    said = run(installed / "python", "-m", "claimcheck", "page.txt", "--fail-on", "never", cwd=tmp_path)
    assert "RED FLAG" in said and "[unqualified-cure]" in said


def test_spacy_finds_the_installed_components(installed: Path, tmp_path: Path) -> None:
    """Each entry point for spaCy names a component that can be added by its name alone."""
    for name in PROJECT["entry-points"]["spacy_factories"]:
        code = (
            f"import spacy; nlp = spacy.blank('en'); nlp.add_pipe({name!r}); print(len(nlp('Our cells cure lupus.')))"
        )
        assert run(installed / "python", "-c", code, cwd=tmp_path) == "5\n"


def test_an_editable_install_uses_the_rules_of_the_checkout(tmp_path: Path) -> None:
    """What is edited in the checkout is what runs, the rules included."""
    package, rules = where(environment(tmp_path / "env", "--editable", ROOT), tmp_path)
    assert (package, rules) == (ROOT / "claimcheck", ROOT / "rules")


def test_the_hook_and_the_action_run_with_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """In a new repository, without the network: the hook over the files that its pattern takes, and each step of
    the Action in turn, fail on a claim, pass without one, and leave SARIF that is valid."""
    scripts = environment(tmp_path / "env", wheel)
    repo = tmp_path / "repo"
    repo.mkdir()
    run("git", "init", "-q", cwd=repo)
    (repo / "a.md").write_text("Our infusions cure lupus. Book your visit today.\n", encoding="utf-8")
    (repo / "b.py").write_text("# We are open.\n", encoding="utf-8")
    run("git", "add", "-A", cwd=repo)
    around = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_"))}
    around |= {"PATH": os.pathsep.join([str(scripts), os.environ["PATH"]]), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1"}

    def shell(command: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = {**around, **more}
        return subprocess.run(["bash", "-c", command], cwd=repo, env=env, capture_output=True, text=True)

    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entry, pattern = re.findall(r"entry: (.*)", hook)[0], re.findall(r"files: (.*)", hook)[0]
    staged = [f for f in run("git", "ls-files", cwd=repo).split() if re.search(pattern, f)]
    done = shell(f"{entry} {' '.join(staged)}")
    assert (staged, done.returncode) == (["a.md"], 1) and "a.md:1:1: critical unqualified-cure" in done.stdout

    action = (ROOT / ".github" / "actions" / "claimcheck" / "action.yml").read_text(encoding="utf-8")
    install, check = re.findall(r"- run: (.*)", action)
    assert shell(install, PACKAGE=str(wheel)).returncode == 0
    inputs = {"PAGES": ".", "OPTIONS": "--fail-on critical", "SARIF": "out.sarif"}
    done = shell(check, GITHUB_ACTIONS="true", GITHUB_WORKFLOW="w", **inputs)
    assert done.returncode == 1 and done.stdout.startswith("::error file=./a.md,line=1,"), done.stderr
    schema = json.loads((ROOT / "tests" / "data" / "schemas" / "sarif.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads((repo / "out.sarif").read_text(encoding="utf-8")))
    (repo / "a.md").write_text("We open at nine.\n", encoding="utf-8")
    assert shell(check, **inputs).returncode == 0 and shell(f"{entry} a.md").returncode == 0


def test_every_library_that_is_imported_is_declared() -> None:
    """What the package imports comes with Python, with claimcheck or with one of its dependencies."""
    imported: set[str] = set()
    for path in (ROOT / "claimcheck").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    extras = [d for name, several in PROJECT["optional-dependencies"].items() if name != "test" for d in several]
    declared = {re.split(r"[^\w-]", d)[0].replace("-", "_") for d in (*PROJECT["dependencies"], *extras)}
    assert imported - set(sys.stdlib_module_names) - {"claimcheck"} == declared


def test_package_metadata_and_changelog_agree_on_the_version() -> None:
    """The package, its metadata and the newest entry of the changelog agree on the version."""
    assert PROJECT["version"] == __version__
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
