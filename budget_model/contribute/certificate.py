"""The reconciliation certificate: from cells to lines to sheets to the body's own total to the place's.

Every step says what it comes to and by how much it differs from the step before, to the penny, with the
reason. Differences that nobody has explained make the certificate say *not reconciled*.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from budget_model.contribute.compose import DIFFERENCE, Composed
from budget_model.contribute.submission import reconcile
from budget_model.contribute.understood import LeftOut, SheetRead
from budget_model.money import NOTHING, exact_pounds
from budget_model.vocabulary import ControlSource, Provenance, Reconciliation, Side


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a reading beside its lines."""

    sheets: tuple[SheetRead, ...]
    left_out: tuple[LeftOut, ...]
    answered: tuple[tuple[str, str], ...]
    """Question or correction, and the answer."""
    units: tuple[str, ...] = ()
    """A sentence for each unit that was remembered from an earlier file, with the first amount."""


@dataclass(frozen=True, slots=True)
class OnSheet:
    """The lines of one sheet as the store adds them up, pounds."""

    sheet: str
    lines: int
    expenditure: Decimal
    income: Decimal

    @property
    def net(self) -> Decimal:
        """Expenditure less income."""
        return self.expenditure - self.income


@dataclass(frozen=True, slots=True)
class OnMap:
    """What the map holds of a submission, pounds: the place's share, and what is counted elsewhere."""

    in_force: bool
    best: bool
    """Whether it is the phase of its year that the place's total counts."""
    city_amount: Decimal
    """The place's share of its lines."""
    eliminated: Decimal
    """What is taken out of them since the payer's lines hold it too."""
    place_total: Decimal
    unrounded: Decimal
    """The place's share before each line is rounded to the penny."""
    share_says: str
    place: str

    @property
    def counted(self) -> Decimal:
        """What the place's total holds of it, pounds: nothing where it is not in force, or not the best phase."""
        return self.city_amount - self.eliminated if self.in_force and self.best else NOTHING


