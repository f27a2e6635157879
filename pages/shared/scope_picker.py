"""The one scope of every page: said in words above it, changed there, and kept whole in the link.

The link is the truth. A link that names a scope is taken at its word; a page reached through the
navigation, whose link names none yet, goes on with the scope of the session and has it written in.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from budget_model.count.restate import EACH, base_deflator, people_of
from budget_model.place.model import Place, ThemeKind
from budget_model.scope import Scope, from_query, to_query
from budget_model.vocabulary import (
    PAID_TO_PEOPLE,
    PAID_TO_PEOPLE_NAME,
    Basis,
    OrganisationStatus,
    Phase,
    Served,
    View,
)
from pages.shared import components, kept
from pages.shared.components import as_typed
from pages.shared.navigation import Entry

SCOPE = "scope"
CHANGED = "scope_changed"
BEST = "best"
WHOLE = "whole"
"""Pounds are divided among nobody."""
MOST_NAMED = 2
"""Kinds of money left out that are named; more are counted."""
KEYS = (
    "year",
    "phase",
    "basis",
    "view",
    "schools",
    "benefits",
    "capital",
    "hra",
    "org",
    "theme",
    "per_head",
    "among",
    "real",
    "version",
)
SWITCH_LABELS = {
    "schools": "Schools",
    "transfers_to_individuals": "Benefits and pensions paid to people",
    "capital": "Capital",
    "housing_revenue_account": "Housing revenue account",
}
BRIEFLY = {
    "schools": "schools",
    "transfers_to_individuals": "benefits",
    "capital": "capital",
    "housing_revenue_account": "housing account",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen in this place."""

    place: Place
    years: tuple[str, ...]
    organisations: dict[str, str]
    themes: dict[str, str]


def chosen() -> Scope:
    """The scope that the person has chosen."""
    scope: Scope = st.session_state.get(SCOPE, Scope())
    return scope


def draw(entry: Entry | None = None) -> Scope:
    """Take the scope from the link or the session, show it in words with the means to change it.

    The page shows the published map that the scope names; what its `entry` says is of today it shows as of today.
    """
    version, unknown = _on_version(entry)
    offered = _offered()
    scope, more = _settle(offered)
    scope, unknown = scope.switched(version=version), unknown + more
    st.session_state[SCOPE] = scope
    _write(scope)
    _bar()
    for sentence in unknown:
        components.info(sentence)
    if version:
        _say_version(scope, entry)
    return scope


@st.fragment
def _bar() -> None:
    """The scope in words; the means to change a part of it are made when somebody opens it, without the page."""
    if st.session_state.get(CHANGED, False):
        st.rerun()
    offered, scope = _offered(), chosen()
    _ready(scope)
    with st.container(horizontal=True, key="scope", gap="small", vertical_alignment="center"):
        _year(offered, scope)
        _counting(scope)
        _switches(scope)
        _selection("organisations", "All bodies", "bodies", offered.organisations, scope.organisations)
        _selection("themes", "All boards", "boards", offered.themes, scope.themes)
        _shown(offered, scope)
        _share(scope)


def _on_version(entry: Entry | None) -> tuple[int, list[str]]:
    """Have the page stand on the published map that is asked for; its number, and a sentence where there is none of it."""
    version, unknown = _version()
    st.session_state[kept.ASKED] = version
    st.session_state[kept.VERSION] = 0 if entry and entry.as_of_today else version
    return version, unknown


def _version() -> tuple[int, list[str]]:
    """The published map that the link or the session names, 0 for today's; a sentence where there is none of it."""
    asked = chosen().version
    named = any(key in st.query_params for key in KEYS)
    if named and not st.session_state.get(CHANGED, False):
        asked = from_query({"version": st.query_params.get_all("version")}).version
    if asked and asked not in {known.number for known in kept.published()}:
        return 0, [f"There is no version {asked} of this map. This is today’s."]
    return asked, []


def _say_version(scope: Scope, entry: Entry | None) -> None:
    """Which published map the page shows, what beside it is of which day, and the way back to today's."""
    known = next(map_version for map_version in kept.published() if map_version.number == scope.version)
    with st.container(horizontal=True, key="scope_version", vertical_alignment="center"):
        components.info(
            f"Map {known.title}, published on {known.published_by}. It never changes.{_beside(entry)}",
            icon=":material/lock:",
        )
        st.button("Today’s map", on_click=_back_to_today, key="scope_today")


def _beside(entry: Entry | None) -> str:
    """Of which day is what the page shows beside the map."""
    if entry is None or not entry.beside:
        return ""
    day = "as of today, and cannot be changed from here" if entry.as_of_today else "as on that day"
    return f" Here {entry.beside} {day}."


