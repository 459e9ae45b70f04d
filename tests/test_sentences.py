"""Where sentences end: clinical copy, clinic marketing and references, with the reason for each case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.text.sentences import cut, item_starts

# "¦" stands for a break at a space, "‖" for a break where the text has no space.
GOLDEN: list[tuple[str, str]] = [
    # plain prose
    ("two sentences", "The cells are given by drip. ¦ Most patients rest afterwards."),
    ("question and answer", "Does it work? ¦ Nobody has tested it."),
    ("exclamation", "Feel younger! ¦ Book your visit."),
    ("stop runs count once", "Really?! ¦ Yes!! ¦ It is true."),
    ("no stop at the end", "Joint pain eases. ¦ Sleep returns"),
    ("one word is a sentence", "Relief. ¦ Energy. ¦ Confidence."),
    ("a number opens a sentence", "We asked 40 patients. ¦ 90% of them felt better."),
    ("a price opens a sentence", "Ask about our packages. ¦ $4,900 covers three infusions."),
    ("lower case continues", "It was rated no. 1 by readers. it still is."),
    ("an exclaiming brand name", "The Vita! range contains zinc."),
    ("colon, semicolon and dash do not end", "Our promise: no pain; no drugs - just your own cells."),
    ("mixed-case names open a sentence", "We use vaccines. ¦ mRNA is a message. ¦ iPSCs are made from skin."),
    # titles and names
    ("title before a name", "Dr. Amara leads the team. ¦ Prof. Ilves advises."),
    ("initials before a surname", "The method was named by J. R. Tolland in 1998."),
    ("one initial inside a name", "Ask for Maria K. Ostrow at the desk."),
    ("degree inside a sentence", "Lena Ford, M.D. and Ph.D. candidate, wrote it."),
    ("degree at the end", "It was reviewed by Lena Ford, Ph.D. ¦ She has no ties to the clinic."),
    ("degrees in a row", "Tom Hale, M.D., Ph.D., F.A.C.S., operates here."),
    ("saint and mount", "The clinic near St. Brigid and Mt. Elm is open."),
    ("street at the end", "We moved to 12 Elm St. ¦ The old site is closed."),
    ("junior", "Carl Voss Jr. founded it. ¦ His son runs it."),
    ("company inside a sentence", "CellWorks Inc. Panama makes the product."),
    ("company at the end", "It is sold by CellWorks Ltd. ¦ They make no claims."),
    ("the pronoun I is no initial", "My wife and I agreed. ¦ It was my wife and I. ¦ We paid."),
    ("an all-capital disease is no title", "We also treat MS. ¦ Many people write to us."),
    ("a gas is no number sign", "Beet juice raises NO. ¦ Blood vessels widen."),
    # Latin and connectives
    ("e.g. and i.e.", "Autoimmune diseases, e.g. Lupus or i.e. Crohn's, are chronic."),
    ("without inner stops", "Some herbs (eg. Ginkgo) thin the blood."),
    ("vs.", "Pain was lower with cells vs. Placebo at week 12."),
    ("cf., viz., ca.", "The dose (cf. Table 2) was ca. 40 million cells, viz. Two vials."),
    ("approx.", "It costs approx. 4,000 euros."),
    ("resp.", "Groups A and B received 5 and 10 mg, resp. Placebo was saline."),
    ("N.B.", "N.B. These statements have not been evaluated."),
    ("etc. before a capital ends", "We treat arthritis, lupus, etc. ¦ Patients travel far."),
    ("etc. before lower case", "Arthritis, lupus, etc. are treated."),
    ("et al. inside", "As Brandt et al. Reported, pain fell."),
    ("et al. at the end", "This was shown by Brandt et al. ¦ The effect was small."),
    # numbered things
    ("figure and table", "See Fig. 2 and Tab. 3 for doses."),
    ("supplementary figure", "See Fig. S1. ¦ Doses varied."),
    ("No. with a number", "Trial No. 12 was stopped."),
    ("no as an answer", "Is it proven? ¦ No. ¦ There are no trials."),
    ("volume, pages, chapter", "Printed in vol. 3, pp. 12-19, ch. 4 of the report."),
    ("months", "Reviewed on Sept. 5, 2023. ¦ Updated since."),
    ("a numbered step keeps its label", "Step 1. We harvest fat. ¦ Step 2. We isolate the cells."),
    ("a phase number ends a sentence", "The trial is in phase 2. ¦ Results are due."),
    ("a type ends a sentence", "It is for diabetes type 1. ¦ Insulin continues."),
    ("figure caption", "Figure 2. Survival after one year."),
    # numbers and units
    ("decimals", "The rate fell from 2.5 to 0.75 per year."),
    ("p value", "Pain fell (p < 0.05). ¦ Function did not (P = .31)."),
    ("p value at the end", "The difference reached p < 0.001. ¦ It was small."),
    ("versions", "We use protocol v2.1. ¦ Version 3.0 follows."),
    ("a unit of one letter", "Each bag holds 5 L. ¦ Patients drink as usual."),
    ("unit before a capital", "The dose is 500 mg. ¦ Children get less."),
    ("vitamin letters", "Each drip contains vitamin C. ¦ Nurses place it."),
    ("hepatitis letters", "He had hepatitis B. ¦ Treatment helped."),
    ("Greek letters", "The drug blocks NF-kappa B. ¦ Cells calm down."),
    ("page after a volume", "It is in vol. 2, p. 205 of the report."),
    ("a factor's number is no citation", "Levels of PU.1 rose in skin cells."),
    ("initials before initials", "The work of Roe, P. A., and Hale, T. M. J. was cited."),
    ("group letters", "Pain fell in group A. ¦ Group B saw no change."),
    ("times of day", "Open from 9 a.m. to 5 p.m. ¦ Walk-ins are welcome."),
    ("time zones and days", "Call before 5 p.m. Eastern or 9 a.m. Monday."),
    ("an opening phrase is no sentence", "At 7 a.m. Nurse Bell draws the blood. ¦ It takes a minute."),
    ("dosage letters before lower case", "Take 50 mg q.d. with food."),
    ("dosage letters before a capital", "Take 50 mg b.i.d. ¦ Patients should not double it."),
    # acronyms
    ("U.S. before a name", "It is not approved by the U.S. FDA for this use."),
    ("U.S. before an opener", "The product is not sold in the U.S. ¦ It ships from Panama."),
    ("U.K. before lower case", "Clinics in the U.K. are inspected."),
    ("an acronym without stops", "It has no approval from the FDA. ¦ Ask why."),
    # citations
    ("bracketed number after the stop", "Pain fell.[1] ¦ Sleep improved."),
    ("bracketed numbers after a space", "Pain fell. [2,3] ¦ Sleep improved. [4]"),
    ("bracketed range", "Pain fell.[2-5] ¦ Sleep improved."),
    ("superscripts", "Pain fell.¹ ¦ Sleep improved.²,³ ¦ Mood did not."),
    ("plain raised digits", "Pain fell in most patients.1,2 ¦ Sleep improved.3 ¦ Mood did not."),
    ("raised digits after a percentage", "Pain fell by 40%.7 ¦ Sleep improved."),
    ("a number before the stop", "Pain fell (1). ¦ Sleep improved [2]. ¦ Mood did not."),
    ("numbers in round brackets after the stop", "Pain fell. (1,2) ¦ Sleep improved."),
    ("author and year after the stop", "Pain fell. (Brandt et al., 2019) ¦ Sleep improved."),
    ("a daggered footnote", "It eases stress.† ¦ It supports sleep.*"),
    ("notes in brackets", "It cures most cancers.[citation needed] ¦ Doctors disagree."),
    # references
    ("journal, year and volume", "Brandt L, Okoro P. Cells in lupus. ¦ J Clin Med. 2019;8(3):12-19."),
    ("identifiers stay", "Cells in lupus. ¦ J Clin Med. 2019;8(3):12. PMID: 1234567."),
    ("DOI with stops", "See doi:10.1000/j.abc.2019.01.002. ¦ It is open access."),
    ("shortened journal title", "It appeared in N. Engl. J. Med. 2019 and was withdrawn."),
    # ellipses
    ("three dots go on", "I was tired ... and then I was not."),
    ("three dots before a capital", "You have tried everything... ¦ Nothing helped."),
    ("three dots before I", "The pain was gone … I could walk."),
    ("spaced dots", "The cells . . . were given twice."),
    ("words left out in brackets", "The board wrote that the product [...] Was not approved."),
    ("four dots", "He never came back.... ¦ We asked why."),
    # quotation marks and brackets
    ("quotation at the end", 'She said, "I can walk." ¦ Her doctor was surprised.'),
    ("single quotes", "He shouted 'Stop.' ¦ She did."),
    ("curly quotes", "Patients say “It works.” ¦ We believe them."),
    ("attribution after the quotation", '"I can walk again. My pain is gone," says Ana.'),
    ("a whole quotation is cut", '"I had lupus. ¦ After two infusions it was gone."'),
    ("attribution by a dash", "“I feel ten years younger.” – Petra, 54"),
    ("question in a quotation", 'Asked "Is it a cure?" Dr. Amara said no.'),
    ("bracketed sentence inside", "The trial (It had 12 patients. None was blinded.) was small."),
    ("bracketed sentence outside", "Pain fell. ¦ (Results vary.) ¦ Ask your doctor."),
    ("a stop before a closing bracket", "It lasts a year (or more). ¦ Some relapse."),
    ("brackets in lower case", "Pain fell. (see below)"),
    # addresses
    ("web address", "Read https://clinic.example/a.b?c=1. ¦ Then call."),
    ("bare domain", "Visit cells.example.com for prices. ¦ Book at cells.example.com. ¦ We reply."),
    ("mail address", "Write to info.desk@clinic.example. ¦ We answer."),
    ("registry", "It is listed on ClinicalTrials.gov. ¦ NCT00000000 has no results."),
    ("capitalised domain", "It is listed on Clinicaltrials.Gov as completed."),
    # pasted copy
    ("no space after the stop", "Our cells are safe.‖We test them twice.‖The result is yours."),
    ("no space after an acronym or bracket", "We treat COPD.‖It eases (often).‖Most stay.‖You decide."),
    ("no space after an exclamation", "Heal today!‖You deserve it."),
    ("a file name is no sentence", "Open report.Final.pdf on your phone."),
    # bullets and lists
    ("dots", "We treat: ¦ • Back pain ¦ • Knee pain ¦ • Fatigue"),
    ("ticks without stops", "✔ No surgery ¦ ✔ No downtime ¦ ✔ no side effects"),
    ("emoji ticks", "✅ Safe ¦ ✅ Natural ¦ ✅ Proven"),
    ("stars", "★ Less pain ¦ ★ More energy"),
    ("a rating is no bullet", "Rated 4.9 ★ by 300 patients, ★★★★★ on average."),
    ("a rating at the end", "Best clinic ever! ★★★★★"),
    ("a repeated emoji", "🌿 Pure herbs ¦ 🌿 Deep sleep ¦ 🌿 Calm mind"),
    ("an emoji closes a sentence", "I can walk again! 😀 ¦ Thank you all."),
    ("numbers with stops", "1. Harvest the fat. ¦ 2. Spin it. ¦ 3. Inject it."),
    ("numbers without stops between", "1. Harvest the fat ¦ 2. Spin it"),
    ("numbers in brackets", "(1) Harvest the fat ¦ (2) Spin it ¦ (3) Inject it"),
    ("numbers with one bracket", "1) less pain ¦ 2) more energy"),
    ("letters", "a. Harvest the fat ¦ b. Spin it ¦ c. Inject it"),
    ("a list after a sentence", "Three steps follow. ¦ (1) Harvest the fat. ¦ (2) Spin it."),
    ("a list within a sentence", "The cells (1) reduce pain, (2) calm swelling, and (3) renew tissue."),
    ("a lead-in keeps its list", "Beware of clinics that promise: 1) Cures 2) Guarantees 3) Secrecy."),
    ("bullet and number", "• 1. First visit ¦ • 2. Second visit"),
    ("questions and answers", "Q. Is it safe? ¦ A. Nobody knows yet."),
    # negation and hedges stay with their claim
    ("a hedge after a bracket", "In mice (n = 12, U.S. Colonies) it may help."),
    ("not across an abbreviation", "It has not been shown vs. Placebo to cure lupus."),
]


def _case(marked: str) -> tuple[str, list[str]]:
    text = marked.replace(" ¦ ", " ").replace("‖", "")
    return text, [piece for part in marked.split(" ¦ ") for piece in part.split("‖")]


@pytest.mark.parametrize(("reason", "marked"), GOLDEN, ids=[reason for reason, _ in GOLDEN])
def test_golden(reason: str, marked: str) -> None:
    """The text is cut where a careful reader would cut it."""
    text, expected = _case(marked)
    assert [text[a:b] for a, b in cut(text)] == expected


def test_items_of_a_line() -> None:
    """A line that holds several numbered items says where each begins; one with a single number holds no list."""
    assert item_starts("1) Harvest the fat 2) Spin it") == [0, 19]
    assert item_starts("1) Harvest the fat") == []


_PIECES = st.sampled_from(
    [
        *"aAbI.!?…,:;()[]\"'“”1290%*•✔★😀 \u00a0",
        *(" ", " ", ". ", "1) ", "2) ", "a. ", "b. ", "Dr. ", "e.g. ", "U.S. ", "The ", "pain", "[1]", "¹"),
        *(". . . .", " – ", "vitamin C.", "https://a.example/b."),
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map("".join)))
def test_spans_are_a_partition(text: str) -> None:
    """Whatever the text: spans are trimmed, ordered, disjoint, and hold everything but white space."""
    spans = cut(text)
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_sentence_is_only_signs(text: str) -> None:
    """A sentence has a letter or a digit, unless the whole text has none."""
    pieces = [text[a:b] for a, b in cut(text)]
    assert len(pieces) <= 1 or all(any(c.isalnum() for c in piece) for piece in pieces)


@given(st.lists(st.sampled_from([case for case in GOLDEN if "." in case[1][-1:]]), min_size=1, max_size=3))
def test_a_sentence_keeps_its_cut_when_another_follows(cases: list[tuple[str, str]]) -> None:
    """An ordinary sentence appended to a finished text is cut off as one sentence and changes nothing before it."""
    for _, marked in cases:
        text, expected = _case(marked)
        longer = f"{text} They all went home."
        assert [longer[a:b] for a, b in cut(longer)] == [*expected, "They all went home."]


_TRAPS = """a|a. |A. |e.g. |U.S. |etc. A |vitamin C. |. |.|? |x? A |(|A. (|x.(a |[|.[1|."|"|“a|a? (1999|.¹|a.1,|* |\
★ |★ a|✔|• ! |😀 |😀 A |1) |1. A |a. A """.split("|")


@pytest.mark.parametrize("unit", _TRAPS)
def test_hostile_text_is_cut_in_bounded_steps(unit: str) -> None:
    """Half a million characters of one repeated trap are cut; a quadratic step here would not return."""
    text = unit * (500_000 // len(unit))
    spans = cut(text)
    assert sum(b - a for a, b in spans) <= len(text)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
