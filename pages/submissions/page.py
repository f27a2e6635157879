"""Who has sent what, for which year and phase, and how far can it be trusted?"""

import streamlit as st

from pages.shared import choice, components, desk, kept, notices
from pages.submissions import asking, measures, standings, taking, transfers, versions

VIEWS = {
    "register": "Who has sent what",
    "asking": "Ask and remind",
    "versions": "Submissions and versions",
    "quality": "Data quality",
    "transfers": "Transfers to settle",
    "take": "Download data",
}


def show() -> None:
    """The register, the versions, the quality, the transfers, or the data to take away: as the link says."""
    components.dress("upload")
    st.title("Submissions and data quality")
    notices.show()
    place = kept.place()
    years = sorted(
        {*kept.years(), place.default_year, *(draft.about.year for draft in desk.drafts())}, reverse=True
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls_submissions"):
        view = choice.segment("Show", tuple(VIEWS), "show", "register", VIEWS.__getitem__)
        year = choice.one(
            "Year", years, "of", place.default_year if place.default_year in years else years[0]
        )
    {
        "register": standings.show,
        "asking": asking.show,
        "versions": versions.show,
        "quality": measures.show,
        "transfers": transfers.show,
        "take": taking.show,
    }[view](year)


show()
