"""The total public budget of a place: read, mapped, counted once, and what could be joined up.

Everything here is true without a screen: no module imports streamlit or plotly.
"""
