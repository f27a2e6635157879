"""The product's pages in the users' words. A new page is one line here."""

from dataclasses import dataclass
from typing import Any

import streamlit as st


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: where it lies, what it is called, its address, and whether it speaks of a scope."""

    path: str
    title: str
    address: str
    scoped: bool = True
    first: bool = False
    shown: bool = True

    def page(self) -> Any:
        """The page as the navigation takes it."""
        return st.Page(
            f"pages/{self.path}/page.py",
            title=self.title,
            url_path=self.address,
            default=self.first,
            visibility="visible" if self.shown else "hidden",
        )


SECTIONS: dict[str, list[Entry]] = {
    "See": [
        Entry("overview", "Overview", "overview", first=True),
        Entry("explore", "Explore", "explore"),
        Entry("organisations", "Organisations", "organisations"),
        Entry("themes", "Themes and boards", "themes"),
        Entry("lines", "Lines and cells", "lines"),
    ],
    "Work together": [
        Entry("overlap", "Overlap", "overlap"),
        Entry("opportunities", "Opportunities", "opportunities"),
        Entry("pools", "Pools and what-if", "pools"),
        Entry("targets", "Targets", "targets"),
    ],
    "Contribute": [
        Entry("upload", "Upload", "upload", scoped=False),
        Entry("submissions", "Submissions and data quality", "submissions", scoped=False),
        Entry("mapping", "Mapping", "mapping", scoped=False),
    ],
    "Present": [
        Entry("away_day", "Away-day", "away-day"),
        Entry("board_pack", "Board pack", "board-pack"),
    ],
    "About": [
        Entry("method", "Method and sources", "method", scoped=False),
        Entry("glossary", "Glossary", "glossary", scoped=False),
    ],
}


def entry_at(address: str) -> Entry | None:
    """The entry whose page has an address."""
    return next((one for entries in SECTIONS.values() for one in entries if one.address == address), None)
