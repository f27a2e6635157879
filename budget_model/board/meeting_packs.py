"""Stories that the product makes up itself: a board's next meeting, and the quarter's report of measures."""

from budget_model.partnership.consultations import Result
from budget_model.partnership.desk import THE_BOARD
from budget_model.partnership.performance import Layer
from budget_model.partnership.state_of_the_city import Edition, Facts, Part
from budget_model.place.model import Theme, ThemeKind
from budget_model.scope import Scope, to_link
from budget_model.store.stories import SavedView, Story
from budget_model.together.listing import Wanted

NAMED = "meeting-of-"
"""What the id of a meeting's story begins with: packs are compared with the last one of the same board."""
REPORTED = "performance-"
ASKED = "consultation-"
STATED = "state-of-the-city-"


def meeting_story(theme: Theme, scope: Scope) -> Story:
    """The screens of the Board's, a board's or an advocate's next meeting, in this scope."""
    wide = scope.switched(themes=())
    own = to_link(scope.switched(themes=(theme.id,)))
    desk = SavedView("desks", "desk", to_link(wide), theme.id)
    views: tuple[SavedView, ...]
    if theme == THE_BOARD:
        views = (
            desk,
            SavedView("performance", "performance", to_link(wide), str(Layer.BOARD)),
            SavedView("overlap", "shared", to_link(wide)),
            SavedView("opportunities", "opportunities", to_link(wide)),
        )
    elif theme.kind is ThemeKind.CROSS_CUTTING:
        views = (desk, SavedView("themes", "tag", to_link(wide), theme.id))
    else:
        opportunities = Wanted(board=theme.id).to_link()
        views = (
            desk,
            SavedView("themes", "theme", own, theme.id),
            SavedView("themes", "theme-services", own, theme.id),
            SavedView("overlap", "shared", own),
            SavedView("opportunities", "opportunities", to_link(wide), opportunities),
        )
    name = "the Board" if theme == THE_BOARD else theme.name
    return Story(f"{NAMED}{theme.id}", f"Meeting of {name}", views, theme.description)


def quarterly_report(layer: Layer, scope: Scope) -> Story:
    """The report of measures for one layer of the partnership: what it looks at, and money that works towards none.

    Theme groups see the money of every target too; for the others it would show their own measures once more.
    """
    link = to_link(scope)
    every = (SavedView("targets", "targets", link),) if layer is Layer.THEME else ()
    views = (
        SavedView("performance", "performance", link, str(layer)),
        *every,
        SavedView("targets", "unlinked", link),
    )
    about = (
        "Every measure, with the money on its services."
        if layer is Layer.THEME
        else "Measures that are off track, worse than their baseline or at risk, with the money on their services."
    )
    return Story(f"{REPORTED}{layer.name.lower()}", f"Performance report for the {layer}", views, about)


def consultation_story(done: Result, scope: Scope) -> Story:
    """The result of a consultation: one screen for each question that was counted."""
    link = to_link(scope)
    asked = done.consultation
    views = tuple(
        SavedView("consultations", "consultation", link, f"{asked.id}/{question.place}")
        for question in done.questions
    )
    return Story(f"{ASKED}{asked.id}", asked.name, views, asked.about[:300])


def state_story(edition: Edition, before: Facts | None) -> Story:
    """A published State of the City on the map on which it was frozen, with its charts.

    Where there was an edition before, each part that it tells has a screen; else one holds them all.
    """
    link = to_link(Scope(year=edition.facts.year, version=edition.map_version))
    told = [f"/{part}" for part in Part if edition.words.shown(part)] if before else [""]
    views = (
        *(
            SavedView("state-of-the-city", "state-of-the-city", link, f"{edition.number}{part}")
            for part in told
        ),
        SavedView("overview", "who", link),
        SavedView("performance", "performance", link, str(Layer.BOARD)),
        SavedView("opportunities", "opportunities", link),
    )
    name = f"State of the City: {edition.words.name}"
    return Story(f"{STATED}{edition.number}", name, views, edition.words.introduction)
