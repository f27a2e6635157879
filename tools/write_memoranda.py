"""Write what the council's own returns say its care is made of again: a workbook, and the rows that load it.

    python -m tools.write_memoranda PUBLISHED data/derby

PUBLISHED is the folder of the published files, which are not in this repository. Each sheet is one return of one year,
and its lines make the total that the same return prints; they are loaded like all else that a body sends, and are in no
total of the map. `memoranda.csv`, `memorandum_lines.csv`, the rows of `submissions.csv` that name the workbook, and the
adults of `populations.csv` are written anew.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from budget_model.count.memoranda import EVERY_LINE
from tools.write_areas import read_rows, write_rows
from tools.write_workbooks import Sheet, new_book

COUNCIL, BOOK = "derby-city-council", "derby-city-council-returns-2008-25"
GROSS = "gross expenditure, outturn"
CURRENT = "gross current expenditure, short and long term care together"
PSS = "NHS Digital, Personal Social Services: Expenditure and Unit Costs 2014-15, Derby"
BRIDGE = "NHS Digital, lines that bridge the returns of adult social care, {year}, Derby"
ASC_FR = "NHS Digital, Adult Social Care Finance Return 2016-17, Derby: sums of its 259 rows"
RO3 = "Ministry of Housing, Communities and Local Government, revenue outturn 2024-25 (RO3), Derby"
LAIT = "Department for Education, section 251 outturn {year}, Local Authority Interactive Tool, Derby"
S251 = "Department for Education, section 251 outturn {year}, Derby"
EARLY = ("2008-09", "2009-10", "2010-11", "2011-12", "2012-13", "2013-14")
LATE = tuple(f"{year}-{year - 1999}" for year in range(2016, 2025))
CHILDREN, ADULTS, OLDER = "Derby, aged 0 to 17", "Derby, aged 18 and over", "Derby, aged 65 and over"
WORKING_AGE = "Derby, adults of 18 to 64"
ANY_AGE = "Social work, equipment and all else, for any age"

LOOKED_AFTER, SAFEGUARDING = "Children looked after", "Safeguarding and social work"
FAMILY, CENTRES = "Family support", "Children’s centres and early years"
JUSTICE, YOUNG = "Youth justice", "Services for young people"
OTHER, STRATEGY = "Other children’s and families’ services", "Children’s services strategy"
KINDS = {
    "TotalLACFinance": LOOKED_AFTER,
    "SafeguardingFinance": SAFEGUARDING,
    "FamilySupportFinance": FAMILY,
    "SureStartFinance": CENTRES,
    "YouthJusticeFinance": JUSTICE,
    "YoungPeopleFinance": YOUNG,
    "OtherChildren&FamilyFinance": OTHER,
}
TOTALS = {
    "Total Youth Justice": JUSTICE,
    "Youth Justice": JUSTICE,
    "Total Sure Start Children's Centres": CENTRES,
    "Total Children Looked After": LOOKED_AFTER,
    "Total Children and Young Peoples Safety": SAFEGUARDING,
    "Total Children and Young People's Safety": SAFEGUARDING,
    "Total Children and Young People's Safety/children social care": SAFEGUARDING,
    "Total  Safeguarding Children and Young Peoples Services": SAFEGUARDING,
    "Total Family Support Services": FAMILY,
    "Total Asylum Seeker": "Asylum seekers",
    "Total Other Childrens and Families Services": OTHER,
    "Total Other Children's and Families Services": OTHER,
    "Total Childrens Services Strategy": STRATEGY,
    "Total Children's Services Strategy": STRATEGY,
    "Children's Services Strategy": STRATEGY,
    "Total Services for Young People": YOUNG,
    "Child Trust Fund Top Ups": "Child trust fund top-ups",
}
"""The lines of the returns of 2008-14 that are whole groups, by how the return writes them, and what they are here."""
GROUPS_OF_ONE = {
    "2010-11": {"Unknown": YOUNG, "Commissioning and social work": SAFEGUARDING},
    "2012-13": {"Other childrens and family services": OTHER},
    "2013-14": {"Other children's and families services": OTHER},
}
"""Groups that are one line, or have another name, in one year."""
OF_LOOKED_AFTER = (
    ("residential", "Residential care"),
    ("fostering", "Fostering"),
    ("adoption", "Adoption"),
    ("special guardianship", "Special guardianship"),
    ("other children looked after", "Other help for children looked after"),
    ("secure accommodation (welfare)", "Secure accommodation"),
    ("short breaks (respite) for looked after", "Short breaks"),
    ("children placed with family", "Placed with family and friends"),
    ("advocacy", "Advocacy"),
    ("education of looked after", "Education"),
    ("leaving care", "Leaving care"),
    ("asylum", "Asylum seekers"),
)
"""The lines within children looked after, by words of the return."""
PROVIDERS = {
    "own": "The council itself",
    "private": "Private providers",
    "other_public": "Other public bodies",
    "voluntary": "Voluntary bodies",
}
SOCIAL_WORK, CARERS = "Social work and assessment", "Support to carers"
OUTSIDE = {
    "Social Support: Substance Misuse Support": "Substance misuse support",
    "Social Support: Support to Carer": CARERS,
    "Social Support: Support for Social Isolation / Other": "Support for social isolation and other",
    "Assistive equipment and technology": "Equipment and technology",
    "Social care activities": SOCIAL_WORK,
    "Commissioning and service delivery": "Commissioning and service delivery",
    # as the return of 2024-25 writes them
    "Social support: Substance misuse support": "Substance misuse support",
    "Social support: Social Isolation": "Support for social isolation and other",
    "Care assessment and safeguarding": SOCIAL_WORK,
    "Information and early intervention": "Information and early help",
    "Commissioning, strategy and admin support": "Commissioning and service delivery",
}
"""What is for no one client group, setting or age, by the returns' names."""
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
CARE = {
    "Assessment and Care management": "Assessment and care management",
    "Residential and Nursing care": "Residential and nursing care",
    "Home care services": "Home care",
    "Community-based services": "Services in the community",
    "Direct Payments": "Direct payments",
    "Other Expenditure": "Other expenditure",
}
NOT_ITS_OWN = "Everything that the return does not name by itself"

