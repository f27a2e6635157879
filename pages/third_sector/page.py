"""Who depends on grants under £10,000, who gives to voluntary bodies, what ends when, and are the promises kept?"""

import streamlit as st

from budget_model import dates
from budget_model.count.saying import counted, opened
from budget_model.dates import day
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Gone
from budget_model.money import percent, pounds
from budget_model.scope import Scope
from budget_model.together.voluntary import Voluntary, amount_of, count_of
from pages.shared import chart, choice, components, kept, scope_picker
from pages.shared.components import Share, Tile, as_typed
from pages.shared.drawn import Room
from pages.third_sector import compact, loading, words

YEAR = "awarded"
EVERY = ""
ROOM = Room(most=12)
BY = "by"
CHARTS = {
    "funders": "By funder",
    "third-sizes": "By size",
    "third-lengths": "By length",
    "third-boards": "By board",
}
TABLES = ("third-renewals", "third-shared", "third-sums")


def show() -> None:
    """The answer first, then each view of the same total, the promises, and where files are loaded."""
    components.dress("upload")
    scope = scope_picker.chosen()
    st.title("Third sector")
    voluntary = kept.answers(scope).voluntary()
    year = _year(voluntary)
    shown = catalogue.show(kept.answers(scope), "third-tail", year)
    if isinstance(shown, Gone):
        chart.say_gone(shown)
    else:
        chart.draw(shown, f"third_tail_{year}", room=ROOM, level=2)
        components.note(shown.why)
        _tiles(voluntary.of_year(int(year) if year else None))
        with components.folded_on_phones("By funder, size, length or board", "third_views"):
            _views(scope, year, tuple(name for name in CHARTS if voluntary.bodies or name != "third-sizes"))
    _aside(voluntary)
    with components.folded_on_phones("How the partnership keeps the Compact’s promises", "third_compact"):
        compact.show(scope)
    with components.folded_on_phones("Load grants or payments", "third_loading"):
        loading.show()
    words.show(voluntary)


def _year(voluntary: Voluntary) -> str:
    years = [str(year) for year in reversed(voluntary.years)]
    if not years:
        return EVERY
    with st.container(horizontal=True, key="controls_third_sector"):
        return choice.one(
            "Awarded or paid in",
            (EVERY, *years),
            YEAR,
            EVERY,
            lambda year: year or f"Every year, {years[-1]} to {years[0]}",
        )


def _tiles(voluntary: Voluntary) -> None:
    small, named = voluntary.small, amount_of(one for one in voluntary.given if one.recipient)
    ending = voluntary.ending(dates.today())
    components.tiles(
        [
            Tile(
                "Given to voluntary bodies",
                pounds(voluntary.total),
                counted(voluntary.grants, "grant", "grants"),
            ),
            Tile(
                "Known to be under £10,000",
                pounds(amount_of(small)),
                f"{count_of(small):,} of {voluntary.grants:,} grants",
                Share(amount_of(small), voluntary.total),
            ),
            Tile(
                "Known with its receiver",
                pounds(named),
                f"{percent(named, voluntary.total)}, {counted(len(voluntary.bodies), 'body', 'bodies')}",
                Share(named, voluntary.total),
            ),
            Tile(
                "Next to end",
                day(ending[0].ends) if ending and ending[0].ends else "not known",
                f"{counted(len(ending), 'grant ends', 'grants end')} on a known day to come",
            ),
        ],
        "four",
    )


def _views(scope: Scope, year: str, charts: tuple[str, ...]) -> None:
    """The same total in one way at a time; the sizes stand at the top already where nobody is known by name."""
    components.question("The same money, seen in one way at a time")
    with st.container(horizontal=True, key="controls_third_by"):
        name = choice.segment("Show by", charts, BY, charts[0], CHARTS.__getitem__)
    chart.show(scope, name, year, key=f"{name}_{year}", room=ROOM, level=2)
    for name in TABLES:
        of = "" if name == "third-sums" else year
        chart.show_table(scope, name, of, key=f"{name}_{year}", level=2, folded=True)
    st.page_link(
        "pages/external_funding/page.py",
        label="What ends next March from outside the place, and who bids for what",
        icon=":material/arrow_forward:",
    )


def _aside(voluntary: Voluntary) -> None:
    """What is kept and not counted, each with its reason."""
    if not voluntary.asides:
        return
    components.section(
        "Loaded and not counted", "Every row is kept; a file can be corrected and loaded again."
    )
    components.bullets(
        as_typed(f"{opened(counted(aside.rows, 'row', 'rows'))} of {pounds(aside.amount)} {why}")
        for why, aside in voluntary.asides.items()
    )


show()
