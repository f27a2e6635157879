"""A board pack: the screens of a story as they stand in the data today, before any file is written.

Slides, PDF, pictures and workbook are all made from one `Pack`, so that they cannot differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from budget_model import dates
from budget_model.answers import Answers, Memory
from budget_model.board.measure import readable
from budget_model.board.on_paper import Printed, on_paper
from budget_model.count.saying import counted as said_count
from budget_model.count.saying import opened
from budget_model.dates import day
from budget_model.exhibits.catalogue import CHARTS, exhibit
from budget_model.exhibits.colours import NAVY, PLUM, TEAL
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, pounds
from budget_model.partnership.comments import About, Subject, on
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_query
from budget_model.store.comments import comments
from budget_model.store.places import place_of
from budget_model.store.store import Store
from budget_model.store.stories import PackMade, SavedView, Story, Taken, taken

Progress = Callable[[int, int, str], None]
"""Told how many of how many steps are done, and what comes next."""
MOST_CHANGES = 8
FRONT = "overview"
"""The page that is at the front door, and so has no path of its own."""
WHOLE = "place|The place|The place’s total|Amount"
"""The name of the one figure that every pack has, whatever its screens."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen of a pack: a finding with its figure, or a sentence why there is none any more."""

    number: int
    kicker: str
    """What the screen is about: 'Who spends it'."""
    finding: str
    shown: Printed | None
    trouble: str
    note: str
    unit: str
    scope: str
    """In words."""
    reconciliation: str
    dated: date | None
    link: str
    key: str
    """What the figure is one of: 'who', 'opportunity #1'; the same in every pack of a story."""
    mapped: bool = True
    """Whether its figures are those of the map; what members answered is not."""
    comments: tuple[str, ...] = ()
    """The open comments on the figure, for whoever makes the pack and may read them."""

    def speaker_note(self) -> str:
        """What stands under the slide: the note, then where the figures are from and how sure."""
        said = [self.note] if self.note else []
        if self.shown:
            said += [self.finding, self.shown.why, f"Source: {self.shown.source}."]
        else:
            said.append(self.trouble)
        said.append(f"Counts: {self.unit}.")
        if self.reconciliation:
            said.append(f"Reconciliation: {self.reconciliation}")
        if self.dated:
            said.append(f"Data as of {day(self.dated)}.")
        said += [f"Open comment of {comment}" for comment in self.comments]
        said.append(f"On the screen: {self.link}")
        return "\n\n".join(one for one in said if one)


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is not what it was in the pack before, pounds; None where it was or is not there."""

    screen: str
    what: str
    before: Decimal | None
    now: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more it is now."""
        return (self.now or NOTHING) - (self.before or NOTHING)


@dataclass(frozen=True, slots=True)
class SinceTheLast:
    """What is not as it was in the pack before: a heading, a sentence, and every figure that changed, if any did."""

    heading: str
    sentence: str
    table: Table | None


CHANGED = "changed"
"""The key of the slide that says what changed."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A story as it stands today, ready to be written in any format."""

    place: str
    name: str
    about: str
    year: str
    made_on: date
    slides: tuple[Slide, ...]
    unchanged: str
    """A sentence where there was a pack before and nothing in it has changed; else empty."""
    figures: Mapping[str, str]
    """Every figure of every screen by its name, to be kept for the next pack."""
    decisions: Table | None = None

    @property
    def title(self) -> str:
        """What the pack is called."""
        return f"{self.place} {self.year}: {self.name}" if self.mapped else f"{self.place}: {self.name}"

    @property
    def mapped(self) -> bool:
        """Whether any of its screens is of the map, so that it is of a year."""
        return any(slide.mapped for slide in self.slides) or not self.slides

    @property
    def subtitle(self) -> str:
        """What its cover says that it is about."""
        own = (
            f"The public budget of {self.place}, {self.year}"
            if self.mapped
            else "Figures beside the map, in no total of it"
        )
        return self.about or own

    @property
    def made(self) -> str:
        """Of which year and when it was made, and whether anything changed since the one before."""
        said = [f"{self.year}."] if self.mapped else []
        said += [f"Made on {day(self.made_on)}.", self.unchanged]
        return " ".join(part for part in said if part)


def scope_in_words(answers: Answers) -> str:
    """The scope of a slide, as its footer says it."""
    left_out = answers.left_out()
    scope = answers.scope
    words = f"{answers.place.name} {scope.year}, {scope.basis}, {scope.view.shown}"
    return ", ".join(one for one in (words, left_out, answers.stands_on()) if one)


def _scope_of(view: SavedView, wide: Scope) -> Scope:
    """The scope in which a view is shown: its own, of the year of the whole where it names none."""
    own = view.scope or wide
    own = own if own.year else own.switched(year=wide.year)
    return CHARTS[view.chart].scope_of(own) if view.chart in CHARTS else own


