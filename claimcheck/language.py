"""spaCy: its tokens, and claimcheck as components of anybody's pipeline.

    nlp = spacy.blank("en")
    nlp.add_pipe("claimcheck_sentences")  # sentence starts, by headings, items and clinical abbreviations
    nlp.add_pipe("claimcheck_contexts")   # doc.spans["claimcheck_contexts"]: negated, warned, hedged ...
    nlp.add_pipe("claimcheck")            # doc._.claimcheck (the Report), doc.spans["claimcheck"] (its findings)

spaCy finds the components through the entry points of an installed claimcheck; without one, call `register()` first.
Each reads `doc.text` as plain text, so every offset in a Report is one of `doc.text`.

No other module imports spaCy, and this one only inside functions. Our own rooms are imported there too, since spaCy
loads this module for every pipeline on the machine, also for those that never use claimcheck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

    from claimcheck.model import Document, Report
    from claimcheck.rules.ruleset import RuleSet

FINDINGS = "claimcheck"
"""The key of `doc.spans` for the findings, and the extension that holds the Report."""
CONTEXTS = "claimcheck_contexts"
"""The key of `doc.spans` for the reach of each context cue."""


def tokens(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the tokens that spaCy's blank English tokenizer sees; extra white space is a token too."""
    return [(token.idx, token.idx + len(token)) for token in _tokenizer()(text)]


@cache
def _tokenizer() -> Tokenizer:
    from spacy.lang.en import English

    return English().tokenizer


# --- components --------------------------------------------------------------------------------------------


def _set_sentences(doc: Doc) -> Doc:
    """Signs between two sentences (a bullet) open the second, white space closes the first."""
    ends = [sentence.end for sentence in _read(doc.text).sentences]
    current = 0
    for token in doc:
        before = current
        while current < len(ends) - 1 and ends[current] <= token.idx and not token.is_space:
            current += 1
        token.is_sent_start = token.i == 0 or current > before
    return doc


def _set_contexts(doc: Doc, folders: tuple[str, ...]) -> Doc:
    from claimcheck.context.scan import scan
    from claimcheck.context.surroundings import Surroundings

    page = scan(_read(doc.text), _rules(folders))
    around = Surroundings(page)
    doc.spans[CONTEXTS] = _spans(
        doc,
        (
            (scope.context, *page.source_span(number, scope.low, scope.high))
            for number in range(len(page.words))
            for scope in around.own(number)
        ),
    )
    return doc


def _set_findings(doc: Doc, folders: tuple[str, ...], profile: str) -> Doc:
    doc.user_data[FINDINGS] = {"rules": list(folders), "profile": profile}
    findings = _report(doc.text, folders, profile).findings
    doc.spans[FINDINGS] = _spans(doc, ((f.rule, f.start, f.end) for f in findings))
    return doc


def _spans(doc: Doc, found: Iterable[tuple[str, int, int]]) -> list[Any]:
    """Labelled stretches of the text as spaCy spans, widened to whole tokens; what has no place has no span."""
    spans = (doc.char_span(a, b, label, alignment_mode="expand") for label, a, b in found if a < b)
    return [span for span in spans if span is not None]


def _report_of(doc: Doc) -> Report | None:
    """The Report of a doc that went through the component, else None.

    A doc carries the settings, not the Report, because spaCy has to write docs to bytes (`n_process`, `DocBin`) and
    the same text and settings give the same Report.
    """
    settings = doc.user_data.get(FINDINGS)
    return _report(doc.text, tuple(settings["rules"]), settings["profile"]) if settings else None


@lru_cache(maxsize=64)
def _report(text: str, folders: tuple[str, ...], profile: str) -> Report:
    from claimcheck.pipeline import check

    return check(text, format="text", rules=_rules(folders), profile=profile)


@lru_cache(maxsize=8)
def _rules(folders: tuple[str, ...]) -> RuleSet:
    from claimcheck.rules.load import load_rules

    return load_rules(*folders)


def _read(text: str) -> Document:
    from claimcheck.context.scan import sentences_of
    from claimcheck.ingest import read_page

    return sentences_of(read_page(text, format="text"))


# --- registration ------------------------------------------------------------------------------------------


def _sentences(nlp: Any, name: str) -> Callable[[Doc], Doc]:
    return _set_sentences


def _contexts(nlp: Any, name: str, rules: list[str]) -> Callable[[Doc], Doc]:
    return partial(_set_contexts, folders=tuple(rules))


def _findings(nlp: Any, name: str, rules: list[str], profile: str) -> Callable[[Doc], Doc]:
    return partial(_set_findings, folders=tuple(rules), profile=profile)


_ENTRY_POINTS = {
    "sentences_component": _sentences,
    "contexts_component": _contexts,
    "claimcheck_component": _findings,
}


@cache
def register() -> None:
    """Make the components known to spaCy under their names, and the Report as `doc._.claimcheck`.

    Settings: `rules`, folders of rules beside the built-in ones (contexts and findings); `profile` (findings).
    """
    from spacy.language import Language
    from spacy.tokens import Doc

    Language.factory("claimcheck_sentences", assigns=["token.is_sent_start", "doc.sents"], func=_sentences)
    Language.factory("claimcheck_contexts", assigns=["doc.spans"], default_config={"rules": []}, func=_contexts)
    Language.factory(
        "claimcheck",
        assigns=["doc._.claimcheck", "doc.spans"],
        default_config={"rules": [], "profile": "intl"},
        func=_findings,
    )
    Doc.set_extension("claimcheck", getter=_report_of, force=True)


def __getattr__(name: str) -> Any:
    """The entry points: spaCy asks for them by name when it looks for factories, which is the time to register."""
    if name in _ENTRY_POINTS:
        register()
        return _ENTRY_POINTS[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
