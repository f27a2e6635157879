"""What goes to the browser before anything else, and therefore imports nothing that takes time."""

import json

import streamlit as st

from pages.shared.navigation import SECTIONS

SCRIPT = """<script>
if (!window.budgetKeys) {
  window.budgetKeys = true;
  var addresses = ADDRESSES;
  var tries = setInterval(function () {
    var here = location.pathname.split('/').pop();
    document.querySelectorAll('[role=dialog]').forEach(function (dialog) {
      var close = dialog.querySelector('button[aria-label=Close]');
      if (close && addresses.includes(here) && dialog.textContent.startsWith('Page not found')) close.click();
    });
  }, 50);
  setTimeout(function () { clearInterval(tries); }, 6000);
  window.addEventListener('keydown', function (event) {
    var typing = event.target.closest && event.target.closest('input, textarea, select, [contenteditable=true]');
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && 'rRcC'.includes(event.key)) {
      event.stopImmediatePropagation();
    }
    if (!typing && event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      var boxes = document.querySelectorAll('.st-key-search_box input, .st-key-controls_search input');
      var box = Array.from(boxes).find(function (one) { return one.offsetParent || one.getClientRects().length; });
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
  }, true);
}
</script>"""
"""Two faults of the framework are put right here.

A single letter must not start anything that the person did not ask for (WCAG 2.1.4). And the first visitor
after a start who comes by a link to a page is told that there is no such page, while it is being drawn,
because the framework first looks for loose files in `pages/` (`server.py` tells it not to, before anybody comes).
Besides, a slash leads to the search box, as it does elsewhere; it starts nothing but the cursor in the box.
"""


def script() -> str:
    """What puts right both faults, as the browser gets it; the content policy allows it by its fingerprint."""
    addresses = json.dumps([entry.address for entries in SECTIONS.values() for entry in entries])
    return SCRIPT.replace("ADDRESSES", addresses)


def mend() -> None:
    """Send the browser what puts right both faults."""
    st.html(script(), unsafe_allow_javascript=True)
