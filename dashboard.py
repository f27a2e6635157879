"""The whole app at a glance: configuration, navigation, the one scope, the page."""

import streamlit as st

from pages.shared.components import opening

head = opening.mend()  # before the imports below, which take the first visitor most of a second

from budget_model import measured  # noqa: E402
from budget_model.problem import Refusal  # noqa: E402
from pages.shared import asking, frame, guide, kept, looking, once, scope_picker  # noqa: E402
from pages.shared.navigation import every_page  # noqa: E402

frame.configure()
with head:
    frame.dress()
try:
    asker = asking.asker()
    ready = kept.has_place()
    several = ready and kept.places().are_several
except Refusal as refusal:
    frame.refuse(refusal)
page = st.navigation(every_page(asker, places=several), position="top")
frame.admit()
if not ready:
    frame.ask_for_a_place()
with measured.page(page.url_path or "overview"), frame.faults_in_words(page.url_path):
    once.begin()
    frame.name_tab(page)
    with head:
        frame.brand()
    looking.box()
    frame.forbid(page.url_path)
    if frame.wants_scope(page):
        scope_picker.draw(frame.entry_of(page))
    else:
        scope_picker.settle(frame.entry_of(page))
    guide.strip(page.url_path)
    page.run()
    frame.say_who()
    frame.end()
