"""Stories for a Board, what was decided in the room, and the packs that were made of them.

A story is a named sequence of saved views. Every change is a new version; nothing is overwritten, so that
a story taken away or put in another order can be brought back as it was.
"""

import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from budget_model.access import Act
from budget_model.problem import Refusal
from budget_model.scope import Scope, from_link, to_link
from budget_model.store import joint
from budget_model.store.others import Seen, Thing
from budget_model.store.store import Row, Store, Writer, now
from budget_model.store.submissions import write_audit
from budget_model.together.decisions import State
from budget_model.together.opportunities import OpportunityList

LONGEST_WORDS = 4_000
LONGEST_CHOSEN = 16_000
"""A what-if is kept whole in its view."""
LONGEST_NAME = 200
MOST_VIEWS = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """One saved view: which chart of which page, for which scope, and what is said of it.

    `link` is the scope as `scope.to_link` writes it; an empty one takes the scope of the pack. `chosen` is
    the key of what the chart is about where it is about one thing (an organisation, a theme, an
    opportunity by id, or by rank as '#1'). An empty `finding` is computed from the data each time.
    """

    page: str
    chart: str
    link: str = ""
    chosen: str = ""
    finding: str = ""
    note: str = ""

    @property
    def scope(self) -> Scope | None:
        """The scope that was saved with it, if one was."""
        return from_link(self.link) if self.link else None


@dataclass(frozen=True, slots=True)
class Story:
    """A named sequence of views, in one of its versions."""

    id: str
    name: str
    views: tuple[SavedView, ...]
    about: str = ""
    shipped: bool = False
    """Whether it stands as it came with the place; a change by anybody makes it their own."""
    version: int = 0
    made_at: str = ""
    made_by: str = ""

    def link(self, screen: int = 1) -> str:
        """The part of a link after the question mark that opens it at one of its screens.

        >>> Story("eight", "Eight screens", ()).link(3)
        'story=eight&screen=3'
        """
        return urlencode({"story": self.id, "screen": screen})

    def moved(self, screen: int, to: int) -> "Story":
        """The same story with one screen (counted from 0) put in another place.

        >>> story = Story("s", "S", (SavedView("a", "x"), SavedView("b", "x"), SavedView("c", "x")))
        >>> [view.page for view in story.moved(0, 2).views]
        ['b', 'c', 'a']
        """
        views = list(self.views)
        if not 0 <= screen < len(views):
            return self
        taken = views.pop(screen)
        views.insert(max(0, min(to, len(views))), taken)
        return replace(self, views=tuple(views))

    def without(self, screen: int) -> "Story":
        """The same story without one of its screens, counted from 0."""
        return replace(self, views=(*self.views[:screen], *self.views[screen + 1 :]))

    def with_view(self, view: SavedView, at: int | None = None) -> "Story":
        """The same story with a view put in, at the end unless a place is named."""
        place = len(self.views) if at is None else at
        return replace(self, views=(*self.views[:place], view, *self.views[place:]))


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided in the room: who does what by when. Plain words, kept with who wrote them down."""

    decision: int
    story: str
    opportunity: str
    """Id of the opportunity that it is about; empty where it is about none."""
    what: str
    owner: str
    due: date | None
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A vote on one opportunity."""

    opportunity: str
    story: str
    in_favour: int
    against: int
    unsure: int
    made_at: str = ""
    made_by: str = ""

    @property
    def sentence(self) -> str:
        """How the vote went: '9 for, 2 against, 1 unsure'."""
        return f"{self.in_favour} for, {self.against} against, {self.unsure} unsure"


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision of the Board as it is told: with its opportunity, and the last vote on that."""

    decided: Decided
    title: str
    """What the register calls the opportunity; empty where the decision is about none."""
    vote: Tally | None


@dataclass(frozen=True, slots=True)
class PackMade:
    """A pack that was made, with every figure in it by name; amounts as decimal strings."""

    entry: int
    story: str
    link: str
    figures: Mapping[str, str]
    made_at: str
    made_by: str


# Stories


def stories(store: Store) -> tuple[Story, ...]:
    """Every story as it stands, the first made first."""
    return _with_views(store, store.ask("story_latest"))


def story(store: Store, named: str) -> Story | None:
    """One story by its id or, whatever the case, its name."""
    wanted = named.strip().casefold()
    every = stories(store)
    return next(
        (one for one in every if one.id == wanted),
        next((one for one in every if one.name.casefold() == wanted), None),
    )


def versions(store: Store, identity: str) -> tuple[Story, ...]:
    """Every version of a story, the latest first, whether or not it was taken away."""
    return _with_views(store, [row[:7] for row in store.ask("story_versions", {"id": identity})])


def keep_story(store: Store, told: Story, *, by: str) -> Story:
    """Keep a story as a new version; one with no id is a new story. Gives it as it was kept.

    Raises `Refusal` for a story without a name, with too many screens, or with words too long to keep.
    """
    with store.writing(Act.PRESENT) as writer:
        identity = told.id or new_id(told.name, _ids(writer))
        version = _keep(writer, replace(told, id=identity, shipped=False), by)
        write_audit(writer, by, "story kept", identity, "", f"{told.name}, {len(told.views)} screens")
    return next(one for one in versions(store, identity) if one.version == version)


def duplicate(store: Store, identity: str, name: str, *, by: str) -> Story:
    """A story of one's own that starts as another one stands."""
    original = story(store, identity)
    if original is None:
        raise Refusal(f"There is no story {identity}.")
    return keep_story(store, replace(original, id="", name=name.strip() or f"{original.name}, copy"), by=by)


