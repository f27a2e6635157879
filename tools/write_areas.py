"""Write the worked example's parts of the city again: wards, area panels, neighbourhoods, and what stands for each.

    python -m tools.write_areas PUBLISHED data/derby

PUBLISHED is the folder of the published files, which are not in this repository. Written are `areas.csv` (with
outlines made simpler, neighbours alike), `area_measures.csv`, `area_weights.csv` and `area_grants.csv`.
"""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

CITY, CODE = "derby", "E06000015"
ROUGH = 0.00035
"""Degrees by which an outline may be moved when it is made simpler: about 30 metres."""
WARDS = "Office for National Statistics, wards at December 2013"
SMALL = "Office for National Statistics, lower layer super output areas 2011, best fit to wards"
OUTLINES = (
    "; outline: generalised boundaries of ONS and Ordnance Survey (Crown copyright and database right 2016), "
    "made simpler"
)
PANELS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "panel-south-west": ("South-west panel", ("Blagreaves", "Littleover", "Mickleover")),
    "panel-north-east": ("North-east panel", ("Chaddesden", "Derwent", "Oakwood", "Spondon")),
    "panel-south": ("South panel", ("Alvaston", "Boulton", "Chellaston", "Sinfin")),
    "panel-inner": ("Inner city panel", ("Abbey", "Arboretum", "Normanton")),
    "panel-north-west": ("North-west panel", ("Allestree", "Darley", "Mackworth")),
}
"""The panels' wards: neighbouring ones put together by us, since no list of the five of 2006 was found."""
PANELS_SOURCE = (
    "Unverified: the structures review of 2006 counts five area panels and does not list their wards; these are "
    "neighbouring wards put together by us, to be replaced by the council’s list"
)
REVIEW = "Structures review of Derby City Partnership, 2006, paragraph 5.28, names it without an outline"
NAMED = "House of Commons Library, names of middle layer super output areas 2011"
NEIGHBOURHOODS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "osmaston-and-allenton": (
        "Osmaston and Allenton",
        ("Derby 026",),
        f"{REVIEW}; best fit: Derby 026, called Allenton and Osmaston ({NAMED})",
    ),
    "sinfin-neighbourhood": (
        "Sinfin neighbourhood",
        ("Derby 029",),
        f"{REVIEW}; best fit: Derby 029, called Sinfin ({NAMED})",
    ),
    "normanton-neighbourhood": (
        "Normanton neighbourhood",
        ("Derby 016", "Derby 020", "Derby 023A", "Derby 023B", "Derby 023C"),
        f"{REVIEW}; best fit: Derby 016, 020 and 023, called New Normanton, Normanton North and Peartree, and "
        f"Normanton South ({NAMED}), without Derby 023D",
    ),
    "austin-estate": (
        "Austin estate",
        ("Derby 023D",),
        f"Unverified: {REVIEW}; taken to be the most deprived small area of Normanton South, to be confirmed",
    ),
    "stockbrook": (
        "Stockbrook",
        ("Derby 013C",),
        f"Unverified: {REVIEW}; taken to be the most deprived small area of Abbey ward, to be confirmed",
    ),
}
PEOPLE = "ONS small area population estimates"
CHILDREN = (
    "childrens-centres; childrens-services-other; disabled-children; childrens-public-health; "
    "early-years-education; primary-schools; secondary-schools; special-schools; academies; school-buildings; "
    "school-transport; school-meals; school-support; child-and-maternity-benefits; youth-services"
)
WORKING = "adult-learning; apprenticeships; further-education-16-19; school-sixth-forms"
OLDER = (
    "physical-support-older; memory-and-cognition-support; state-pension; pension-age-benefits; "
    "concessionary-fares; public-service-pensions"
)
NEED = (
    "looked-after-children; child-protection; family-support; youth-justice; homelessness; housing-benefit; "
    "universal-credit; unemployment-benefits; incapacity-benefits; disability-benefits; tax-credits; "
    "local-welfare; employment-support; drug-and-alcohol-treatment; drug-and-alcohol-prevention; stop-smoking; "
    "sexual-health; mental-health-social-care; learning-disability-support; physical-support-adults; "
    "housing-related-support; asylum-and-refugees; community-safety; domestic-abuse; neighbourhood-policing; "
    "policing; police-response; probation; council-housing-management; council-housing-repairs; "
    "council-housing-investment; council-housing-rents; affordable-homes; community-development; "
    "voluntary-sector-support; regeneration"
)
WHOLE = (
    "national-policing; police-governance; emergency-planning; prisons; courts; legal-aid; coroners; "
    "justice-administration; nhs-workforce; nhs-central-services; health-research; specialised-care; "
    "education-regulation; higher-education; benefits-administration; business-tax-reliefs; "
    "economic-development; tourism; market-regulation; science-and-innovation; energy; agriculture; "
    "communications; planning-policy; development-and-building-control; transport-planning; national-roads; "
    "railways; other-transport; climate-change; museums-and-heritage; arts; broadcasting; democracy; "
    "registration; tax-collection; human-resources; finance; information-technology; procurement; property; "
    "legal-services; corporate-communications; corporate-management; past-pension-costs; capital-financing; "
    "contingency; national-government"
)
MEASURES = (
    (
        "residents",
        "Residents",
        "residents",
        5,
        "",
        "people, mid-2017",
        "What nothing better is known of: the same for every resident, whoever they are.",
        f"{PEOPLE}, mid-2017",
    ),
    (
        "children",
        "Children under 16",
        "age group",
        4,
        CHILDREN,
        "people of 0 to 15, mid-2019",
        "Where children live, not where they go to school.",
        f"{PEOPLE}, mid-2019",
    ),
    (
        "working-age",
        "People of 16 to 64",
        "age group",
        5,
        WORKING,
        "people of 16 to 64, mid-2019",
        "Wider than the learners whom it stands for.",
        f"{PEOPLE}, mid-2019",
    ),
    (
        "older",
        "People of 65 and over",
        "age group",
        4,
        OLDER,
        "people of 65 and over, mid-2019",
        "Where older people live, not which of them are served.",
        f"{PEOPLE}, mid-2019",
    ),
    (
        "deprivation",
        "Residents weighted by deprivation",
        "need",
        5,
        NEED,
        "people, mid-2017, times the score of the Index of Multiple Deprivation 2025",
        "A person where the score is twice as high counts twice. Scores of 2015 and 2019 by small area are not at "
        "hand; by ward those of 2025 follow those of 2015 closely (correlation 0.99).",
        f"{PEOPLE}, mid-2017; MHCLG, Indices of Deprivation 2025",
    ),
    (
        "most-deprived",
        "People in England’s most deprived fifth",
        "need",
        3,
        "",
        "people, mid-2017",
        "Shown beside the money; no money is shared by it.",
        f"{PEOPLE}, mid-2017; DCLG, Indices of Deprivation 2015",
    ),
    (
        "whole-city",
        "Serves the whole city, or beyond it",
        "not placed",
        5,
        WHOLE,
        "nothing",
        "Money that no part of the city can be said to have more of than another: listed, and not shared out.",
        "Our reading of the services",
    ),
)


