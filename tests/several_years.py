"""Anytown over four years: sums that an officer can do in the head, with a gap, a break and a body that ended.

| pounds | 2013-14 | 2015-16 | 2016-17 budget | 2016-17 outturn | 2017-18 |
|---|---|---|---|---|---|
| council, care | 1,000 | 1,000 | 1,000 | 1,040 | 1,150 |
| council, roads | 200 | 200 | 300 | 280 | 200 |
| police (a quarter of) | 400 | 400 | 400 | not sent | 440 |
| NHS, health | not sent | not sent | 2,000 | not sent | not sent |

Prices rise by 2% from 2015-16 to 2016-17 and by 2% again; residents are counted in 2011 and 2021 and rise by 20 a year.
"""

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from budget_model.place.model import Deflator, Place, Population
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.vocabulary import Phase
from tests.towns import line, receive, submission, town

PRICES = {"2013-14": "96", "2015-16": "100", "2016-17": "102", "2017-18": "104.04"}
PEOPLE = {2011: 1000, 2021: 1200}
COUNCIL = (
    ("2013-14", Phase.OUTTURN, 1000, 200),
    ("2015-16", Phase.OUTTURN, 1000, 200),
    ("2016-17", Phase.ORIGINAL_BUDGET, 1000, 300),
    ("2016-17", Phase.OUTTURN, 1040, 280),
    ("2017-18", Phase.OUTTURN, 1150, 200),
)
POLICE = (
    ("2013-14", Phase.OUTTURN, 1600),
    ("2015-16", Phase.OUTTURN, 1600),
    ("2016-17", Phase.ORIGINAL_BUDGET, 1600),
    ("2017-18", Phase.OUTTURN, 1760),
)


def place() -> Place:
    """Anytown with prices of four years and two counts of its residents; a quarter of the police is its own."""
    quarter = next(share for share in town().shares if share.id == "quarter")
    return town(
        shares=(replace(quarter, id="fourth", numerator=Decimal(1), denominator=Decimal(4)),),
        deflators=tuple(
            Deflator(year, Decimal(index), "published", "invented") for year, index in PRICES.items()
        ),
        populations=tuple(
            Population("E1", "Anytown", year, count, "census", "invented") for year, count in PEOPLE.items()
        ),
    )


def build(empty: Path, into: Path) -> Path:
    """A store of it, copied from an empty one."""
    path = Path(shutil.copy(empty, into))
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, place())
        for year, phase, care, roads in COUNCIL:
            lines = [line("Home care", care, "care"), line("Highways", roads, "roads", row=2)]
            receive(store, submission("council", lines, year=year, phase=phase), b"", by="test")
        for year, phase, amount in POLICE:
            lines = [line("Response", amount, "safety")]
            receive(
                store,
                submission("police", lines, year=year, phase=phase, share="fourth", grade=4),
                b"",
                by="test",
            )
        receive(store, submission("nhs", [line("Clinics", 2000, "health")]), b"", by="test")
    return path
