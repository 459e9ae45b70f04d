"""Vocabulary of the sentence cutter: what a full stop means after these words, and which words open a sentence.

Keys are lower case and without their last full stop; an all-capital token is looked up as it stands, because MS,
ED, NO and CO are a disease, a complaint and two gases before they are abbreviations.
"""

from __future__ import annotations


def _words(*groups: str) -> frozenset[str]:
    return frozenset(word for group in groups for word in group.split())


JOINS = _words(
    "dr drs mr mrs ms prof profs messrs DR MR MRS PROF",  # titles stand before a name
    "e.g i.e eg ie vs viz cf ca approx esp incl excl resp aka a.k.a n.b nb E.G I.E VS N.B",  # so do these before more
)
"""Never the end of a sentence: something must follow."""

NUMBERED = _words(
    "no nos nr n° nº N° Nº fig figs tab eq eqs ref refs vol vols ch chap sec sect art para app suppl ed ver NO FIG REF",
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun",
    "min max avg temp wt est tel ext pp",
)
"""Joined to a number or numbered label that follows ("Fig. 2", "No. S1", "Sept. 5"), else ordinary words."""

CLOSES = _words(
    "etc a.m p.m A.M P.M",
    "b.i.d t.i.d q.i.d q.d q.h.s q.h p.r.n B.I.D T.I.D Q.I.D Q.D P.R.N",  # no name follows a dosage
)
"""The end of a sentence before any capital, though not before a lower-case word or a number."""

UNSURE = _words(
    "rev inc ltd co corp bros plc gmbh llc INC LTD CORP",
    "jr sr esq st mt ft ave blvd rd hwy dept univ inst assoc assn hosp intl natl govt gov gen col sgt capt lt sen rep",
    "al b.sc m.sc b.pharm dipl",
    # journal titles as references shorten them
    "clin med res sci biol chem pharm pharmacol ther engl acad proc am ann br eur int jpn surg rheum rheumatol",
    "dermatol neurol immunol oncol cardiol orthop physiol psychiatr psychol nutr epidemiol transl",
    "exp mol biochem biophys commun lett bull trans soc",
)
"""The end of a sentence only when a word follows that opens one (OPENERS), as are dotted acronyms and initials."""

OPENERS = _words(
    "the a an this that these those it it's its he she they we you i our your my his her their there here",
    "we're we've you're you'll it'll they're i'm i've let let's please",
    "what when where why who whom whose which how whether if",
    "in on at for from by with without to as of after before during since until unless once under over between",
    "within through throughout despite because although though while whereas",
    "and but or so yet nor not no yes however therefore thus hence moreover furthermore additionally also finally",
    "meanwhile instead otherwise similarly conversely nevertheless nonetheless overall",
    "all some any many most more much each every both several few other others another such one two three",
    "first second third next then now today currently recently unfortunately fortunately",
    "do does did is are was were has have had can could may might will would should must never always",
)
"""Words that, capitalised, open a sentence rather than continue a name."""

LABELS = _words(
    "vitamin vitamins hepatitis type group phase grade stage class factor arm category plan option part appendix",
    "figure table panel cohort schedule tier level interferon influenza protein immunoglobulin coenzyme cyclosporin",
    "ciclosporin strain serotype study trial site hospital centre center actinomycin",
    "alpha beta gamma delta kappa lambda sigma omega",
)
"""Words after which a single letter is a name of its own ("vitamin C."), not somebody's initial."""

PREPOSITIONS = _words("at in on by from since until before after around about for during within to")
"""Openings of a phrase that cannot be a sentence by itself ("At 5 a.m. Mr. Roe ...")."""

DOMAINS = _words("com org net gov edu io co uk de info biz health clinic eu int us ca au js py ai app")
"""Endings of web addresses, which look like a sentence glued to the last."""

CLOCKS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays",
    "sundays mon tue wed thu fri sat sun est edt cst cdt mst mdt pst pdt gmt utc bst cet cest et ct pt eastern central",
    "pacific mountain",
)
"""Words that follow a time of day without opening a sentence."""
