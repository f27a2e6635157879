"""What serves the dashboard: the pages, the door before them, and what whoever runs it asks: `streamlit run server.py`."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages.shared.serving import media, settings, uploads

# The pages are those of the navigation: else the first visitor's link is looked up among loose files, and not found.
PagesManager.uses_pages_directory = False
media.watch()
uploads.watch()
app = st.App(
    "dashboard.py",
    secrets=settings.secrets_of_sign_in(),
    routes=settings.every_route(),
    middleware=settings.every_middleware(),
    lifespan=settings.while_it_runs,
)
