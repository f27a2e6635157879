"""What is spent on a resident here and in other places, each by the map that it published last?"""

import streamlit as st

from budget_model.count.places import Places, SideBySide, side_by_side
from budget_model.count.saying import counted
from budget_model.exhibits import catalogue, places
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR
from budget_model.exhibits.exhibit import Gone
from budget_model.money import exact_pounds, pounds
from budget_model.scope import Scope
from budget_model.store.published_places import SETTING
from pages.shared import asking, chart, choice, components, kept, scope_picker
from pages.shared.components import Key, Run, Tile, as_typed
from pages.shared.drawn import Room

ABOUT = (
    "Each place by the map that it published last, counted once by who pays. What a place has not published is not here, "
    "and no place is set beside another’s other year."
)
ROOM = Room(most=40)


def show() -> None:
    """The places ranked in one chart, in figures above it, and every map that each published beneath."""
    known = kept.places()
    components.headline("Places", standfirst=ABOUT)
    for sentence in known.not_read:
        components.caution(sentence)
    if not known.are_several:
        _alone(known)
        return
    chosen = _choices(known)
    found = side_by_side(known, chosen.year)
    shown = catalogue.show(kept.answers(scope_picker.chosen()), "places", str(chosen))
    if isinstance(shown, Gone):
        chart.say_gone(shown)
    else:
        _tiles(found)
        keys = (Key(kept.place().name, colour=NAVY), Key("another place", colour=OTHERS_COLOUR))
        chart.draw(shown, f"places_{chosen.measure}", room=ROOM, level=2, keys=keys)
        components.bullets([shown.why])
    _since(found)
    chart.folded_table(places.versions_table(known, found.year), "versions", "Every map that each published")


def _choices(known: Places) -> places.Choice:
    """The year, and per resident or in all; kept in the link."""
    with st.container(horizontal=True, key="controls_places", vertical_alignment="bottom"):
        year = choice.one("Year", known.years, "of", known.usual_year) if known.years else ""
        measure = choice.segment(
            "Show", tuple(places.MEASURES), "told", places.HEAD, places.MEASURES.__getitem__
        )
    return places.Choice(year, measure)


def _tiles(found: SideBySide) -> None:
    """All places together, a resident of them, and where this place stands."""
    of = counted(len(found.published), "place", "places")
    own = found.own
    rank = f"{found.own_rank} of {len(found.ranked)}" if found.own_rank else "None"
    components.tiles(
        [
            Tile("Together", pounds(found.total), f"{of}, {found.year}"),
            Tile(
                "For each resident",
                "–" if found.per_head is None else places.whole(found.per_head),
                f"of {found.residents:,} in {counted(len(found.ranked), 'place', 'places')}",
            ),
            Tile(
                f"For each in {kept.place().name}",
                places.whole(own.of.per_head) if own and own.of.per_head is not None else "–",
                own.map.title if own else f"{found.year} is not published",
            ),
            Tile("Its rank", rank, "1 where most is spent on a resident"),
        ],
        "four",
    )


def _since(found: SideBySide) -> None:
    """For members: what this place's map says today, where that is no longer what it published."""
    own = found.own
    if own is None or not asking.asker().sight.partner:
        return
    today = kept.total(Scope(year=found.year)).total
    if today != own.of.total:
        components.note(
            f"Today’s map of {own.place.name} has {exact_pounds(today)} for {found.year}, and {own.map.title} has "
            f"{exact_pounds(own.of.total)}. Other places see what is published."
        )
    st.page_link(
        "pages/versions/page.py",
        label=as_typed(f"The maps that {own.place.name} published"),
        icon=":material/arrow_forward:",
    )


def _alone(known: Places) -> None:
    """What to do where this is the only place."""
    name = known.known[0].name
    if not asking.asker().is_local:
        components.empty(
            f"{name} is the only place that is known here.",
            "Whoever runs this dashboard can set other places beside it.",
        )
        return
    components.empty(
        f"{name} is the only place that is known here.",
        (
            "Each place has a store of its own, made by ",
            Run("new-place NAME", "code"),
            ". Put other places’ stores or backups into one folder, and start the dashboard with ",
            Run(f"{SETTING}=FOLDER", "code"),
            ". They appear here with what each published.",
        ),
    )


show()
