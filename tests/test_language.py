"""claimcheck inside spaCy: tokens, components, entry points."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import claimcheck
from claimcheck.errors import RuleError
from claimcheck.language import register, tokens

ROOT = Path(__file__).parent.parent
ENTRY_POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]

PAGE = """Our Promise

Stem cells cure lupus, e.g. in the cases of Dr. Roe et al., 2019.[2] Results are guaranteed!

Before you decide
• There is no evidence that cells cure lupus.
• It may help with 2.5 mg q.d. in the U.S. FDA rules apply.
"""


def _nlp(*names: str) -> Language:
    register()
    nlp = spacy.blank("en")
    for name in names:
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return _nlp("claimcheck_sentences", "claimcheck_contexts", "claimcheck")


def _python(code: str, *path: Path) -> str:
    env = {"PYTHONPATH": ":".join(map(str, (*path, ROOT))), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- tokens ------------------------------------------------------------------------------------------------


def _blank_tokens(text: str) -> list[tuple[int, int]]:
    return [(t.idx, t.idx + len(t.text)) for t in spacy.blank("en").tokenizer(text)]


def test_tokens_of_mixed_text() -> None:
    """The spans are those of spaCy's blank English tokens, on copy full of its special cases."""
    text = "Don't wait:  it's risk-free (p<0.05), 5mg q.d.,\n100% FDA-approved… e.g. IL-17 – “cured” 😀 https://a.example/b?c"
    assert tokens(text) == _blank_tokens(text)
    assert [text[a:b] for a, b in tokens(text)][:4] == ["Do", "n't", "wait", ":"]


@settings(max_examples=30, deadline=None)  # the first example pays for the import
@given(st.text(max_size=80))
def test_tokens_of_any_text(text: str) -> None:
    """The spans are those of spaCy's blank English tokens, on any text."""
    assert tokens(text) == _blank_tokens(text)


def test_importing_the_module_does_not_import_spacy() -> None:
    """spaCy is paid for when it is used."""
    assert _python("import sys, claimcheck.language; print('spacy' in sys.modules)") == "False"


# --- registration ------------------------------------------------------------------------------------------


def test_entry_points_lead_to_factories() -> None:
    """Loading each entry point, as spaCy does, makes the factory of its name known."""
    named = ENTRY_POINTS["spacy_factories"]
    assert set(named) == {"claimcheck", "claimcheck_sentences", "claimcheck_contexts"}
    for name, value in named.items():
        assert callable(EntryPoint(name, value, "spacy_factories").load())
        assert Language.has_factory(name)


def test_spacy_finds_the_components_of_an_installed_package(tmp_path: Path) -> None:
    """With the package's entry points installed, `add_pipe` works although claimcheck is never imported by hand."""
    info = tmp_path / "claimcheck-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: claimcheck\nVersion: 0\n", "utf-8")
    lines = [f"{name} = {value}\n" for name, value in ENTRY_POINTS["spacy_factories"].items()]
    (info / "entry_points.txt").write_text("[spacy_factories]\n" + "".join(lines), "utf-8")
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('claimcheck_sentences');"
        "print(len(list(nlp('Ask Dr. Roe. He knows.').sents)))"
    )
    assert _python(code, tmp_path) == "2"


# --- sentences ---------------------------------------------------------------------------------------------


def _agree(doc: Doc) -> None:
    """Each of the library's sentences lies in its own spaCy sentence, with at most signs or white space beside it."""
    ours = claimcheck.read(doc.text, format="text").sentences
    theirs = [s for s in doc.sents if s.text.strip()]
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs, strict=True):
        assert b.start_char <= a.start < a.end <= b.end_char
        beside = doc.text[b.start_char : a.start] + doc.text[a.end : b.end_char]
        assert not any(c.isalpha() for c in beside)


def test_sentences_are_those_of_read(nlp: Language) -> None:
    """The component cuts a page with headings, bullets and abbreviations where `read()` does."""
    doc = nlp(PAGE)
    _agree(doc)
    assert [s.text.strip() for s in doc.sents] == [
        "Our Promise",
        "Stem cells cure lupus, e.g. in the cases of Dr. Roe et al., 2019.[2]",
        "Results are guaranteed!",
        "Before you decide",
        "• There is no evidence that cells cure lupus.",
        "• It may help with 2.5 mg q.d. in the U.S. FDA rules apply.",
    ]


_LINES = st.lists(
    st.sampled_from(
        [
            "What we treat",
            "",
            "",
            "Dr. Roe injects 2.5 ml vs. saline. Pain falls (p < 0.05).[1] Many patients return, e.g. for a drip.",
            "• No surgery",
            "• It is safe. It is quick!",
            "- Long lists, etc. are cut.",
            "1. Harvest the fat.",
            "2. Spin it at 400 g. Wait.",
            "“I can walk again.” – Ana, 54",
            "Call 555-0100 today or visit https://cells.example/a.b. We reply within a day.",
        ]
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(_LINES)
def test_sentences_agree_on_any_layout(lines: list[str]) -> None:
    """However lines, bullets and blank lines are mixed, the component and `read()` agree."""
    _agree(_nlp("claimcheck_sentences")("\n".join(lines)))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "•", "...", "a", "\ufeffHello there. Bye."])
