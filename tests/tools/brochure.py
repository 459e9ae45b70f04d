"""One brochure in every format that is read: the same words, written by libraries that are made for each.

python tests/tools/brochure.py FOLDER      writes them all, to look at
"""

from __future__ import annotations

import html
import io
import re
import sys
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

Block = tuple[str, str]
"""A kind (h1, h2, p, li, ol) and its words, with **bold**, [link](address) and ^1^ for a raised mark."""

HYPE: Sequence[Block] = (
    ("h1", "Arthritis ends here"),
    ("p", "Our stem cells **cure lupus** and regrow worn cartilage within weeks, and they have no side effects."),
    ("h2", "Why families travel to us"),
    ("p", "We have a 94% success rate across all of our patients, and every result is permanent. Patients may stop "
          "taking their medication on the day of the infusion."),
    ("h2", "What we treat"),
    ("li", "Osteoarthritis and back pain"),
    ("li", "Multiple sclerosis and Parkinson's disease"),
    ("li", "Lupus, rheumatoid arthritis and Crohn's disease"),
    ("p", "A randomised controlled trial of 120 people showed that the cells reduce knee pain.^1^ See "
          "[the trial](https://doi.org/10.1001/jama.2019.00001) for its methods."),
    ("p", "Only five places are left in June: book your free consultation today."),
    ("h2", "References"),
    ("ol", "Moss A, Reed B. Cells for the knee: a randomised controlled trial. Knee Journal. 2019;12(3):45-52."),
)  # fmt: skip

CAREFUL: Sequence[Block] = (
    ("h1", "Cell infusions for knee pain"),
    ("p", "Cell infusions are not approved for osteoarthritis. In an uncontrolled study of 24 people, pain scores fell "
          "in 14 of them after six months; without a comparison group we cannot say that the cells were the cause.^1^"),
    ("p", "The infusion may reduce stiffness for a while, and it can improve how far people walk."),
    ("h2", "What can go wrong"),
    ("p", "The joint may swell or become infected. Two of the 24 people needed treatment for an infection."),
    ("h2", "References"),
    ("ol", "Moss A, Reed B. Cell infusions in osteoarthritis: a case series. Knee Journal. 2018;11(2):31-38."),
)  # fmt: skip

_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<link>[^\]]+)\]\((?P<url>[^)]+)\)|\^(?P<mark>\d+)\^")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _marked(words: str, bold: str, link: str, mark: str) -> str:
    return _INLINE.sub(lambda m: (bold if m["bold"] else link if m["link"] else mark).format(**m.groupdict()), words)


def text(blocks: Sequence[Block]) -> bytes:
    """Plain text, filled as mail programs do."""
    import textwrap

    lines: list[str] = []
    for number, (kind, words) in enumerate(blocks):
        plain = _INLINE.sub(lambda m: m["bold"] or m["link"] or m["mark"].translate(_SUPERSCRIPTS), words)
        lead = {"li": "- ", "ol": "1. "}.get(kind, "")
        joined = kind == "li" and number and blocks[number - 1][0] == "li"
        lines += [] if joined else [""]
        lines += textwrap.wrap(lead + plain, 76, subsequent_indent=" " * len(lead), break_on_hyphens=False)
    return ("\n".join(lines).lstrip() + "\n").encode()


def markdown(blocks: Sequence[Block]) -> bytes:
    """Markdown."""
    leads = {"h1": "# ", "h2": "## ", "li": "- ", "ol": "1. ", "p": ""}
    return "\n".join(leads[k] + w.replace("^1^", "<sup>1</sup>") + "\n" for k, w in blocks).encode()


def page(blocks: Sequence[Block]) -> bytes:
    """HTML."""
    out = ["<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>Nova</title></head><body><main>"]
    for number, (kind, words) in enumerate(blocks):
        inner = _marked(html.escape(words, False), "<b>{bold}</b>", '<a href="{url}">{link}</a>', "<sup>{mark}</sup>")
        if kind in ("li", "ol"):
            tag = "ul" if kind == "li" else "ol"
            first, last = (
                not number or blocks[number - 1][0] != kind,
                number + 1 == len(blocks) or blocks[number + 1][0] != kind,
            )
            out.append(f"<{tag}>" * first + f"<li>{inner}</li>" + f"</{tag}>" * last)
        else:
            out.append(f"<{kind}>{inner}</{kind}>")
    return ("\n".join(out) + "\n</main></body></html>\n").encode()


