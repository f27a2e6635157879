"""Where is what I am looking for, and how much is it?"""

import streamlit as st

from budget_model.count.results import LineOnMap
from budget_model.count.saying import counted
from budget_model.exhibits.ways import Chosen
from budget_model.money import sure_pounds
from budget_model.partnership.questions import questions_for
from budget_model.searching import Entry, Found, Hit, Sort
from budget_model.vocabulary import Dimension
from pages.opportunities import links
from pages.shared import asking, choice, components, down, kept, looking, scope_picker
from pages.shared.components import as_typed, opening

FIRST, MOST = 5, 40
LINES = 6


def show() -> None:
    """The box, and what answers what is typed in it, by kind, each with its figure and the way there."""
    st.title("Search")
    with st.container(key="controls_search"):
        asked = choice.text("Look for a body, a service, a line or a word", looking.ASKED, "bins")
    if not asked:
        components.empty(
            "Type what you look for, in your own words.",
            "This searches bodies, boards, services, areas, opportunities, targets, budget lines, pages and the glossary.",
        )
        _questions()
        return
    if opening.LOST in st.query_params:
        components.info("There is no page at that address. This is what its words lead to.")
    answers = looking.everything().find(asked)
    lines = kept.lines_saying(scope_picker.chosen(), tuple(answers.read_as.split()), LINES)
    if not answers.hits and not lines:
        components.empty(f"Nothing was found for “{asked}”.", "Try another word for it, or a shorter one.")
        return
    if answers.corrected:
        components.note(f"Shown for “{answers.read_as}”.")
    _hits(answers)
    _lines(answers.read_as, lines)


def _questions() -> None:
    """What others have asked, each a click from its answer."""
    components.section("Questions that this map answers")
    for each in questions_for(asking.asker()):
        st.page_link(
            f"pages/{each.page}/page.py", label=as_typed(each.words), icon=":material/arrow_forward:"
        )


def _hits(answers: Found) -> None:
    sorts = list(answers.by_sort().items())
    if opening.LOST in st.query_params:  # an address is the name of a page
        sorts.sort(key=lambda each: each[0] is not Sort.PAGE)
    for sort, hits in sorts:
        components.section(f"{sort}: {len(hits)}", "")
        every = bool(st.session_state.get(f"all_{sort.name}"))
        for hit in hits[: MOST if every or len(hits) == FIRST + 1 else FIRST]:
            _hit(hit)
        if len(hits) > FIRST + 1 and not every:
            st.button(
                as_typed(f"Show {counted(min(len(hits), MOST), 'result', 'results')}"),
                key=f"more_{sort.name}",
                on_click=_more,
                args=(sort,),
            )


def _more(sort: Sort) -> None:
    st.session_state[f"all_{sort.name}"] = True


def _hit(hit: Hit) -> None:
    """What was found, its figure, by which of its names, and the way there."""
    entry = hit.entry
    if entry.sort is Sort.TERM:
        components.say((components.strong(entry.name), f": {entry.about}"))
        return
    path, query = _way(entry)
    figure = f" · {entry.figure}" if entry.figure else ""
    with st.container(key=f"hit_{entry.sort.name}_{entry.key}", gap=None):
        st.page_link(
            f"pages/{path}/page.py",
            label=as_typed(f"{entry.name}{figure}"),
            icon=":material/arrow_forward:",
            query_params=query,
        )
        called = "" if entry.sort in (Sort.PAGE, Sort.OPPORTUNITY) else hit.called
        about = " · ".join(part for part in (entry.about, called and f"also called “{called}”") if part)
        if about:
            components.aside(about)


def _way(entry: Entry) -> tuple[str, dict[str, str | list[str]]]:
    """The page that shows an entry, and what its link says."""
    scope = scope_picker.chosen()
    of_service: Chosen = ((Dimension.SERVICE, entry.key),)
    ways: dict[Sort, tuple[str, dict[str, str | list[str]]]] = {
        Sort.PAGE: (entry.key, down.query(scope)),
        Sort.BODY: ("organisations", down.query(scope, body=entry.key)),
        Sort.BOARD: ("themes", down.query(scope, board=entry.key)),
        Sort.SERVICE: ("lines", down.query(scope, of_service)),
        Sort.AREA: ("areas", down.query(scope, area=entry.key)),
        Sort.OPPORTUNITY: ("opportunities", dict(links.query(entry.key))),
        Sort.TARGET: ("targets", down.query(scope, target=entry.key)),
    }
    return ways[entry.sort]


def _lines(words: str, lines: tuple[LineOnMap, ...]) -> None:
    """The largest budget lines that say the words, each down to its cell, and the way to all of them."""
    if not lines:
        return
    scope = scope_picker.chosen()
    components.section("Budget lines", "The largest lines with these words")
    for line in lines:
        with st.container(key=f"hit_line_{line.line}", gap=None):
            st.page_link(
                "pages/lines/page.py",
                label=as_typed(f"{line.description} · {sure_pounds(line.city_amount, line.grade)}"),
                icon=":material/arrow_forward:",
                query_params=down.query(scope, line=str(line.line)),
            )
            components.aside(f"{line.organisation_name} · {line.where}")
    st.page_link(
        "pages/lines/page.py",
        label=as_typed(f"Every line that says “{words}”"),
        icon=":material/arrow_forward:",
        query_params=down.query(scope, search=words),
    )


show()