@dataclass(frozen=True, slots=True)
class Subject:
    """Which submission the certificate is of."""

    submission: int | None
    organisation: str
    year: str
    phase: str
    part: str
    file: str
    sha256: str
    status: str
    by: str
    on: str
    source: str
    printed_total: Decimal | None
    control_total: Decimal | None
    provenance: Provenance
    """How its figures came about."""
    control_source: ControlSource
    """Whose total it is compared with."""

    @property
    def figures(self) -> str:
        """What its figures are and whose total they are compared with, in a sentence."""
        figures = f"Figures: {self.provenance}."
        if self.control_total is None and self.printed_total is None:
            return figures
        return f"{figures} Compared with: {self.control_source.says}."


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: what it comes to, what it is compared with, and the difference."""

    name: str
    amount: Decimal
    against: Decimal | None
    """None where there is nothing to hold it against."""
    says: str
    explained: bool = False

    @property
    def difference(self) -> Decimal:
        """Amount less what it is compared with; zero where there is nothing."""
        return NOTHING if self.against is None else self.amount - self.against

    @property
    def agrees(self) -> bool:
        """Whether nothing is left unexplained."""
        return self.difference == 0 or self.explained


@dataclass(frozen=True, slots=True)
class Certificate:
    """The whole chain of one submission."""

    subject: Subject
    links: tuple[Link, ...]
    state: Reconciliation
    sentence: str
    sheets: tuple[OnSheet, ...]
    kept: Kept | None
    explanations: Mapping[str, str]


def certificate(
    subject: Subject,
    sheets: Sequence[OnSheet],
    kept: Kept | None,
    explanations: Mapping[str, str],
    on_map: OnMap | None,
) -> Certificate:
    """Draw the certificate up. `on_map` is None for a submission that is not yet kept."""
    read = sum((sheet.net for sheet in sheets), NOTHING)
    why = explanations.get(DIFFERENCE, "")
    agreement = reconcile(read, subject.printed_total, subject.control_total, why, subject.control_source)
    links = [_cells(sheets, read), *_sheets(sheets, kept, why)]
    own, which = subject.printed_total, "printed total"
    if subject.control_total is not None:
        own, which = subject.control_total, "control total"
    links.append(
        Link(
            f"All sheets against the {which}" if own is not None else "All sheets",
            read,
            own,
            agreement.sentence,
            bool(why),
        )
    )
    if subject.control_total is not None and subject.printed_total is not None:
        same = subject.control_total == subject.printed_total
        says = (
            "The total that was typed and the one that the file prints are the same."
            if same
            else "The total that was typed is not the one that the file prints."
        )
        links.append(
            Link(
                "Control total against the printed total",
                subject.control_total,
                subject.printed_total,
                says,
                bool(why),
            )
        )
    if on_map is not None:
        links += _place(on_map)
    state = agreement.state
    if state is Reconciliation.RECONCILED and not all(link.agrees for link in links):
        state = Reconciliation.NOT_RECONCILED
    return Certificate(subject, tuple(links), state, agreement.sentence, tuple(sheets), kept, explanations)


def _cells(sheets: Sequence[OnSheet], read: Decimal) -> Link:
    lines = sum(sheet.lines for sheet in sheets)
    spent = sum((sheet.expenditure for sheet in sheets), NOTHING)
    income = sum((sheet.income for sheet in sheets), NOTHING)
    says = (
        f"{lines:,} cell{'' if lines == 1 else 's'}, each kept as a line with its sheet, row and column: "
        f"expenditure {exact_pounds(spent)} less income {exact_pounds(income)}."
    )
    return Link("Cells read as lines", read, spent - income, says)


def _sheets(sheets: Sequence[OnSheet], kept: Kept | None, why: str) -> Iterable[Link]:
    of_sheet: dict[str, list[SheetRead]] = {}
    for sheet_read in kept.sheets if kept else ():
        of_sheet.setdefault(sheet_read.sheet, []).append(sheet_read)
    for sheet in sheets:
        tables = of_sheet.get(sheet.sheet, [])
        printed = [table.printed for table in tables if table.printed is not None]
        name = f"Sheet '{sheet.sheet}'" if sheet.sheet else "The file’s rows"
        if len(printed) == len(tables) > 0:
            checked = sum(table.checked for table in tables)
            held = f"{checked:,} printed total{'' if checked == 1 else 's'} compared with them"
            says = f"{sheet.lines:,} lines; {held}."
            yield Link(name, sheet.net, sum(printed, NOTHING), says, bool(why))
        else:
            yield Link(
                name,
                sheet.net,
                None,
                f"{sheet.lines:,} lines" + ("; the sheet prints no total of them all." if kept else "."),
            )


def _place(on_map: OnMap) -> Iterable[Link]:
    if not on_map.in_force:
        yield Link(
            f"Part of {on_map.place}'s total",
            NOTHING,
            None,
            "It is not in force, so none of it is in the place’s total.",
        )
        return
    odd = on_map.city_amount - on_map.unrounded
    says = f"The place’s share of it, {on_map.share_says}."
    if odd:
        says += f" Each line is rounded to the penny, which makes {exact_pounds(odd)}."
    yield Link(f"{on_map.place}'s share", on_map.city_amount, on_map.unrounded, says, explained=True)
    if not on_map.best:
        yield Link(
            f"Part of {on_map.place}'s total",
            NOTHING,
            None,
            "A later phase of the same year is on the map, so the place’s total counts that one.",
        )
        return
    says = f"In {on_map.place}'s total of {exact_pounds(on_map.place_total)}."
    if on_map.eliminated:
        says = (
            f"{exact_pounds(on_map.eliminated)} is in another body’s lines too and is counted there, once. "
            f"{says}"
        )
    yield Link(f"Part of {on_map.place}'s total", on_map.counted, on_map.city_amount, says, explained=True)


def _listed(title: str, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """A part of the text with a line for each pair; nothing where there are none."""
    return ["", title, *(f"    {key}: {words}" for key, words in pairs)] if pairs else []


def text_of(one: Certificate) -> str:
    """The certificate as plain text."""
    subject = one.subject
    lines = [
        "Reconciliation certificate",
        f"{subject.organisation}, {subject.year}, {subject.phase}, {subject.part}",
        f"{str(one.state).upper()}. {one.sentence}",
        subject.figures,
        f"File {subject.file}, fingerprint {subject.sha256[:16]}; {subject.status}"
        + (f", {subject.by}, {subject.on}" if subject.on else ""),
        "",
    ]
    for link in one.links:
        against = "" if link.against is None else f"   difference {exact_pounds(link.difference)}"
        lines += [f"{link.name}: {exact_pounds(link.amount)}{against}", f"    {link.says}"]
    if one.kept:
        for sheet in one.kept.sheets:
            lines += [f"    printed total that disagrees: {said}" for said in sheet.disagreeing]
        lines += [f"    {unit}" for unit in one.kept.units]
        lines += ["", "Left out, and why:"]
        lines += [f"    {_left_out_json(out)}" for out in one.kept.left_out] or ["    nothing"]
        lines += _listed("Asked and answered:", one.kept.answered)
    lines += _listed("Explained:", tuple(one.explanations.items()))
    return "\n".join(lines) + "\n"


def _left_out_json(out: LeftOut) -> str:
    where = f"sheet '{out.sheet}', " if out.sheet else ""
    money = f" ({exact_pounds(out.amount)})" if out.amount is not None else ""
    return f"{where}{out.how_many:,} {out.what}{money}: {out.reason}"


PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 11pt/1.45 "Source Sans Pro", Arial, sans-serif; color: #1d1d1d; max-width: 46rem;
  margin: 2rem auto }}
h1 {{ font-size: 17pt; margin: 0 0 .2rem }} h2 {{ font-size: 12.5pt; margin: 1.4rem 0 .3rem }}
.stamp {{ float: right; border: 2.5px solid; padding: .25rem .7rem; font-weight: 700;
  text-transform: uppercase;  letter-spacing: .05em; transform: rotate(-2deg) }}
.reconciled {{ color: #00625a }} .explained {{ color: #12436D }} .not {{ color: #801650 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .35rem .5rem;
  border-bottom: 1px solid #cfd4d8 }}
td.money, th.money {{ text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums }} td.says {{ color: #4a4a4a; font-size: 9.5pt; padding-top: 0 }}
tr.chain td {{ border-bottom: 0 }} .small {{ color: #4a4a4a; font-size: 9.5pt; overflow-wrap: anywhere }}
</style></head><body>
<div class="stamp {kind}">{state}</div>
<h1>Reconciliation certificate</h1>
<p>{organisation}<br>{year}, {phase}, {part}</p>
<p><strong>{sentence}</strong></p>
<table><thead><tr><th scope="col">Step</th><th scope="col" class="money">Comes to</th>
<th scope="col" class="money">Compared with</th><th scope="col" class="money">Difference</th></tr></thead>
<tbody>{rows}</tbody></table>
{more}
<p class="small">File {file}; fingerprint (SHA-256) {sha256}; {status}{by}. {figures} {source}</p>
</body></html>
"""


