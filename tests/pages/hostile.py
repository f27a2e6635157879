"""A city in which whatever can be named is named by somebody hostile: the payloads, and the store."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from budget_model.contribute.about import About
from budget_model.store import joint
from budget_model.store import stories as telling
from budget_model.store.contributions import begin
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.together.pools import Contribution, Pool
from budget_model.together.scenarios import Ingredient, Scenario
from tests.pages import joined, riverton

PAYLOADS = {
    "remote picture": "![p](https://evil.example/p.png)",
    "link": "[l](https://evil.example/l)",
    "address in angles": "<https://evil.example/a>",
    "bare address": "https://evil.example/b",
    "bare www": "www.evil.example",
    "bare mail": "me@evil.example",
    "picture in HTML": "<img src=//evil.example/i>",
    "colour": ":red[c]",
    "icon": ":material/home:",
    "smiley": ":smile:",
    "formula": "$x^2$",
    "code": "`k`",
    "bold": "**b** __u__",
    "struck out": "~~s~~",
    "entity": "&lt;b&gt;",
}
TYPED = " ".join(PAYLOADS.values())


def build(path: Path) -> Path:
    """A city in which whatever can be named is named by somebody hostile."""
    joined.build(path)
    place = joined.place()

    def named(things: Any) -> Any:
        return tuple(replace(thing, name=f"{thing.name} {TYPED}") for thing in things)

    hostile = replace(
        place,
        name=f"Riverton {TYPED}",
        organisations=tuple(
            replace(one, short_name=f"{one.short_name} {TYPED}") for one in named(place.organisations)
        ),
        services=named(place.services),
        themes=named(place.themes),
        targets=named(place.targets),
    )
    whatif = Scenario(
        f"Pool {TYPED}",
        riverton.YEAR,
        (Ingredient("council", "older-people"), Ingredient("health", "older-people")),
        host="council",
    )
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, hostile)
        story = telling.keep_story(store, Story("", f"Story {TYPED}"[:200], ()), by=TYPED)
        telling.keep_story(
            store, replace(story, about=TYPED, views=(SavedView("overview", "who"),)), by=TYPED
        )
        joint.keep_scenario(store, whatif, by=TYPED[:80])
        pool = Pool(
            id="p",
            name=f"Fund {TYPED}",
            year=riverton.YEAR,
            arrangement=6,
            host="council",
            contributions=(Contribution("council", Decimal(5), "older-people"),),
        )
        joint.keep_pool(store, pool, by=TYPED[:80])
        begin(
            store,
            About("council", riverton.YEAR, part=f"part {TYPED}"[:80]),
            f"{TYPED}.xlsx",
            b"a,b",
            by=TYPED[:80],
        )
    return path
