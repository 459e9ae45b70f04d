"""The word lists: well formed, free of traps, and found in the sentences they are for."""

import tomllib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.patterns.tables import term_spellings
from claimcheck.rules.load import load_rules, rules_root

FILES = sorted((rules_root() / "lexicons").glob("*.toml"))
TABLES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
LEXICONS = {name: table["group"] for name, table in TABLES.items() if table["kind"] == "lexicon"}
FIVE = ("condition", "symptom", "body", "drug", "standard-care")

SYSTEMS = frozenset(
    "neurological developmental musculoskeletal autoimmune skin cardiovascular respiratory renal digestive metabolic "
    "cancer blood eye-ear reproductive infection allergy mental systemic ageing".split()
)
GRAMMAR = frozenset(
    "a about all also am an and any are as at be best but by can did do does each even ever few for from had has have "
    "he her here him his how i if in into is it its just may me might more most must my never new no none not now of "
    "off on once one only or other our out over own same she should so some still such than that the their them then "
    "there they this those to too under up us very was way we well were what when where which while who why will with "
    "would yes you your".split()
)
"""Words that no lexicon may hold by themselves."""

PLAIN = frozenset(
    "act aid aids ask back bit care case change clear cold come condition cover day end face fall falls feel form free "
    "get go good hand head help know last lead let life light like live look lose lot make many mean need page part "
    "people place point right run say scared see shock side sight spot state stop stroking take thing time turn use "
    "want wish work year".split()
)
"""Words that a verb of effect or a unit of time may be, but never a disease, a complaint, an organ or a drug."""

REPEATING = frozenset("duration efficacy offer outcome pseudo risk status superlative treatment".split())
"""Lexicons that still list a spelling twice; take a name out once its list is cleaned."""


def spelled(group):
    """Every way the group's terms are written, with the casing that counts ("" for any), once per entry."""
    plain = [(way, "") for term in group.get("terms", ()) for way in term_spellings(term)]
    return plain + [(way, term) for term in group.get("cased", ()) for way in term_spellings(term)]


@pytest.mark.parametrize("name", TABLES)
def test_a_file_carries_its_own_name(name):
    """Every word list names itself as its file is named."""
    assert TABLES[name]["id"] == name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(n, marks=pytest.mark.xfail(reason="lists a spelling twice")) if n in REPEATING else n
        for n in LEXICONS
    ],
)
def test_no_spelling_is_listed_twice(name):
    """Within a lexicon each way of writing belongs to one entry, so that no group answers for another's term."""
    ways = Counter(way for group in LEXICONS[name] for way in spelled(group))
    caseless = {way for way, cased in ways if not cased}
    assert [way for way, count in ways.items() if count > 1] == []
    assert [cased for way, cased in ways if cased and way in caseless] == []


@pytest.mark.parametrize("name", LEXICONS)
def test_terms_are_lower_case_and_acronyms_are_not(name):
    """What is matched in any casing is written in lower case; what is matched as written has a capital."""
    for group in LEXICONS[name]:
        assert [t for t in group.get("terms", ()) if t != t.lower()] == []
        assert [t for t in group.get("cased", ()) if t == t.lower()] == []


@pytest.mark.parametrize("name", LEXICONS)
def test_no_entry_is_a_word_of_grammar(name):
    """No inflection of any entry is a word that nearly every sentence uses."""
    assert GRAMMAR & {way for group in LEXICONS[name] for way, cased in spelled(group) if not cased} == set()


@pytest.mark.parametrize("name", FIVE)
def test_no_disease_or_drug_is_a_plain_word(name):
    """No inflection of a disease, complaint, organ, drug or kind of care is an everyday word of another meaning."""
    assert PLAIN & {way for group in LEXICONS[name] for way, cased in spelled(group) if not cased} == set()


def test_there_are_conditions_enough():
    """The list of conditions names several hundred, most of them serious."""
    counts = Counter()
    for group in LEXICONS["condition"]:
        counts[group["serious"]] += len(group.get("terms", ())) + len(group.get("cased", ()))
    assert counts.total() >= 300
    assert counts[True] > counts[False]


@pytest.mark.parametrize("group", LEXICONS["condition"], ids=lambda g: g["name"])
def test_a_serious_condition_has_a_body_system(group):
    """Systems come from one list, and no serious group lacks one."""
    assert group["system"] in SYSTEMS | {""}
    assert group["system"] or not group["serious"]


