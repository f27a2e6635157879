"""What has been confirmed that lines pay for, by whom and when, and what should be taken back?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from budget_model.access import Act
from budget_model.contribute.submission import ServiceShare
from budget_model.contribute.template import named
from budget_model.count.saying import counted, opened
from budget_model.dates import day, moment
from budget_model.exhibits.colours import NAVY
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.mapping.memory import Confirmed, remembered
from budget_model.mapping.wording import plain
from budget_model.money import NOTHING, pounds
from budget_model.store import contributions, mapping_memory
from budget_model.store.mapping_memory import LastSent, WithoutService
from pages.shared import asking, chart, choice, components, desk, empty_states, kept, signing, tables
from pages.shared.components import Group, Run, Stretch, Strip, as_typed
from pages.shared.empty_states import Way

MOST_SHOWN = 25
last_sent = kept.kept(mapping_memory.last_sent)


def show() -> None:
    """What waits for a service, what is remembered of each body, the memory searched, and taking one back."""
    components.dress("upload")
    history = desk.confirmed()
    standing = remembered(history).standing
    _headline(standing)
    _without_service()
    if not history:
        empty_states.show(
            "Nobody has confirmed a mapping yet.",
            (
                "What is confirmed on ",
                Run("Upload", "em"),
                " is remembered here, for next year and for partners.",
            ),
            Way("upload", "Send the first spreadsheet"),
        )
        return
    names = kept.names_of_bodies_and_services()
    if standing:
        _by_body(standing, names)
    components.section(
        "Look one up, or take it back",
        "A line is recognised by its code and wording; the newest word on it counts. Taking one back keeps its history.",
    )
    matches = _matches(history, standing, names)
    if not matches:
        components.empty("No mapping is like that.", "Search for other words, or for all organisations.")
        return
    _take_back(matches, history, names)
    table = _table(matches, names)
    tables.show(table, MOST_SHOWN)
    chart.files(table, "memory")


def _headline(standing: Sequence[Confirmed]) -> None:
    """How many lines are recognised, of how many bodies."""
    if not standing:
        st.title("Mapping")
        return
    bodies = len({word.organisation for word in standing})
    services = len({key for word in standing for key, _ in word.services})
    components.headline(
        f"{opened(counted(len(standing), 'line', 'lines'))} of {counted(bodies, 'body', 'bodies')} "
        f"{'is' if len(standing) == 1 else 'are'} recognised when sent again",
        eyebrow="Mapping",
        standfirst=f"Each was confirmed once as paying for one or more of {counted(services, 'service', 'services')}; "
        "whoever confirmed it stands beside it.",
    )


def _by_body(standing: Sequence[Confirmed], names: Mapping[str, str]) -> None:
    """How many wordings are remembered of each body, the most first."""
    of_body = Counter(word.organisation for word in standing)
    latest = {word.organisation: word for word in sorted(standing, key=lambda word: word.on)}
    most = max(of_body.values())
    last = {(word.by, day(word.on)) for word in latest.values()}
    alike = len(last) == 1
    about = "Lines by code and wording, the most first"
    if alike:
        about += "; all last confirmed by {} on {}".format(*last.pop())
    bars = tuple(
        Strip(
            names.get(body, body),
            f"{lines:,}",
            (Stretch(0.0, lines / most * 100, NAVY),),
            note="" if alike else f"last by {latest[body].by}, {day(latest[body].on)}",
        )
        for body, lines in sorted(of_body.items(), key=lambda one: (-one[1], names.get(one[0], one[0])))
    )
    components.section("What is remembered of each body", about)
    components.strips([Group("", "", bars, first=6)])


def _without_service() -> None:
    """Lines on the map that pay for no service yet: where each body's can be mapped, from the file that is there."""
    waiting = [
        one
        for one in desk.without_service()
        if asking.asker().may(Act.CONTRIBUTE, one.about.organisation)
        and kept.store().sight.sees_unpublished(one.about.organisation)
    ]
    if not waiting:
        return
    names = {body.id: body.name for body in kept.place().organisations}
    drafts = {draft.about: draft for draft in desk.drafts()}
    lines = counted(sum(one.lines for one in waiting), "line has no service", "lines have no service")
    components.section(
        f"{lines.capitalize()} yet",
        "Map them from the file that was sent: suggestions are made, you confirm, and the new version takes its place.",
    )
    for one in waiting:
        body = names.get(one.about.organisation, one.about.organisation)
        label = f"{body}, {one.about.year}, {one.about.part}: {counted(one.lines, 'line', 'lines')}, {pounds(one.amount)}"
        if one.about in drafts:
            st.page_link(
                "pages/upload/page.py",
                label=as_typed(f"Go on with {label}"),
                icon=":material/arrow_forward:",
                query_params={"draft": str(drafts[one.about].number), "step": "mapping"},
            )
        else:
            st.button(
                as_typed(f"Map {label}"),
                key=f"map_{one.submission}",
                icon=":material/edit:",
                on_click=_begin,
                args=(one,),
            )


