"""The steps of a reorganisation of one's own: the link is the truth, every control shows it and writes a new one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from budget_model.answers import Answers
from budget_model.exhibits.reorganisation_worked import (
    areas_to_choose,
    bodies_to_choose,
    services_to_choose,
    years_of,
)
from budget_model.money import NOTHING, decimal_text
from budget_model.together.reorganisation import Basis, Change, Ground, Kind, NewBody, Part, Plan, to_link
from budget_model.together.reorganisation_parts import parishes_as_text, read_parishes
from pages.shared import choice, components
from pages.shared.components import as_typed

LINK = "plan"
GROUNDS: Mapping[Ground, str] = {
    Ground.MAP: "Begin with bodies on this map",
    Ground.RETURNS: "Begin with any English councils",
}
FIRST = Change()
KINDS: Mapping[str, str] = {
    Kind.MERGER: "Merge",
    Kind.SPLIT: "Split",
    Kind.TRANSFER: "Pass services on",
}
BASES: Mapping[str, str] = {
    Basis.STATED: "By stated shares",
    Basis.POPULATION: "By residents of its areas",
    Basis.PARISHES: "By parish",
    Basis.ACTIVITY: "By activity",
}
SIZES: Mapping[Basis, str] = {Basis.STATED: "Share of {}", Basis.ACTIVITY: "Activity in the area of {}"}
IN_PROPORTION: Mapping[Basis, str] = {
    Basis.STATED: "Shares are taken in proportion: 60 and 40 give the same as 3 and 2.",
    Basis.ACTIVITY: "Pupils, miles of road, people cared for: any count of what is done, the same for each body.",
}
HALF = Decimal(50)
MOST_STEPS, MOST_SIZE = 20, 1e12


def latest(answers: Answers, ground: Ground) -> str:
    """The latest year that a ground has figures of."""
    return next(iter(years_of(answers, Plan(ground=ground))), "")


def steps(answers: Answers, plan: Plan) -> None:
    """Every control of a plan, step by step."""
    _name(plan)
    for place, change in enumerate(plan.changes):
        with st.container(border=True, key=f"step_{place}"):
            _step(answers, plan, place, change)
    with st.container(horizontal=True):
        st.button(
            "Add a step",
            on_click=_put,
            args=(replace(plan, changes=(*plan.changes, FIRST)),),
            icon=":material/add:",
            key="step_add",
            disabled=len(plan.changes) >= MOST_STEPS,
        )
        st.button("Back to the examples", on_click=choice.write, args=(LINK, ""), key="own_leave")


def _put(plan: Plan) -> None:
    """Write a plan into the link; bodies that no step names any more are left out of it."""
    used = set(plan.touched)
    choice.write(LINK, to_link(replace(plan, bodies=tuple(body for body in plan.bodies if body.key in used))))


def _name(plan: Plan) -> None:
    key = "reorganisation_name"
    st.session_state[key] = plan.name
    st.text_input(
        "What it is called",
        key=key,
        max_chars=120,
        placeholder="A name for its charts",
        on_change=lambda: _put(replace(plan, name=str(st.session_state[key]).strip())),
    )


def _changed(plan: Plan, place: int, change: Change) -> Plan:
    changes = (*plan.changes[:place], change, *plan.changes[place + 1 :])
    return replace(plan, changes=changes)


def _step(answers: Answers, plan: Plan, place: int, change: Change) -> None:
    """One step: its kind, who gives, who takes, which services, and how a split is weighed."""
    names = bodies_to_choose(answers, plan)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        components.say((components.strong(f"Step {place + 1}"),))
        _kind(plan, place, change)
        st.button(
            "Remove",
            on_click=_put,
            args=(replace(plan, changes=(*plan.changes[:place], *plan.changes[place + 1 :])),),
            key=f"step_remove_{place}",
            icon=":material/delete:",
            disabled=len(plan.changes) < 2,
        )
    _sources(plan, place, change, names)
    if change.kind is Kind.TRANSFER or change.services:
        _services(answers, plan, place, change)
    _into(plan, place, change, names)
    if change.kind is Kind.SPLIT and len(change.into) > 1:
        _weights(answers, plan, place, change, names)


def _kind(plan: Plan, place: int, change: Change) -> None:
    key = f"step_kind_{place}"
    st.session_state[key] = str(change.kind)

    def taken() -> None:
        kind = Kind(str(st.session_state[key] or change.kind))
        basis = Basis.STATED if kind is Kind.SPLIT else Basis.WHOLE
        parts = tuple(Part(into, HALF if kind is Kind.SPLIT else Decimal(1)) for into in change.into)
        kept = parts if kind is Kind.SPLIT else parts[:1]
        services = change.services if kind is Kind.TRANSFER else ()
        _put(
            _changed(
                plan, place, replace(change, kind=kind, basis=basis, parts=kept, services=services, note="")
            )
        )

    st.segmented_control(
        "What happens",
        list(KINDS),
        format_func=KINDS.__getitem__,
        key=key,
        on_change=taken,
        required=True,
        label_visibility="collapsed",
    )


def _sources(plan: Plan, place: int, change: Change, names: Mapping[str, str]) -> None:
    key = f"step_sources_{place}"
    st.session_state[key] = [body for body in change.sources if body in names]

    def taken() -> None:
        picked = tuple(body for body in st.session_state[key] if body in names)
        _put(_changed(plan, place, replace(change, sources=picked, note="")))

    st.multiselect(
        "Whose money" if change.kind is not Kind.MERGER else "Bodies that merge",
        list(names),
        format_func=lambda body: names.get(body, body),
        key=key,
        on_change=taken,
        placeholder="Choose one or more bodies",
    )


def _services(answers: Answers, plan: Plan, place: int, change: Change) -> None:
    named = services_to_choose(answers, plan, change.sources)
    key = f"step_services_{place}"
    st.session_state[key] = [service for service in change.services if service in named]

    def taken() -> None:
        picked = tuple(service for service in st.session_state[key] if service in named)
        _put(_changed(plan, place, replace(change, services=picked, note="")))

    st.multiselect(
        "Services that go",
        list(named),
        format_func=lambda service: named.get(service, service),
        key=key,
        on_change=taken,
        placeholder="Choose one or more services",
    )


def _into(plan: Plan, place: int, change: Change, names: Mapping[str, str]) -> None:
    """Who has the money afterwards: a body that there is, or a new one by the name that is typed."""
    several = change.kind is Kind.SPLIT
    key = f"step_into_{place}"
    st.session_state[key] = list(change.into)

    def taken() -> None:
        picked = [str(word) for word in st.session_state[key]]
        made = _new_bodies(picked, names)
        keys = [made[word].key if word in made else word for word in picked]
        kept = keys if several else keys[-1:]
        parts = [part for part in change.parts if part.into in kept]
        parts += [Part(into, _size(change)) for into in kept if into not in change.into]
        bodies = (*plan.bodies, *(new_body for new_body in made.values() if new_body.key in kept))
        after = _changed(plan, place, replace(change, parts=tuple(parts), note=""))
        _put(replace(after, bodies=bodies))

    st.multiselect(
        "Goes to" if change.kind is not Kind.MERGER else "Become",
        list(names),
        format_func=lambda body: names.get(body, body),
        key=key,
        on_change=taken,
        accept_new_options=True,
        placeholder="Type the name of a new body, or choose one",
    )


def _new_bodies(picked: Sequence[str], names: Mapping[str, str]) -> dict[str, NewBody]:
    """A body for each name that was typed, by what was typed."""
    typed = [word for word in picked if word not in names]
    return {word: NewBody(_key_of(word, names), word.strip()[:80]) for word in typed}


def _size(change: Change) -> Decimal:
    """What a body counts for before anybody has said: nothing where residents or parishes are still to be named."""
    if change.basis in (Basis.POPULATION, Basis.PARISHES):
        return NOTHING
    return HALF if change.kind is Kind.SPLIT else Decimal(1)


def _key_of(name: str, names: Mapping[str, str]) -> str:
    """The key of a new body: its name in plain letters, unlike every key that there is."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "new-body"
    while plain in names:
        plain += "-new"
    return plain