def page_of(one: Certificate) -> str:
    """The certificate as a page of its own, to print or keep."""
    subject = one.subject
    kind = {Reconciliation.RECONCILED: "reconciled", Reconciliation.EXPLAINED: "explained"}.get(
        one.state, "not"
    )
    rows = "".join(
        f'<tr class="chain"><th scope="row">{escape(link.name)}</th>'
        f'<td class="money">{exact_pounds(link.amount)}</td>'
        f'<td class="money">{"" if link.against is None else exact_pounds(link.against)}</td>'
        f'<td class="money">{"" if link.against is None else exact_pounds(link.difference)}</td></tr>'
        f'<tr><td class="says" colspan="4">{escape(link.says)}</td></tr>'
        for link in one.links
    )
    return PAGE.format(
        title=escape(f"Certificate: {subject.organisation} {subject.year}"),
        kind=kind,
        state=escape(str(one.state)),
        organisation=escape(subject.organisation),
        year=escape(subject.year),
        phase=escape(subject.phase),
        part=escape(subject.part),
        sentence=escape(one.sentence),
        rows=rows,
        more=_more(one),
        file=escape(subject.file),
        sha256=escape(subject.sha256),
        status=escape(subject.status),
        by=escape(f" by {subject.by} on {subject.on}") if subject.on else "",
        figures=escape(subject.figures),
        source=escape(subject.source),
    )