def test_sentences_of_almost_nothing(text: str) -> None:
    """A doc without words goes through every component."""
    doc = _nlp("claimcheck_sentences", "claimcheck_contexts", "claimcheck")(text)
    assert "".join(t.text_with_ws for t in doc) == text


def test_another_component_can_use_the_sentences() -> None:
    """The starts are the doc's own: a component that comes after sees them and may not cut across."""
    nlp = _nlp("claimcheck_sentences")
    nlp.add_pipe("sentencizer")  # fills in only what nobody has set
    assert len(list(nlp("Ask Dr. Roe et al. about it").sents)) == 1


# --- contexts ----------------------------------------------------------------------------------------------


def test_contexts_are_spans(nlp: Language) -> None:
    """Each cue's reach is a span with the context as its label, within one sentence."""
    doc = nlp(PAGE)
    found = {(s.label_, s.sent.start) for s in doc.spans["claimcheck_contexts"]}
    sentences = list(doc.sents)
    assert "negated" in {label for label, start in found if start == sentences[4].start}
    assert "hedged" in {label for label, start in found if start == sentences[5].start}
    assert "negated" not in {label for label, start in found if start == sentences[1].start}
    for span in doc.spans["claimcheck_contexts"]:
        assert span.end <= span.sent.end


def test_contexts_are_labels_of_read(nlp: Language) -> None:
    """A context with a span in a sentence is a label of that sentence in `read()`."""
    doc = nlp(PAGE)
    for sentence in claimcheck.read(PAGE, format="text").sentences:
        spans = [s for s in doc.spans["claimcheck_contexts"] if sentence.start <= s.start_char < sentence.end]
        assert {s.label_ for s in spans} <= set(sentence.contexts)


# --- findings ----------------------------------------------------------------------------------------------


def test_the_report_is_that_of_check(nlp: Language) -> None:
    """`doc._.claimcheck` is what `check()` says of the same text."""
    assert nlp(PAGE)._.claimcheck == claimcheck.check(PAGE, format="text")


def test_findings_are_spans(nlp: Language) -> None:
    """Each finding that has a place is a span with the rule as its label, covering the finding's characters."""
    doc = nlp(PAGE)
    placed = [f for f in doc._.claimcheck.findings if f.start < f.end]
    assert "unqualified-cure" in {f.rule for f in placed}
    spans = list(doc.spans["claimcheck"])
    assert [s.label_ for s in spans] == [f.rule for f in placed]
    for span, finding in zip(spans, placed, strict=True):
        assert span.start_char <= finding.start < finding.end <= span.end_char
        assert doc.text[finding.start : finding.end] in span.text


def test_a_doc_that_was_not_checked_has_no_report() -> None:
    """The extension is None on a doc that did not go through the component."""
    assert _nlp()(PAGE)._.claimcheck is None


# --- anybody's pipeline ------------------------------------------------------------------------------------


@pytest.mark.parametrize("processes", [1, 2])
def test_streams(nlp: Language, processes: int) -> None:
    """`nlp.pipe` gives what `nlp()` gives, also from other processes, which send docs as bytes."""
    doc = nlp(PAGE)
    streamed, _ = nlp.pipe([PAGE, "Hello there."], n_process=processes)
    assert streamed._.claimcheck == doc._.claimcheck
    assert [s.label_ for s in streamed.spans["claimcheck"]] == [s.label_ for s in doc.spans["claimcheck"]]


def test_docs_survive_storage(nlp: Language) -> None:
    """A doc read back from bytes still has its sentences, spans and Report."""
    doc = nlp(PAGE)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert [s.text for s in back.sents] == [s.text for s in doc.sents]
    assert [s.label_ for s in back.spans["claimcheck"]] == [s.label_ for s in doc.spans["claimcheck"]]
    assert back._.claimcheck == doc._.claimcheck


def test_pipelines_survive_storage(tmp_path: Path) -> None:
    """A pipeline written to disk comes back with its components and their settings."""
    nlp = _nlp("claimcheck_sentences")
    nlp.add_pipe("claimcheck", config={"profile": "uk"})
    nlp.to_disk(tmp_path / "nlp")
    back = spacy.load(tmp_path / "nlp")
    assert back.pipe_names == nlp.pipe_names
    assert back(PAGE)._.claimcheck.profile == "uk"


def test_own_rules(tmp_path: Path) -> None:
    """A folder of rules named in the settings is used; one that is missing is a RuleError that names it."""
    register()
    nlp = spacy.blank("en")
    nlp.add_pipe("claimcheck", config={"rules": [str(tmp_path / "missing")]})
    with pytest.raises(RuleError, match="missing"):
        nlp(PAGE)