def _begin(one: WithoutService) -> None:
    contributions.begin_again(kept.store(), one.submission, one.about, by=signing.officer())


def _matches(
    history: Sequence[Confirmed], standing: Sequence[Confirmed], names: Mapping[str, str]
) -> list[Confirmed]:
    """The mappings that stand and fit what is looked for, those with most pounds first."""
    services = {service.id: service.name for service in kept.place().services}
    bodies = sorted({word.organisation for word in history}, key=lambda key: names.get(key, key))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls_memory"):
        body = choice.one(
            "Organisation",
            ("", *bodies),
            "body",
            "",
            lambda key: names.get(key, key) if key else "All organisations",
        )
        service = choice.one(
            "Service",
            ("", *sorted(services, key=services.__getitem__)),
            "service",
            "",
            lambda key: services[key] if key else "All services",
        )
        text = choice.text("Words", "q", "Find a wording or a code")
    sent = last_sent()
    fitting = [word for word in reversed(standing) if _fits(word, body, service, text)]
    return sorted(fitting, key=lambda word: _size(sent.get(_key(word))), reverse=True)


def _key(word: Confirmed) -> tuple[str, str, str]:
    """What the lines of a mapping are looked up by."""
    return word.organisation, word.code or "", plain(word.description)


def _size(sent: LastSent | None) -> tuple[bool, Decimal]:
    """Where a mapping stands in the list: those with most pounds first, those that were never sent last."""
    return (False, NOTHING) if sent is None else (True, abs(sent.amount))


def _table(matches: Sequence[Confirmed], names: Mapping[str, str]) -> Table:
    columns = (
        Column("Line"),
        Column("Service"),
        Column("Last sent, whole body", Kind.POUNDS),
        Column("Year"),
        Column("Organisation"),
        Column("Code"),
        Column("Under"),
        Column("Confirmed by"),
        Column("On"),
    )
    sent = last_sent()
    rows = tuple(
        (
            word.description,
            _services(word, names),
            amount.amount if (amount := sent.get(_key(word))) else None,
            amount.year if amount else "",
            names.get(word.organisation, word.organisation),
            word.code or "",
            " › ".join(word.headings),
            word.by,
            day(word.on),
        )
        for word in matches
    )
    return Table("Mappings that stand, those with most pounds first", columns, rows)


def _named(word: Confirmed, names: Mapping[str, str]) -> str:
    """A mapping as the list calls it."""
    body = names.get(word.organisation, "")
    line = f"{word.code} {word.description}" if word.code else word.description
    return f"{body} · {line} → {_services(word, names)}"[:140]


def _fits(confirmed: Confirmed, body: str, service: str, text: str) -> bool:
    words = plain(text)
    return (
        (not body or confirmed.organisation == body)
        and (not service or any(key == service for key, _ in confirmed.services))
        and (
            not text
            or words in plain(confirmed.description)
            or text.casefold() in (confirmed.code or "").casefold()
        )
    )


def _services(confirmed: Confirmed, names: Mapping[str, str]) -> str:
    return named(tuple(ServiceShare(service, share) for service, share in confirmed.services), names)


def _event(word: Confirmed, names: Mapping[str, str]) -> str:
    """One word of a mapping's history."""
    verb = "took back" if word.taken_back else "confirmed"
    return f"{moment(word.on)}: {word.by} {verb} {_services(word, names)}"


def _same_line(word: Confirmed, other: Confirmed) -> bool:
    """Whether two words are about the same line of the same body."""
    return (
        word.organisation == other.organisation
        and (word.code or "") == (other.code or "")
        and plain(word.description) == plain(other.description)
    )


def _take_back(matches: list[Confirmed], history: tuple[Confirmed, ...], names: Mapping[str, str]) -> None:
    with components.unfolding("Look at one, or take it back", key="one_mapping") as is_open:
        if not is_open:
            return
        picked = st.selectbox(
            "Mapping",
            range(len(matches)),
            index=None,
            placeholder="Choose or type a line",
            key="picked_mapping",
            format_func=lambda place: _named(matches[place], names),
        )
        if picked is None:
            return
        chosen = matches[picked]
        components.bullets(_event(word, names) for word in history if _same_line(word, chosen))
        components.note("What is on the map already stays as it is; the next file with this line asks again.")
        officer = signing.officer("memory")
        if st.button("Take it back", icon=":material/undo:", key="take_back"):
            mapping_memory.take_back(kept.store(), chosen, by=officer)
            st.session_state.pop("picked_mapping", None)
            st.rerun()


show()