Rows = Sequence[Mapping[str, str]]
Parts = Mapping[str, Decimal]


@dataclass(frozen=True)
class Return:
    """One return of one year: what it is of, where it was published, and its lines, which make its total."""

    memorandum: str
    year: str
    source: str
    parts: Parts
    total: Decimal
    printed: bool = True
    """Whether the return prints the total; else its lines were added up here."""


@dataclass(frozen=True)
class About:
    """What a memorandum is, as `memoranda.csv` says it."""

    part: str
    subject: str
    way: str
    counts: str
    people: str
    note: str = ""


CARE_OF_CHILDREN, CARE_OF_ADULTS = "Children’s services", "Adult social care"
ABOUT = {
    "children-by-kind": About(
        "children’s services by kind of help", CARE_OF_CHILDREN, "kind of help", GROSS, CHILDREN
    ),
    "children-looked-after": About(
        "children looked after by kind of care",
        LOOKED_AFTER,
        "kind of care",
        GROSS,
        CHILDREN,
        "From 2016-17 only leaving care is published by itself.",
    ),
    "children-by-provider": About(
        "children’s services by who provides",
        CARE_OF_CHILDREN,
        "who provides",
        GROSS,
        CHILDREN,
        "Youth justice, and in 2008-11 all else, is not broken down by the council: until 2010-11 its return puts "
        "everything under the council itself.",
    ),
    "adults-by-age": About("adult social care by age", CARE_OF_ADULTS, "age", CURRENT, ADULTS),
    "adults-by-group": About(
        "adult social care by client group",
        CARE_OF_ADULTS,
        "client group",
        CURRENT,
        ADULTS,
        "The return of 2014-15 prints support with memory and cognition below nothing, and gives no reason.",
    ),
    "adults-by-setting": About(
        "adult social care by setting", CARE_OF_ADULTS, "setting", "gross current expenditure", ADULTS
    ),
    "older-by-care": About(
        "care of people of 65 and over by kind of care",
        "Care of people of 65 and over",
        "kind of care",
        "expenditure before income, lines of the year that bridges two forms of the return",
        OLDER,
    ),
    "working-age-by-care": About(
        "care of people of 18 to 64 by kind of care",
        "Care of people of 18 to 64",
        "kind of care",
        "expenditure before income, lines of the year that bridges two forms of the return",
        WORKING_AGE,
    ),
}
REFORMED = "The Department for Education’s form of 2016-17 names its headings in another way."
NEW_FORM = "The Adult Social Care Finance Return takes the place of the earlier form."
RO3_FORM = (
    "The council’s own revenue outturn (RO3) is counted, total expenditure, in place of the finance return."
)
CHANGES = (
    (
        "children-by-kind",
        "",
        "2010-11",
        "Children’s centres and services for young people are counted for the first time.",
    ),
    ("children-by-kind", LOOKED_AFTER, "2009-10", "Asylum seekers are counted with children looked after."),
    (
        "children-by-kind",
        LOOKED_AFTER,
        "2012-13",
        "Adoption and special guardianship are counted with children looked after.",
    ),
    (
        "children-by-kind",
        FAMILY,
        "2011-12",
        "Only family support that is named as such is counted: £8.3m became £1.0m.",
    ),
    (
        "children-by-kind",
        SAFEGUARDING,
        "2010-11",
        "Commissioning and social work is counted with safeguarding.",
    ),
    (
        "children-by-kind",
        SAFEGUARDING,
        "2011-12",
        "All social work with children is counted with safeguarding.",
    ),
    ("children-by-kind", OTHER, "2012-13", "Adoption and special guardianship are no longer counted here."),
    ("children-by-kind", EVERY_LINE, "2016-17", REFORMED),
    ("children-looked-after", "", "2009-10", "Asylum seekers are counted with children looked after."),
    (
        "children-looked-after",
        "",
        "2012-13",
        "Adoption and special guardianship are counted with children looked after.",
    ),
    ("children-looked-after", EVERY_LINE, "2016-17", REFORMED),
    (
        "children-by-provider",
        "",
        "2010-11",
        "Children’s centres and services for young people are counted for the first time.",
    ),
    (
        "children-by-provider",
        EVERY_LINE,
        "2011-12",
        "Private provision and youth justice are stated by themselves for the first time.",
    ),
    ("adults-by-age", EVERY_LINE, "2016-17", NEW_FORM),
    ("adults-by-age", EVERY_LINE, "2024-25", RO3_FORM),
    ("adults-by-group", EVERY_LINE, "2024-25", RO3_FORM),
)
PEOPLE = (
    ("adults-by-age", AGES["Age 18 to 64"], WORKING_AGE),
    ("adults-by-age", AGES["Age 65 and over"], OLDER),
)
"""Lines that are for other people than their whole."""