def make_pack(
    store: Store,
    story: Story,
    scope: Scope,
    *,
    address: str = "",
    made_on: date | None = None,
    before: PackMade | None = None,
    progress: Progress | None = None,
) -> Pack:
    """A story's screens as they are today; with what changed where a pack was made `before`.

    A view's own scope wins over `scope`, but for the year where it names none. `address` is where the
    product is served, for links back; without it links are relative. Raises `Refusal` for a story with
    no screens.
    """
    if not story.views:
        raise Refusal(f"The story “{story.name}” has no screens yet. Pin some charts to it first.")
    told = progress or _silent
    place = place_of(store)
    wide = scope if scope.year else scope.switched(year=place.default_year)
    asked = Answers(store, wide, None if wide.version else place, Memory())
    slides = []
    figures: dict[str, str] = {}
    for number, view in enumerate(story.views, start=1):
        told(number - 1, len(story.views), CHARTS[view.chart].title if view.chart in CHARTS else view.chart)
        slide = _slide(number, view, asked.for_scope(_scope_of(view, wide)), address)
        slides.append(slide)
        figures |= _figures_of(slide)
    told(len(story.views), len(story.views), "What changed")
    figures[WHOLE] = str(asked.of(asked.total().total))
    unchanged = ""
    if before is not None:
        changes = changed(before.figures, figures)
        if changes:
            slides.append(_changes_slide(len(slides) + 1, changes, before, asked, slides[0].link))
        else:
            unchanged = f"No figure has changed since the pack of {_moment(before.made_at)}."
    return Pack(
        place=place.name,
        name=readable(story.name),
        about=readable(story.about),
        year=wide.year,
        made_on=made_on or dates.today(),
        slides=tuple(slides),
        unchanged=unchanged,
        figures=figures,
        decisions=_decisions(store, story),
    )


def since_the_last(pack: Pack) -> SinceTheLast | None:
    """What changed since the pack before; None where there was none."""
    if pack.unchanged:
        return SinceTheLast("What changed", pack.unchanged, None)
    last = pack.slides[-1]
    if last.key != CHANGED or last.shown is None:
        return None
    return SinceTheLast(last.kicker, last.finding, last.shown.table)


def _silent(_: int, __: int, ___: str) -> None:
    """Say nothing of progress."""


def _slide(number: int, view: SavedView, answers: Answers, address: str) -> Slide:
    shown = exhibit(answers, view)
    chart = CHARTS.get(view.chart)
    printed = on_paper(shown) if isinstance(shown, Exhibit) else None
    trouble = shown.sentence if isinstance(shown, Gone) else ""
    mapped = _is_of_the_map(view, shown)
    return Slide(
        number=number,
        kicker=chart.title if chart else "No longer there",
        finding=readable(shown.finding if isinstance(shown, Exhibit) else trouble),
        shown=printed,
        trouble=trouble,
        note=view.note.strip(),
        unit=_counts(shown, printed) if isinstance(shown, Exhibit) and printed else answers.unit(),
        scope=scope_in_words(answers) if mapped else answers.place.name,
        reconciliation=answers.reconciliation() if mapped else "",
        dated=answers.dated() if mapped else None,
        mapped=mapped,
        link=link_back(address, view.page, answers.scope),
        key=f"{view.chart} {view.chosen}".strip(),
        comments=_open_comments(answers.store, view),
    )


def _is_of_the_map(view: SavedView, shown: Shown) -> bool:
    """Whether the scope, the checks and the date of the map say something of a screen's figures."""
    chart = CHARTS.get(view.chart)
    beside = isinstance(shown, Exhibit) and shown.beside_the_map
    return chart is None or (chart.mapped and not beside)


def _open_comments(store: Store, view: SavedView) -> tuple[str, ...]:
    """What is open on the figure of a screen; nothing for whoever may read no comment."""
    figure = Subject(About.FIGURE, f"{view.chart}|{view.chosen}", "")
    threads = (thread for thread in on(comments(store), figure) if thread.is_open)
    return tuple(f"{thread.remarks[0].by}: {thread.remarks[0].text}" for thread in threads)


def _counts(shown: Exhibit, printed: Printed) -> str:
    """What a figure counts, and how many of its bars paper has no room for where they are not gathered as others."""
    figure, drawn = shown.figure, printed.figure
    left = (
        len(figure.known().marks) - len(drawn.marks)
        if isinstance(figure, Bars) and isinstance(drawn, Bars)
        else 0
    )
    if left <= 0 or (isinstance(figure, Bars) and figure.gathers):
        return shown.counts
    return f"{shown.counts} · {said_count(left, 'more is', 'more are')} in the table at the end"


def link_back(address: str, page: str, scope: Scope) -> str:
    """The page that shows the same figures.

    >>> link_back("https://map.example/", "explore", Scope(year="2016-17"))
    'https://map.example/explore?year=2016-17'
    """
    query = urlencode(to_query(scope), doseq=True)
    path = "" if page == FRONT else page
    return f"{address.rstrip('/')}/{path}" + (f"?{query}" if query else "")


