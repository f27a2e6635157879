"""What the pages under Present have in common: the stories, a story's screens as they stand, and links to them."""

from urllib.parse import urlsplit

import streamlit as st

from budget_model.board.making import prepare
from budget_model.board.pack import Pack
from budget_model.scope import Scope, from_link, to_link, to_query
from budget_model.store import stories as telling
from budget_model.store.store import Store
from budget_model.store.stories import Story
from pages.shared import kept, scope_picker

PRESENT, SCREEN, STORY = "present", "screen", "story"

stories = kept.kept(telling.stories)
story = kept.kept(telling.story)


def address() -> str:
    """Where the dashboard is served, as this browser sees it."""
    parts = urlsplit(str(st.context.url or ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


@kept.kept
def _prepared(store: Store, identity: str, version: int, link: str, served: str) -> Pack | None:
    told = next((one for one in telling.versions(store, identity) if one.version == version), None)
    return prepare(store, told, from_link(link), address=served) if told and told.views else None


def prepared(told: Story) -> Pack | None:
    """A story's screens as they stand for the person's scope; None for a story without any."""
    return _prepared(told.id, told.version, to_link(scope_picker.chosen()), address())


@kept.kept
def prepared_now(store: Store, story: Story, scope: Scope, served: str) -> Pack:
    """The screens of a story that a page makes up itself, such as a board's next meeting, as they stand."""
    return prepare(store, story, scope, address=served)


def link(told: Story, screen: int = 1) -> dict[str, str | list[str]]:
    """The query of a link that shows a story to a room, in the same scope."""
    return dict(to_query(scope_picker.chosen())) | {PRESENT: told.id, SCREEN: str(screen)}
