"""A second place set up by hand, as the README says: it loads, has its own name, and is mapped on the screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
from budget_model.contribute.about import About
from budget_model.store.contributions import drafts
from budget_model.store.mapping_memory import without_service
from budget_model.store.store import Store
from budget_model.vocabulary import Phase
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow

DERBY = Path(__file__).parents[2] / "data" / "derby"
LEFT_OUT = ("areas.csv", "populations.csv", "funding_streams.csv", "themes.csv", "service_themes.csv")
OWN = {
    "organisations.csv": "id,name,short_name,type,status,footprint,colour,note,source\n"
    "the-council,The Council,Council,council,mapped,Ourtown,#12436D,,\n",
    "shares.csv": "id,organisation,year,basis,numerator,numerator_is,denominator,denominator_is,grade,note,source\n"
    "ourtown-in-region,,2016-17,resident population,1,people here,20,people in the region,5,,counted\n"
    "whole,the-council,2016-17,direct,1,serves Ourtown alone,1,the whole budget,2,,counted\n",
    "submissions.csv": "id,workbook,sheet,organisation,year,phase,part,figures_year,grade,share,control_total,source,"
    "provenance,control_source\n"
    "council,council.csv,,the-council,2016-17,original budget,revenue,,2,whole,1750000,counted,stated,own total\n",
    "workbooks/council.csv": "Service,Budget 2016-17 (£)\n"
    'Refuse collection,"1,000,000"\nLibraries,"500,000"\nZorbing supervision,"250,000"\nTotal,"1,750,000"\n',
}


@pytest.fixture(scope="module")
def ourtown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the README has somebody make, loaded by the command."""
    folder = tmp_path_factory.mktemp("places") / "ourtown"
    (folder / "workbooks").mkdir(parents=True)
    for file in DERBY.glob("*.csv"):
        if file.name not in LEFT_OUT:
            (folder / file.name).write_text(f"{file.read_text(encoding='utf-8').splitlines()[0]}\n", "utf-8")
    for name, text in OWN.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = (DERBY / "place.toml").read_text(encoding="utf-8")
    for derbys, ours in (
        ('"derby"', '"ourtown"'),
        ('"Derby"', '"Ourtown"'),
        ("E06000015", "E99999999"),
        ("derby-in-region", "ourtown-in-region"),
    ):
        settings = settings.replace(derbys, ours)
    (folder / "place.toml").write_text(settings, encoding="utf-8")
    path = folder.parent / "store.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUDGET_MODEL_STORE", str(path))
        assert main(["seed", "--place", str(folder)]) == 0
    return path


@pytest.fixture
def visit(ourtown: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(ourtown, monkeypatch)


def test_every_page_speaks_of_the_place_and_not_of_the_worked_example(visit: Callable[..., AppTest]) -> None:
    for page in ("overview", "explore", "mapping"):
        words = said(visit(page))
        assert "Ourtown · Spend for residents of" in words, page
    assert "Ourtown’s public money" in words


def test_its_lines_without_a_service_are_named_and_mapped_from_the_file_that_was_loaded(
    visit: Callable[..., AppTest], ourtown: Path
) -> None:
    app = visit("mapping")
    words = said(app)
    assert "Three lines have no service yet" in words
    with Store(ourtown) as store:
        (waiting,) = without_service(store)
    assert (waiting.lines, waiting.amount) == (3, 1_750_000)
    app.button(key=f"map_{waiting.submission}").click().run()
    assert not app.exception
    with Store(ourtown) as store:
        (draft,) = drafts(store)
    assert draft.about == About("the-council", "2016-17", Phase.ORIGINAL_BUDGET, "revenue")
    app = visit("upload", draft=str(draft.number), step="mapping")
    assert "wordings to look at" in said(app)
    app.button(key="accept_shown").click().run()
    assert not app.exception
    with Store(ourtown) as store:
        assert drafts(store)[0].decisions
