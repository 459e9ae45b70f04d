"""Files that are no text: PDF, Word, e-mail, saved pages and e-books, read for what they say and where it stands."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas
from tools import brochure

from claimcheck import check
from claimcheck.cli import main
from claimcheck.errors import ReadError
from claimcheck.ingest import archive, read_page
from claimcheck.model import Document
from claimcheck.report import FORMATS
from claimcheck.text.regions import place_of

CURE = "Our infusions cure lupus."


def texts(document: Document, kind: str = "") -> list[str]:
    return [b.text for b in document.blocks if kind in ("", b.kind)]


# One brochure, every format


@pytest.mark.parametrize("blocks", [brochure.HYPE, brochure.CAREFUL], ids=["hype", "careful"])
def test_one_brochure_has_one_verdict(blocks: list[brochure.Block]) -> None:
    """The same words as text, Markdown, HTML, PDF (in one column and in two), Word, e-mail, saved page and e-book get
    the same verdict, score and findings."""
    files = [(s, w(blocks)) for s, w in brochure.WRITERS.items()] + [("pdf", brochure.pdf(blocks, columns=2))]
    reports = [check(data, source=f"brochure.{suffix}") for suffix, data in files]
    said = [(r.verdict.label, r.verdict.score, sorted((f.rule, f.quote) for f in r.findings)) for r in reports]
    assert [s for s in said if s != said[0]] == []
    assert said[0][2]


@pytest.mark.parametrize("suffix", brochure.WRITERS)
def test_a_format_is_told_by_its_bytes(suffix: str) -> None:
    """A file that is no text is known without a name; text under any name that says otherwise is not taken for one."""
    known = {"txt": "text", "md": "markdown"}.get(suffix, suffix)
    data = brochure.WRITERS[suffix](brochure.HYPE)
    assert read_page(data, "<stdin>").format == known
    if suffix in ("pdf", "docx", "epub"):
        assert read_page(data, "renamed.txt").format == known


@pytest.mark.parametrize(
    ("suffix", "place"),
    [("pdf", "p1"), ("docx", "paragraph2"), ("eml", "part1.2:4"), ("mhtml", "part1:4"), ("epub", "OPS/c1.xhtml:4")],
)
def test_reports_name_the_place(suffix: str, place: str) -> None:
    """A finding is led back to page, paragraph, part or file: in one line for programs, in words for people."""
    report = check(brochure.WRITERS[suffix](brochure.HYPE), source=f"brochure.{suffix}")
    concise = FORMATS["concise"]([report])
    assert f"brochure.{suffix}:{place}: critical unqualified-cure 'Our stem cells cure lupus'" in concise
    data = json.loads(FORMATS["json"]([report]))["reports"][0]
    (found,) = [f for f in data["findings"] if f["quote"] == "Our stem cells cure lupus"]
    assert found["place"]["unit"] in ("page", "paragraph", "part", "file") and found["place"]["label"]
    assert (found["place"]["box"] is not None) == (suffix == "pdf")
    words = f"{found['place']['unit']} {found['place']['label']}"
    assert words[:1].upper() + words[1:] in FORMATS["html"]([report])
    for format in ("terminal", "html", "markdown"):
        options = {"width": 300, "view": "editor", "verbose": True}
        assert words in FORMATS[format]([report], **options), format
    for format in ("sarif", "github", "gitlab", "rdjson"):
        assert f"{words}" in FORMATS[format]([report])


def test_text_has_no_place() -> None:
    """Where the file is the source, line and column are the place and nothing else is said."""
    report = check(CURE, format="text")
    assert all(f.place is None for f in report.findings) and report.places == ()


def test_whoever_reads_files_says_so_in_the_library() -> None:
    """Text for a format that is none is refused, as is a format nobody knows."""
    with pytest.raises(ReadError, match="is text, but pdf was asked for"):
        read_page("words", "x", "pdf")


# PDF


def drawn(*pages: Callable[[Canvas], object], **options: Any) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 600), **options)
    for page in pages:
        canvas.setFont("Helvetica", 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(*said: str, x: float = 40, y: float = 500, pitch: float = 14) -> Callable[[Canvas], object]:
    return lambda canvas: [canvas.drawString(x, y - n * pitch, line) for n, line in enumerate(said)]


def both(*parts: Callable[[Canvas], object]) -> Callable[[Canvas], object]:
    return lambda canvas: [part(canvas) for part in parts]


@pytest.mark.parametrize("columns", [1, 2])
def test_boxes_hold_what_they_say(columns: int) -> None:
    """The words that another reader finds inside a finding's box are the finding's."""
    data = brochure.pdf(brochure.HYPE, columns)
    report = check(data, source="brochure.pdf")
    paper = pypdfium2.PdfDocument(data)
    seen = 0
    for finding in report.findings:
        if finding.start == finding.end:
            continue
        place = finding.place
        assert place and place.box and place.size
        left, top, right, bottom = place.box
        assert 0 <= left < right <= place.size[0] and 0 <= top < bottom <= place.size[1]
        page = paper[int(place.label) - 1].get_textpage()
        inside = page.get_text_bounded(left - 1, place.size[1] - bottom - 1, right + 1, place.size[1] - top + 1)
        assert all(word in inside for word in finding.quote.split()), (finding.quote, inside)
        seen += 1
    assert seen >= 6


def test_columns_are_read_one_after_the_other() -> None:
    """Two columns whose lines stand side by side are not read across; a heading over both comes first."""
    left = ("Cells are given by", "infusion on one day.", "They may reduce pain", "for some of the people.")
    right = ("The trial took place", "in two hospitals with", "a group that was given", "a placebo instead of it.")
    page = both(lines("What to know about this treatment and its trial", y=560), lines(*left), lines(*right, x=220))
    prose = " ".join(texts(read_page(drawn(page), "x.pdf")))
    order = [*left, *right]
    assert [prose.index(line) for line in order] == sorted(prose.index(line) for line in order)
    assert prose.startswith("What to know")


def test_tables_are_read_by_rows() -> None:
    """Short entries on common lines are the cells of a table, row by row."""
    rows = [("Condition", "Success"), ("Lupus", "94%"), ("Gout", "88%")]
    page = both(*(lines(a, y=500 - 20 * n) for n, (a, _) in enumerate(rows)),
                *(lines(b, x=200, y=500 - 20 * n) for n, (_, b) in enumerate(rows)))  # fmt: skip
    assert texts(read_page(drawn(page), "x.pdf"), "cell") == [cell for row in rows for cell in row]


def test_divided_words_are_put_together() -> None:
    """A hyphen at a line's end goes, but not from words that are written with one; places keep to the print."""
    page = lines(
        "The infusion has no down-",
        "time and is a non-",
        "invasive way to cure arthri-",
        "tis in most people, and it is long-",
        "term. Each long-term patient was seen again by us.",
    )
    document = read_page(drawn(page), "x.pdf")
    assert texts(document)[0] == (
        "The infusion has no downtime and is a non-invasive way to cure arthritis in most people, and it is long-term. "
        "Each long-term patient was seen again by us."
    )
    block = document.blocks[0]
    at = block.text.index("arthritis")
    assert document.source[block.map.start_of(at) : block.map.end_of(at + 9)] == "arthri-\ntis"