def _weights(answers: Answers, plan: Plan, place: int, change: Change, names: Mapping[str, str]) -> None:
    """How a split is weighed."""
    areas = areas_to_choose(answers, plan, change.sources)
    bases = [basis for basis in BASES if basis != Basis.POPULATION or areas]
    key = f"step_basis_{place}"
    st.session_state[key] = str(change.basis) if str(change.basis) in bases else bases[0]

    def taken() -> None:
        basis = Basis(str(st.session_state[key]))
        fresh = replace(change, basis=basis)
        parts = tuple(Part(into, _size(fresh)) for into in change.into)
        _put(_changed(plan, place, replace(fresh, parts=parts, note="")))

    st.segmented_control(
        "How it is split",
        bases,
        format_func=BASES.__getitem__,
        key=key,
        on_change=taken,
        required=True,
    )
    if change.basis is Basis.POPULATION:
        _areas(plan, place, change, (names, areas))
    elif change.basis is Basis.PARISHES:
        _parishes(plan, place, change, names)
    else:
        _numbers(plan, place, change, names)


def _areas(
    plan: Plan, place: int, change: Change, named: tuple[Mapping[str, str], Mapping[str, str]]
) -> None:
    """For each body in the end, the areas that go to it."""
    names, areas = named
    taken_by = {part.area: part.into for part in change.parts if part.area}
    for number, into in enumerate(change.into):
        key = f"step_areas_{place}_{number}"
        st.session_state[key] = [area for area, body in taken_by.items() if body == into and area in areas]

        def taken(into: str = into, key: str = key) -> None:
            picked = [area for area in st.session_state[key] if area in areas]
            others = [part for part in change.parts if part.into != into and part.area not in picked]
            mine = [Part(into, area=area, name=areas[area]) for area in picked] or [Part(into, NOTHING)]
            _put(_changed(plan, place, replace(change, parts=_in_order(change.into, [*others, *mine]))))

        free = [area for area in areas if taken_by.get(area, into) == into]
        st.multiselect(
            as_typed(f"Areas of {names.get(into, into)}"),
            free,
            format_func=lambda area: areas.get(area, area),
            key=key,
            on_change=taken,
            placeholder="Choose areas: their residents weigh",
        )