def test_serious_and_minor_groups_share_body_systems():
    """A minor complaint counts for the same system as the serious diseases of that part of the body."""
    serious = {g["system"] for g in LEXICONS["condition"] if g["serious"]}
    minor = {g["system"] for g in LEXICONS["condition"] if not g["serious"]} - {"", "ageing"}
    assert minor <= serious


def found(sentence, slot):
    """The terms of one lexicon or group in a sentence, as folded, in order."""
    rules = load_rules()
    marked, _ = rules.matcher.mark(sentence)
    return [marked.folded[start:end] for start, end, slots in marked.terms if rules.slots[slot] in slots]


WAYS = sorted((name, way) for name in FIVE for group in LEXICONS[name] for way, cased in spelled(group) if not cased)


@settings(deadline=None)
@given(st.sampled_from(WAYS), st.sampled_from([str.lower, str.upper, str.title]))
def test_every_listed_way_is_found_in_any_casing(entry, casing):
    """Each way of writing a term is found whole wherever it stands between other words, whatever its casing."""
    name, way = entry
    assert found(f"About {casing(way)}, briefly.", name) == [way]


PRESENT = [
    ("Lupus nephritis damages the filters of the kidney.", "condition.autoimmune", ["lupus nephritis"]),
    ("Her SLE was diagnosed at nineteen.", "condition.autoimmune", ["sle"]),
    ("Rheumatoid-arthritis care and Sjögren’s clinics.", "condition.autoimmune", ["rheumatoid-arthritis", "sjogren's"]),
    ("We see MS, ALS and Parkinson’s here.", "condition.neurological", ["ms", "als", "parkinson's"]),
    ("After two strokes he relearned to speak.", "condition.neurological", ["strokes"]),
    (
        "Ischemic stroke and ischaemic stroke are one.",
        "condition.neurological",
        ["ischemic stroke", "ischaemic stroke"],
    ),
    ("Small-fiber neuropathy is hard to test for.", "condition.neurological", ["small-fiber neuropathy"]),
    ("Migraines kept her from work.", "condition.headache", ["migraines"]),
    ("Children with autism or ADHD.", "condition.developmental", ["autism", "adhd"]),
    (
        "Spinal stenosis, herniated disks, osteoarthritis",
        "condition.musculoskeletal",
        ["spinal stenosis", "herniated disks", "osteoarthritis"],
    ),
    ("Rotator cuff tears and tennis elbow", "condition.minor-joint", ["rotator cuff tears", "tennis elbow"]),
    ("Plaque psoriasis on both elbows.", "condition.skin", ["plaque psoriasis"]),
    ("Stretch marks, acne scars and hair loss", "condition.minor-skin", ["stretch marks", "acne scars", "hair loss"]),
    (
        "Congestive heart failure with high blood pressure",
        "condition.cardiovascular",
        ["congestive heart failure", "high blood pressure"],
    ),
    ("Spider veins fade by themselves.", "condition.minor-vessels", ["spider veins"]),
    ("COPD and pulmonary fibrosis scar the lung.", "condition.respiratory", ["copd", "pulmonary fibrosis"]),
    ("Stage four kidney failure", "condition.renal", ["kidney failure"]),
    ("Crohns disease or ulcerative colitis", "condition.digestive", ["crohns", "ulcerative colitis"]),
    ("Is it celiac or coeliac disease?", "condition.digestive", ["celiac", "coeliac disease"]),
    ("Type-2 diabetes and Hashimoto's", "condition.metabolic", ["type-2 diabetes", "hashimoto's"]),
    ("Prediabetic no more, only pre-diabetes", "condition.metabolic", ["prediabetic", "pre-diabetes"]),
    ("Leukemia, brain tumors and breast cancers", "condition.cancer", ["leukemia", "brain tumors", "breast cancers"]),
    ("Sickle-cell anemia", "condition.blood", ["sickle-cell anemia"]),
    ("Macular degeneration took her central vision.", "condition.eye-ear", ["macular degeneration"]),
    ("Premature ovarian failure and PCOS", "condition.reproductive", ["premature ovarian failure", "pcos"]),
    ("Chronic Lyme, HIV and COVID19", "condition.infection", ["chronic lyme", "hiv", "covid19"]),
    ("Hay fever comes with the birches.", "condition.minor-allergy", ["hay fever"]),
    (
        "Post-traumatic stress disorder and depression",
        "condition.mental",
        ["post-traumatic stress disorder", "depression"],
    ),
    ("Wrinkles and crow’s feet", "condition.minor-ageing", ["wrinkles", "crow's feet"]),
    ("Autoimmune diseases have many names.", "condition.vague", ["autoimmune diseases"]),
    ("Whatever your condition, ask a doctor first.", "condition.vague", ["your condition"]),
    ("Less stiffness, fewer muscle spasms", "symptom.movement", ["stiffness", "muscle spasms"]),
    ("Throbbing pain behind one eye", "symptom.pain", ["throbbing pain"]),
    ("Achy joints and backaches", "symptom.pain", ["achy", "backaches"]),
    ("Swelling of the ankles, called edema", "symptom.inflammation", ["swelling", "edema"]),
    ("Lupus flares and flare-ups", "symptom.course", ["lupus flares", "flare-ups"]),
    ("Constant fatigue by noon", "symptom.energy", ["constant fatigue"]),
    ("Brain fog, low mood, sleepless nights", "symptom.mind", ["brain fog", "low mood", "sleepless nights"]),
    ("Itchy plaques on the scalp", "symptom.skin", ["itchy", "plaques"]),
    ("Numbness and pins and needles", "symptom.nerve", ["numbness", "pins and needles"]),
    ("Shortness of breath and diarrhea", "symptom.organ", ["shortness of breath", "diarrhea"]),
    ("Worn cartilage between the vertebrae", "body.tissue", ["cartilage", "vertebrae"]),
    ("The myelin sheath around nerve fibers", "body.tissue", ["myelin sheath", "nerve fibers"]),
    ("Kidneys, lungs and the immune system", "body.organ", ["kidneys", "lungs", "immune system"]),
    ("Blood flow, memory and range of motion", "body.function", ["blood flow", "memory", "range of motion"]),
    ("Stop steroids? Ask first.", "drug.class", ["steroids"]),
    ("Beta blockers and blood-thinners", "drug.class", ["beta blockers", "blood-thinners"]),
    ("An NSAID or an SSRI", "drug.class", ["nsaid", "ssri"]),
    ("Metformin, Humira® and hydroxychloroquine", "drug.name", ["metformin", "humira", "hydroxychloroquine"]),
    ("Doxycycline is one of several antibiotics.", "drug.antibiotic", ["doxycycline", "antibiotics"]),
    ("Knee replacements or spinal fusion", "standard-care.surgery", ["knee replacements", "spinal fusion"]),
    ("Dialysis until a kidney transplant", "standard-care.organ-replacement", ["dialysis", "kidney transplant"]),
    ("Chemo, then radiotherapy", "standard-care.cancer-care", ["chemo", "radiotherapy"]),
    ("Flu shots and immunizations", "standard-care.prevention", ["flu shots", "immunizations"]),
    ("Physical therapy and CBT", "standard-care.conservative", ["physical therapy", "cbt"]),
    ("Compared with usual care", "standard-care.general", ["usual care"]),
]

