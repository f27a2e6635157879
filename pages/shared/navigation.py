"""The product's pages in the users' words. A new page is one line here."""

import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from budget_model.access import Asker

ROOT = "start"
"""What the framework calls the page at the root among the others; nobody sees it."""


PLACES = "places"
"""The address of the page of many places, which is listed where there are several."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: where it lies, what it is called, its address, and whether it speaks of a scope."""

    path: str
    title: str
    address: str
    scoped: bool = True
    first: bool = False
    shown: bool = True
    beside: str = ""
    """What it shows that is kept beside the map, with its verb; empty where it shows the map alone."""
    as_of_today: bool = False
    """Whether that is today's whichever map is shown, since it is in no published one; else as it was published."""

    def page(self, *, listed: bool = True) -> Any:
        """The page as the navigation takes it; the first is at the root of the site."""
        return self._page(ROOT if self.first else self.address, shown=self.shown and listed)

    def at_its_address(self) -> Any:
        """The first page once more, for links that name it: the framework serves it at the root alone."""
        return self._page(self.address, shown=False)

    def _page(self, address: str, *, shown: bool) -> Any:
        return copy.copy(_made(self, address, shown=shown, running=get_script_run_ctx() is not None))


@lru_cache(maxsize=256)
def _made(entry: Entry, address: str, *, shown: bool, running: bool) -> Any:  # noqa: ARG001  # outside a run it is half made
    """A page as the navigation takes it, made once: each run takes a copy, since one of them is marked as the open one."""
    return st.Page(
        f"pages/{entry.path}/page.py",
        title=entry.title,
        url_path=address,
        default=address == ROOT,
        visibility="visible" if shown else "hidden",
    )


def _today(path: str, title: str, address: str, beside: str, *, scoped: bool = False) -> Entry:
    """A page of what is kept beside every map, and so in no published one."""
    return Entry(path, title, address, scoped=scoped, beside=beside, as_of_today=True)


SECTIONS: dict[str, list[Entry]] = {
    "See": [
        Entry("overview", "Overview", "overview", first=True),
        Entry("explore", "Explore", "explore"),
        Entry("organisations", "Organisations", "organisations"),
        Entry("themes", "Themes and boards", "themes"),
        Entry("areas", "Areas", "areas"),
        Entry("lines", "Lines and cells", "lines"),
        Entry("search", "Search", "search"),
    ],
    "Compare": [
        Entry("trends", "Trends", "trends"),
        Entry("what_changed", "What changed", "what-changed"),
        Entry("plan", "Plan and outturn", "plan-and-outturn"),
        Entry("neighbours", "Neighbours", "neighbours"),
        Entry("reorganisation", "Reorganisation", "reorganisation"),
        _today("versions", "Map versions", "versions", "the list of versions is"),
        _today("places", "Places", PLACES, "what places published is"),
    ],
    "Work together": [
        Entry("overlap", "Overlap", "overlap"),
        Entry("opportunities", "Opportunities", "opportunities"),
        Entry("portfolio", "What to take up first", "portfolio"),
        Entry("back_office", "Back offices", "back-office"),
        Entry("who_gains", "Who pays and who gains", "who-gains"),
        Entry("pools", "Pools and what-if", "pools"),
        Entry("plans", "From decision to done", "plans", beside="decisions and plans are"),
    ],
    "Results": [
        Entry("desks", "Boards’ desks", "desks"),
        Entry("performance", "Performance", "performance"),
        Entry("targets", "Targets", "targets"),
        Entry("outcomes", "Outcomes", "outcomes"),
        Entry("prevention", "Prevention", "prevention"),
        Entry("self_review", "Self-review", "self-review"),
    ],
    "Funding": [
        Entry("headroom", "Headroom in grants", "headroom"),
        Entry(
            "external_funding",
            "External funding",
            "external-funding",
            beside="the register of money from outside is",
        ),
        Entry(
            "third_sector",
            "Third sector",
            "third-sector",
            beside="files of grants and what was said of them are",
        ),
        Entry("fund_return", "Better Care Fund return", "fund-return", beside="pools and their returns are"),
    ],
    "Contribute": [
        Entry("my_body", "My body", "my-body", scoped=False, beside="what was asked and sent is"),
        Entry("upload", "Upload", "upload", scoped=False, beside="drafts are"),
        Entry(
            "submissions",
            "Submissions and data quality",
            "submissions",
            scoped=False,
            beside="what was sent is",
        ),
        Entry("mapping", "Mapping", "mapping", scoped=False, beside="the mapping is"),
        Entry("settings", "Settings", "settings", scoped=False, beside="the lists and settings are"),
        _today("people", "People", "people", "who may come in is"),
    ],
    "Present": [
        _today("away_day", "Away-day", "away-day", "stories and what the room decides are", scoped=True),
        _today("board_pack", "Board pack", "board-pack", "stories and their words are", scoped=True),
        _today("state_of_the_city", "State of the City", "state-of-the-city", "editions are"),
        _today("consultations", "Consultations", "consultations", "consultations and their answers are"),
    ],
    "About": [
        _today("first_steps", "First steps", "first-steps", "how far you have come is"),
        Entry("method", "Method and sources", "method", scoped=False),
        Entry("glossary", "Glossary", "glossary", scoped=False),
        _today("audit", "Audit", "audit", "the audit is"),
        _today("running", "How it runs", "running", "what was measured is"),
    ],
}


def every_page(asker: Asker, *, places: bool = False) -> dict[str, list[Any]]:
    """Every page under its section, as the navigation takes them, the first at its own address too.

    A page that the asker may not open is not listed; a link to it leads to a sentence that says so. `places` lists the
    page that sets several places side by side.
    """

    def listed(entry: Entry) -> bool:
        return asker.may_open(entry.address) and (places or entry.address != PLACES)

    pages = {
        section: [entry.page(listed=listed(entry)) for entry in entries]
        for section, entries in SECTIONS.items()
    }
    firsts = [entry for entries in SECTIONS.values() for entry in entries if entry.first]
    return pages | {"": [entry.at_its_address() for entry in firsts]}


def entry_at(address: str) -> Entry | None:
    """The entry whose page has an address."""
    return next(
        (entry for entries in SECTIONS.values() for entry in entries if entry.address == address), None
    )