def write_all(published: Path, into: Path) -> None:
    """Write the four files."""
    small = read_rows(published / "derby" / "real" / "lsoa2011_population_deprivation.csv")
    scores = _scores(read_rows(published / "derby" / "real" / "lsoa2021_wards2024_deprivation.csv"))
    geo = published / "reference" / "geo"
    write_rows(
        into / "areas.csv",
        "id,name,kind,ons_code,within,source,also_within,outline",
        _areas(
            small,
            outlines(geo / "derby_wards_E06000015.geojson", "WD13CD"),
            outlines(geo / "derby_lsoa_E06000015.geojson", "LSOA11CD"),
        ),
    )
    write_rows(into / "area_measures.csv", "id,name,basis,grade,services,unit,note,source", MEASURES)
    write_rows(into / "area_weights.csv", "area,measure,amount", _weights(small, scores))
    grants = read_rows(published / "derby" / "real" / "grants_360giving_funder_year_ward.csv")
    write_rows(into / "area_grants.csv", "funder,year,area,grants,amount,source", _grants(grants))


def read_rows(path: Path) -> list[dict[str, str]]:
    """Every row of a CSV file, by its heads."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, heads: str, rows: Iterable[Iterable[object]]) -> None:
    """Write a CSV file with its heads, which are given as one text with commas between."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads.split(","))
        writer.writerows(rows)


def _areas(
    small: list[dict[str, str]], wards: Mapping[str, str], around: Mapping[str, str]
) -> Iterable[Sequence[str]]:
    """The city, its panels and neighbourhoods, its wards, and the small areas that make them up."""
    named = {row["ward_code"]: row["ward"] for row in small}
    panel_of = {ward: panel for panel, (_, wards_of) in PANELS.items() for ward in wards_of}
    yield CITY, "Derby", "city", CODE, "", "Office for National Statistics", "", ""
    for panel, (name, _) in PANELS.items():
        yield panel, name, "area panel", "", CITY, PANELS_SOURCE, "", ""
    for key, (name, _, source) in NEIGHBOURHOODS.items():
        yield key, name, "priority neighbourhood", "", CITY, source, "", ""
    for code, name in sorted(named.items()):
        yield (
            f"ward-{name.lower()}",
            name,
            "ward",
            code,
            panel_of[name],
            f"{WARDS}{OUTLINES}",
            "",
            wards[code],
        )
    for row in sorted(small, key=lambda row: row["lsoa11_code"]):
        code, name = row["lsoa11_code"], row["lsoa11_name"]
        inside = next((key for key, (_, parts, _) in NEIGHBOURHOODS.items() if name.startswith(parts)), "")
        yield (
            code.lower(),
            name,
            "small area",
            code,
            f"ward-{row['ward'].lower()}",
            f"{SMALL}{OUTLINES}",
            inside,
            around[code],
        )


