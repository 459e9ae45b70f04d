"""Whether evidence is about what a sentence claims: the same condition and product, and pointing the same way.

A sentence may lean on a study that is told of elsewhere, in a reference list or on another part of the page. There the
study's own words say what was tested and in whom, and a reader need not open it to see that it cannot bear the claim.
Everything here asks for clear differences: conditions of two body systems, products of two classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.ladder import FOLLOWABLE
from claimcheck.model import Citation, Evidence
from claimcheck.programs import expression
from claimcheck.text.remember import remembered

CONDITION, TREATMENT, NULL, SMALL = "condition", "treatment", "null", "small"

_FEW = 20
"""People: with fewer, a result is imprecise (GRADE)."""

_PRODUCTS = ("cell", "blood", "gas", "drip", "compound", "device")
"""Groups of the word list `product` between which no result carries over."""

_NEIGHBOURS = (
    frozenset({"autoimmune", "musculoskeletal"}), frozenset({"autoimmune", "skin"}), frozenset({"autoimmune", "renal"}),
    frozenset({"autoimmune", "digestive"}), frozenset({"autoimmune", "neurological"}),
    frozenset({"allergy", "respiratory"}), frozenset({"allergy", "skin"}), frozenset({"infection", "respiratory"}),
    frozenset({"mental", "neurological"}), frozenset({"developmental", "neurological"}),
    frozenset({"developmental", "mental"}), frozenset({"ageing", "skin"}), frozenset({"cardiovascular", "metabolic"}),
    frozenset({"cardiovascular", "renal"}), frozenset({"metabolic", "renal"}), frozenset({"cancer", "blood"}),
)  # fmt: skip
"""Pairs of body systems that one illness can belong to ("lupus nephritis")."""

_DISTINCT = tuple(
    expression(p)
    for p in (
        r"parkinson", r"alzheimer|dementia|memory", r"multiple sclerosis|\bms\b", r"\bals\b|motor neuron|amyotrophic",
        r"stroke", r"epilep|seizure", r"spinal cord|paraly|paraple|quadriple", r"neuropath|sciatica|nerve",
        r"migraine|headache", r"cerebral palsy", r"autis", r"huntington", r"osteoarthritis", r"rheumatoid",
        r"fibromyalgia", r"osteoporo", r"back pain|disc", r"lupus", r"crohn|ulcerative colitis|inflammatory bowel",
        r"irritable bowel", r"psoria", r"eczema|dermatitis", r"vitiligo", r"alopecia|hair loss", r"acne", r"asthma",
        r"copd|chronic obstructive|emphysema", r"pulmonary fibrosis", r"pneumonia", r"diabet|blood sugar",
        r"obes|weight",
        r"thyroid", r"heart failure", r"hypertens|blood pressure", r"depress", r"anxi", r"schizophreni", r"hepatitis",
        r"cirrhosis", r"glaucoma", r"macular", r"cataract", r"tinnitus", r"hearing loss|deaf",
    )
)  # fmt: skip
"""Illnesses that nobody takes for one another, also where they affect one body system."""

_WORD = expression(r"[a-z]{5,}")


def misfits(
    scan: Scan, citations: Sequence[Citation], evidence: Sequence[Evidence], told: Sequence[tuple[int, ...]],
    supports: Mapping[int, tuple[int, ...]], described: Mapping[int, tuple[int, ...]],
) -> dict[int, dict[int, frozenset[str]]]:  # fmt: skip
    """By sentence, and by index of the evidence in its window, in what that evidence does not fit the sentence.

    `told` gives, by evidence, the sentences that tell of it: these always fit. CONDITION, TREATMENT: something else was
    tested, or tested for something else. NULL: the sentence cites it, and it found no effect. SMALL: fewer than 20
    people took part, which the reader of the sentence does not learn.
    """
    out: dict[int, dict[int, frozenset[str]]] = {}
    blocks = [{scan.document.sentences[n].block for n in numbers} for numbers in told]
    for number, ks in described.items():
        keys = {_key(citations[c]) for c in supports.get(number, ())}
        here = scan.document.sentences[number].block
        found = {}
        for k in ks:
            if number in told[k]:
                continue
            e = evidence[k]
            cited = not keys.isdisjoint(_key(citations[c]) for c in e.citations)
            faults = set(_differs(scan, number, told[k]))
            if e.other:
                faults.add(TREATMENT)
            if cited and e.direction == "against":
                faults.add(NULL)
            if cited and e.level >= 4 and here not in blocks[k] and e.participants and e.participants < _FEW:
                faults.add(SMALL)
            if faults:
                found[k] = frozenset(faults)
        if found:
            out[number] = found
    return out


def sharing(
    citations: Sequence[Citation], evidence: Sequence[Evidence],
    supports: Mapping[int, tuple[int, ...]], described: Mapping[int, tuple[int, ...]],
) -> dict[int, tuple[int, ...]]:  # fmt: skip
    """The windows `described`, with the evidence that is told of elsewhere under an identifier the sentence cites."""
    by_key: dict[str, set[int]] = defaultdict(set)
    for k, e in enumerate(evidence):
        for c in e.citations:
            if (one := citations[c]).identifier and one.traceability >= FOLLOWABLE:
                by_key[_key(one)].add(k)
    out = {number: set(ks) for number, ks in described.items()}
    for number, cs in supports.items():
        if more := {k for c in cs for k in by_key.get(_key(citations[c]), ())}:
            out.setdefault(number, set()).update(more)
    return {number: tuple(sorted(ks)) for number, ks in sorted(out.items())}


def misused(
    citations: Sequence[Citation], evidence: Sequence[Evidence],
    supports: Mapping[int, tuple[int, ...]], found: Mapping[int, Mapping[int, frozenset[str]]],
) -> dict[int, frozenset[str]]:  # fmt: skip
    """By sentence, the faults that everything shares which it cites and a reader could look up."""
    out = {}
    for number, faults in found.items():
        cited = {_key(c): c for k in supports.get(number, ()) if (c := citations[k]).traceability >= FOLLOWABLE}
        by_source: dict[str, list[frozenset[str]]] = {key: [] for key in cited}
        for k, faulty in faults.items():
            for key in {_key(citations[c]) for c in evidence[k].citations} & by_source.keys():
                by_source[key].append(faulty)
        if by_source and all(by_source.values()):
            shared = frozenset.intersection(*(f for each in by_source.values() for f in each))
            if shared - {SMALL}:
                out[number] = shared - {SMALL}
    return out


@once
def condition_named(scan: Scan, sentence: int) -> str:
    """The first illness a sentence names (folded): one of a body system before a complaint of any, never "disease"."""
    vague = set(scan.terms(sentence, "condition.vague"))
    named = [t for t in scan.terms(sentence, "condition") if t not in vague]
    systems = {(start, end) for start, end, _ in scan.systems(sentence)}
    first = next((text for start, end, text in named if (start, end) in systems), "")
    return first or next((text for _, _, text in named), "")


def _key(citation: Citation) -> str:
    return citation.resolved or citation.identifier or citation.url or citation.quote


def _differs(scan: Scan, sentence: int, told: Sequence[int]) -> Iterator[str]:
    """What differs between a sentence and those that tell of a study: the condition, the product."""
    ours, theirs = _conditions(scan, [sentence]), _conditions(scan, told)
    if ours and theirs and not any(_related(a, b) for a in ours for b in theirs):
        yield CONDITION
    products, tested = _classes(scan, [sentence]), _classes(scan, told)
    if products and tested and not products & tested:
        yield TREATMENT


def _conditions(scan: Scan, numbers: Sequence[int]) -> set[tuple[str, str]]:
    """Body systems with the words for the illness; also what a sentence calls a symptom is looked at as one."""
    return {(system, scan.words[n].folded[start:end]) for n in numbers[:4] for start, end, system in scan.systems(n)}


def _related(a: tuple[str, str], b: tuple[str, str]) -> bool:
    ours, theirs = _illnesses(a[1]), _illnesses(b[1])
    if ours and theirs:
        return not ours.isdisjoint(theirs)
    if a[0] == b[0] or frozenset({a[0], b[0]}) in _NEIGHBOURS or "systemic" in (a[0], b[0]):
        return True
    return not {w[:6] for w in _WORD.findall(a[1])}.isdisjoint(w[:6] for w in _WORD.findall(b[1]))


@remembered
def _illnesses(words: str) -> frozenset[int]:
    """Which of the distinct illnesses the words for one name."""
    return frozenset(k for k, p in enumerate(_DISTINCT) if p.search(words))


def _classes(scan: Scan, numbers: Sequence[int]) -> set[str]:
    return {name for n in numbers[:4] for name in _PRODUCTS if scan.has(n, f"product.{name}")}