def write_all(published: Path, into: Path) -> None:
    """Write the workbook, the two lists, and the rows of the place's other files that they need."""
    real = published / "derby" / "real"
    returns = [
        *_children_early(read_rows(real / "children_s251_outturn_2008-14.csv")),
        *_children_late(read_rows(real / "children_finance_lait_2016-25.csv")),
        *_adults(read_rows(real / "adult_social_care_ascfr_2014-17.csv")),
        *_adults_now(read_rows(real / "council_police_fire_revenue_2021-25.csv")),
    ]
    order = list(ABOUT)
    returns.sort(key=lambda one: (order.index(one.memorandum), one.year))
    (into / "workbooks").mkdir(exist_ok=True)
    _write_book(into / "workbooks", returns)
    _write_lists(into)
    _write_submissions(into, returns)
    _write_adults(into)


# --- what the returns say ------------------------------------------------------------------------------


def _children_early(rows: Rows) -> Iterator[Return]:
    """Children's services of 2008-09 to 2013-14: by kind of help, who provides, and what looked after is made of."""
    for year in EARLY:
        own = [row for row in rows if row["year"] == year]
        groups = {**TOTALS, **GROUPS_OF_ONE.get(year, {})}
        kinds: defaultdict[str, Decimal] = defaultdict(Decimal)
        providers: defaultdict[str, Decimal] = defaultdict(Decimal)
        for row in own:
            kind = groups.get(row["line"].strip())
            if kind:
                kinds[kind] += Decimal(row["total_expenditure"])
                _provided(row, providers)
        whole = next(row for row in own if row["line"].upper().endswith("BUDGET (EXCLUDING CERA)"))
        total = Decimal(whole["total_expenditure"])
        source = S251.format(year=year)
        yield _return("children-by-kind", year, source, kinds, total)
        yield _return("children-by-provider", year, source, providers, total)
        yield _return("children-looked-after", year, source, _looked_after(own), kinds[LOOKED_AFTER])


