"""What serves the dashboard: the pages, the door before them, and what whoever runs it asks: `streamlit run server.py`."""

import streamlit as st

from pages.shared.serving import settings

app = st.App(
    "dashboard.py",
    secrets=settings.secrets_of_sign_in(),
    routes=settings.every_route(),
    middleware=settings.every_middleware(),
    lifespan=settings.while_it_runs,
)
