"""Write the worked example's register of external funding again: what was granted from outside, and what was bid for.

    python -m tools.write_external_funding PUBLISHED data/derby

PUBLISHED is the folder of the published files, which are not in this repository. Amounts, words and sources are the
file's own; what a row is for, who holds it and with which board it resides is our reading, given here.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.write_areas import read_rows, write_rows

COUNCIL, POLICE = "derby-city-council", "derbyshire-police"
GROWTH, CHILDREN, SAFER = "city-growth", "children-and-young-people", "safer-stronger-cleaner-greener"
AWARD_HEADS = (
    "id,stream,funder,kind,what,holder,held_by,board,amount,starts,ends,dates_said,match,conditions,covers,counted,"
    "part_of,services,grade,quote,note,source,years,bid"
)
BID_HEADS = (
    "id,name,stream,funder,what,lead,led_by,partners,board,amount,deadline,state,won,award,dates_said,grade,quote,"
    "note,source"
)
READING = "; what it is for and its board: our reading"


@dataclass(frozen=True, slots=True)
class Read:
    """How one row of the published file is read: its id and stream here, and what the file does not say apart."""

    id: str
    stream: str
    what: str
    holder: str = COUNCIL
    board: str = ""
    kind: str = "external funding"
    services: str = ""
    starts: str = ""
    ends: str = ""
    dates_said: str = ""
    match: str = ""
    conditions: str = ""
    counted: bool = True
    part_of: str = ""
    amount: str = ""
    """Pounds where they are worked out of the row's; else the row's own."""
    bid: str = ""


UKSPF, LUF, LGF = "UK Shared Prosperity Fund", "Levelling Up Fund", "Local Growth Fund"
AWARDS: Mapping[str, Read] = {
    "UK Shared Prosperity Fund, core": Read(
        "ukspf-core",
        UKSPF,
        "Communities, local business, people and skills",
        board=GROWTH,
        services="economic-development; community-development; employment-support",
        starts="2022-04-01",
        ends="2025-03-31",
        conditions="To be used by 31 March 2025.",
    ),
    "UK Shared Prosperity Fund, transition year": Read(
        "ukspf-transition",
        UKSPF,
        "Economic growth, one more year",
        board=GROWTH,
        services="economic-development",
        starts="2025-04-01",
        ends="2026-03-31",
    ),
    "Inward investment grant": Read(
        "inward-investment",
        "Inward investment grant",
        "Bringing investment to the city",
        board=GROWTH,
        services="economic-development",
        starts="2025-04-01",
        ends="2026-03-31",
        conditions="Passed on to Marketing Derby.",
    ),
    "Future High Streets Fund": Read(
        "future-high-streets",
        "Future High Streets Fund",
        "City centre: St Peters Cross",
        board=GROWTH,
        services="regeneration",
        dates_said="announced December 2020",
    ),
    "Levelling Up Fund round 2 (learning theatre, then redirected)": Read(
        "levelling-up-2",
        LUF,
        "City centre theatres",
        board=GROWTH,
        services="arts; regeneration",
        dates_said="announced January 2023, redirected 2023, confirmed 2024",
        bid="levelling-up-2-bid",
    ),
    "Levelling Up Fund: Guildhall Theatre": Read(
        "levelling-up-guildhall",
        LUF,
        "Bringing the Guildhall Theatre back into use",
        board=GROWTH,
        services="arts",
        dates_said="November 2023",
        counted=False,
        part_of="levelling-up-2",
    ),
    "Levelling Up Fund: Derby Theatre": Read(
        "levelling-up-derby-theatre",
        LUF,
        "Derby Theatre",
        holder="",
        board=GROWTH,
        services="arts",
        dates_said="November 2023",
        counted=False,
        part_of="levelling-up-2",
    ),
    "Local Growth Fund, all rounds": Read(
        "local-growth-d2n2",
        LGF,
        "Growth projects in Derbyshire and Nottinghamshire",
        holder="",
        board=GROWTH,
        starts="2015-04-01",
        ends="2021-03-31",
        counted=False,
    ),
    "Local Growth Fund round 3": Read(
        "local-growth-d2n2-3",
        LGF,
        "17 projects in Derbyshire and Nottinghamshire",
        holder="",
        board=GROWTH,
        dates_said="awarded 9 March 2017",
        counted=False,
        part_of="local-growth-d2n2",
    ),
    "A52 Wyvern: Local Growth Fund": Read(
        "a52-local-growth",
        LGF,
        "A52 Wyvern road scheme",
        board=GROWTH,
        services="transport-planning",
        dates_said="2017",
        conditions="Just under half of a project of £14m.",
    ),
    "A52 Wyvern: Growth and Housing Fund": Read(
        "a52-growth-and-housing",
        "Growth and Housing Fund",
        "A52 Wyvern road scheme",
        board=GROWTH,
        services="transport-planning",
        dates_said="March 2017",
    ),
    "Our City Our River, phase one: Local Growth Fund": Read(
        "our-city-our-river",
        LGF,
        "Flood scheme on the Derwent, phase one",
        board=SAFER,
        services="flood-and-drainage",
        starts="2015-04-01",
        ends="2016-03-31",
    ),
    "Recovery Grant 2025-26": Read(
        "recovery-grant",
        "Recovery Grant",
        "General support of councils with most need",
        kind="government grant",
        starts="2025-04-01",
        ends="2026-03-31",
    ),
    "Children's Social Care Prevention Grant 2025-26": Read(
        "childrens-prevention-grant",
        "Children’s Social Care Prevention Grant",
        "Reform of children’s social care",
        board=CHILDREN,
        kind="government grant",
        services="family-support",
        starts="2025-04-01",
        ends="2026-03-31",
    ),
    "Voluntary sector grants, total 2014-15": Read(
        "voluntary-grants-2014",
        "Council grants to voluntary bodies",
        "Grants to voluntary bodies",
        board=SAFER,
        kind="grants to voluntary bodies",
        services="voluntary-sector-support",
        starts="2014-04-01",
        ends="2015-03-31",
        counted=False,
    ),
    "Adult social care: grants to voluntary organisations (carers)": Read(
        "carers-grants-2014",
        "Council grants to voluntary bodies",
        "Grants to carers’ organisations",
        board="healthy-city",
        kind="grants to voluntary bodies",
        services="carers-support",
        starts="2014-04-01",
        ends="2015-03-31",
        counted=False,
    ),
    "COVID-19 emergency small grants, first": Read(
        "covid-small-grants-1",
        "COVID-19 emergency small grants",
        "Grants of up to £250 to community groups",
        holder="",
        board=SAFER,
        kind="grants to voluntary bodies",
        dates_said="2020",
        counted=False,
    ),
    "COVID-19 emergency small grants, second": Read(
        "covid-small-grants-2",
        "COVID-19 emergency small grants",
        "Grants of up to £250 to community groups",
        holder="",
        board=SAFER,
        kind="grants to voluntary bodies",
        dates_said="September 2020",
        counted=False,
    ),
    "Neighbourhood board devolved budgets 2012-13, each of 17 wards": Read(
        "neighbourhood-boards-2012",
        "Neighbourhood boards’ budgets",
        "£36,000 for each of 17 wards",
        board=SAFER,
        kind="area budgets",
        services="community-development",
        starts="2012-04-01",
        ends="2013-03-31",
        counted=False,
        amount="612000",
    ),
    "Community Action Grants 2020-21 (large 200,000; small 75,000)": Read(
        "community-action-2020",
        "Community Action Grants",
        "Crime prevention by community projects",
        holder=POLICE,
        board=SAFER,
        kind="grants to voluntary bodies",
        services="community-safety",
        starts="2020-04-01",
        ends="2021-03-31",
        counted=False,
    ),
    "Arts Council England awards to Derby (65 awards)": Read(
        "arts-council-2018",
        "Arts Council England project grants",
        "65 projects",
        holder="",
        board=GROWTH,
        kind="external funding",
        services="arts",
        starts="2018-04-01",
        ends="2022-08-31",
    ),
}
"""The rows that are money granted, by their name in the file; what is counted is the place's own from outside."""
BIDS: Mapping[str, Sequence[str]] = {
    "City centre regeneration bid 2016: Performance Venue, phase 1 preparation": (
        "lgf3-performance-venue",
        "Performance Venue, phase 1",
        f"{LGF}, round 3",
        "D2N2 LEP",
        "",
        "",
    ),
    "City centre regeneration bid 2016: larger office suites": (
        "lgf3-offices",
        "Larger office suites",
        f"{LGF}, round 3",
        "D2N2 LEP",
        "",
        "",
    ),
    "City centre regeneration bid 2016: Silk Mill museum": (
        "lgf3-silk-mill",
        "Silk Mill museum",
        f"{LGF}, round 3",
        "D2N2 LEP",
        "",
        "",
    ),
    "City centre regeneration bid 2016: Castleward homes": (
        "lgf3-castleward",
        "Castleward homes",
        f"{LGF}, round 3",
        "D2N2 LEP",
        "",
        "",
    ),
    "Levelling Up Fund round 2, all three Derby bids": (
        "levelling-up-2-bid",
        "Levelling Up Fund round 2, three bids",
        f"{LUF}, round 2",
        "DLUHC",
        "20000000",
        "levelling-up-2",
    ),
}