def _provided(row: Mapping[str, str], providers: defaultdict[str, Decimal]) -> None:
    stated = {column: Decimal(row[column] or 0) for column in PROVIDERS}
    for column, amount in stated.items():
        providers[PROVIDERS[column]] += amount
    rest = Decimal(row["total_expenditure"]) - sum(stated.values())
    if abs(rest) >= 1:
        providers["Not stated (youth justice)"] += rest
    else:
        providers[PROVIDERS["own"]] += rest  # the return's own rounding


def _looked_after(own: Rows) -> Parts:
    """The lines between the first of the group and its total."""
    end = next(i for i, row in enumerate(own) if row["line"].strip() == "Total Children Looked After")
    start = next(i for i, row in enumerate(own) if row["line"].strip() == "Residential care")
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in own[start:end]:
        words = row["line"].lower()
        name = next(name for start_of, name in OF_LOOKED_AFTER if start_of in words)
        parts[name] += Decimal(row["total_expenditure"])
    return parts


def _children_late(rows: Rows) -> Iterator[Return]:
    """Children's services of 2016-17 on: by kind of help, and leaving care within children looked after."""
    for year in LATE:
        of_year = {row["measure_code"]: row["derby"] for row in rows if row["year"][:7] == year}
        source = LAIT.format(year=year)
        kinds = {name: Decimal(of_year[code]) for code, name in KINDS.items()}
        yield _return("children-by-kind", year, source, kinds, Decimal(of_year["C&YPExpenditure"]))
        leaving, whole = Decimal(of_year["LeaveCareSupServTotExp"]), kinds[LOOKED_AFTER]
        parts = {"Leaving care": leaving, NOT_ITS_OWN: whole - leaving}
        yield _return("children-looked-after", year, source, parts, whole)


def _adults(rows: Rows) -> Iterator[Return]:
    """Adult social care of 2014-15 to 2016-17: by age, client group, setting, and by kind of care within an age."""
    gross = [row for row in rows if (row["year"], row["measure"]) == ("2014-15", "Gross current expenditure")]
    whole = next(_pounds(row) for row in gross if row["support_reason"].strip() == "Adult Social Care")
    # the return prints these lines twice over, with the same pounds
    beside = {
        OUTSIDE[row["support_reason"].strip()]: _pounds(row)
        for row in gross
        if row["support_reason"].strip() in OUTSIDE and row["setting"] == "Total"
    }
    ages, groups = (_by(gross, column) for column in ("age_band", "support_reason"))
    by_age = {AGES[age]: amount for age, amount in ages.items()}
    rest = {ANY_AGE: whole - sum(by_age.values())}
    yield _return("adults-by-age", "2014-15", PSS, {**by_age, **rest}, whole)
    yield _return("adults-by-group", "2014-15", PSS, {**groups, **beside}, whole)
    yield _return("adults-by-setting", "2014-15", PSS, {**_settings(gross), **beside}, whole)
    yield _ages_of_2016(rows)
    for year in ("2015-16", "2016-17"):
        for memorandum, age in (
            ("working-age-by-care", "Age 18 to 64"),
            ("older-by-care", "Age 65 and over"),
        ):
            parts = _bridged(rows, year, age)
            total = sum(parts.values(), Decimal(0))
            yield _return(memorandum, year, BRIDGE.format(year=year), parts, total, printed=False)