def pin(store: Store, identity: str, view: SavedView, *, by: str) -> Story:
    """Put a view at the end of a story; raises `ChangedSince` where another changes it at the same moment."""
    seen = Seen((Thing.STORY,), (identity,), store.newest())
    told = story(store, identity)
    if told is None:
        raise Refusal(f"There is no story {identity}. Make one first.")
    return keep_story(store.since(seen), told.with_view(view), by=by)


def take_away(store: Store, identity: str, *, by: str) -> None:
    """Take a story off the list; every version of it is kept, and keeping any of them brings it back."""
    told = story(store, identity)
    if told is None:
        raise Refusal(f"There is no story {identity}.")
    with store.writing(Act.PRESENT) as writer:
        _keep(writer, told, by, taken_away=True)
        write_audit(writer, by, "story taken away", identity, told.name, "")


def keep_shipped_stories(writer: Writer, folder: Path, *, by: str = "worked example") -> tuple[str, ...]:
    """Keep the stories that come with a place, inside a change that is open; gives the ids that changed.

    A story that somebody has made their own, or taken away, is left as it is.
    """
    kept = []
    for told in read_stories(folder):
        rows = writer.execute(
            "select shipped, taken_away, version, name, about from story where id = $id "
            "order by version desc limit 1",
            {"id": told.id},
        )
        if rows:
            shipped, gone, version, name, about = rows[0]
            views = writer.ask("story_views", {"versions": [version]})
            same = (name, about, tuple(_view(row[1:]) for row in views)) == (
                told.name,
                told.about,
                told.views,
            )
            if not shipped or gone or same:
                continue
        _keep(writer, told, by)
        kept.append(told.id)
    return tuple(kept)