def _scores(rows: list[dict[str, str]]) -> dict[str, Decimal]:
    """The score of each small area of 2011; where it was parted since, the mean of its parts."""
    held: dict[str, list[Decimal]] = {}
    for row in rows:
        for code in row["lsoa11_codes"].split(";"):
            held.setdefault(code.strip(), []).append(Decimal(row["imd_2025_score"]))
    return {code: sum(scores, Decimal(0)) / len(scores) for code, scores in held.items()}


def _weights(small: list[dict[str, str]], scores: Mapping[str, Decimal]) -> Iterable[Sequence[object]]:
    for row in sorted(small, key=lambda row: row["lsoa11_code"]):
        code, people = row["lsoa11_code"], Decimal(row["pop_2017"])
        deprived = people if int(row["imd_2015_decile"]) <= 2 else Decimal(0)
        for measure, amount in (
            ("residents", people),
            ("children", Decimal(row["pop_2019_0_15"])),
            ("working-age", Decimal(row["pop_2019_16_64"])),
            ("older", Decimal(row["pop_2019_65_plus"])),
            ("deprivation", (people * scores[code]).quantize(Decimal("0.001"))),
            ("most-deprived", deprived),
        ):
            yield code.lower(), measure, amount


def _grants(rows: list[dict[str, str]]) -> Iterable[Sequence[object]]:
    source = "360Giving GrantNav, November 2018, recipients with a ward code only; licence by funder"
    for row in sorted(rows, key=lambda row: (row["funder"], row["award_year"], row["ward_code"])):
        yield (
            row["funder"],
            row["award_year"],
            f"ward-{row['ward'].lower()}",
            row["grants"],
            row["amount_gbp"],
            source,
        )


# Outlines


def outlines(path: Path, code: str) -> dict[str, str]:
    """Each feature's outline in words, 'longitude latitude, …', made simpler so that neighbours still meet."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    rings = {feature["properties"][code]: _rings(feature["geometry"]) for feature in features}
    corners = _corners([ring for several in rings.values() for ring in several])
    return {
        key: " / ".join(_in_words(_simpler(ring, corners)) for ring in several)
        for key, several in rings.items()
    }


def _rings(geometry: Mapping[str, object]) -> list[Ring]:
    """The outer rings, each without its last point, which repeats the first."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    assert isinstance(polygons, list)
    return [[(float(x), float(y)) for x, y in polygon[0][:-1]] for polygon in polygons]


def _corners(rings: Sequence[Ring]) -> set[Point]:
    """The points where more than two outlines meet, or where one begins to follow another."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for place, point in enumerate(ring):
            beside.setdefault(point, set()).update((ring[place - 1], ring[(place + 1) % len(ring)]))
    return {point for point, near in beside.items() if len(near) > 2}


def _simpler(ring: Ring, corners: set[Point]) -> Ring:
    """A ring without the points that hardly bend it; corners stay, and an arc is cut alike from both its sides."""
    stops = [place for place, point in enumerate(ring) if point in corners]
    if len(stops) < 2:
        least = min(range(len(ring)), key=ring.__getitem__)
        stops = sorted({least, (least + len(ring) // 2) % len(ring)})
    kept: Ring = []
    for place, start in enumerate(stops):
        end = stops[(place + 1) % len(stops)]
        arc = ring[start : end + 1] if end > start else [*ring[start:], *ring[: end + 1]]
        forward = arc[0] <= arc[-1]
        cut = _straighter(arc if forward else arc[::-1])
        kept += (cut if forward else cut[::-1])[:-1]
    return kept if len(kept) > 2 else ring


def _straighter(arc: Ring) -> Ring:
    """The arc by Douglas and Peucker's rule."""
    if len(arc) < 3:
        return arc
    furthest = max(range(1, len(arc) - 1), key=lambda place: _away(arc[place], arc[0], arc[-1]))
    if _away(arc[furthest], arc[0], arc[-1]) <= ROUGH:
        return [arc[0], arc[-1]]
    return [*_straighter(arc[: furthest + 1])[:-1], *_straighter(arc[furthest:])]


def _away(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others, degrees."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    long = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    if not long:
        return float(((x - x0) ** 2 + (y - y0) ** 2) ** 0.5)
    return float(abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / long)


def _in_words(ring: Ring) -> str:
    return ", ".join(f"{x:.4f} {y:.4f}" for x, y in ring)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), Path(sys.argv[2]))
