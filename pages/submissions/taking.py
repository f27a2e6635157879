"""The mapped lines of a year to take away, as a data package or as CSV."""

import streamlit as st

from budget_model.contribute.package import fiscal_data_package, lines_csv, published
from budget_model.store import exports
from pages.shared import components, kept


def show(year: str) -> None:
    """The lines of a year as files."""
    store, place = kept.store(), kept.place()
    lines = published(exports.exported(store, year))
    if not lines:
        components.empty(f"No figures are included for {year}.", "There is nothing to download yet.")
        return
    components.section(
        f"{len(lines):,} mapped lines of {year}",
        "Each line with its service, COFOG group, cell and who mapped it. What a body does not publish goes out as "
        "money without words.",
    )
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Fiscal Data Package",
            lambda: fiscal_data_package(lines, place.id, place.name, place.currency),
            f"{place.id}-{year}.zip",
            "application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            key="package",
        )
        st.download_button(
            "Lines as CSV",
            lambda: lines_csv(lines),
            f"{place.id}-{year}-lines.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="lines_csv",
        )
    components.note(
        "The package holds the lines, a data dictionary and a description that other tools read (Fiscal Data Package, "
        "version 1)."
    )