def write_all(published: Path, into: Path) -> None:
    """Write both files."""
    rows = read_rows(published / "derby" / "real" / "external_funding_and_grants.csv")
    by_scheme = {row["scheme"]: row for row in rows}
    write_rows(
        into / "awards.csv", AWARD_HEADS, (_award(by_scheme[name], read) for name, read in AWARDS.items())
    )
    write_rows(into / "bids.csv", BID_HEADS, (_bid(by_scheme[name], read) for name, read in BIDS.items()))


def _award(row: Mapping[str, str], read: Read) -> Sequence[str]:
    held_by = "" if read.holder and row["lead_body"] == "Derby City Council" else row["lead_body"]
    return (
        read.id,
        read.stream,
        row["funder"],
        read.kind,
        read.what,
        read.holder,
        held_by,
        read.board,
        read.amount or row["amount_gbp"],
        read.starts,
        read.ends,
        read.dates_said,
        read.match,
        read.conditions,
        row["covers"],
        "yes" if read.counted else "no",
        read.part_of,
        read.services,
        row["grade_hint"],
        row["quote"].replace("GBP thousand", "£ thousand"),
        _note(row),
        f"{row['source']}{READING}",
        "",
        read.bid,
    )


def _note(row: Mapping[str, str]) -> str:
    said = row["note"]
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _bid(row: Mapping[str, str], read: Sequence[str]) -> Iterable[str]:
    key, name, stream, funder, won, award = read
    state = "won" if won else "outcome not published"
    return (
        key,
        name,
        stream,
        funder,
        "City centre",
        COUNCIL,
        "",
        "",
        GROWTH,
        row["amount_gbp"],
        "",
        state,
        won,
        award,
        row["start"],
        row["grade_hint"],
        row["quote"],
        _note(row),
        f"{row['source']}{READING}",
    )


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), Path(sys.argv[2]))
