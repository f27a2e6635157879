"""What ends next March, who bids for what, and what money from outside does each board hold?"""

import streamlit as st

from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Gone
from budget_model.partnership.comments import About, Subject
from budget_model.place.model import ThemeKind
from budget_model.scope import Scope, to_link
from budget_model.together.external_funding import Register
from pages.external_funding import entering
from pages.shared import chart, choice, commenting, components, kept, scope_picker
from pages.shared.drawn import Room

EVERY_YEAR = Room(most=40)
TABLES = (
    ("funding-bids", "bids"),
    ("funding-calendar", "calendar"),
    ("funding-untapped", "untapped"),
)


def show() -> None:
    """The page: the answer with the years by board, the register, bids, calendar, what is untapped, and entry."""
    scope = scope_picker.chosen()
    st.title("External funding")
    board = _board()
    answers = kept.answers(scope)
    shown = catalogue.show(answers, "funding-ends", board)
    if isinstance(shown, Gone):
        chart.say_gone(shown)
    else:
        chart.draw(shown, f"funding_ends_{board}", room=EVERY_YEAR, level=2)
        components.say(shown.why)
        chart.show_table(scope, "funding-register", board, key="register", level=2, quiet=True, folded=True)
    for name, key in TABLES:
        chart.show_table(scope, name, board, key=key, level=2, quiet=True, folded=True)
    _comments(scope, answers.external_funding())
    entering.enter(answers.external_funding())
    st.page_link(
        "pages/third_sector/page.py",
        label="What funders give to voluntary bodies here, and who depends on small grants",
        icon=":material/arrow_forward:",
    )


def _comments(scope: Scope, held: Register) -> None:
    """One bid that comments are on."""
    if not held.bids or not commenting.may():
        return
    by_id = {bid.id: bid for bid in held.bids}
    key = choice.one("Comments on the bid", tuple(by_id), "bid", held.bids[0].id, lambda key: by_id[key].name)
    bid = by_id[key]
    bodies = tuple(body for body in (bid.lead, *bid.partners) if body)
    boards = (bid.board,) if bid.board else ()
    commenting.draw(Subject(About.BID, key, bid.name, to_link(scope), bodies, boards), f"bid_{key}")


def _board() -> str:
    """Whose money is shown: one board's, or all; kept in the link."""
    boards = {theme.id: theme.name for theme in kept.place().themes if theme.kind is ThemeKind.DELIVERY_BOARD}
    named = {"": "Every board, and money with none", **boards}
    return choice.one("Of", tuple(named), "board", "", named.__getitem__)


show()