def _by(gross: Rows, column: str) -> dict[str, Decimal]:
    """Short and long term care of 2014-15 together, by age or by client group."""
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in gross:
        if row["setting"] == "Short and long term total" and row["support_reason"] != "Total":
            parts[row[column].strip()] += _pounds(row)
    return dict(parts)


def _settings(gross: Rows) -> Parts:
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in gross:
        if row["support_reason"] != "Total":
            continue
        if row["care_type"] == "Long term" and row["setting"] in SETTINGS:
            parts[SETTINGS[row["setting"]]] += _pounds(row)
        if row["care_type"] == "Short term" and row["setting"] == "Total":
            parts["Short-term care"] += _pounds(row)
    return parts


def _ages_of_2016(rows: Rows) -> Return:
    sums = [row for row in rows if (row["year"], row["table"]) == ("2016-17", "ASC-FR totals")]
    by_age = {
        AGES[row["age_band"]]: _pounds(row)
        for row in sums
        if row["age_band"] in AGES and row["measure"] == "Gross current expenditure"
    }
    whole = next(_pounds(row) for row in sums if row["measure"] == "Grosscurrentexpenditure")
    rest = {ANY_AGE: whole - sum(by_age.values())}
    return _return("adults-by-age", "2016-17", ASC_FR, {**by_age, **rest}, whole, printed=False)


def _bridged(rows: Rows, year: str, age: str) -> Parts:
    asked = (year, "Bridging Year", age, "Expenditure")
    return {
        CARE[row["setting"]]: _pounds(row)
        for row in rows
        if (row["year"], row["table"], row["age_band"], row["measure"]) == asked
    }


def _adults_now(rows: Rows) -> Iterator[Return]:
    """Adult social care of 2024-25 by age and by client group."""
    own = {
        row["service"].strip(): _pounds(row)
        for row in rows
        if (row["return"], row["ecode"], row["measure"]) == ("RO3", "E1001", "Total Expenditure")
    }
    whole = next(amount for name, amount in own.items() if name.startswith("TOTAL ADULT SOCIAL CARE"))
    beside: defaultdict[str, Decimal] = defaultdict(Decimal)
    ages: defaultdict[str, Decimal] = defaultdict(Decimal)
    groups: defaultdict[str, Decimal] = defaultdict(Decimal)
    for name, amount in own.items():
        if name in OUTSIDE:
            beside[OUTSIDE[name]] += amount
        group, _, age = name.partition(" - ")
        if not group.startswith("Subcategory") and age in ("adults (18–64)", "older people (65+)"):
            ages[AGES["Age 18 to 64" if age.startswith("adults") else "Age 65 and over"]] += amount
            groups[group] += amount
    rest = {ANY_AGE: sum(beside.values(), Decimal(0))}
    yield _return("adults-by-age", "2024-25", RO3, {**ages, **rest}, whole)
    yield _return("adults-by-group", "2024-25", RO3, {**groups, **beside}, whole)


def _pounds(row: Mapping[str, str]) -> Decimal:
    """Pounds of a figure that is printed in thousands."""
    return Decimal(row["value"]) * 1000