def _in_order(order: Sequence[str], parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts in the order of their bodies, one of nothing for a body that has none left."""
    missing = [Part(into, NOTHING) for into in order if into not in {part.into for part in parts}]
    return tuple(sorted((*parts, *missing), key=lambda part: order.index(part.into)))


def _parishes(plan: Plan, place: int, change: Change, names: Mapping[str, str]) -> None:
    """For each body in the end, its parishes with their residents, one a line as they are typed."""
    for number, into in enumerate(change.into):
        key = f"step_parishes_{place}_{number}"
        mine = [part for part in change.parts if part.into == into]
        typed = str(st.session_state.get(key, ""))
        read, unread = read_parishes(typed, into)
        if tuple(read) != tuple(part for part in mine if part.name):
            st.session_state[key] = parishes_as_text(mine)
            unread = []

        def taken(into: str = into, key: str = key) -> None:
            parts, _ = read_parishes(str(st.session_state[key]), into)
            others = [part for part in change.parts if part.into != into]
            mine = parts or [Part(into, NOTHING)]
            _put(_changed(plan, place, replace(change, parts=_in_order(change.into, [*others, *mine]))))

        st.text_area(
            as_typed(f"Parishes that go to {names.get(into, into)}, with their residents, one a line"),
            key=key,
            on_change=taken,
            placeholder="Duffield 5,000",
            max_chars=8000,
        )
        if unread:
            components.callout(
                f"{unread[0]}: no number of residents is at its end. Write the parish, then how many live there.",
                grave=True,
            )


def _numbers(plan: Plan, place: int, change: Change, names: Mapping[str, str]) -> None:
    """For each body in the end, its share or what it does."""
    label = SIZES.get(change.basis, SIZES[Basis.STATED])
    for number, into in enumerate(change.into):
        key = f"step_size_{place}_{number}"
        sizes = [part.size for part in change.parts if part.into == into]
        st.session_state[key] = float(sum(sizes, Decimal(0)))

        def taken(into: str = into, key: str = key) -> None:
            size = Decimal(decimal_text(Decimal(str(st.session_state[key] or 0))))
            others = [part for part in change.parts if part.into != into]
            _put(
                _changed(
                    plan,
                    place,
                    replace(change, parts=_in_order(change.into, [*others, Part(into, size)]), note=""),
                )
            )

        st.number_input(
            as_typed(label.format(names.get(into, into))), 0.0, MOST_SIZE, key=key, on_change=taken, step=1.0
        )
    components.note(IN_PROPORTION.get(change.basis, IN_PROPORTION[Basis.STATED]))