def test_what_runs_on_every_page_is_read_once() -> None:
    """Running heads stand once and page numbers never; a sentence goes on over them to the next page, and its place
    is the page on which it begins."""
    head = lines("Nova Institute", y=580)
    first = ("Our clinic has treated people for years and the", "infusions")
    pages = [
        both(head, lines("Page 1 of 3", y=20), lines(*first, y=90)),
        both(head, lines("Page 2 of 3", y=20), lines("cure lupus in every case that we have seen so far.", y=540)),
        both(head, lines("Page 3 of 3", y=20), lines("Book your visit.", y=540)),
    ]
    document = read_page(drawn(*pages), "x.pdf")
    assert texts(document, "footer") == ["Nova Institute"]
    assert not any("Page" in text for text in texts(document))
    whole = (
        "Our clinic has treated people for years and the infusions cure lupus in every case that we have seen so far."
    )
    assert whole in texts(document)
    block = document.blocks[texts(document).index(whole)]
    places = [place_of(document, block.map.start_of(block.text.index(w)), block.end) for w in ("clinic", "lupus")]
    assert [p and p.label for p in places] == ["1", "2"]


def test_raised_numbers_are_marks() -> None:
    """A small raised number behind a word is a citation's mark, and the footnote it leads to is a reference."""

    def page(canvas: Canvas) -> None:
        text = canvas.beginText(40, 500)
        text.textOut("The cells reduced pain in a trial.")
        text.setFont("Helvetica", 7)
        text.setRise(4)
        text.textOut("2")
        canvas.drawText(text)
        note = canvas.beginText(40, 90)
        note.setFont("Helvetica", 6)
        note.setRise(3)
        note.textOut("2")
        note.setFont("Helvetica", 9)
        note.setRise(0)
        note.textOut(" Moss A, Reed B. Cells for the knee. Knee Journal. 2019;12(3):45-52.")
        canvas.drawText(note)

    document = read_page(drawn(page), "x.pdf")
    assert texts(document)[0] == "The cells reduced pain in a trial.²"
    assert texts(document, "reference") == ["2 Moss A, Reed B. Cells for the knee. Knee Journal. 2019;12(3):45-52."]


