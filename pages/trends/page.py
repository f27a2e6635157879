"""How has the money of a body, a board or a service gone over the years, in cash, in real terms, per head?"""

import streamlit as st

from budget_model.exhibits import catalogue, trends
from budget_model.exhibits.colours import FAINT
from budget_model.exhibits.exhibit import Gone
from budget_model.exhibits.memoranda import every_memorandum
from budget_model.exhibits.trends import Choice
from budget_model.scope import Scope
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, down, kept, scope_picker
from pages.shared.components import Key

KEYS = (
    Key("not counted like the year before", "dot hollow"),
    Key("no figure", colour=FAINT),
)
COUNTED = {"same": "The same bodies every year", "all": "Every body on each map"}
KINDS = {Dimension.ORGANISATION: "body", Dimension.THEME: "board", Dimension.SERVICE: "service"}
PER = {"head": "As chosen above", "served": "Per person served"}


def show() -> None:
    """The page: what the trend is of, the line, and what to know of it."""
    scope = scope_picker.chosen()
    st.title("Trends")
    chosen = _choices(scope)
    shown = catalogue.show(kept.answers(scope), "years", str(chosen))
    if isinstance(shown, Gone):
        chart.say_gone(shown)
        return
    chart.draw(shown, f"trend_{chosen.part.word or 'place'}", level=2, keys=KEYS)
    components.bullets([sentence for sentence in (shown.why, *shown.table.notes) if sentence])
    st.page_link(
        "pages/what_changed/page.py",
        label="What changed between two of these years, and why",
        icon=":material/arrow_forward:",
        query_params=down.query(scope),
    )


def _choices(scope: Scope) -> Choice:
    """What the trend is of, which bodies count, and per head of whom; kept in the link."""
    names = _names(scope)
    with st.container(horizontal=True, key="controls_trend", vertical_alignment="bottom"):
        of = choice.one("Of", tuple(names), "of_what", trends.PLACE, names.__getitem__)
        per = choice.segment("Per head", tuple(PER), "per", "head", PER.__getitem__)
        counted = choice.segment("Bodies", tuple(COUNTED), "counted", "same", COUNTED.__getitem__)
    return Choice(of, per == "served", counted == "all")


def _names(scope: Scope) -> dict[str, str]:
    """Everything that a trend can be of: the place, the bodies, boards and services on any map, and what returns say."""
    answers = kept.answers(scope)
    named = {trends.PLACE: answers.place.name}
    for word, dimension in trends.OF.items():
        keys = trends.keys_of(answers, word)
        called = answers.called(dimension)
        kind = KINDS[dimension]
        ordered = sorted(keys, key=lambda key: called(key).casefold())
        named |= {f"{word}:{key}": f"{called(key)} ({kind})" for key in ordered}
    return named | {f"{trends.MEMORANDUM}:{one.key}": one.in_full for one in every_memorandum(answers)}


show()
