"""Write the worked example's published splits again: what a body's own returns say its care is made of.

    python -m tools.write_published_splits PUBLISHED data/derby

PUBLISHED is the folder of the published files, which are not in this repository. Each split is of one year and one
measure of spending, and its parts make the total that the same return prints.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from tools.write_areas import read_rows, write_rows

COUNCIL = "derby-city-council"
HEADS = "organisation,subject,year,way,part,amount,total,counts,note,source"
ADULTS, CHILDREN = "Adult social care", "Children’s services"
ASC = "NHS Digital, Personal Social Services: Expenditure and Unit Costs 2014-15, Derby"
ASC_FR = "NHS Digital, Adult Social Care Finance Return 2016-17, Derby: sums of its 259 rows"
LAIT = "Department for Education, section 251 outturn, Local Authority Interactive Tool, Derby"
S251 = "Department for Education, section 251 outturn 2013-14, Derby"
OUTSIDE = {
    "Social Support: Substance Misuse Support": "Substance misuse support",
    "Social Support: Support to Carer": "Support to carers",
    "Social Support: Support for Social Isolation / Other": "Support for social isolation and other",
    "Assistive equipment and technology": "Equipment and technology",
    "Social care activities": "Social work and assessment",
    "Commissioning and service delivery": "Commissioning and service delivery",
}
"""What is for no one client group or setting, by the return's name."""
SETTINGS = {
    "Nursing": "Nursing homes",
    "Residential": "Residential homes",
    "Supported accommodation": "Supported accommodation",
    "Community: Direct Payments": "Direct payments",
    "Community: home care": "Home care",
    "Community: supported living": "Supported living",
    "Community: other long term care": "Other long-term care at home",
}
AGES = {"Age 18 to 64": "People of 18 to 64", "Age 65 and over": "People of 65 and over"}
KINDS = {
    "TotalLACFinance": "Children looked after",
    "SafeguardingFinance": "Safeguarding and social work",
    "FamilySupportFinance": "Family support",
    "SureStartFinance": "Children’s centres and early years",
    "YouthJusticeFinance": "Youth justice",
    "YoungPeopleFinance": "Services for young people",
    "OtherChildren&FamilyFinance": "Other children’s and families’ services",
}
PROVIDERS = {
    "own": "The council itself",
    "private": "Private providers",
    "other_public": "Other public bodies",
    "voluntary": "Voluntary bodies",
}


def write_all(published: Path, into: Path) -> None:
    """Write the file."""
    real = published / "derby" / "real"
    adults = read_rows(real / "adult_social_care_ascfr_2014-17.csv")
    children = read_rows(real / "children_finance_lait_2016-25.csv")
    providers = read_rows(real / "children_s251_outturn_2008-14.csv")
    write_rows(
        into / "published_splits.csv",
        HEADS,
        [
            *_groups(adults),
            *_settings(adults),
            *_ages(adults),
            *_kinds(children),
            *_providers(providers),
        ],
    )


