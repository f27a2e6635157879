"""lines."""

import streamlit as st

st.title("lines")
