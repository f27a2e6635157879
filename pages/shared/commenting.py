"""Comments on one thing, wherever a page shows it: what was said, what is open, and a box for the next."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from budget_model.access import Act
from budget_model.count.saying import counted, opened
from budget_model.dates import moment
from budget_model.exhibits.catalogue import CHARTS
from budget_model.exhibits.comments import comments_table
from budget_model.exhibits.exhibit import Exhibit
from budget_model.partnership.comments import About, Subject, Thread, newest, on, open_of
from budget_model.problem import Refusal
from budget_model.scope import Scope, from_link, to_link, to_query
from budget_model.store import comments as store_of
from pages.shared import asking, components, kept, signing, tables
from pages.shared.components import as_typed

EVERY: Final = kept.kept(store_of.comments, today=True)
OPENED: Final = "comments_open"
PAGES: Final = {
    About.OPPORTUNITY: ("pages/opportunities/page.py", "opportunity"),
    About.TARGET: ("pages/targets/page.py", "target"),
    About.BID: ("pages/external_funding/page.py", "bid"),
    About.LINE: ("pages/lines/page.py", "line"),
}
MOST: Final = 12
"""Open comments that a list shows; its table has all."""


def of_figure(shown: Exhibit) -> Subject:
    """A figure as a comment is on it: its chart, what it is about one of, and the choice in which it is seen."""
    chart = CHARTS[shown.chart]
    own = (shown.chosen,) if shown.chosen else ()
    bodies = own if chart.one_of == "organisation" else shown.scope.organisations
    boards = own if chart.one_of == "theme" else shown.scope.themes
    key = f"{shown.chart}|{shown.chosen}"
    return Subject(About.FIGURE, key, chart.title, to_link(shown.scope), bodies, boards)


def mark(shown: Exhibit) -> str:
    """How many comments on a figure are open, to stand behind the name of where they are read; empty for none."""
    if not shown.chart or not may():
        return ""
    is_open = sum(1 for thread in on(EVERY(), of_figure(shown)) if thread.is_open)
    return f" · {counted(is_open, 'open comment', 'open comments')}" if is_open else ""


def may() -> bool:
    """Whether whoever looks may read and write comments."""
    return asking.asker().may(Act.COMMENT)


def draw(subject: Subject, at: str) -> None:
    """The comments on one thing, opened by a press; nothing for those who may not read any."""
    if not may():
        return
    every = on(EVERY(), subject)
    is_open = sum(1 for thread in every if thread.is_open)
    label = f"Comments: {is_open} open" if is_open else "Comments" if every else "Comment"
    opened_at = f"{OPENED}_{at}"
    if st.button(as_typed(label), icon=":material/comment:", key=f"comment_{at}"):
        st.session_state[opened_at] = not st.session_state.get(opened_at, False)
    if not st.session_state.get(opened_at):
        return
    with st.container(border=True, key=f"comments_{at}"):
        components.say([components.strong(f"Comments on {subject.title}")])
        by = signing.name(f"comment_{at}")
        seen = _seen(at, newest(every))
        for thread in every:
            _thread(thread, subject, at, by, seen)
        _write(subject, at, by, seen)


def _seen(at: str, number: int) -> int:
    """The newest entry that was on the screen when whoever writes pressed: what this place of the page drew last."""
    before = int(st.session_state.get(f"comment_seen_{at}", number))
    st.session_state[f"comment_seen_{at}"] = number
    return before


def _version(box: str) -> int:
    """How often something was sent from a box, which is another box then: only what was sent is emptied."""
    return int(st.session_state.get(f"comment_version_{box}", 0))


def _thread(thread: Thread, subject: Subject, at: str, by: str, seen: int) -> None:
    first = thread.remarks[0]
    elsewhere = "" if thread.subject.scope == subject.scope else f", of {_choice(thread.subject.scope)}"
    state = "open" if thread.is_open else "resolved"
    components.say([components.strong(first.by), f": {first.text}"])
    components.note(f"{moment(first.at)}{elsewhere}; {state}")
    components.bullets(
        as_typed(
            f"{remark.by} {remark.step} on {moment(remark.at)}{': ' if remark.text else ''}{remark.text}"
        )
        for remark in thread.remarks[1:]
    )
    box = f"{at}_{thread.number}"
    with st.container(horizontal=True):
        text = st.text_input(
            as_typed(f"Answer to {first.by}"),
            key=f"answer_{box}_{_version(box)}",
            max_chars=store_of.LONGEST,
            label_visibility="collapsed",
            placeholder="An answer",
        )
        answered = st.button("Answer", key=f"answer_it_{box}")
        settled = st.button("Resolve" if thread.is_open else "Open again", key=f"settle_{box}")
    if answered and not signing.is_missing(by):
        _send(lambda: store_of.answer(kept.live(), thread, text, by=by, seen=seen), box)
    if settled and not signing.is_missing(by):
        _send(lambda: store_of.settle(kept.live(), thread, text, by=by, seen=seen), box)


def _choice(link: str) -> str:
    scope = from_link(link)
    more = len(dict(to_query(scope))) - bool(scope.year)
    return f"{scope.year or 'the usual year'}{', another choice' if more else ''}"


def _write(subject: Subject, at: str, by: str, seen: int) -> None:
    text = st.text_area(
        "A new comment",
        key=f"comment_text_{at}_{_version(at)}",
        max_chars=store_of.LONGEST,
        placeholder="What should others know of it, or do about it?",
    )
    if st.button("Send the comment", type="primary", key=f"comment_send_{at}") and not signing.is_missing(by):
        _send(lambda: store_of.comment(kept.live(), subject, text or "", by=by, seen=seen), at)


def _send(change: Callable[[], None], box: str) -> None:
    """Write, and empty the box; where it is refused, say why and keep what was typed."""
    try:
        change()
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.session_state[f"comment_version_{box}"] = _version(box) + 1
    st.rerun()


def open_list(at: str, title: str, *, bodies: Sequence[str] = (), boards: Sequence[str] = ()) -> None:
    """The open comments that concern a body or a board, each with the way to it; nothing for those who read none."""
    if not may():
        return
    found = open_of(EVERY(), bodies=bodies, boards=boards)
    components.section(
        f"{opened(counted(len(found), 'open comment', 'open comments'))} on {title}"
        if found
        else f"No comment on {title} is open"
    )
    for thread in found[:MOST]:
        _way(thread)
    if found:
        with st.expander("Table and files of open comments", key=f"comments_table_{at}"):
            table = comments_table(found, "Open comments")
            tables.show(table)
            st.download_button(
                "CSV",
                lambda: tables.csv(table),
                tables.file_name(table.title, "csv"),
                "text/csv",
                key=f"comments_csv_{at}",
                on_click="ignore",
            )


def _way(thread: Thread) -> None:
    """One comment with the link to what it is on."""
    subject = thread.subject
    scope = dict(to_query(from_link(subject.scope) if subject.scope else Scope()))
    if subject.about is About.FIGURE:
        chart, _, chosen = subject.key.partition("|")
        page = CHARTS[chart].page if chart in CHARTS else "overview"
        path = f"pages/{page.replace('-', '_')}/page.py"
        query = scope | ({key: chosen} if (key := _key_of(page)) and chosen else {})
    else:
        path, name = PAGES[subject.about]
        query = scope | ({name: subject.key} if name else {})
    st.page_link(path, label=as_typed(subject.title), icon=":material/comment:", query_params=query)
    components.note(f"{thread.remarks[0].by}, {moment(thread.remarks[0].at)}: {thread.remarks[0].text}")


def _key_of(page: str) -> str:
    """Under what the link of a page holds what it is about one of; empty where a chart of it is about all."""
    return {
        "organisations": "body",
        "themes": "board",
        "desks": "board",
        "opportunities": "opportunity",
        "targets": "target",
    }.get(page, "")