def test_turned_pages_are_read_upright() -> None:
    """Text that is printed sideways on the paper is read as a person would hold it."""

    def page(canvas: Canvas) -> None:
        canvas.translate(200, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Our infusions cure lupus and")
        canvas.drawString(0, -14, "arthritis in most people.")

    document = read_page(drawn(page), "x.pdf")
    assert texts(document) == ["Our infusions cure lupus and arthritis in most people."]
    assert document.places[0].size == (600, 400)


def test_pages_without_text_are_told() -> None:
    """A scanned PDF is said to hold no text; single scanned pages among others are named."""

    def scanned(canvas: Canvas) -> None:
        from reportlab.lib.utils import ImageReader

        png = io.BytesIO(PNG)
        canvas.drawImage(ImageReader(png), 0, 0, 400, 600)

    assert read_page(drawn(scanned), "x.pdf").notices == (
        "holds no text: its pages are pictures, as a scanner makes them",
    )
    assert read_page(drawn(lines(CURE), scanned), "x.pdf").notices == (
        "page 2 has no text, only pictures, which were not read",
    )


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200"
    "0148afa4710000000049454e44ae426082"
)


def test_pdf_needs_its_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the extra, one line says what to install, and other pages are judged."""
    (tmp_path / "x.pdf").write_bytes(drawn(lines(CURE)))
    (tmp_path / "y.txt").write_text(CURE)
    monkeypatch.setattr("claimcheck.ingest.pdf.read.find_spec", lambda name: None)
    assert main([str(tmp_path / "x.pdf"), str(tmp_path / "y.txt"), "--format", "concise"]) == 2
    out, err = capsys.readouterr()
    assert 'pip install "claimcheck[pdf]"' in err and "y.txt:1:1" in out


# Word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def word(body: str, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as document:
        document.writestr("[Content_Types].xml", "<Types/>")
        document.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
        for name, data in parts.items():
            path = {"rels": "word/_rels/document.xml.rels"}.get(name, f"word/{name}.xml")
            document.writestr(path, data.replace("<root>", f"<root {W} {R}>"))
    return file.getvalue()


def para(*runs: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


def run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (para(run("Cells "), f"<w:ins>{run('may ')}</w:ins>", "<w:del><w:r><w:delText>will </w:delText></w:r></w:del>",
              run("help.")), "Cells may help."),
        (para(f"<w:moveFrom>{run('Gone. ')}</w:moveFrom>", f"<w:moveTo>{run('Here. ')}</w:moveTo>", run("Stays.")),
         "Here. Stays."),
        (para(run("Seen."), run(" Hidden.", "<w:vanish/>"), run(" Shown.", '<w:vanish w:val="0"/>')), "Seen. Shown."),
        (para(run("Words"), '<w:r><w:commentReference w:id="0"/></w:r>', run(" go on.")), "Words go on."),
        (para(run("One"), "<w:r><w:tab/></w:r>", run("two"), "<w:r><w:noBreakHyphen/></w:r>", run("three.")),
         "One two-three."),
        (para(run("In 10"), run("6", '<w:vertAlign w:val="superscript"/>'), run(" cells.")), "In 10⁶ cells."),
        (para(run("Kept "), "<w:smartTag>" + run("inside") + "</w:smartTag>", run(" tags.")), "Kept inside tags."),
        (para(run("Once."), "<w:Alternate><w:Choice>" + run(" Only.") + "</w:Choice><w:Fallback>" + run(" Only.")
              + "</w:Fallback></w:Alternate>"), "Once. Only."),
    ],
    ids=["insertions", "moves", "hidden", "comments", "tabs", "raised", "tags", "alternatives"],
)  # fmt: skip
def test_word_reads_as_it_stands(body: str, said: str) -> None:
    """Insertions are kept and deletions left out; what is hidden, commented or said twice is not read."""
    document = read_page(word(body, comments=f"<root>{para(run('A comment cures.'))}</root>"), "x.docx")
    assert texts(document) == [said]
    assert bool(document.notices) == ("<w:del>" in body or "<w:moveFrom>" in body)


def test_word_has_headings_lists_and_tables() -> None:
    """Headings are known by style, by a style's base and by outline level; lists by numbering; cells by their table."""
    styles = (
        '<root><w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></root>'
    )
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'
    cell = "<w:tc>{}</w:tc>"
    body = (
        para(run("By style"), look='<w:pStyle w:val="H"/>')
        + para(run("By base"), look='<w:pStyle w:val="Mine"/>')
        + para(run("By outline"), look='<w:outlineLvl w:val="2"/>')
        + para(run("Plain text stands here."), look='<w:pStyle w:val="Loop"/>')
        + para(run("outer"), look=item.format(0))
        + para(run("inner"), look=item.format(1))
        + f"<w:tbl><w:tr>{cell.format(para(run('Lupus')))}{cell.format(para(run('94%')))}</w:tr></w:tbl>"
    )
    document = read_page(word(body, styles=styles), "x.docx")
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        ("heading", 2, "By style"), ("heading", 2, "By base"), ("heading", 3, "By outline"),
        ("paragraph", 0, "Plain text stands here."), ("item", 1, "outer"), ("item", 2, "inner"),
        ("cell", 0, "Lupus"), ("cell", 0, "94%"),
    ]  # fmt: skip
    groups = [b.group for b in document.blocks]
    assert groups[4] == groups[5] != groups[6] == groups[7] != 0


