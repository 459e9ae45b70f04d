# ruff: noqa: E501
"""Pages that are hard to tokenize, and a fuzzer that mangles honest ones, for comparing our reading with a browser's."""

from __future__ import annotations

import random
import re

HARD = {
    "entities": [
        "<p>Salt &amp; water &ndash; 5&nbsp;&pound; &notit; &noti; &not; &amp;amp; &#39;a&#x27; &#128; &#0; &#xD800; &AMP x",
        "<p>&lt;b&gt;not bold&lt;/b&gt; &copy2024 &copy=x &hearts; &fjlig; &NotEqualTilde; &#x1F600; &#99999999; &; &# &#x; a&b",
        '<p><img alt="ten &gt; five">A <a href="?a=1&copy=2&amp;b">link &times; two</a> &thinsp; &ZeroWidthSpace;end',
        "<p>caf&eacute na&iuml;ve &Eacute;cole &nbspx &ampx &gtx &reg;&trade &frac12 &frac12; &sup2; &permil; &hellip; &rsquo;",
        "<p>x &lt y &LT; z &quot;q&QUOT; &apos; &bsol; &lbrace; &Tab;t&NewLine;n &colon; &excl; &num; &percnt; &ast;",
    ],
    "comments and declarations": [
        "<!doctype html><!-- a > b --><p>one<!-->two<!--->three<!-- x --!>four<!----><!-- -- -->five",
        "<p>one<?php echo 'x > y'; ?>two<![CDATA[three]]>four<!ELEMENT br>five</ p>six</>seven<!>eight<?>nine",
        "<p>a<!-- <p>b --><b>c</b><!-- unclosed <p>d",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x.dtd'><p>one<!-- <!-- nested --> two<!--- three --->four",
        "<p>one <!-x> two <!- - three > four <! -- five -- > six <%= seven %> eight <3 nine < ten > eleven",
    ],
    "raw text": [
        "<p>a<script>if (1<2) '</p><p>x</p>' // <!-- <script> </script> b --> c<style>p > a { } </style>d",
        "<p>a<textarea>b<p>c</textarea>d<title>e<b>f</title>g<xmp><i>h</i></xmp>i<noscript><p>j</noscript>k",
        "<script><!-- document.write('<script>x</script>'); --></script><p>after",
        "<p>a<iframe><p>b</iframe>c<noembed>d</noembed>e<noframes>f</noframes>g<template><p>h</template>i",
        "<p>a<script type=text/plain>x</SCRIPT >b<style></style\n>c<script src=x></script/>d<script>unclosed <p>e",
    ],
    "tag soup": [
        "<p>a<b>b<i>c</b>d</i>e<p>f<div>g</p>h</div>i<h1>j<h2>k</h1>l",
        "<a href=x>a<a href=y>b</a>c</a><ul><li>d<li>e<ul><li>f</li>g</ul>h</ul>i</li>j<dl><dt>k<dd>l<dt>m</dl>n",
        "<p class='x' class=y data-a=\"<p>no</p>\" title='>'>a<br/><br / >b<hr>c<img src=x alt>d<input value=e>f</br>g</p>h</p>i",
        "<div><span><p>a</span>b</div>c</body>d</html>e<body class=x>f<head>g</head><html lang=en>h",
        "<button>a<button>b</button>c<form>d<form>e</form>f</form>g<select><option>h<option>i</select>j<nobr>k<nobr>l<center>m",
        "<P CLASS = x\n ID\t=\t'y'>a<B\n>b</B\t>c<x-y.z>d</x-y.z>e<p/>f<div/>g<1>h<a1>i</a1>j<:k>l",
    ],
    "foreign content and tables": [
        "<table><tr><td>a<tr><td>b<td>c</table>d<table><td>e</td><tbody><tr><th>f</table>g",
        "<table>one <tr>two <td>three</td> four</tr> five</table>six",
        "<p>a<svg><title>b</title><desc>c</desc><text x=1 y=9>d</text><g><p>e</p></g></svg>f",
        "<table><caption>a</caption><colgroup><col></colgroup><thead><tr><td><table><tr><td>b</table>c</table>d",
        "<p>a <math><mi>sin</mi> <mo>=</mo> <mn>2</mn></math> b<svg><circle r=1 /></svg>c<svg/>d<svg><foreignObject><p>e</p></foreignObject></svg>f",
        "<table><tr><td>a</div></p></b>b</td></tr></table><tr><td>c</td></tr><li>d</tbody>e",
    ],
}
"""By what makes them hard: pages whose words a tokenizer gets wrong that does not follow the standard."""

_BREAKS = (
    "<",
    ">",
    "&",
    '"',
    "'",
    "</",
    "<!--",
    "-->",
    "/>",
    "=",
    "</p>",
    "<p>",
    "<b>",
    "</div>",
    "<td>",
    "<li>",
    "</b>",
)


def mangled(source: str, seed: int) -> str:
    """`source` with some of its tags dropped, doubled, moved or broken, and stray marks set between its words."""
    rng = random.Random(seed)
    pieces = re.split(r"(<[^<>]*>)", source)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(pieces))
        deed = rng.randrange(6)
        if (
            pieces[at]
            .lower()
            .startswith(("<script", "</script", "<style", "</style", "<title", "</title", "<head", "</head"))
        ):
            continue
        if deed == 0 and pieces[at].startswith("<"):
            pieces[at] = ""
        elif deed == 1 and pieces[at].startswith("<"):
            pieces[at] *= 2
        elif deed == 2:
            other = rng.randrange(len(pieces))
            if pieces[at].startswith("<") and pieces[other].startswith("<") and len(pieces[other]) < 12:
                pieces[at], pieces[other] = pieces[other], pieces[at]
        elif deed == 3 and not pieces[at].startswith("<") and " " in pieces[at]:
            words = pieces[at].split(" ")
            words.insert(rng.randrange(len(words)), rng.choice(_BREAKS))
            pieces[at] = " ".join(words)
        elif deed == 4 and len(pieces[at]) > 2 and pieces[at].startswith("<"):
            pieces[at] = pieces[at][: rng.randrange(1, len(pieces[at]))]
        elif deed == 5:
            pieces[at] = pieces[at].upper() if pieces[at].startswith("<") and "=" not in pieces[at] else pieces[at]
    return "".join(pieces)
