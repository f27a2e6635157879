"""Colleges, sixth forms and other providers of a place, as the 16 to 19 allocations print them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from budget_model.contribute.first_map.sent import (
    PROVIDERS,
    YEAR,
    Body,
    SentLine,
    Sheet,
    id_of,
    organisation,
    pays_for,
    sheet_name,
)
from budget_model.place.england import Authority, England, Provider
from budget_model.place.model import Funding, Share
from budget_model.vocabulary import ControlSource, OrganisationType, Phase, Provenance, ShareBasis

COLLEGES: Final = frozenset(
    (
        "General FE and Tertiary",
        "Sixth Form College",
        "Agricultural & Horticultural College",
        "Art & Design College",
        "Specialist Designated College",
    )
)
IN_COUNCIL_LINES: Final = frozenset(("School Sixth Form", "Local Authority"))
"""Kinds of provider whose money reaches them through the council, and is in its education lines."""
SIXTH_FORMS: Final = frozenset(
    (
        "Academy",
        "Academy Special",
        "Academy AP",
        "City Technology College",
        "Free School",
        "Free School Special",
        "Studio School",
        "University Technical College",
    )
)
COLLEGE_SERVICE, SIXTH_FORM_SERVICE = "further-education-16-19", "school-sixth-forms"
STREAM: Final = "education-16-19"
OF_ONE: Final = (
    "Its 16 to 19 allocation alone, of 2019-20. Ask for the 2016-17 budget with adult skills and apprenticeships, and "
    "for learners by home postcode."
)
OF_SEVERAL: Final = (
    "16 to 19 allocations of 2019-20 alone. Sixth forms of council schools are left out, being in the council’s "
    "education lines. Ask the trusts and providers for their 2016-17 budgets."
)


def learning_bodies(council: Authority, lists: England) -> Iterator[Body]:
    """Each college of a council's area, and all its other providers as one."""
    here = [row for row in lists.providers if row.council == council.ecode and row.pounds]
    for provider in here:
        if provider.kind in COLLEGES:
            yield _body(council.name, provider.name, OrganisationType.COLLEGE, OF_ONE, [provider])
    others = [row for row in here if row.kind not in COLLEGES | IN_COUNCIL_LINES]
    if others:
        name = f"Academy sixth forms and other 16 to 19 providers in {council.name}"
        body = _body(council.name, name, OrganisationType.SCHOOL, OF_SEVERAL, others)
        yield replace(body, organisation=replace(body.organisation, short_name="Sixth forms"))


def _body(place: str, name: str, kind: OrganisationType, missing: str, of: Iterable[Provider]) -> Body:
    known = organisation(name, kind, place, missing, PROVIDERS)
    if kind is OrganisationType.COLLEGE:  # a college may have the name of another body
        known = replace(known, id=id_of(f"college {name}"))
    lines = tuple(_lines(sorted(of, key=lambda row: (row.kind, row.name))))
    sheet = Sheet(
        sheet_name(name),
        "16 to 19 allocation",
        f"{name}: 16 to 19 allocation, academic year 2019/20",
        lines,
        f"{PROVIDERS}: {place}",
        Phase.ORIGINAL_BUDGET,
        grade=5,
        provenance=Provenance.ALLOCATED,
        control=ControlSource.PUBLISHED,
        figures_year="2019-20",
    )
    funding = Funding(known.id, STREAM, YEAR, sheet.total, "Total Funding Allocation", PROVIDERS)
    return Body(known, _share(known.id, place), (sheet,), (funding,))


def _lines(of: Iterable[Provider]) -> Iterator[SentLine]:
    for number, row in enumerate(of, start=1):
        service = SIXTH_FORM_SERVICE if row.kind in SIXTH_FORMS else COLLEGE_SERVICE
        code = row.ukprn or f"P{number}"
        yield SentLine(code, row.name, Decimal(row.pounds), pays_for(service, STREAM, "conditions"), row.kind)


def _share(body: str, place: str) -> Share:
    one = Decimal(1)
    return Share(
        f"{body}-place",
        body,
        YEAR,
        ShareBasis.WORKFORCE_ASSET_AREA,
        one,
        f"allocations of providers that stand in {place}",
        one,
        "the whole allocation",
        5,
        "Counted where the provider stands: learners from outside are not taken off.",
        PROVIDERS,
    )