def test_word_has_links_and_footnotes() -> None:
    """Links are kept, also those of fields; a footnote's mark is raised, and its text is a source at its number."""
    rels = '<root><Relationship Id="r1" Target="https://doi.org/10.1/a" TargetMode="External"/></root>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://b.example/" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("field")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = para(
        run("See "), f'<w:hyperlink r:id="r1">{run("the trial")}</w:hyperlink>', run(" and "), field, run("."),
        '<w:r><w:footnoteReference w:id="5"/></w:r>',
    )  # fmt: skip
    source = "Moss A, Reed B. Cells for the knee. Knee Journal. 2019;12(3):45-52."
    note = f'<w:footnote w:id="5">{para("<w:r><w:footnoteRef/></w:r>", run(source))}</w:footnote>'
    line = f'<w:footnote w:id="-1">{para(run("separator"))}</w:footnote>'
    document = read_page(word(body, rels=rels, footnotes=f"<root>{line}{note}</root>"), "x.docx")
    first, last = document.blocks
    assert first.text == "See the trial and field.¹"
    assert [(first.text[k.start : k.end], k.url) for k in first.links] == [
        ("the trial", "https://doi.org/10.1/a"), ("field", "https://b.example/"),
    ]  # fmt: skip
    assert (last.kind, last.text) == ("reference", f"1. {source}")
    assert (document.places[-1].unit, document.places[-1].label) == ("footnote", "1")


# E-mail


def mail(raw: str) -> Document:
    return read_page(raw.replace("\n", "\r\n").encode("latin-1"), "x.eml")


def test_mail_is_read_in_each_part_s_own_charset() -> None:
    """Encoded words in the subject, quoted-printable and base64 in different character sets are read as words."""
    document = mail(
        "Subject: =?iso-8859-1?Q?Caf=E9_cures?= =?utf-8?B?4oCT?= now\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<meta charset=3Dutf-8><p>Na=EFve =93cells=94 wo=\nrk.</p>\n"
        "--b\nContent-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n\n"
        "QwBlAGwAbABzAC4A\n--b--\n"
    )
    assert texts(document) == ["Café cures– now", "Naïve “cells” work.", "Cells."]
    assert [(p.unit, p.label, p.line) for p in document.places] == [
        ("header", "Subject", 0), ("part", "1", 1), ("part", "2", 1),
    ]  # fmt: skip