def _return(
    memorandum: str, year: str, source: str, parts: Parts, total: Decimal, *, printed: bool = True
) -> Return:
    """One return in whole pennies; raises `ValueError` where its lines do not make its total.

    The odd pennies of a return that prints parts of a penny go to its largest line.
    """
    pennies = {name: amount.quantize(Decimal("0.01")) for name, amount in parts.items() if amount}
    whole = total.quantize(Decimal("0.01"))
    odd = whole - sum(pennies.values())
    if abs(odd) > Decimal("0.05"):
        raise ValueError(f"{memorandum} of {year}: the lines are {odd} short of {whole}.")
    pennies[max(pennies, key=lambda name: pennies[name])] += odd
    ordered = dict(sorted(pennies.items(), key=lambda part: -part[1]))
    return Return(memorandum, year, source, ordered, whole, printed)


# --- what is written -----------------------------------------------------------------------------------


def _sheet_of(one: Return) -> str:
    return f"{one.memorandum} {one.year}"


def _write_book(folder: Path, returns: Iterable[Return]) -> None:
    book = new_book(folder, BOOK)
    for one in returns:
        about = ABOUT[one.memorandum]
        sheet = Sheet(book, _sheet_of(one), (60, 18), "#,##0.00")
        sheet.title(f"{about.subject} by {about.way}, {one.year}", "Derby City Council", one.source, "Pounds")
        sheet.header(about.way.capitalize(), about.counts.capitalize())
        rows = [sheet.line((name,), float(amount)) for name, amount in one.parts.items()]
        sheet.total("Total", 1, f"=SUM(B{rows[0]}:B{rows[-1]})", float(one.total))
    book.close()


def _write_lists(into: Path) -> None:
    write_rows(
        into / "memoranda.csv",
        "id,organisation,part,subject,way,counts,people,note",
        [
            (id_, COUNCIL, about.part, about.subject, about.way, about.counts, about.people, about.note)
            for id_, about in ABOUT.items()
        ],
    )
    changes = [(memorandum, line, year, change, "") for memorandum, line, year, change in CHANGES]
    people = [(memorandum, line, "", "", who) for memorandum, line, who in PEOPLE]
    write_rows(into / "memorandum_lines.csv", "memorandum,line,year,change,people", [*changes, *people])


def _write_submissions(into: Path, returns: Iterable[Return]) -> None:
    """The rows of the workbook, after all others."""
    path, workbook = into / "submissions.csv", f"{BOOK}.xlsx"
    rows = [row for row in read_rows(path) if row["workbook"] != workbook]
    shares = {row["id"] for row in read_rows(into / "shares.csv")}
    for one in returns:
        share = f"council-whole-{one.year}"
        rows.append(
            {
                "id": f"{COUNCIL}-{one.memorandum}-{one.year}",
                "workbook": workbook,
                "sheet": _sheet_of(one),
                "organisation": COUNCIL,
                "year": one.year,
                "phase": "outturn",
                "part": ABOUT[one.memorandum].part,
                "figures_year": "",
                "grade": "2",
                "share": share if share in shares else "council-whole",
                "control_total": format(one.total, "f"),
                "source": one.source,
                "provenance": "published",
                "control_source": "own total" if one.printed else "our own sum",
            }
        )
    write_rows(path, ",".join(rows[0]), [row.values() for row in rows])


def _write_adults(into: Path) -> None:
    """People of 18 and over: all residents less those under 18, of each year that has both."""
    path = into / "populations.csv"
    rows = [row for row in read_rows(path) if row["area"] != ADULTS]
    everyone = {row["year"]: row for row in rows if row["ons_code"] == "E06000015" and not row["groups"]}
    for row in [row for row in rows if row["area"] == CHILDREN]:
        if row["year"] in everyone:
            whole = everyone[row["year"]]
            rows.append(
                {
                    "ons_code": "derby-adults",
                    "area": ADULTS,
                    "year": row["year"],
                    "population": str(int(whole["population"]) - int(row["population"])),
                    "basis": f"all residents ({whole['basis']}) less those under 18",
                    "source": f"{whole['source']}; {row['source']}",
                    "groups": "",
                }
            )
    write_rows(path, ",".join(rows[0]), [row.values() for row in rows])


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), Path(sys.argv[2]))
