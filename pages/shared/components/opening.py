"""What goes to the browser before anything else, and therefore imports nothing that takes time."""

import json

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.navigation import SECTIONS

LOST = "lost"
"""What a link of Search says where it stands in for an address that no page has."""
SCRIPT = """<script>
if (!window.budgetKeys) {
  window.budgetKeys = true;
  var addresses = ADDRESSES;
  var tries = setInterval(function () {
    var here = new URL(performance.getEntriesByType('navigation')[0].name).pathname.split('/').pop();
    document.querySelectorAll('[role=dialog]').forEach(function (dialog) {
      if (!dialog.textContent.startsWith('Page not found')) return;
      var close = dialog.querySelector('button[aria-label=Close]');
      if (close && addresses.includes(here)) close.click();
      if (!here || addresses.includes(here)) return;
      clearInterval(tries);
      var words = decodeURIComponent(here).replace(/[-_.]+/g, ' ');
      location.replace('./search?LOST=1&q=' + encodeURIComponent(words));
    });
  }, 50);
  setTimeout(function () { clearInterval(tries); }, 6000);
  var place = location.pathname, waits = false;
  setInterval(function () {
    document.querySelectorAll('ul[data-testid=stSidebarNavItems]:not([role])').forEach(function (list) {
      list.setAttribute('role', 'group');
    });
    document.querySelectorAll('[data-testid=stSidebarNavItems] li:not([role])').forEach(function (item) {
      item.setAttribute('role', 'none');
    });
    document.querySelectorAll('[role=alertdialog]:not([aria-label])').forEach(function (message) {
      message.removeAttribute('aria-labelledby');
      message.setAttribute('aria-label', 'Message');
    });
    if (location.pathname !== place) { place = location.pathname; waits = true; }
    var app = document.querySelector('.stApp');
    if (!waits || !app || app.getAttribute('data-test-script-state') !== 'notRunning') return;
    waits = false;
    var at = document.activeElement;
    if (at && at !== document.body && at.closest('.stMain')) return;
    var head = document.querySelector('.stMain h1');
    if (head) { head.setAttribute('tabindex', '-1'); head.focus({ preventScroll: true }); }
  }, 200);
  var reached = 'a[href], button:not([disabled]), input:not([disabled]), textarea, select, [tabindex="0"]';
  function walkPopover(event) {
    var body = document.querySelector('[data-testid=stPopoverBody]');
    var opener = document.querySelector('[data-testid=stPopoverButton][aria-expanded=true]');
    if (!body || !opener) return;
    var at = document.activeElement, all = Array.from(body.querySelectorAll(reached));
    all = all.filter(function (one) { return one.getClientRects().length; });
    if (event.key === 'Escape' && body.contains(at)) { setTimeout(function () { opener.focus(); }, 0); }
    if (event.key !== 'Tab' || !all.length) return;
    if (at === opener && !event.shiftKey) { event.preventDefault(); all[0].focus(); }
    if (at === all[0] && event.shiftKey) { event.preventDefault(); opener.focus(); }
    if (at === all[all.length - 1] && !event.shiftKey) opener.focus();
  }
  var dates = '.stDateInput';
  function hideCalendar(hidden) { document.body.classList.toggle('date-typed', hidden); }
  window.addEventListener('pointerdown', function (event) {
    if (event.target.closest && event.target.closest(dates)) hideCalendar(false);
  }, true);
  window.addEventListener('keydown', function (event) {
    var day = event.target.closest && event.target.closest(dates + ' [role=spinbutton]');
    if (day && event.altKey) hideCalendar(false); else if (day && '0123456789'.includes(event.key)) hideCalendar(true);
    if (event.key === 'Tab' || event.key === 'Escape') walkPopover(event);
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
"""Faults of the framework are put right here.

A single letter must not start anything that the person did not ask for (WCAG 2.1.4). And the first visitor
after a start who comes by a link to a page is told that there is no such page, while it is being drawn,
because the framework first looks for loose files in `pages/` (`server.py` tells it not to, before anybody comes).
After another page is chosen the keyboard's focus would stay in the menu: it goes to the page's head, so that what is
read out, and the next tab, begin there. The menu of a narrow screen calls itself a list with sections in it, which no
list may hold: it is a group of links. A message that a change was kept has no name to be read out by: it gets one.
An address that no page has leads to a search for its words.
What a button of the scope opens stands at the end of the page: the next tab after such a button goes into it, and from
its last part on to what follows the button.
A day that is typed needs no calendar: it lay over what stands beneath, such as the button that saves.
Besides, a slash leads to the search box, as it does elsewhere; it starts nothing but the cursor in the box.
"""


def script() -> str:
    """What puts these right, as the browser gets it; the content policy allows it by its fingerprint."""
    addresses = json.dumps([entry.address for entries in SECTIONS.values() for entry in entries])
    return SCRIPT.replace("ADDRESSES", addresses).replace("LOST", LOST)


def mend() -> DeltaGenerator:
    """Send the browser what puts these right; gives the part of the page for what nobody sees."""
    head = st.container(key="page_head")
    with head:
        st.html(script(), unsafe_allow_javascript=True)
    return head