def _back_to_today() -> None:
    st.session_state[SCOPE] = chosen().switched(version=0)
    st.session_state[CHANGED] = True


def settle(entry: Entry | None = None) -> Scope:
    """Keep the scope of the session for the next page, and draw nothing of it but the published map that it names."""
    version, unknown = _on_version(entry)
    scope, more = _settle(_offered())
    scope = scope.switched(version=version)
    st.session_state[SCOPE] = scope
    for sentence in (*unknown, *more):
        components.info(sentence)
    if version:
        _say_version(scope, entry)
    return scope


def _offered() -> Offered:
    place = kept.place()
    return Offered(
        place,
        kept.years() or (place.default_year,),
        {
            body.id: body.name
            for body in place.organisations
            if body.status is not OrganisationStatus.NOT_APPLICABLE
        },
        {theme.id: theme.name for theme in place.themes if theme.kind is ThemeKind.DELIVERY_BOARD}
        | {PAID_TO_PEOPLE: PAID_TO_PEOPLE_NAME, "unmapped": "Not mapped yet"},
    )


def _settle(offered: Offered) -> tuple[Scope, list[str]]:
    usual = Scope(
        year=offered.place.default_year if offered.place.default_year in offered.years else offered.years[0]
    )
    if st.session_state.pop(CHANGED, False):
        return chosen(), []
    named = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    if not named:
        before = chosen()
        return (before if before.year in offered.years else usual), []
    return _known(from_query(named), usual, offered)


def _known(scope: Scope, usual: Scope, offered: Offered) -> tuple[Scope, list[str]]:
    """The scope with what this place does not have left out, and a sentence for each such thing."""
    said = []
    year = scope.year if scope.year in offered.years else usual.year
    if scope.year and scope.year != year:
        said.append(f"No figures are included for the year that this link asks for. This is {year}.")
    organisations = tuple(
        organisation for organisation in scope.organisations if organisation in offered.organisations
    )
    themes = tuple(theme for theme in scope.themes if theme in offered.themes)
    if organisations != scope.organisations or themes != scope.themes:
        said.append("This link names a body or a board that this place does not have. It was left out.")
    return scope.switched(year=year, organisations=organisations, themes=themes), said


def _write(scope: Scope) -> None:
    """Make the link say the scope, and leave the page's own choices in it."""
    wanted = to_query(scope)
    now = {key: st.query_params.get_all(key) for key in st.query_params}
    rest = {key: values for key, values in now.items() if key not in KEYS}
    whole = rest | {key: value if isinstance(value, list) else [value] for key, value in wanted.items()}
    if whole != now:
        st.query_params.from_dict(whole)


def _ready(scope: Scope) -> None:
    """Give each control what the scope says, before it is drawn."""
    values: dict[str, object] = {
        "year": scope.year,
        "phase": str(scope.phase) if scope.phase else BEST,
        "view": str(scope.view),
        "basis": str(scope.basis),
        "organisations": list(scope.organisations),
        "themes": list(scope.themes),
        "per": str(scope.served) if scope.per_head else WHOLE,
        "real_terms": scope.real_terms,
        **{switch: getattr(scope, switch) for switch in SWITCH_LABELS},
    }
    for name, value in values.items():
        # Said on every run: a control in a closed popover is not in the browser yet, and when it is opened
        # takes only what the last run told it.
        st.session_state[f"scope_{name}"] = value


def _change() -> None:
    """A control was changed: the scope is what the controls say now."""
    said = {name: st.session_state.get(f"scope_{name}") for name in ("year", "phase", "view", "basis")}
    phase = str(said["phase"] or BEST)
    per = str(st.session_state.get("scope_per") or WHOLE)
    st.session_state[SCOPE] = Scope(
        year=str(said["year"]),
        phase=None if phase == BEST else Phase(phase),
        basis=Basis(str(said["basis"] or Basis.NET)),
        view=View(str(said["view"] or View.COMMISSIONER)),
        organisations=tuple(st.session_state.get("scope_organisations") or ()),
        themes=tuple(st.session_state.get("scope_themes") or ()),
        per_head=per != WHOLE,
        served=Served(per) if per != WHOLE else Served.RESIDENTS,
        real_terms=bool(st.session_state.get("scope_real_terms")),
        version=chosen().version,
        **{switch: bool(st.session_state.get(f"scope_{switch}", True)) for switch in SWITCH_LABELS},
    )
    st.session_state[CHANGED] = True


def _reset() -> None:
    st.session_state[SCOPE] = Scope(year=chosen().year, version=chosen().version)
    st.session_state[CHANGED] = True