ABSENT = [
    ("Ms Weber sent us three hearing aids.", "condition"),
    ("She is also the head of the ra ra club, he said.", "condition"),
    ("It was a cold day and everyone was scared.", "condition"),
    ("He was stroking the cat.", "condition"),
    ("CAD 500 is due in the ED on arrival.", "condition"),
    ("Published in three SCI journals.", "condition"),
    ("Don't worry: they shake hands and the price falls.", "symptom"),
    ("This falls under a different heading; no need to panic.", "symptom"),
    ("Bring the form back, at first sight, on the other hand.", "body"),
    ("The disclosure was discussed by the committee.", "body"),
    ("Take two tablets of our formula with a glass of water.", "drug"),
    ("Studied medicine in Graz.", "drug"),
    ("An infusion of our own cells by injection.", "standard-care"),
    ("Cookies are needed for the operation of this website.", "standard-care"),
]


@pytest.mark.parametrize(("sentence", "slot", "terms"), PRESENT)
def test_a_group_finds_its_terms(sentence, slot, terms):
    """A group finds exactly these terms in the sentence, the longest reading of each."""
    assert found(sentence, slot) == terms


@pytest.mark.parametrize(("sentence", "lexicon"), ABSENT)
def test_a_lexicon_leaves_ordinary_words_alone(sentence, lexicon):
    """Words that look like a term but mean something else are not taken for one."""
    assert found(sentence, lexicon) == []