def read_stories(folder: Path) -> tuple[Story, ...]:
    """The stories that a folder of TOML files tells, one a file, in the order of their names."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
            views = tuple(
                SavedView(
                    page=view["page"],
                    chart=view["chart"],
                    link=view.get("scope", ""),
                    chosen=view.get("chosen", ""),
                    finding=view.get("finding", ""),
                    note=" ".join(view.get("note", "").split()),
                )
                for view in said.get("view", [])
            )
            about = " ".join(said.get("about", "").split())
            found.append(
                Story(path.stem.partition("_")[2] or path.stem, said["name"], views, about, shipped=True)
            )
        except KeyError as missing:
            raise Refusal(f"{path.name}: a story or a view has no {missing}. Write it in.") from missing
        except tomllib.TOMLDecodeError as reason:
            raise Refusal(f"{path.name} is not a story that can be read: {reason}.") from reason
    return tuple(found)


def _keep(writer: Writer, told: Story, by: str, *, taken_away: bool = False) -> int:
    if not told.name.strip():
        raise Refusal("Give the story a name.")
    if len(told.name) > LONGEST_NAME:
        raise Refusal(f"A story’s name has at most {LONGEST_NAME} characters; this has {len(told.name)}.")
    if len(told.views) > MOST_VIEWS:
        raise Refusal(f"A story has at most {MOST_VIEWS} screens; this has {len(told.views)}.")
    for number, view in enumerate(told.views, start=1):
        if len(view.chosen) > LONGEST_CHOSEN:
            raise Refusal(
                f"What screen {number} is about is too long to be kept. Make it again with fewer parts."
            )
        longest = max(len(words) for words in (view.finding, view.note, view.link))
        if longest > LONGEST_WORDS:
            raise Refusal(
                f"Screen {number} has a text of {longest:,} characters; at most {LONGEST_WORDS:,} are kept. "
                "Shorten it."
            )
    version = writer.numbers("story_version", 1)[0]
    writer.execute(
        "insert into story values ($version, $id, $name, $about, $shipped, $gone, $made_at, $made_by)",
        {
            "version": version,
            "id": told.id,
            "name": told.name.strip(),
            "about": told.about,
            "shipped": told.shipped,
            "gone": taken_away,
            "made_at": now(),
            "made_by": by,
        },
    )
    writer.add(
        "story_view",
        ("version", "place_in_story", "page", "link", "chart", "chosen", "finding", "note"),
        [
            (version, place, view.page, view.link, view.chart, view.chosen, view.finding, view.note)
            for place, view in enumerate(told.views)
        ],
    )
    return version


def _with_views(store: Store, rows: Sequence[Row]) -> tuple[Story, ...]:
    views: defaultdict[int, list[SavedView]] = defaultdict(list)
    for row in store.ask("story_views", {"versions": [row[4] for row in rows]}):
        views[row[0]].append(_view(row[1:]))
    return tuple(
        Story(identity, name, tuple(views[version]), about, shipped, version, made_at, made_by)
        for identity, name, about, shipped, version, made_at, made_by in rows
    )


def _view(row: Row) -> SavedView:
    page, link, chart, chosen, finding, note = row
    return SavedView(page, chart, link, chosen, finding, note)


def _ids(writer: Writer) -> set[str]:
    return {str(row[0]) for row in writer.execute("select distinct id from story")}


def new_id(name: str, taken: set[str]) -> str:
    """An id that can stand in a link, made from a name.

    >>> new_id("Zoë: “three” choices", {"zoe-three-choices"})
    'zoe-three-choices-2'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "story"
    identity, number = base, 2
    while identity in taken:
        identity, number = f"{base}-{number}", number + 1
    return identity


# What was decided in the room


def decided(store: Store, *, told: str = "", opportunity: str = "") -> tuple[Decided, ...]:
    """What was decided, the latest first; of one story or opportunity where one is named."""
    rows = store.ask("story_decided", {"story": told, "opportunity": opportunity})
    return tuple(Decided(*row) for row in rows)


def taken(store: Store, *, told: str = "", opportunity: str = "") -> tuple[Taken, ...]:
    """What the Board decided, the latest first, each with its opportunity and the last vote on it."""
    titles = {entry.opportunity: entry.title for entry in joint.decisions(store)}
    votes = {vote.opportunity: vote for vote in reversed(tallies(store, opportunity))}
    return tuple(
        Taken(each, titles.get(each.opportunity, ""), votes.get(each.opportunity))
        for each in decided(store, told=told, opportunity=opportunity)
    )


def write_down(store: Store, said: Decided, *, by: str) -> int:
    """Keep what was decided; a `decision` of 0 is a new one, any other a new wording of that one.

    Raises `Refusal` where nothing was said, or more than can be kept.
    """
    if not said.what.strip():
        raise Refusal("Write what was decided.")
    if len(said.what) > LONGEST_WORDS or len(said.owner) > LONGEST_NAME:
        raise Refusal(f"A decision has at most {LONGEST_WORDS:,} characters, an owner {LONGEST_NAME}.")
    with store.writing(Act.PRESENT) as writer:
        entry = writer.numbers("board_entry", 1)[0]
        number = said.decision or entry
        _add_decided(writer, entry, replace(said, decision=number), by, taken_back=False)
        write_audit(writer, by, "decision written down", str(number), "", said.what.strip())
    return number


