"""One page or record of a run, and what becomes of it."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from claimcheck.errors import ClaimcheckError, ReadError, mishap
from claimcheck.model import Document, Record, Report, Section
from claimcheck.policy.apply import Plan

if TYPE_CHECKING:
    from claimcheck.ingest import Content
    from claimcheck.rules.ruleset import RuleSet


class Task(Struct, frozen=True):
    """A page to judge: its name, its bytes (or text), its format where that is told, which record or section it is, and
    what was noticed when it was cut out."""

    name: str
    data: bytes | str
    format: str | None = None
    record: Record | None = None
    section: Section | None = None
    notices: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """What an error names: the page, and the line of a record or section."""
        part = self.record or self.section
        return f"{self.name}:{part.line}" if part else self.name


class Brief(Struct, frozen=True):
    """A page's text in each of a run's formats, what it counts as ("page", "record", "section"), and whether
    it fails the run."""

    texts: tuple[str, ...]
    kind: str
    reached: bool


class Setup(Struct, frozen=True, dict=True):
    """All that a report depends on besides the page. It may be sent to another process."""

    folders: tuple[Path, ...] = ()
    profile: str = "intl"
    plan: Plan = field(default_factory=Plan)
    content: Content = "main"
    skip: tuple[str, ...] = ()
    """Elements of HTML pages that are not judged."""
    brief: partial[Brief] | None = None
    """Makes of a report what the run wants of it, where that is less: called where the page is judged."""

    @cached_property
    def rules(self) -> RuleSet:
        """The rules, loaded when first asked for. Raises RuleError."""
        from claimcheck.rules.load import load_rules

        return load_rules(*self.folders)


class Done(Struct, frozen=True):
    """A judged page: its report, or what `Setup.brief` made of that, or what is wrong with the page. `until` is the
    last day on which the report is true."""

    report: Report | None
    fault: str = ""
    until: date = date.max
    brief: Brief | None = None

    def shortened(self, brief: partial[Brief] | None) -> Done:
        """With what `brief` makes of the report in its place, where both are there."""
        return Done(None, until=self.until, brief=brief(self.report)) if brief and self.report else self


def judge(task: Task, setup: Setup) -> Done:
    """Judge one page. Nothing that is wrong with a page, or with us, is raised: it must not cost the other reports."""
    try:
        return _judge(task, setup)
    except ReadError as error:
        return Done(None, str(ReadError(task.where, error.problem, error.advice)))
    except ClaimcheckError as error:
        return Done(None, str(error))
    except Exception as error:
        return Done(None, f"{task.where}: {mishap(error)}")


def _judge(task: Task, setup: Setup) -> Done:
    from claimcheck.ingest import read_page
    from claimcheck.pipeline import check_document
    from claimcheck.policy.apply import enforce

    document = read_page(task.data, task.name, task.format, setup.content, setup.skip)
    if section := task.section:
        document = replace(document, first_line=section.line, notices=(*task.notices, *document.notices))
    report = enforce(document, check_document(document, setup.rules, setup.profile), setup.plan, setup.rules)
    if task.record:
        return Done(_of_record(report, task.record))
    return Done(replace(report, section=section), until=_last_day(document, setup.plan))


def _of_record(report: Report, record: Record) -> Report:
    """The report with its findings on the record's line, where the file shows it."""
    found = tuple(replace(f, line=record.line, column=1, region=None) for f in report.findings)
    let_go = tuple(replace(f, line=record.line, column=1, region=None) for f in report.suppressed)
    return replace(report, findings=found, suppressed=let_go, record=record)


def _last_day(document: Document, plan: Plan) -> date:
    """The day on which the next suppression of a page runs out."""
    if not plan.comments or "claimcheck:" not in document.source:
        return date.max
    from claimcheck.text.directives import directives

    comments = directives(document.source, document.format)
    return min((c.until for c in comments if c.until and c.until >= plan.today), default=date.max)