def _more(one: Certificate) -> str:
    parts = []
    if one.kept:
        disagreeing = [said for sheet in one.kept.sheets for said in sheet.disagreeing]
        parts.append(_list("Printed totals that disagree with their lines", disagreeing))
        parts.append(_list("Remembered from an earlier file", one.kept.units))
        parts.append(_list("Left out, and why", [_left_out_json(out) for out in one.kept.left_out]))
        parts.append(_list("Asked and answered", [f"{key}: {answer}" for key, answer in one.kept.answered]))
    parts.append(_list("Explained", [f"{subject}: {words}" for subject, words in one.explanations.items()]))
    return "".join(parts)


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def to_json(one: Certificate) -> dict[str, object]:
    """The certificate as the command line gives it, amounts as decimal strings."""
    return {
        "state": str(one.state),
        "says": one.sentence,
        "provenance": str(one.subject.provenance),
        "control_source": str(one.subject.control_source),
        "links": [
            {
                "name": link.name,
                "amount": str(link.amount),
                "against": None if link.against is None else str(link.against),
                "difference": str(link.difference),
                "explained": link.explained,
                "says": link.says,
            }
            for link in one.links
        ],
        "left_out": [_left_out_json(out) for out in one.kept.left_out] if one.kept else [],
    }


def sheets_of(composed: Composed) -> tuple[OnSheet, ...]:
    """The lines of a submission that is not kept yet, sheet by sheet."""
    found: dict[str, list[Decimal]] = {}
    for line in composed.submission.lines:
        summed = found.setdefault(line.sheet, [Decimal(0), NOTHING, NOTHING])
        summed[0] += 1
        summed[1 if line.side is Side.EXPENDITURE else 2] += line.amount
    return tuple(OnSheet(sheet, int(one[0]), one[1], one[2]) for sheet, one in found.items())


def certificate_before(composed: Composed, organisation: str, answers: Mapping[str, str]) -> Certificate:
    """The certificate of a submission that is not kept yet, up to the body's own total."""
    made = composed.submission
    subject = Subject(
        None,
        organisation,
        made.year,
        str(made.phase),
        made.part,
        made.file,
        made.sha256,
        "draft",
        "",
        "",
        made.source,
        made.printed_total,
        made.control_total,
        made.provenance,
        made.control_source,
    )
    kept = _kept(composed, answers)
    return certificate(subject, sheets_of(composed), kept, composed.explanations, None)


def kept_of(composed: Composed, answers: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a reading beside its lines, as plain values."""
    return as_kept(_kept(composed, answers))


def _kept(composed: Composed, answers: Mapping[str, str]) -> Kept:
    """What is kept beside the lines; of the answers only those that are about this file."""
    found = composed.understood
    said = {**dict(composed.answers), **answers}
    return Kept(found.sheets, found.left_out, tuple(sorted(said.items())), composed.units)


def as_kept(kept: Kept) -> dict[str, Any]:
    """What was found beside the lines, as plain values."""
    return {
        "sheets": [
            {
                "table": sheet.table,
                "sheet": sheet.sheet,
                "extent": sheet.extent,
                "unit": sheet.unit,
                "columns": list(sheet.columns),
                "lines": sheet.lines,
                "total": str(sheet.total),
                "printed": None if sheet.printed is None else str(sheet.printed),
                "checked": sheet.checked,
                "disagreeing": list(sheet.disagreeing),
            }
            for sheet in kept.sheets
        ],
        "left_out": [
            {
                "sheet": left_out.sheet,
                "what": left_out.what,
                "how_many": left_out.how_many,
                "reason": left_out.reason,
                "amount": None if left_out.amount is None else str(left_out.amount),
            }
            for left_out in kept.left_out
        ],
        "answered": [list(one) for one in kept.answered],
        "units": list(kept.units),
    }


def kept_from(said: Mapping[str, Any]) -> Kept:
    """What `as_kept` wrote."""
    return Kept(
        tuple(
            SheetRead(
                one["table"],
                one["sheet"],
                one["extent"],
                one["unit"],
                tuple(one["columns"]),
                one["lines"],
                Decimal(one["total"]),
                None if one["printed"] is None else Decimal(one["printed"]),
                one["checked"],
                tuple(one["disagreeing"]),
            )
            for one in said["sheets"]
        ),
        tuple(
            LeftOut(
                one["sheet"],
                one["what"],
                one["how_many"],
                one["reason"],
                None if one["amount"] is None else Decimal(one["amount"]),
            )
            for one in said["left_out"]
        ),
        tuple((str(key), str(answer)) for key, answer in said["answered"]),
        tuple(said.get("units", ())),
    )