def test_of_alternatives_one_is_read() -> None:
    """A person is shown the HTML, not the text beside it; attached files are named, an e-mail inside is read."""
    inner = EmailMessage()
    inner["Subject"] = "Forwarded"
    inner.set_content("Inside it says more.")
    message = EmailMessage()
    message["Subject"] = "Hello"
    message.set_content("The plain text.")
    message.add_alternative("<p>The rich text.</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="offer.pdf")
    message.add_attachment(inner)
    document = read_page(message.as_bytes(), "x.eml")
    assert texts(document) == ["Hello", "The rich text.", "Forwarded", "Inside it says more."]
    assert document.notices == ("has 'offer.pdf' attached, which was not read; save it and check that",)
    assert [p.label for p in document.places] == ["Subject", "1.2", "3 Subject", "3"]


def test_a_place_counts_lines_in_the_decoded_part() -> None:
    """The line of a finding is that of the part as it reads, not of its encoding."""
    message = EmailMessage()
    message["Subject"] = "Nova"
    message.set_content("<p>One.</p>\n<p>Two.</p>\n<p>" + CURE + "</p>\n", subtype="html", cte="base64")
    (place,) = {f.place for f in check(message.as_bytes(), source="x.eml").findings if f.rule == "unqualified-cure"}
    assert place and (place.unit, place.label, place.line) == ("part", "1", 3)


# Harm


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as document:
        for name, data in members.items():
            document.writestr(name.replace("__", "/"), data)
    return file.getvalue()


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
OUTSIDE = '<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>'
DEEP = "<w:p>" * 5_000
EPUB = b"application/epub+zip"


def pdf_bomb() -> bytes:
    """A page whose content unpacks to 1.3 GB of spaces."""
    import zlib

    pack = zlib.compressobj(9)
    data = b"".join(pack.compress(b" " * 2**24) for _ in range(80)) + pack.flush()
    pack = zlib.compressobj(9)
    data = pack.compress(data) + pack.flush()
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    head += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj 4 0 obj<</Length %d" % len(data)
    return head + b"/Filter[/FlateDecode/FlateDecode]>>stream\n" + data + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"


HARM: dict[str, Callable[[], bytes]] = {
    "empty.pdf": lambda: b"",
    "named.pdf": lambda: b"<html><p>no</p></html>",
    "cut.pdf": lambda: drawn(lines(CURE))[:300],
    "locked.pdf": lambda: drawn(lines(CURE), encrypt="secret"),
    "noise.pdf": lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(50_000),
    "empty.docx": lambda: b"",
    "cut.docx": lambda: word(para(run(CURE)))[:200],
    "other.docx": lambda: zipped(a=b"x"),
    "laughs.docx": lambda: zipped(**{"word__document.xml": LAUGHS.encode()}),
    "outside.docx": lambda: zipped(**{"word__document.xml": OUTSIDE.encode()}),
    "deep.docx": lambda: word(DEEP),
    "broken.docx": lambda: word("<w:p>")[:-1] + b"x",
    "bomb.docx": lambda: zipped(**{"word__document.xml": b"<d>" + bytes(80 * 2**20)}),
    "empty.eml": lambda: b"",
    "named.eml": lambda: b"\n\nno header at all\n",
    "parts.eml": lambda: b"Subject: x\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3_000,
    "header.eml": lambda: b"Subject: " + b"=?utf-8?Q?a?= " * 200_000 + b"\n\nx",
    "unbounded.mhtml": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n\n<p>no</p>",
    "nested.eml": lambda: b"Subject: x\n" + b"Content-Type: message/rfc822\n\nSubject: y\n" * 10_000 + b"\n\nno",
    "empty.epub": lambda: b"",
    "cut.epub": lambda: zipped(mimetype=EPUB)[:60],
    "hollow.epub": lambda: zipped(mimetype=EPUB),
    "outside.epub": lambda: zipped(mimetype=EPUB, **{"META-INF__container.xml": OUTSIDE.encode()}),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is damaged, locked, no such file, or made to do harm is told in a line with its name, ends with status 2,
    and costs no other page its report."""
    (tmp_path / name).write_bytes(HARM[name]())
    (tmp_path / "good.txt").write_text(CURE)
    assert main([str(tmp_path / name), str(tmp_path / "good.txt"), "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert "Traceback" not in err and "internal error" not in err
    assert len([k for k in err.splitlines() if k.startswith("claimcheck: ") and name in k]) == 1
    assert [Path(r["source"]).name for r in json.loads(out)["reports"]] == ["good.txt"]


def test_a_pdf_cannot_take_all_memory(tmp_path: Path) -> None:
    """A stream that unpacks to gigabytes ends in a page without text or in one line; this process stays small."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        assert texts(read_page(pdf_bomb(), "bomb.pdf")) == []
    except ReadError as error:
        assert "bomb.pdf: is a PDF that" in str(error)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_an_archive_s_own_sizes_are_not_believed() -> None:
    """A member that says it is small and unpacks to more than it may is left where it passes the limit."""
    honest = zipped(a=bytes(archive.MEMBER + 2**20))
    size = (archive.MEMBER + 2**20).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest
    for data in (honest, lying):
        with pytest.raises(ReadError, match=r"unpacks to more|damaged part"):
            archive.Archive(data, "x.docx").read("a")


def mangled(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.randint(1, 3)):
        a = chance.randrange(len(data))
        b = min(a + chance.choice((1, 4, 60, 900)), len(data))
        data[a:b] = chance.choice([b"", data[a:b] * 2, chance.randbytes(b - a)])
    return bytes(data)


@pytest.mark.parametrize("suffix", ["docx", "eml", "mhtml", "epub"])
def test_mangled_files_are_read_or_refused(suffix: str) -> None:
    """Whatever bytes are changed, cut out or doubled, the outcome is a page with sound places or a ReadError."""
    whole = brochure.WRITERS[suffix](brochure.HYPE)
    chance = random.Random(suffix)
    read = 0
    for _ in range(150):
        data = mangled(whole, chance)
        try:
            document = read_page(data, f"x.{suffix}")
        except ReadError:
            continue
        read += 1
        assert all(0 <= b.start < b.end <= len(document.source) for b in document.blocks)
        assert [p.start for p in document.places] == sorted(p.start for p in document.places)
    assert read


def test_mangled_pdfs_are_read_or_refused() -> None:
    """The same of PDFs, whose reader is a process of its own."""
    whole = brochure.pdf(brochure.HYPE)
    chance = random.Random(3)
    for _ in range(10):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        try:
            document = read_page(bytes(data), "x.pdf")
        except ReadError:
            continue
        assert all(0 <= b.start < b.end <= len(document.source) for b in document.blocks)


def test_broken_e_mails_are_read_as_far_as_they_go() -> None:
    """An e-mail in UTF-16 is read; encoded words of a subject that hold no text are passed over."""
    mail = f"Subject: Our offer\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n{CURE}\r\n"
    assert texts(read_page(mail.encode("utf-16"), "x.eml")) == ["Our offer", CURE]
    mail = f"Subject: =?utf-8?B?AAAA?= Our offer =?bogus?B?!!?=\nMIME-Version: 1.0\n\n{CURE}\n"
    assert texts(read_page(mail.encode(), "x.eml"))[-2:] == ["Our offer", CURE]


def test_a_chapter_is_read_once() -> None:
    """An e-book that names one file a thousand times in its spine holds its words once."""
    container = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    items = "".join(f'<item id="c{n}" href="c.html" media-type="text/html"/>' for n in range(1000))
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(1000))
    book = f"<package><manifest>{items}</manifest><spine>{refs}</spine></package>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, text in (
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", container),
            ("b.opf", book),
            ("c.html", f"<p>{CURE}</p>"),
        ):
            made.writestr(name, text)
    assert texts(read_page(data.getvalue(), "x.epub")) == [CURE]


def test_a_reader_that_dies_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """When the native reader crashes or hangs, its process ends and one line says so."""
    monkeypatch.setattr("claimcheck.ingest.pdf.read.SECONDS", 0.01)
    with pytest.raises(ReadError, match="could not be read in"):
        read_page(drawn(lines(CURE)), "x.pdf")
    monkeypatch.undo()
    (tmp_path / "pypdfium2").mkdir()
    (tmp_path / "pypdfium2" / "__init__.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ReadError, match="broke its reader"):
        read_page(drawn(lines(CURE)), "x.pdf")