def _year(offered: Offered, scope: Scope) -> None:
    phase = str(scope.phase) if scope.phase else "latest available"
    with components.popping(components.lead(scope.year, phase), "scope_chip_year") as made:
        if made:
            st.selectbox("Financial year", offered.years, key="scope_year", on_change=_change)
            phases = [BEST, *(str(phase) for phase in Phase)]
            st.radio(
                "Phase",
                phases,
                format_func=lambda phase: as_typed(
                    "Each body’s latest available" if phase == BEST else phase.capitalize()
                ),
                captions=[
                    f"Of each budget of {scope.year}, the furthest figure that was sent: the outturn, else the forecast, "
                    "else the budget. No other year is taken.",
                    *([""] * len(Phase)),
                ],
                key="scope_phase",
                on_change=_change,
            )


def _counting(scope: Scope) -> None:
    basis = str(scope.basis).capitalize()
    with components.popping(components.lead(basis, scope.view.shown), "scope_chip_view") as made:
        if made:
            st.radio(
                "Money that passes between bodies",
                [str(view) for view in View],
                format_func=lambda one: as_typed(
                    {
                        "commissioner": "Shown with the body that pays",
                        "provider": "Shown with the body that spends it in the end",
                    }[one]
                ),
                key="scope_view",
                on_change=_change,
            )
            st.radio(
                "Fees, charges and rents",
                [str(basis) for basis in Basis],
                format_func=lambda one: as_typed(
                    {
                        "net": "Net: taken off",
                        "gross": "Gross: before they are taken off",
                    }[one]
                ),
                key="scope_basis",
                on_change=_change,
            )


def _switches(scope: Scope) -> None:
    off = [BRIEFLY[switch] for switch in SWITCH_LABELS if not getattr(scope, switch)]
    left_out = f"{len(off)} kinds" if len(off) > MOST_NAMED else ", ".join(off)
    chip = ("Without", left_out) if off else ("All", "kinds of money")
    with components.popping(components.lead(*chip), "scope_chip_switches") as made:
        if made:
            for switch, name in SWITCH_LABELS.items():
                st.toggle(as_typed(name), key=f"scope_{switch}", on_change=_change)


def _selection(name: str, everything: str, noun: str, known: dict[str, str], picked: tuple[str, ...]) -> None:
    chip = (str(len(picked)), f"of {len(known)} {noun}") if picked else ("All", noun)
    with components.popping(components.lead(*chip), f"scope_chip_{name}") as made:
        if made:
            st.multiselect(
                as_typed(f"Only these {noun}"),
                list(known),
                format_func=lambda one: known.get(one, one),
                placeholder=everything,
                key=f"scope_{name}",
                on_change=_change,
            )
            st.caption("Selecting looks at a part of the place’s total. It does not count anything again.")


def _shown(offered: Offered, scope: Scope) -> None:
    base = base_deflator(offered.place)
    unit = f"£ per {EACH[scope.served]}" if scope.per_head else "Total £"
    prices = f"{base.year} prices" if scope.real_terms and base else ""
    with components.popping(components.lead(unit, prices or "cash"), "scope_chip_shown") as made:
        if made:
            shown = _divided_by(offered, scope)
            st.radio(
                "Pounds",
                [WHOLE, *map(str, shown)],
                format_func=lambda one: "In all" if one == WHOLE else f"Per {EACH[Served(one)]}",
                key="scope_per",
                on_change=_change,
            )
            missing = [EACH[served] for served in Served if served not in shown]
            if missing:
                st.caption(
                    as_typed(f"Not counted for {scope.year}, and so not divided by: {' and '.join(missing)}.")
                )
            if base:
                st.toggle(
                    as_typed(f"Real terms, in the prices of {base.year}"),
                    key="scope_real_terms",
                    on_change=_change,
                )


def _divided_by(offered: Offered, scope: Scope) -> list[Served]:
    """The people that pounds can be divided by: those counted for the year, and those already chosen."""
    counted = [served for served in Served if people_of(offered.place, scope.year, served)]
    chosen = scope.served if scope.per_head else None
    return [served for served in Served if served in counted or served is chosen]


def _share(scope: Scope) -> None:
    with components.popping("Share", "scope_chip_share", icon=":material/link:") as made:
        if made:
            st.write("Whoever opens this link sees exactly this view.")
            st.code(link(), language=None, wrap_lines=True)
            if scope != Scope(year=scope.year, version=scope.version):
                st.button("Back to the whole place", on_click=_reset, key="scope_reset")


def link() -> str:
    """The address of what is on the screen now."""
    address = str(st.context.url or "").split("?", maxsplit=1)[0]
    asked = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
    return f"{address}?{urlencode(asked)}" if asked else address
