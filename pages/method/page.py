"""How is this counted, what do the words mean, and where does each figure come from?"""

from collections.abc import Sequence

import streamlit as st

from budget_model.count.saying import counted, listed, opened
from pages.method.sources import every_source
from pages.shared import chart, components, kept, scope_picker, tables
from pages.shared.components import as_typed

# How a figure comes about, in its order.
COUNTED = (
    (
        "A line",
        "One amount that one organisation plans or spent, in one financial year, on one service. It keeps the "
        "file, sheet, row and column that it came from, so every figure can be followed back to its cell.",
    ),
    (
        "A service",
        "Unlike bodies need one language. Each line is mapped to one service of a common list; the service "
        "carries its international function (COFOG), its client groups and its parts in the delivery boards, which add "
        "up to one. Cross-cutting themes are tags: they overlap and are never added up.",
    ),
    (
        "The place’s share",
        "A body that serves only this place counts whole. A body with a wider area counts by the best "
        "known share: activity, funding formula, the people it is for, residents, then rougher ones. Numerator, "
        "denominator and source of each share are below.",
    ),
    (
        "Counted once",
        "Where one body pays another and both are included, the money is in both budgets. Both stay as they "
        "were sent; the lower of the two stated amounts is taken out once. Shown with who pays, the payer keeps the "
        "money; shown with who spends, the final spender has it. A whole budget that a department hands to a body, as to an "
        "NHS commissioner, is that body’s own to pay from and stands with it in both. The place’s total is the same in both.",
    ),
    ("Net and gross", "Net is after fees, charges and rents are taken off. Gross is before."),
    (
        "How sure",
        "Each line has a confidence grade from 1 to 6, and each grade a band. What errs together adds up: one body’s own "
        "figures, or everything that stands on one ratio, of any body; what errs apart is combined as "
        "independent errors. That gives the range beside each total.",
    ),
)
# How figures are set beside others.
COMPARED = (
    (
        "The benchmark",
        "The Treasury’s regional analysis says what was spent for the region. Times the place’s share of "
        "its people, it says what a complete map should come near. The Overview explains the difference step by step.",
    ),
    (
        "Beside other places",
        "A council stands beside others by what it spends per resident, and on services for children or for adults in care "
        "per child or per adult. The second benchmark of the whole map shares the region’s benefits by what households "
        "received, which follows need. Older people, working age, health and deprivation are not counted here for other "
        "councils, so no comparison with them is adjusted for those.",
    ),
    (
        "What changed",
        "Two years, phases or versions of the map are compared on the bodies that both have; a body that has sent one "
        "alone is left out and named, unless it began or ended between them and a body that it took over from, or that took over from it, is on the other map. The bars add up to the "
        "change: new and ended bodies, parts of budgets on one map only, the earlier money at the later share, what "
        "passes between bodies, the same money in later prices, the same for as many residents as the later year has. "
        "What is left is the change in the budgets themselves, after inflation and population.",
    ),
    (
        "Trends",
        "A trend stands on the bodies that sent every year of the one that sent most years, unless it is of one body. A year without a figure is a gap "
        "with its reason. It is said where figures of two years are not made alike: another phase, other parts "
        "of a budget, another kind of share, other bodies. Real terms use the deflator of each year, per head its "
        "population; between two counts that is on the line between them. Per person served divides by the "
        "group that a service is for, in the years between its counts.",
    ),
    (
        "Plan and outturn",
        "A variance is the outturn, or else the forecast, less the budget: above zero an overspend. It is worked out for "
        "each part of a body’s budget that has both, and for no other. A phase that was not sent is shown as not sent.",
    ),
)
KEPT = (
    (
        "Map versions",
        "A published map is a whole store, frozen: submissions with their files, mapping, settings, reference data and the "
        "map itself, with the fingerprint of its file and the version of the program that made it. Every figure of it is "
        "proved again, to the penny, by the checks of the store.",
    ),
    (
        "Never said",
        "Nothing on these pages is called a saving. Money that could be joined up is not money that could be cut.",
    ),
)


def show() -> None:
    """How the total comes about as one picture, the method in plain words, then every number that it stands on."""
    place = kept.place()
    scope = scope_picker.chosen()
    st.title("Method and sources")
    if kept.total(scope).lines:
        chart.show(scope, "once", key="method_once", level=2)
    components.section("From a line of a budget to the place’s total", level=2)
    components.facts(COUNTED, "method")
    _fold("How figures are compared", COMPARED, "compared")
    _fold("What is kept, and what is never said", KEPT, "kept")
    sources = every_source(place, scope.year)
    components.section(
        f"{opened(counted(len(sources), 'table', 'tables'))} of numbers that all this stands on", place.basis
    )
    for number, source in enumerate(sources):
        rows = counted(len(source.table.rows), "row", "rows")
        with components.unfolding(f"{source.title}: {rows}", f"method_{number}") as open_now:
            if open_now:
                components.note(f"{source.about}.")
                tables.show(source.table)
                chart.files(source.table, f"method_{number}")


def _fold(title: str, steps: Sequence[tuple[str, str]], key: str) -> None:
    """Steps of the method behind their names."""
    names = listed([name.lower() for name, _ in steps])
    with st.expander(as_typed(f"{title}: {names}"), key=f"method_{key}"):
        components.facts(steps, "method")


show()
