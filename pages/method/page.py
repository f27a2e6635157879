"""How is this counted, what do the words mean, and where does each figure come from?"""

from collections.abc import Sequence

import streamlit as st

from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.intake.rules.listed import reasons_listed
from budget_model.money import exact_pounds
from budget_model.place.model import LegalPower, Place
from budget_model.together import powers
from budget_model.together.ladder import arrangement_name
from pages.shared import chart, components, kept, scope_picker, tables

STEPS = (
    ("A line", "One amount that one organisation plans or spent, in one financial year, on one service. It keeps the "
     "file, sheet, row and column that it came from, so every figure can be followed back to its cell."),
    ("A service", "Unlike bodies need one language. Each line is mapped to one service of a common list; the service "
     "carries its international function (COFOG), its client groups and its parts in the delivery boards, which add "
     "up to one. Cross-cutting themes are tags: they overlap and are never added up."),
    ("The place’s share", "A body that serves only this place counts whole. A body with a wider area counts by the best "
     "known share: activity, funding formula, the people it is for, residents, then rougher ones. Numerator, "
     "denominator and source of each share are below."),
    ("Counted once", "Where one body pays another and both are on the map, the money is in both books. Both stay as they "
     "were sent; the lower of the two stated amounts is taken out once. In the commissioner view the payer keeps the "
     "money, in the provider view the final spender does. The place’s total is the same in both."),
    ("Net and gross", "Net is after fees, charges and rents are taken off. Gross is before."),
    ("How sure", "Each line has a confidence grade from 1 to 6, and each grade a band. Inside one body and one share the "
     "bands add up, because one wrong share makes all its lines wrong together; across bodies they are combined as "
     "independent errors. That gives the range beside each total."),
    ("The benchmark", "The Treasury’s regional analysis says what was spent for the region. Times the place’s share of "
     "its people, it says what a complete map should come near. The Overview explains the difference step by step."),
    ("Never said", "Nothing on these pages is called a saving. Money that could be joined up is not money that could be cut."),
)  # fmt: skip


def show() -> None:
    """The method in plain words, then every number that it stands on."""
    place = kept.place()
    year = scope_picker.chosen().year
    st.title("Method and sources")
    components.standfirst(place.basis)
    components.facts(STEPS, "method")
    for number, (title, about, table) in enumerate(_sources(place, year)):
        components.finding(title, about, 2)
        tables.show(table)
        chart.files(table, f"method_{number}")


def _the_law(rules: Sequence[LegalPower]) -> Table:
    return Table(
        "Rules of law",
        (
            Column("Rule"), Column("Act and section"), Column("In force"), Column("As far as"), Column("How it is used"),
            Column("What it allows"), Column("Conditions"), Column("Not covered"), Column("Text read"), Column("Source"),
        ),
        tuple(
            (
                rule.name, rule.act_and_section, powers.dates_in_words(rule), arrangement_name(rule.max_level),
                str(rule.route), rule.sentence, rule.conditions, "; ".join(rule.excluded),
                "yes" if rule.verified else "unverified", rule.source,
            )
            for rule in rules
        ),
    )  # fmt: skip


def _reasons() -> Table:
    """Why a row, a column or a table of an upload is read as it is: every reason there is."""
    return Table(
        "Reasons",
        (Column("Reason"), Column("Rule"), Column("Shown by")),
        tuple((one.sentence, one.rules, one.proof) for one in reasons_listed()),
    )


def _sources(place: Place, year: str) -> list[tuple[str, str, Table]]:
    names = {body.id: body.name for body in place.organisations}
    shares = tuple(
        (
            names.get(share.organisation, place.name), str(share.basis), share.value,
            f"{share.numerator:,} {share.numerator_is}", f"{share.denominator:,} {share.denominator_is}", share.grade,
            share.source,
        )
        for share in place.shares
        if share.value != 1
    )  # fmt: skip
    sent = tuple(
        (
            one.organisation_name,
            one.part,
            one.file,
            str(one.phase),
            one.reconciliation,
            one.lines,
            one.read_total,
            one.source,
        )
        for one in kept.all_submissions(year)
    )
    return [
        (
            "What was sent, and from which source", f"Every submission of {year}, with whether it agrees with its own total",
            Table("Submissions", (
                Column("Organisation"), Column("Part"), Column("File"), Column("Phase"), Column("Reconciliation"),
                Column("Lines", Kind.COUNT), Column("Net, as read", Kind.POUNDS), Column("Source"),
            ), sent),
        ),
        (
            "The place’s share of wider bodies", "Shares other than the whole, with the two numbers each stands on",
            Table("Shares", (
                Column("Organisation"), Column("Basis"), Column("Share", Kind.SHARE), Column("Numerator"),
                Column("Denominator"), Column("Grade", Kind.COUNT), Column("Source"),
            ), shares),
        ),
        (
            "How a sheet is read", "Every reason for which a row, a column or a table is taken for what it is; where two rules "
            "disagree the stronger proof holds: arithmetic over format, format over words", _reasons(),
        ),
        (
            "Confidence grades", "What each grade means, and how far a figure of it may be off",
            Table("Confidence grades", (Column("Grade"), Column("Meaning"), Column("Band, ±", Kind.SHARE)),
                  tuple((str(one.grade), one.meaning, one.band) for one in place.grades)),
        ),
        (
            "How working together is judged", "Every rule by which opportunities are found and ranked: a proposal, to be changed in the data",
            Table("Rules of working together", (Column("Rule"), Column("Value"), Column("What it does"), Column("Source")),
                  tuple((one.name.replace("_", " ").capitalize(), f"{one.value:,f}", one.says, one.source)
                        for one in place.weights.rules)),
        ),
        (
            "The law", "Every rule under which bodies of this place could work together: dates, how far, and whether its text was read",
            _the_law(kept.facts(kept.today()).legal_powers),
        ),
        (
            "Populations", "Residents, for figures per head and for shares",
            Table("Populations", (Column("Area"), Column("Year"), Column("Residents", Kind.COUNT), Column("Basis"), Column("Source")),
                  tuple((one.area, str(one.year), one.population, one.basis, one.source) for one in place.populations)),
        ),
        (
            "The benchmark, part by part", f"{place.benchmark.region} {place.benchmark.year}: {exact_pounds(place.benchmark.amount)}",
            Table("Parts of the benchmark", (
                Column("Part"), Column("Region", Kind.POUNDS), Column("How it meets the map"), Column("Note"), Column("Source"),
            ), tuple((one.name, one.region_amount, str(one.treatment), one.note, one.source) for one in place.benchmark_parts)),
        ),
        (
            "Prices", "The deflator that restates cash in the prices of another year",
            Table("Deflators", (Column("Year"), Column("Index"), Column("Status"), Column("Source")),
                  tuple((one.year, f"{one.index:.2f}", one.status, one.source) for one in place.deflators)),
        ),
    ]  # fmt: skip


show()
