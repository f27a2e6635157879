"""What has been confirmed that lines pay for, by whom and when, and what should be taken back?"""

from html import escape

import streamlit as st

from budget_model.contribute.submission import ServiceShare
from budget_model.contribute.template import named
from budget_model.count.saying import counted
from budget_model.mapping.memory import Confirmed, Memory
from budget_model.mapping.tables import lists
from budget_model.mapping.wording import plain
from budget_model.store import mapping_memory
from pages.shared import chart, choice, desk, kept
from pages.shared.tables import Column, Table, html
from pages.upload import pieces

MOST_SHOWN = 300


def show() -> None:
    """The memory, searched; one mapping with its history; and taking it back."""
    st.html(f"<style>{pieces.CSS}</style>")
    st.title("Mapping")
    history = desk.confirmed()
    standing = Memory(history, lists().thresholds).standing
    if not history:
        chart.empty(
            "Nobody has confirmed a mapping yet.",
            "What is confirmed on <em>Upload</em> is remembered here, for next year and for partners.",
        )
        return
    names = {one.id: one.name for one in kept.place().organisations}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls_memory"):
        bodies = sorted({one.organisation for one in history}, key=lambda key: names.get(key, key))
        body = choice.one(
            "Organisation",
            ("", *bodies),
            "body",
            "",
            lambda key: names.get(key, key) if key else "All organisations",
        )
        services = {one.id: one.name for one in kept.place().services}
        service = choice.one("Service", ("", *sorted(services, key=services.__getitem__)), "service", "",
                             lambda key: services[key] if key else "All services")  # fmt: skip
        text = choice.text("Words", "q", "Find a wording or a code")
    found = [one for one in reversed(standing) if _fits(one, body, service, text)]
    people = len({one.by for one in found})
    st.html(
        f'<div class="finding"><h2>{counted(len(found), "mapping stands", "mappings stand").capitalize()}, confirmed by {counted(people, "person", "people")}</h2>'
        '<p class="about">A line is recognised by its code and wording; the newest word on it counts. Taking one back keeps its history.</p></div>'
    )
    rows = tuple(
        (names.get(one.organisation, one.organisation), one.code or "", one.description, " › ".join(one.headings), _services(one),
         one.by, f"{one.on:%d %b %Y}")
        for one in found
    )  # fmt: skip
    table = Table(
        "Mappings that stand",
        (Column("Organisation"), Column("Code"), Column("Line"), Column("Under"), Column("Service"), Column("Confirmed by"), Column("On")),
        rows,
    )  # fmt: skip
    if not found:
        chart.empty("No mapping is like that.", "Search for other words, or for all organisations.")
        return
    _take_back(found, history, names)
    st.html(html(table, MOST_SHOWN))
    chart.files(table, "memory")


def _fits(one: Confirmed, body: str, service: str, text: str) -> bool:
    words = plain(text)
    return (
        (not body or one.organisation == body)
        and (not service or any(key == service for key, _ in one.services))
        and (not text or words in plain(one.description) or text.casefold() in (one.code or "").casefold())
    )


def _services(one: Confirmed) -> str:
    return named(tuple(ServiceShare(service, share) for service, share in one.services), kept.place())


def _take_back(found: list[Confirmed], history: tuple[Confirmed, ...], names: dict[str, str]) -> None:
    with st.expander("Look at one, or take it back", key="one_mapping"):
        picked = st.selectbox(
            "Mapping", range(len(found)), index=None, placeholder="Choose or type a line", key="picked_mapping",
            format_func=lambda one: f"{names.get(found[one].organisation, '')} · {found[one].code or ''} {found[one].description} → {_services(found[one])}"[:140],
        )  # fmt: skip
        if picked is None:
            return
        chosen = found[picked]
        items = "".join(
            f"<li>{one.on:%d %B %Y %H:%M}: {escape(one.by)} {'took back' if one.taken_back else 'confirmed'} {escape(_services(one))}</li>"
            for one in history
            if one.organisation == chosen.organisation and (one.code or "") == (chosen.code or "")
            and plain(one.description) == plain(chosen.description)
        )  # fmt: skip
        st.html(f'<ul class="plain">{items}</ul>')
        st.html(
            '<p class="under">What is on the map already stays as it is; the next file with this line asks again.</p>'
        )
        officer = desk.officer()
        if st.button("Take it back", icon=":material/undo:", key="take_back"):
            mapping_memory.take_back(kept.store(), chosen, by=officer)
            st.session_state.pop("picked_mapping", None)
            st.rerun()


show()