def _figures_of(slide: Slide) -> dict[str, str]:
    """Every amount behind a screen, under the name of the screen, its row and its column."""
    if slide.shown is None:
        return {}
    table = slide.shown.table
    named: dict[str, str] = {}
    for row in table.rows:
        words = [str(value) for value in row if isinstance(value, str)]
        label = ", ".join(word for word in words[:3] if word)
        for column, value in zip(table.columns, row, strict=True):
            if column.kind is Kind.POUNDS and isinstance(value, Decimal):
                named[f"{slide.key}|{slide.kicker}|{label}|{column.name}"] = str(value)
    return named


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Change, ...]:
    """Every figure that is not what it was, the largest difference first; screens that left are left out."""
    screens = {name.split("|")[0] for name in now}
    changes = []
    for name in dict.fromkeys((*now, *before)):
        screen, kicker, label, column = [*name.split("|"), "", "", ""][:4]
        if screen not in screens or before.get(name) == now.get(name):
            continue
        one = Change(kicker, f"{label}: {column.lower()}", _read(before.get(name)), _read(now.get(name)))
        if one.difference:
            changes.append(one)
    return tuple(sorted(changes, key=lambda change: (-abs(change.difference), change.screen, change.what)))


def _read(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


PLAIN = ("who", "services", "organisation", "theme", "shared", "opportunities", "opportunity", "years")
"""The charts whose rows are bodies, services or opportunities, which a change is best told by."""


def telling(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes that a slide shows: no ends of ranges, no sums, and each figure once.

    Those of bodies, services and opportunities where there are any; else whatever has changed.
    """
    titles = {CHARTS[name].title for name in PLAIN}
    single = [
        change
        for change in changes
        if not change.what.endswith((": at least", ": at most")) and not change.what.startswith("Total")
    ]
    seen: dict[tuple[str, Decimal], Change] = {}
    for one in [change for change in single if change.screen in titles] or single:
        seen.setdefault((one.what.rpartition(":")[0], one.difference), one)
    return tuple(seen.values())


def _changes_in_words(shown: tuple[Change, ...], total: str, now: str, since: str) -> str:
    """How the total moved, and the largest single change."""
    moved = Decimal(now) - Decimal(total)
    if moved:
        more = "more" if moved > 0 else "less"
        sentence = f"The total is {pounds(Decimal(now))}, {pounds(abs(moved))} {more} than on {since}"
    else:
        sentence = f"The total is {pounds(Decimal(now))}, as on {since}"
    parts = [change for change in shown if change.screen != "The place"]
    if not parts:
        return f"{sentence}."
    first = parts[0]
    more = "more" if first.difference > 0 else "less"
    name = first.what.rpartition(": ")[0]
    return f"{sentence}; the largest change is {name}, {pounds(abs(first.difference))} {more}."


def _changes_slide(
    number: int, changes: tuple[Change, ...], before: PackMade, answers: Answers, link: str
) -> Slide:
    since = _moment(before.made_at)
    now = str(answers.of(answers.total().total))
    shown = telling(changes) or changes
    finding = _changes_in_words(shown, before.figures.get(WHOLE, now), now, since)
    shown = shown[:MOST_CHANGES]
    marks = tuple(
        Mark(change.what, change.what.removesuffix(": amount"), TEAL if change.difference > 0 else PLUM)
        for change in shown
    )
    figure = Bars("Figure", marks, (Series("Change", NAVY, tuple(change.difference for change in shown)),))
    heads = (Column(name, Kind.POUNDS) for name in ("Before", "Now", "Change"))
    whole = Table(
        "What changed",
        (Column("Screen"), Column("Figure"), *heads),
        tuple(
            (change.screen, change.what, change.before, change.now, change.difference) for change in changes
        ),
    )
    figures = opened(said_count(len(changes), "figure has", "figures have"))
    found = Exhibit(
        finding=finding,
        figure=figure,
        table=whole,
        why=f"{figures} changed, compared one by one with the pack of {since} (made by: {before.made_by}).",
        unit=answers.unit(),
        left_out="",
        coverage=answers.coverage(),
        source=f"This pack and the one of {since}",
        scope=answers.scope,
    )
    return Slide(
        number,
        f"What changed since {since}",
        readable(finding),
        on_paper(found),
        "",
        "",
        answers.unit(),
        scope_in_words(answers),
        answers.reconciliation(),
        answers.dated(),
        link,
        CHANGED,
    )


def _decisions(store: Store, story: Story) -> Table | None:
    """What was decided when the story was shown before."""
    log = taken(store, told=story.id)
    if not log:
        return None
    heads = ("Decided", "Opportunity", "Vote", "Owner", "By when", "Recorded on")
    return Table("What was decided", tuple(map(Column, heads)), tuple(map(_as_decided, log)))


def _as_decided(one: Taken) -> tuple[Value, ...]:
    decided = one.decided
    return (
        readable(decided.what),
        readable(one.title),
        one.vote.sentence if one.vote else "",
        readable(decided.owner),
        day(decided.due) if decided.due else "",
        _moment(decided.made_at),
    )


def appendix(pack: Pack) -> Iterator[tuple[Slide, Table]]:
    """Every table that stands behind a screen, in the order of the screens."""
    for slide in pack.slides:
        if slide.shown:
            yield slide, slide.shown.table


def _moment(text: str) -> str:
    return day(dates.day_of(datetime.fromisoformat(text)))
