"""Every number that the method stands on, as tables: files, shares, rules, grades, people, prices and the law."""

from collections.abc import Iterable
from dataclasses import dataclass

from budget_model import dates
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.intake.rules.listed import reasons_listed
from budget_model.money import exact_pounds
from budget_model.place.model import Place
from budget_model.together import powers
from budget_model.together.ladder import arrangement_name
from pages.shared import kept

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the method, with its heading and what it is about."""

    title: str
    about: str
    table: Table


def every_source(place: Place, year: str) -> tuple[Source, ...]:
    """Every source, in the order in which a figure comes about."""
    return (
        _sent(year),
        _shares(place),
        _how_sheets_are_read(),
        _grades(place),
        _rules(place),
        _law(),
        _terms_of_grants(place),
        _populations(place),
        _benchmark(place),
        _prices(place),
    )


def _table(title: str, columns: Iterable[str | Column], rows: Iterable[Row]) -> Table:
    heads = (Column(column) if isinstance(column, str) else column for column in columns)
    return Table(title, tuple(heads), tuple(rows))


def _sent(year: str) -> Source:
    columns = (
        "Organisation",
        "Part",
        "File",
        "Phase",
        "Figures",
        "Reconciliation",
        "Compared with",
        Column("Lines", Kind.COUNT),
        Column("Net, as read", Kind.POUNDS),
        "Source",
    )
    rows: Iterable[Row] = (
        (
            sent.organisation_name,
            sent.part,
            sent.file,
            str(sent.phase),
            str(sent.provenance),
            sent.reconciliation,
            sent.control_source.says,
            sent.lines,
            sent.read_total,
            sent.source,
        )
        for sent in kept.all_submissions(year)
    )
    return Source(
        "What was sent, and from which source",
        f"Every submission of {year}, how its figures came about, and whose total it agrees with",
        _table("Submissions", columns, rows),
    )


def _shares(place: Place) -> Source:
    names = {body.id: body.name for body in place.organisations}
    columns = (
        "Organisation",
        "Year",
        "Basis",
        Column("Share", Kind.SHARE),
        "Numerator",
        "Denominator",
        Column("Grade", Kind.COUNT),
        "Why this share",
        "Source",
    )
    rows: Iterable[Row] = (
        (
            names.get(share.organisation, place.name),
            share.year,
            str(share.basis),
            share.value,
            f"{share.numerator:,} {share.numerator_is}",
            f"{share.denominator:,} {share.denominator_is}",
            share.grade,
            share.note,
            share.source,
        )
        for share in place.shares
        if share.value != 1
    )
    return Source(
        "The place’s share of wider bodies",
        "Shares other than the whole, with the two numbers each stands on",
        _table("Shares", columns, rows),
    )


def _how_sheets_are_read() -> Source:
    rows: Iterable[Row] = ((reason.sentence, reason.rules, reason.proof) for reason in reasons_listed())
    return Source(
        "How a sheet is read",
        "Every reason for which a row, a column or a table is taken for what it is; where two rules disagree the "
        "stronger proof holds: arithmetic over format, format over words",
        _table("Reasons", ("Reason", "Rule", "Shown by"), rows),
    )


def _grades(place: Place) -> Source:
    rows: Iterable[Row] = (
        (str(grade.grade), grade.meaning, grade.band, grade.optimism) for grade in place.grades
    )
    return Source(
        "Confidence grades",
        "What each grade means, how far a figure of it may be off, and how far a gain of it is cut for optimism; the bands "
        "are this product’s proposal, and the cuts are not verified",
        _table(
            "Confidence grades",
            ("Grade", "Meaning", Column("Band, ±", Kind.SHARE), Column("Cut for optimism", Kind.SHARE)),
            rows,
        ),
    )


def _rules(place: Place) -> Source:
    rows: Iterable[Row] = (
        (rule.name.replace("_", " ").capitalize(), f"{rule.value:,f}", rule.says, rule.source)
        for rule in place.weights.rules
    )
    return Source(
        "How working together is judged",
        "Every rule by which opportunities are found and ranked: a proposal, to be changed in the data",
        _table("Rules of working together", ("Rule", "Value", "What it does", "Source"), rows),
    )


def _law() -> Source:
    columns = (
        "Rule",
        "Act and section",
        "In force",
        "As far as",
        "How it is used",
        "What it allows",
        "Conditions",
        "Not covered",
        "Text read",
        "Source",
    )
    rows: Iterable[Row] = (
        (
            rule.name,
            rule.act_and_section,
            powers.dates_in_words(rule),
            arrangement_name(rule.max_level),
            rule.route.in_words,
            rule.sentence,
            rule.conditions,
            "; ".join(rule.excluded),
            "yes" if rule.verified else "unverified",
            rule.source,
        )
        for rule in kept.facts(dates.today()).legal_powers
    )
    return Source(
        "The law",
        "Every rule under which bodies of this place could work together: dates, how far, and whether its text was read",
        _table("Rules of law", columns, rows),
    )


def _terms_of_grants(place: Place) -> Source:
    columns = (
        "Grant",
        "Payer",
        "From",
        "Until",
        "Ring-fence",
        "As far as",
        "In plain words",
        "May be spent on",
        "May not be spent on",
        "Text read",
        "Source",
    )
    rows: Iterable[Row] = (
        (
            terms.grant,
            terms.payer,
            terms.years_from,
            terms.years_to,
            str(terms.ring_fence),
            arrangement_name(terms.max_level),
            terms.sentence,
            terms.may_be_spent_on,
            terms.may_not_be_spent_on,
            "yes" if terms.verified else "unverified",
            terms.source,
        )
        for terms in place.grant_terms
    )
    return Source(
        "Terms of grants",
        "What each grant may be spent on, how closely its money may be joined, and whether its terms were read",
        _table("Terms of grants", columns, rows),
    )


def _populations(place: Place) -> Source:
    rows: Iterable[Row] = (
        (people.area, str(people.year), people.population, people.basis, people.source)
        for people in place.populations
    )
    return Source(
        "Populations",
        "Residents, for figures per resident and for shares",
        _table("Populations", ("Area", "Year", Column("Residents", Kind.COUNT), "Basis", "Source"), rows),
    )


def _benchmark(place: Place) -> Source:
    whole = place.benchmark
    columns = ("Part", Column("Region", Kind.POUNDS), "How it is covered", "Note", "Source")
    rows: Iterable[Row] = (
        (part.name, part.region_amount, str(part.treatment), part.note, part.source)
        for part in place.benchmark_parts
    )
    return Source(
        "The benchmark, part by part",
        f"{whole.region} {whole.year}: {exact_pounds(whole.amount)}",
        _table("Parts of the benchmark", columns, rows),
    )


def _prices(place: Place) -> Source:
    rows: Iterable[Row] = (
        (price.year, f"{price.index:.2f}", price.status, price.source) for price in place.deflators
    )
    return Source(
        "Prices",
        "The deflator that restates cash in the prices of another year",
        _table("Deflators", ("Year", "Index", "Status", "Source"), rows),
    )