def _gross(rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    wanted = ("2014-15", "Gross current expenditure")
    return [row for row in rows if (row["year"], row["measure"]) == wanted]


def _split(
    subject: str,
    year: str,
    way: str,
    counts: str,
    total: Decimal,
    source: str,
    parts: Mapping[str, Decimal],
    note: str = "",
) -> list[Sequence[object]]:
    """One split as rows, the largest part first; raises `ValueError` where its parts do not make its total."""
    if sum(parts.values()) != total:
        raise ValueError(f"{subject} by {way}: the parts make {sum(parts.values())}, not {total}.")
    ordered = sorted(parts.items(), key=lambda part: -part[1])
    return [
        (COUNCIL, subject, year, way, part, amount, total, counts, note, source)
        for part, amount in ordered
        if amount
    ]


def _whole(rows: Iterable[Mapping[str, str]]) -> Decimal:
    row = next(row for row in _gross(rows) if row["support_reason"].strip() == "Adult Social Care")
    return Decimal(row["value"]) * 1000


def _beside(rows: Iterable[Mapping[str, str]]) -> dict[str, Decimal]:
    """What is for no one client group or setting."""
    return {
        OUTSIDE[row["support_reason"].strip()]: Decimal(row["value"]) * 1000
        for row in _gross(rows)
        if row["support_reason"].strip() in OUTSIDE and row["setting"] == "Total"
    }


def _groups(rows: list[dict[str, str]]) -> list[Sequence[object]]:
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in _gross(rows):
        if row["setting"] == "Short and long term total" and row["support_reason"] != "Total":
            parts[row["support_reason"].strip()] += Decimal(row["value"]) * 1000
    note = "The return prints support with memory and cognition below nothing, and gives no reason."
    counts = "gross current expenditure, short and long term care together"
    return _split(
        ADULTS, "2014-15", "client group", counts, _whole(rows), ASC, {**parts, **_beside(rows)}, note
    )


def _settings(rows: list[dict[str, str]]) -> list[Sequence[object]]:
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in _gross(rows):
        if row["support_reason"] != "Total":
            continue
        if row["care_type"] == "Long term" and row["setting"] in SETTINGS:
            parts[SETTINGS[row["setting"]]] += Decimal(row["value"]) * 1000
        if row["care_type"] == "Short term" and row["setting"] == "Total":
            parts["Short-term care"] += Decimal(row["value"]) * 1000
    return _split(
        ADULTS,
        "2014-15",
        "setting",
        "gross current expenditure",
        _whole(rows),
        ASC,
        {**parts, **_beside(rows)},
    )


def _ages(rows: list[dict[str, str]]) -> list[Sequence[object]]:
    """Adult care of 2016-17 by age, and what the return gives no age for."""
    sums = [row for row in rows if (row["year"], row["table"]) == ("2016-17", "ASC-FR totals")]
    by_age = {
        AGES[row["age_band"]]: Decimal(row["value"]) * 1000
        for row in sums
        if row["age_band"] in AGES and row["measure"] == "Gross current expenditure"
    }
    whole = next(Decimal(row["value"]) * 1000 for row in sums if row["measure"] == "Grosscurrentexpenditure")
    beside = {"Social work, equipment and commissioning, for any age": whole - sum(by_age.values())}
    note = "The total is the sum of the return’s rows, added up here."
    counts = "gross current expenditure, short and long term care together"
    return _split(ADULTS, "2016-17", "age", counts, whole, ASC_FR, {**by_age, **beside}, note)


def _kinds(rows: list[dict[str, str]]) -> list[Sequence[object]]:
    of_year = {row["measure_code"]: Decimal(row["derby"]) for row in rows if row["year"] == "2016-17 (OT)"}
    parts = {name: of_year[code] for code, name in KINDS.items()}
    return _split(
        CHILDREN,
        "2016-17",
        "kind of help",
        "gross expenditure, outturn",
        of_year["C&YPExpenditure"],
        LAIT,
        parts,
    )


def _providers(rows: list[dict[str, str]]) -> list[Sequence[object]]:
    """By who provides: the return's totals of groups, with youth justice, for which it does not say."""
    of_year = [row for row in rows if row["year"] == "2013-14"]
    lines = [row for row in of_year if row["line"].startswith(("Total ", "Other children's and"))]
    parts = {
        name: sum((Decimal(row[column] or 0) for row in lines), Decimal(0))
        for column, name in PROVIDERS.items()
    }
    justice = next(row for row in of_year if row["line"] == "Youth Justice")
    parts["Not stated (youth justice)"] = Decimal(justice["total_expenditure"])
    whole = next(row for row in of_year if row["line"].endswith("BUDGET (excluding CERA)"))
    total = Decimal(whole["total_expenditure"])
    return _split(CHILDREN, "2013-14", "who provides", "gross expenditure, outturn", total, S251, parts)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), Path(sys.argv[2]))