def decide_in_room(
    store: Store, said: Decided, opportunities: OpportunityList | None, *, by: str, state: State | None = None
) -> int:
    """Write down what was decided, and carry it to the register where it is about an opportunity.

    What was decided becomes its comment, with the owner and the day it is due; `state` is how far the decision
    brings it, and without one a new opportunity enters the register as an idea. Gives the number of the decision
    in the log.
    """
    number = write_down(store, said, by=by)
    opportunity = opportunities.opportunity(said.opportunity) if opportunities and said.opportunity else None
    if opportunity is not None:
        joint.register(store, opportunity, by=by, owner=said.owner)
        joint.decide(
            store,
            opportunity.id,
            by=by,
            state=state,
            owner=said.owner,
            review=said.due,
            comment=said.what,
        )
    return number


def take_back(store: Store, decision: int, *, by: str) -> None:
    """Take a decision off the log; its entries are kept."""
    said = next((one for one in decided(store) if one.decision == decision), None)
    if said is None:
        raise Refusal(f"There is no decision {decision} in the log.")
    with store.writing(Act.PRESENT) as writer:
        _add_decided(writer, writer.numbers("board_entry", 1)[0], said, by, taken_back=True)
        write_audit(writer, by, "decision taken back", str(decision), said.what, "")


def _add_decided(writer: Writer, entry: int, said: Decided, by: str, *, taken_back: bool) -> None:
    writer.execute(
        "insert into decided values "
        "($entry, $decision, $story, $opportunity, $what, $owner, $due, $taken_back, $made_at, $made_by)",
        {
            "entry": entry,
            "decision": said.decision,
            "story": said.story,
            "opportunity": said.opportunity,
            "what": said.what.strip(),
            "owner": said.owner.strip(),
            "due": said.due,
            "taken_back": taken_back,
            "made_at": now(),
            "made_by": by,
        },
    )


def tallies(store: Store, opportunity: str = "") -> tuple[Tally, ...]:
    """Every vote, the latest first; on one opportunity where one is named."""
    return tuple(Tally(*row) for row in store.ask("story_tallies", {"opportunity": opportunity}))


def count_hands(store: Store, hands: Tally, *, by: str) -> None:
    """Keep a vote; raises `Refusal` for one that cannot be counted."""
    if min(hands.in_favour, hands.against, hands.unsure) < 0:
        raise Refusal("A vote cannot be less than zero.")
    if not hands.in_favour + hands.against + hands.unsure:
        raise Refusal("No vote was entered.")
    with store.writing(Act.PRESENT) as writer:
        writer.execute(
            "insert into tally values "
            "($entry, $story, $opportunity, $in_favour, $against, $unsure, $made_at, $made_by)",
            {
                "entry": writer.numbers("board_entry", 1)[0],
                "story": hands.story,
                "opportunity": hands.opportunity,
                "in_favour": hands.in_favour,
                "against": hands.against,
                "unsure": hands.unsure,
                "made_at": now(),
                "made_by": by,
            },
        )


# Packs that were made


def decided_since_pack(store: Store, told: str, scope: Scope) -> frozenset[str]:
    """The opportunities whose decision’s state was recorded after the last pack of a story for a scope was made.

    A comment, or another owner, decides nothing. What came after is told by the numbers of the audit, not by times.
    """
    asked = {"story": told, "link": to_link(scope)}
    return frozenset(str(opportunity) for (opportunity,) in store.ask("decided_since_pack", asked))


def last_pack(store: Store, told: str, scope: Scope) -> PackMade | None:
    """The last pack that was made of a story for a scope."""
    rows = store.ask("story_packs", {"story": told, "link": to_link(scope), "limit": 1})
    if not rows:
        return None
    entry, name, link, figures, made_at, made_by = rows[0]
    return PackMade(entry, name, link, json.loads(figures), made_at, made_by)


def note_pack(store: Store, told: str, scope: Scope, figures: Mapping[str, str], *, by: str) -> None:
    """Remember the figures of a pack, so that the next one can say what changed."""
    with store.writing(Act.PRESENT) as writer:
        writer.execute(
            "insert into pack_made values ($entry, $story, $link, $figures, $made_at, $made_by)",
            {
                "entry": writer.numbers("board_entry", 1)[0],
                "story": told,
                "link": to_link(scope),
                "figures": json.dumps(dict(figures), ensure_ascii=False),
                "made_at": now(),
                "made_by": by,
            },
        )
        write_audit(writer, by, "board pack made", told, "", to_link(scope))
