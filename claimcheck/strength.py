"""What one sentence asserts about a treatment or exposure, on the scale of Sumner and Yu."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from claimcheck.words import fold, forms

LEVELS = ("none", "correlational", "conditional", "can", "causal", "absolute")
RANK = {l: i for i, l in enumerate(LEVELS)}
ROOT = Path(__file__).resolve().parents[1] / "rules" / "strength"
PUNCT = {",": "comma", ";": "colon", ":": "colon", "—": "colon", "?": "stop", ".": "stop", "!": "stop", "%": "percent"}
TOK = re.compile(r"[a-z][a-z0-9]*(?:'[a-z]+)?(?:-[a-z0-9]+)*|\d[\d.,]*|[,;:?!—.%&]")
PAREN = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")


class Grammar:
    pass


class Tags(dict):
    def __missing__(self, w):
        C = self.C
        c = w[0]
        if "-" in w and w not in self:
            last = w.rsplit("-", 1)[1]
            if w.replace("-", "") in self:
                return self[w.replace("-", "")]
            r = "d" if last.endswith("ed") else "w"
            if last in ("fold",):
                r = "times"
        elif c.isdigit():
            r = "n"
        elif w.endswith("ly") and len(w) > 4:
            r = "adverb"
        elif w.endswith("'s"):
            r = "w"
        elif w.endswith("n't"):
            r = "neg"
        elif w.endswith("ing") and len(w) > 5:
            r = "g"
        elif w.endswith("ed") and len(w) > 4:
            r = "d"
        elif w.endswith("s") and len(w) > 3 and not w.endswith(("ss", "us", "is")):
            r = "p"
        else:
            r = "w"
        r = C[r]
        if len(self) < 100000:
            self[w] = r
        return r


@cache
def grammar():
    g = Grammar()
    W = tomllib.loads((ROOT / "words.toml").read_text())
    P = tomllib.loads((ROOT / "patterns.toml").read_text())
    C = {}

    def code(n):
        if n not in C:
            C[n] = chr(0x4E00 + len(C))
        return C[n]

    t = Tags()
    t.C = C
    for n, ss in W["verbs"].items():
        for b in ss.split():
            for f in forms(b):
                r = (
                    "g"
                    if f.endswith("ing") and f != b
                    else "s"
                    if f.endswith("s") and f != b
                    else "b"
                    if f == b or f[:-2] + "se" == b or f.replace("or", "our") == b
                    else "d"
                )
                t[f] = code(n + "-" + r)
            for r in "bsdg":
                code(n + "-" + r)
    for n, ss in W["classes"].items():
        for w in ss.split():
            t[w] = code(n)
    for p, n in PUNCT.items():
        t[p] = code(n)
    for n in "w p d g n adverb".split():
        code(n)
    g.C = C
    g.tags = t
    g.name = {v: k for k, v in C.items()}
    M = P["macros"]

    def comp(p):
        for _ in range(4):
            p = re.sub(r"\{([a-z]+)\}", lambda m: M[m[1]], p)
        return re.sub(r"<([a-z-]+)>", lambda m: code(m[1]), p)

    g.comp = comp
    g.events = []
    for e in P["event"]:
        r = re.compile("|".join("(?:" + comp(p) + ")" for p in e["any"]))
        g.events.append((e["name"], e["level"], e.get("research"), frozenset(code(n) for n in e.get("needs", ())), r))
    g.aux = re.compile(comp(M["operator"]) + "*+")
    heads = set(
        C[x]
        for x in C
        if "-" in x
        or x
        in set(
            "outcome goodn success due extreme side good effect key role due assoc tied comp lower likely factor predict differ signif times benefit modal can change risk works recovery see potential quality nice remedy".split()
        )
    )
    g.screen = re.compile("[" + "".join(heads) + "]")
    G = P["gates"]
    g.brk = re.compile(comp(G["break"]))
    g.meta = re.compile(comp(G["research"]))
    g.block = re.compile(comp(G["open"]))
    g.call = re.compile(comp(G["call"]))
    g.negs = re.compile(comp("<neg>|<without>"))
    g.subj = re.compile(comp("<neg>"))
    g.between = re.compile(comp("<sub>|<comma><and>"))
    g.andb = re.compile(comp("[<and><comma>]{adv}*$"))
    return g


def status(aux, g):
    n = [g.name[c] for c in aux]
    s = set(n)
    if NEG and s & {"neg", "fail"}:
        return "none"
    if s & {"should", "aim", "probe"}:
        return "none"
    if "to" in s:
        before = set(n[: n.index("to")])
        if not before & {
            "shown",
            "able",
            "appear",
            "likely",
            "help-s",
            "help-d",
            "help-b",
            "fail",
            "potential",
        } and not ("used" in before and before & {"modal", "can", "success"}):
            return "none"
    if s & {"modal", "hedge", "appear", "likely", "potential"}:
        return "conditional"
    if s & {"can", "able"}:
        return "can"
    if s & {"help-s", "help-d", "help-b"}:
        return "can"
    return "causal"


def tag(text):
    g = grammar()
    f = fold(text)
    if "(" in f:
        f = PAREN.sub(" ", f)
    return "".join([g.tags[w] for w in TOK.findall(f)])


def explain(text):
    g = grammar()
    t = tag(text)
    out = []
    if not g.screen.search(t):
        return t, []
    brk = [0] + [m.end() for m in g.brk.finditer(t)]
    calls = [m.start() for m in g.call.finditer(t)]
    verbs = {}
    rt = t[::-1]
    n = len(t)
    for name, level, research, needs, r in g.events:
        for m in r.finditer(t):
            i = m.start()
            k = g.aux.match(rt, n - i).end()
            aux = rt[n - i : k][::-1]
            s0 = n - k
            if needs and not needs.intersection(aux):
                continue
            if level in ("correlational",):
                s = set(g.name[c] for c in aux)
                lv = "none" if s & {"neg", "fail", "probe", "aim", "should"} else "correlational"
            elif level == "carry":
                prev = [verbs[k] for k in sorted(verbs) if k < i]
                lv = prev[-1] if prev else ("causal" if g.name[t[i]][-1] == "g" else "none")
            elif level in ("conditional", "can"):
                lv = level if not NEGATED & set(t[i : m.end()]) else "none"
            else:
                lv = status(aux, g)
            b = max(x for x in brk if x <= s0)
            cl = t[b:s0]
            cs = cl[cl.rfind(g.C["comma"]) + 1 :] or cl
            if g.block.search(cl):
                lv = "none"
            if not research and g.meta.match(cs) and level != "correlational":
                lv = "none"
            if (
                level != "correlational"
                and not research
                and s0
                and t[s0 - 1] == g.C["and"]
                and b
                and not any(b <= x < i for x in verbs)
                and g.meta.match(t[: next((x for x in brk if x), n) - 1])
            ):
                lv = "none"
            if (
                level != "correlational"
                and name in ("has an effect", "found an effect")
                and g.negs.search(t[max(b, i - 3) : m.end()])
            ):
                lv = "none"
            if NEG:
                if level == "correlational":
                    if g.negs.search(t[max(b, i - 5) : i]):
                        lv = "none"
                elif g.subj.match(cl):
                    lv = "none"
            for c in calls:
                if i > c:
                    lv = "none" if g.C["colon"] not in t[c:i] else lv
                elif not g.andb.search(t[:c]) and not g.between.search(t[i:c]) and g.C["colon"] not in t[i:c]:
                    lv = "none"
            verbs[i] = lv
            out.append((name, lv, i))
    return t, out


NEGATED = set()
NEG = True


def strength(text):
    if text.rstrip(" \"'”").endswith("?"):
        return "none"
    t, o = explain(text)
    return max((x[1] for x in o), key=RANK.__getitem__, default="none")


def result(text):
    return ""
