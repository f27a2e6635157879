"""The product's pages in the users' words. A new page is one line here."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from budget_model.access import Asker

ROOT = "start"
"""What the framework calls the page at the root among the others; nobody sees it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: where it lies, what it is called, its address, and whether it speaks of a scope."""

    path: str
    title: str
    address: str
    scoped: bool = True
    first: bool = False
    shown: bool = True
    keeps: bool = False
    """Whether it keeps something beside the map, and so works on today's store whichever map it shows."""

    def page(self, *, listed: bool = True) -> Any:
        """The page as the navigation takes it; the first is at the root of the site."""
        return self._page(ROOT if self.first else self.address, shown=self.shown and listed)

    def at_its_address(self) -> Any:
        """The first page once more, for links that name it: the framework serves it at the root alone."""
        return self._page(self.address, shown=False)

    def _page(self, address: str, *, shown: bool) -> Any:
        return st.Page(
            f"pages/{self.path}/page.py",
            title=self.title,
            url_path=address,
            default=address == ROOT,
            visibility="visible" if shown else "hidden",
        )


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
        Entry("versions", "Map versions", "versions", scoped=False),
    ],
    "Work together": [
        Entry("overlap", "Overlap", "overlap"),
        Entry("opportunities", "Opportunities", "opportunities"),
        Entry("portfolio", "What to take up first", "portfolio"),
        Entry("back_office", "Back offices", "back-office"),
        Entry("who_gains", "Who pays and who gains", "who-gains"),
        Entry("pools", "Pools and what-if", "pools"),
        Entry("plans", "From decision to done", "plans", keeps=True),
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
        Entry("external_funding", "External funding", "external-funding", keeps=True),
        Entry("third_sector", "Third sector", "third-sector", keeps=True),
        Entry("fund_return", "Better Care Fund return", "fund-return", keeps=True),
    ],
    "Contribute": [
        Entry("my_body", "My body", "my-body", scoped=False),
        Entry("upload", "Upload", "upload", scoped=False),
        Entry("submissions", "Submissions and data quality", "submissions", scoped=False),
        Entry("mapping", "Mapping", "mapping", scoped=False),
        Entry("settings", "Settings", "settings", scoped=False, keeps=True),
        Entry("people", "People", "people", scoped=False, keeps=True),
    ],
    "Present": [
        Entry("away_day", "Away-day", "away-day", keeps=True),
        Entry("board_pack", "Board pack", "board-pack", keeps=True),
        Entry("state_of_the_city", "State of the City", "state-of-the-city", scoped=False, keeps=True),
        Entry("consultations", "Consultations", "consultations", scoped=False, keeps=True),
    ],
    "About": [
        Entry("first_steps", "First steps", "first-steps", scoped=False),
        Entry("method", "Method and sources", "method", scoped=False),
        Entry("glossary", "Glossary", "glossary", scoped=False),
        Entry("audit", "Audit", "audit", scoped=False, keeps=True),
    ],
}


def every_page(asker: Asker) -> dict[str, list[Any]]:
    """Every page under its section, as the navigation takes them, the first at its own address too.

    A page that the asker may not open is not listed; a link to it leads to a sentence that says so.
    """
    pages = {
        section: [entry.page(listed=asker.may_open(entry.address)) for entry in entries]
        for section, entries in SECTIONS.items()
    }
    firsts = [entry for entries in SECTIONS.values() for entry in entries if entry.first]
    return pages | {"": [entry.at_its_address() for entry in firsts]}


def entry_at(address: str) -> Entry | None:
    """The entry whose page has an address."""
    return next((one for entries in SECTIONS.values() for one in entries if one.address == address), None)
