"""Which bodies are missing from the map of a year: one answer on every page."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from budget_model.answers import Answers
from budget_model.count.assurance import missing_bodies, why_missing
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Gone
from budget_model.place.model import Organisation
from budget_model.scope import Scope
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.vocabulary import Kind, OrganisationStatus, OrganisationType
from tests.towns import line, organisation, receive, submission, town

COUNCIL = organisation("council", "Anytown Council", OrganisationType.COUNCIL)
POLICE = organisation("police", "Shire Police", OrganisationType.POLICE)
TRUST = organisation("trust", "Hospital Trust", OrganisationType.NHS, OrganisationStatus.AWAITED)
COUNTY = organisation("county", "The County", OrganisationType.COUNCIL, OrganisationStatus.NOT_APPLICABLE)


def names(bodies: tuple[Organisation, ...]) -> list[str]:
    return [body.id for body in bodies]


def test_a_body_on_last_year_s_map_is_missing_from_this_one() -> None:
    place = town(organisations=(COUNCIL, POLICE, TRUST, COUNTY))
    assert names(missing_bodies(place, "2017-18", {"council"})) == ["police", "trust"]
    assert why_missing(POLICE, "2017-18") == "its figures for 2017-18 are not on the map"


def test_a_body_is_missing_only_from_the_years_that_it_lived_in() -> None:
    ended = replace(TRUST, closed=date(2018, 6, 30))
    begun = replace(POLICE, opened=date(2018, 7, 1))
    place = town(organisations=(ended, begun))
    assert names(missing_bodies(place, "2017-18", ())) == ["trust"]
    assert names(missing_bodies(place, "2018-19", ())) == ["trust", "police"]
    assert names(missing_bodies(place, "2019-20", ())) == ["police"]


def test_the_overview_and_the_list_of_bodies_count_the_same_bodies(empty_made: Path, tmp_path: Path) -> None:
    with Store(Path(shutil.copy(empty_made, tmp_path / "budget.duckdb"))) as store:
        with store.writing() as writer:
            keep_place(writer, town(organisations=(COUNCIL, POLICE, TRUST, COUNTY)))
        receive(store, submission("council", [line("Care", 300, "care")]), b"", by="test")
        receive(store, submission("council", [line("Care", 310, "care")], year="2017-18"), b"", by="test")
        receive(
            store,
            submission("police", [line("Patrol", Decimal("1019.5"), "safety")], share="quarter"),
            b"",
            by="test",
        )
        said = {}
        for year in ("2016-17", "2017-18"):
            answers = Answers(store, Scope(year=year))
            shown = catalogue.show(answers, "bodies")
            assert not isinstance(shown, Gone)
            relied = answers.relied_on()
            said[year] = (relied.on_map, relied.known, names(relied.awaited), shown.notes)
    assert said == {
        "2016-17": (2, 3, ["trust"], ("Two bodies are included, one is not",)),
        "2017-18": (1, 3, ["police", "trust"], ("One body is included, two are not",)),
    }


def test_a_body_whose_money_a_switch_leaves_out_is_not_missing(town_made: Path, tmp_path: Path) -> None:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as store:
        benefit = line("Pensions", 900_000, "care", kind=Kind.TRANSFER_TO_INDIVIDUALS)
        receive(store, submission("nhs", [benefit]), b"", by="test")
        receive(store, submission("council", [line("Care", 300_000, "care")]), b"", by="test")
        relied = Answers(store, Scope(year="2016-17", transfers_to_individuals=False)).relied_on()
        assert (relied.on_map, relied.known, names(relied.awaited)) == (2, 4, ["police", "trust"])