def pdf(blocks: Sequence[Block], columns: int = 1) -> bytes:
    """PDF, in one or two columns, with a running head and page numbers."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, ListFlowable, ListItem, PageTemplate, Paragraph

    looks = getSampleStyleSheet()
    styles = {"h1": looks["Heading1"], "h2": looks["Heading2"]}

    def edges(canvas, document):  # type: ignore[no-untyped-def]
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, A5[1] - 25, "Nova Institute")
        canvas.drawCentredString(A5[0] / 2, 20, f"Page {document.page}")

    width = (A5[0] - 80 - 20 * (columns - 1)) / columns
    frames = [Frame(40 + k * (width + 20), 40, width, A5[1] - 80) for k in range(columns)]
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A5, pageTemplates=[PageTemplate("page", frames, edges)])
    story = []
    for kind, words in blocks:
        inner = _marked(
            html.escape(words, False), "<b>{bold}</b>", '<a href="{url}">{link}</a>', "<super>{mark}</super>"
        )
        paragraph = Paragraph(inner, styles.get(kind, looks["BodyText"]))
        if kind in ("li", "ol"):
            story.append(
                ListFlowable(
                    [ListItem(paragraph)],
                    bulletType="bullet" if kind == "li" else "1",
                    bulletFormat=None if kind == "li" else "%s.",
                )
            )
        else:
            story.append(paragraph)
    document.build(story)
    return file.getvalue()


def docx(blocks: Sequence[Block]) -> bytes:
    """A Word document."""
    import docx as word
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = word.Document()
    styles = {"h1": "Heading 1", "h2": "Heading 2", "li": "List Bullet", "ol": "List Number"}
    for kind, words in blocks:
        paragraph = document.add_paragraph(style=styles.get(kind))
        at = 0
        for m in [*_INLINE.finditer(words), None]:
            paragraph.add_run(words[at : m.start() if m else len(words)])
            if not m:
                break
            at = m.end()
            run = paragraph.add_run(m["bold"] or m["link"] or m["mark"])
            run.bold, run.font.superscript = bool(m["bold"]) or None, bool(m["mark"]) or None
            if m["link"]:
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), document.part.relate_to(m["url"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
                paragraph._p.append(link)
                link.append(run._r)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def eml(blocks: Sequence[Block]) -> bytes:
    """An e-mail with the page as HTML and as text, in quoted-printable and windows-1252."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "nova@clinic.example", "you@home.example", "Our brochure"
    message.set_content(text(blocks).decode())
    rich = page(blocks).decode().replace("utf-8", "windows-1252")
    message.add_alternative(rich, subtype="html", charset="windows-1252", cte="quoted-printable")
    message.add_attachment(b"\x89PNG", "image", "png", filename="map.png")
    return message.as_bytes()


def mhtml(blocks: Sequence[Block]) -> bytes:
    """A page as browsers save it, with a stylesheet beside it."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://clinic.example/\r\nSubject: Nova\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n'
    )
    message = EmailMessage()
    message.set_content(page(blocks).decode(), subtype="html", cte="quoted-printable")
    rest = "\r\n----b\r\nContent-Type: text/css\r\n\r\n.cure { color: red }\r\n----b--\r\n"
    return (head + "----b\r\n").encode() + message.as_bytes().replace(b"\n", b"\r\n") + rest.encode()


def epub(blocks: Sequence[Block]) -> bytes:
    """An e-book of two chapters."""
    middle = next(n for n, (kind, _) in enumerate(blocks) if n > 1 and kind == "h2")
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in (1, 2))
    book = f'<package><manifest>{items}</manifest><spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OPS/book.opf", book)
        for n, part in enumerate((blocks[:middle], blocks[middle:]), 1):
            archive.writestr(f"OPS/c{n}.xhtml", page(part), zipfile.ZIP_DEFLATED)
    return file.getvalue()


WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "txt": text,
    "md": markdown,
    "html": page,
    "pdf": pdf,
    "docx": docx,
    "eml": eml,
    "mhtml": mhtml,
    "epub": epub,
}


if __name__ == "__main__":
    for suffix, writer in WRITERS.items():
        (Path(sys.argv[1]) / f"brochure.{suffix}").write_bytes(writer(HYPE))
