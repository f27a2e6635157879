"""What is said of a place is true of its lines: every sentence is worked out again, by hand as it were."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.answers import Answers
from budget_model.count.ranked import QUESTIONS, finding_of, ranked, restated, who_pays
from budget_model.count.restate import Restating
from budget_model.money import percent, pounds
from budget_model.scope import Scope
from budget_model.store.mapped import map_everything
from budget_model.store.places import keep_place, place_of
from budget_model.store.store import Store
from budget_model.store.submissions import keep
from budget_model.vocabulary import Kind, RingFence, Side, SubmissionStatus
from tests.sampled import sampled
from tests.towns import BOARDS, BODIES, SERVICES, line, submission, town, transfer

BODY = {key: name for key, name, _ in BODIES}
SERVICE = {row[0]: row[1] for row in SERVICES}
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ESTIMATED = ("police",)
"""Bodies whose figures are estimates in every random place."""
PER_HEAD = Restating(Decimal("0.001"), "pounds per resident", "cash prices", None, "")
STEP = 1_000_000  # shares of boards have six places, so that every part is whole pence


def a_place(seed: int) -> tuple[tuple[tuple[Any, ...], ...], int]:
    """A year of some bodies' lines: (body, service, amount, side, kind, ring-fence), and one transfer or none."""
    chance = random.Random(seed)
    lines = []
    for body in BODY:
        if chance.random() < 0.25:
            continue
        for _ in range(chance.randint(1, 4)):
            service = chance.choice([*SERVICE, *SERVICE, None])
            amount = chance.choice([0, 1, 1, 2, 3, 3, 5, 8, 40, 120, 900]) * STEP
            side = Side.INCOME if chance.random() < 0.2 else Side.EXPENDITURE
            kind = Kind.TRANSFER_TO_INDIVIDUALS if chance.random() < 0.2 else Kind.REVENUE
            fence = RingFence.STATUTORY if chance.random() < 0.2 else RingFence.CONDITIONS
            lines.append((body, service, amount, side, kind, fence))
    passing = 0
    paid_for = [one for one in lines if one[0] == "trust"]
    if any(one[0] == "nhs" for one in lines) and len(paid_for) == 1 and chance.random() < 0.8:
        body, _, amount, side, kind, fence = paid_for[0]
        if side is Side.EXPENDITURE and amount:
            lines[lines.index(paid_for[0])] = (body, "safety", amount, side, kind, fence)
            room = sum(one[2] for one in lines if one[0] == "nhs" and one[3] is Side.EXPENDITURE)
            passing = min(amount, room) // 2 // STEP * STEP
    return tuple(lines), passing


class ByHand:
    """The same place added up from its lines alone, and what is to be said of it."""

    def __init__(self, lines: Any, passing: Any) -> None:
        self.gross = sum(self.signed(one) for one in lines)
        self.once = passing
        self.total = self.gross - passing
        self.body: defaultdict[str, int] = defaultdict(int)
        self.board: defaultdict[str, int] = defaultdict(int)
        self.service: defaultdict[str, int] = defaultdict(int)
        self.kind: defaultdict[Any, int] = defaultdict(int)
        self.fence: defaultdict[Any, int] = defaultdict(int)
        self.by_board: defaultdict[Any, int] = defaultdict(int)
        self.by_service: defaultdict[Any, int] = defaultdict(int)
        self.bodies = {one[0] for one in lines}
        self.unmapped = Decimal(0)
        for one in lines:
            self.add(one[0], one[1], self.signed(one), one[4], one[5])
        if passing:
            paid = next(one for one in lines if one[0] == "trust")
            self.add("trust", "safety", -passing, paid[4], paid[5])

    def add(self, body: Any, service: Any, amount: Any, kind: Any, fence: Any) -> None:
        amount = Decimal(amount)
        service = service or "unmapped"
        self.body[body] += amount
        self.kind[kind] += amount
        if service == "unmapped":
            self.unmapped += amount
        if kind is Kind.TRANSFER_TO_INDIVIDUALS:  # paid to people: it buys no service and is on no board
            return
        self.fence[fence] += amount
        self.service[service] += amount
        self.by_service[service, body] += amount
        for board, share in BOARDS.get(service, {"unmapped": 1}).items():
            part = amount * Decimal(share)
            self.board[board] += part
            self.by_board[board, body] += part

    @staticmethod
    def signed(one: Any) -> Any:
        return Decimal(one[2] if one[3] is Side.EXPENDITURE else -one[2])

    @staticmethod
    def number(n: Any) -> Any:
        return WORDS[n] if n < 10 else str(n)

    def share(self, part: Any, whole: Any = None) -> Any:
        whole = self.total if whole is None else whole
        return f", {percent(part, whole)} of the total" if 0 < part <= whole else ""

    def payers(self, cells: Any, key: Any) -> Any:
        paid = [(amount, body) for (part, body), amount in cells.items() if part == key and amount > 0]
        return sorted(paid, key=lambda one: (-one[0], one[1]))

    @staticmethod
    def named(things: Any) -> Any:
        return things[0] if len(things) == 1 else ", ".join(things[:-1]) + " and " + things[-1]

    def said(self) -> Any:
        """Every sentence by its kind."""
        sentences = {
            "total": self.of_total(),
            "who": self.of_who(),
            "what": self.of_what(),
            "shared": self.of_shared(),
            "service": self.of_service(),
            "payers": self.of_payers(),
            "income": self.of_income(),
            "small": self.of_small(),
            "sure": self.of_sure(),
        }
        people = self.kind[Kind.TRANSFER_TO_INDIVIDUALS]
        if people > 0:
            sentences["people"] = (
                f"{pounds(people)} is paid straight to people as benefits and pensions{self.share(people)}."
            )
        tied = self.fence[RingFence.STATUTORY]
        if tied > 0:
            services = Decimal(self.total - people)
            of_it = (
                f", {percent(Decimal(tied), services)} of what is spent on services"
                if tied <= services
                else ""
            )
            sentences["ring-fence"] = f"{pounds(tied)} is tied by law to one purpose{of_it}."
        if self.once:
            sentences["once"] = (
                f"{pounds(self.once)} passes between these bodies and is counted once; "
                "before this double counting is removed, their budgets add up to "
                f"{pounds(self.gross)} instead of {pounds(self.total)}."
            )
        unknown = self.unmapped
        if unknown:
            sentences["unmapped"] = f"{pounds(unknown)} has no service yet{self.share(unknown)}."
        return {kind: sentence for kind, sentence in sentences.items() if sentence}

    def of_total(self) -> Any:
        if not self.bodies:
            return "No spending for Anytown is included in this choice yet."
        by = f"{self.number(len(self.bodies))} {'body' if len(self.bodies) == 1 else 'bodies'}"
        return f"{pounds(self.total)} of public money is spent for Anytown’s residents, by {by}."

    def of_who(self) -> Any:
        spending = sorted(((a, b) for b, a in self.body.items() if a > 0), key=lambda one: -one[0])
        if self.total <= 0 or not spending:
            return None
        if len(spending) == 1 and spending[0][0] == self.total:
            return f"All of the money is {BODY[spending[0][1]]}’s: {pounds(self.total)}."
        running = 0
        many = 0
        for amount, _ in spending:
            many += 1
            running += amount
            if running >= self.total * Decimal("0.75"):
                break
        if many == len(spending) or running > self.total:
            many, running = 1, spending[0][0]
        if many == 1:
            return f"{BODY[spending[0][1]]} alone spends {pounds(running)}{self.share(running)}."
        each = self.named([f"{BODY[body]} {pounds(amount)}" for amount, body in spending[:many]])
        return f"{self.number(many).capitalize()} bodies spend {percent(Decimal(running), Decimal(self.total))} of the money: {each}."

    def of_what(self) -> Any:
        known = sorted(((a, b) for b, a in self.board.items() if b != "unmapped" and a > 0), reverse=True)
        if self.total <= 0 or not known:
            return None
        first, board = known[0]
        if len([one for one in known if one[0] >= first * Decimal("0.995")]) > 1:
            return "level"
        said = f"The {board} board takes {pounds(first)}{self.share(first)}"
        paid = self.payers(self.by_board, board)
        whole = sum(amount for amount, _ in paid)
        if len(paid) == 1:
            return f"{said}, all of it from {BODY[paid[0][1]]}."
        if len(paid) == 2:
            return f"{said}; {BODY[paid[0][1]]} pays {percent(paid[0][0], whole)} of that."
        two = f"{BODY[paid[0][1]]} and {BODY[paid[1][1]]}"
        share = percent(paid[0][0] + paid[1][0], whole)
        return f"{said}; {self.number(len(paid))} bodies pay for it, and {two} pay {share}."

    def of_shared(self) -> Any:
        best = None
        for service in sorted(SERVICE):
            paid = self.payers(self.by_service, service)
            if len(paid) > 1:
                besides = sum(amount for amount, _ in paid[1:])
                if best is None or (besides, service) > (best[0], best[1]):
                    best = besides, service, paid
        if best is None:
            return None
        _, service, paid = best
        whole = sum(amount for amount, _ in paid)
        name = SERVICE[service][0].lower() + SERVICE[service][1:]
        said = f"{self.number(len(paid)).capitalize()} bodies spend {pounds(whole)} on {name}"
        if paid[-1][0] >= paid[0][0] * Decimal("0.995"):
            return f"{said}, each about as much."
        if len(paid) == 2:
            return f"{said}; {BODY[paid[0][1]]} pays {percent(paid[0][0], whole)} of it."
        two = f"{BODY[paid[0][1]]} and {BODY[paid[1][1]]}"
        return f"{said}; {two} pay {percent(paid[0][0] + paid[1][0], whole)} of it."

    def of_service(self) -> Any:
        known = sorted(((a, s) for s, a in self.service.items() if s != "unmapped" and a > 0), reverse=True)
        if not known:
            return None
        first, service = known[0]
        if len([one for one in known if one[0] >= first * Decimal("0.995")]) > 1:
            return "level"
        name = SERVICE[service][0].lower() + SERVICE[service][1:]
        return f"The largest single service is {name}: {pounds(first)}{self.share(first)}."

    def of_payers(self) -> Any:
        many = {board: len(self.payers(self.by_board, board)) for board in self.board if board != "unmapped"}
        many = {board: count for board, count in many.items() if count}
        if not many:
            return None
        most = max(many.values())
        if most == 1:
            return "No theme is paid for by more than one body."
        first = [board for board, count in many.items() if count == most]
        if len(first) == len(many) > 1:
            return f"Each of {self.number(len(many))} themes is paid for by {self.number(most)} bodies."
        if len(first) > 1:
            return "level"
        whole = sum(amount for amount, _ in self.payers(self.by_board, first[0]))
        return f"“The {first[0]} board” has the most payers: {self.number(most)} bodies spend {pounds(whole)} on it."

    def of_income(self) -> Any:
        below = sorted((amount, key) for key, amount in self.service.items() if amount < 0)
        if not below:
            return None
        names = [SERVICE.get(key, "Not mapped yet") for _, key in below]
        names = [names[0], *(name[0].lower() + name[1:] for name in names[1:])]
        size = pounds(-sum(amount for amount, _ in below))
        if len(names) == 1:
            return f"{names[0]} takes in {size} more than it costs."
        if len(names) > 3:
            return "level"
        return f"{self.named(names)} take in {size} more than they cost."

    def of_sure(self) -> Any:
        if not self.bodies:
            return None
        estimated = sum(abs(self.body[body]) for body in ESTIMATED if body in self.bodies)
        whole = sum(abs(amount) for amount in self.body.values())
        said = []
        if estimated:
            share = percent(Decimal(estimated), Decimal(whole))
            said.append(f"{share} of the money ({pounds(estimated)}) is estimated")
        missing = [name for body, name in BODY.items() if body not in self.bodies]
        if missing:  # every body of the town is asked for in every year
            said.append(f"{self.named(missing)} {'is' if len(missing) == 1 else 'are'} still to come")
        unknown = abs(self.unmapped)
        if unknown:
            said.append(f"{pounds(unknown)} has no service yet")
        if not said:
            return "level"
        sentence = f"{', '.join(said[:-1])}, and {said[-1]}." if said[1:] else f"{said[0]}."
        return sentence[:1].upper() + sentence[1:]

    def of_small(self) -> Any:
        small = [amount for amount in self.body.values() if 0 < amount < self.total * Decimal("0.01")]
        if self.total <= 0 or len(small) < 2:
            return None
        many = self.number(len(small)).capitalize()
        return f"{many} bodies spend under 1% of the total each, {pounds(sum(small))} between them."


def loaded(path: Any, places: Any) -> Any:
    """One store with a year for each place."""
    years = {f"{1800 + number}-{(number + 1) % 100:02}": made for number, made in enumerate(places)}
    transfers = tuple(
        transfer(f"t{year}", "nhs", "trust", passing, year=year, payee_service="safety")
        for year, (_, passing) in years.items()
        if passing
    )
    store = Store(path)
    with store.writing() as writer:
        keep_place(writer, town(transfers=transfers))
        for year, (lines, _) in years.items():
            for body in sorted({one[0] for one in lines}):
                own = [
                    line(f"{service} {row}", amount, service, row=row, side=side, kind=kind, ring_fence=fence)
                    for row, (whose, service, amount, side, kind, fence) in enumerate(lines, start=1)
                    if whose == body
                ]
                sent = submission(body, own, year=year, grade=5 if body in ESTIMATED else 2)
                keep(writer, sent, b"", by="t", status=SubmissionStatus.APPROVED)
        map_everything(writer)
    return store, years


@pytest.fixture(scope="module")
def many_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A store of many random places, and their lines by their year."""
    path = tmp_path_factory.mktemp("random") / "many.duckdb"
    store, years = loaded(path, [a_place(seed) for seed in sampled(range(1000, 1200), every=3)])
    with store:
        yield store, list(years.items())


def compare(path: Any, how_many: Any, first: int = 0, shown: Any = None) -> Any:
    """The kinds of sentences of random places, each held beside what is worked out by hand; with `shown`, per head."""
    store, years = loaded(path, [a_place(seed) for seed in range(first, first + how_many)])
    with store:
        return compared(store, years.items(), shown)


def compared(store: Any, years: Any, shown: Any = None) -> Any:
    """The same of a store's places."""
    kinds = set()
    place = place_of(store)
    for year, (lines, passing) in years:
        counted = Answers(store, Scope(year=year), place)
        figures = restated(counted.figures(), shown) if shown else counted.figures()
        said = {finding.kind: finding.sentence for finding in ranked(figures)}
        part = shown.factor if shown else 1
        mine = tuple((body, service, amount * part, *rest) for body, service, amount, *rest in lines)
        wanted = ByHand(mine, passing * part).said()
        if shown:
            wanted = {kind: per_head(sentence) for kind, sentence in wanted.items()}
        for kind, sentence in wanted.items():
            if sentence == "level":  # which of those that are level comes first is tested on its own
                assert kind in said, (year, kind)
            else:
                choice = sentence if isinstance(sentence, tuple) else (sentence,)
                assert said.get(kind) in choice, (year, kind, lines, passing)
        assert set(said) == set(wanted) | ({"sure"} if lines else set()), (year, lines)
        kinds |= set(said)
        for sentence in said.values():
            assert "saving" not in sentence
            assert "no share" not in sentence
            assert "-" not in sentence.replace("-2", ""), sentence
    return kinds


def per_head(sentence: Any) -> Any:
    if isinstance(sentence, tuple):
        return tuple(per_head(one) for one in sentence)
    before, pound, after = sentence.partition("£")
    first = re.match(r"[\d.,]*\d(bn|m|k)?( of public money)?", after)
    return f"{before}{pound}{first[0]} per resident{after[first.end() :]}" if first else sentence


def test_every_sentence_per_head_is_what_the_lines_divided_by_the_people_say(tmp_path: Path) -> None:
    assert {"total", "who", "what", "payers", "service"} <= compare(tmp_path / "few.duckdb", 4, 50, PER_HEAD)


@pytest.mark.slow
def test_a_sentence_that_is_wrong_in_one_figure_is_noticed(
    many_places: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, years = many_places
    monkeypatch.setattr("budget_model.count.ranked.percent", lambda part, whole: "91%")
    with pytest.raises(AssertionError):
        compared(store, years[:20])
    monkeypatch.undo()
    monkeypatch.setitem(QUESTIONS, "small", lambda figures: None)
    with pytest.raises(AssertionError):
        compared(store, years[:60])


def test_every_sentence_about_a_random_place_is_what_its_lines_say(tmp_path: Path) -> None:
    assert {"total", "who", "what", "payers", "service"} <= compare(tmp_path / "few.duckdb", 4)


@pytest.mark.slow
def test_every_sentence_about_many_random_places_is_what_their_lines_say(many_places: Any) -> None:
    assert compared(*many_places) == {
        "total",
        "who",
        "what",
        "sure",
        "shared",
        "payers",
        "service",
        "people",
        "ring-fence",
        "once",
        "income",
        "small",
        "unmapped",
    }


def test_the_total_comes_first_and_then_what_has_the_most_pounds_at_stake(tmp_path: Path) -> None:
    lines = (
        ("council", "care", 60 * STEP, Side.EXPENDITURE, Kind.REVENUE, RingFence.NONE),
        ("nhs", "care", 40 * STEP, Side.EXPENDITURE, Kind.REVENUE, RingFence.NONE),
        ("police", None, STEP, Side.EXPENDITURE, Kind.REVENUE, RingFence.NONE),
    )
    store, years = loaded(tmp_path / "one.duckdb", [(lines, 0)])
    with store:
        findings = ranked(Answers(store, Scope(year=next(iter(years)))).figures())
    assert findings[0].kind == "total"
    assert [finding.matters for finding in findings[1:]] == sorted(
        (finding.matters for finding in findings[1:]), reverse=True
    )
    shared = next(finding for finding in findings if finding.kind == "shared")
    assert shared.sentence == "Two bodies spend £100m on adult social care; Anytown Council pays 60% of it."


def test_a_place_with_nothing_on_its_map_says_so_and_nothing_else(tmp_path: Path) -> None:
    store, _ = loaded(tmp_path / "none.duckdb", [])
    with store:
        figures = Answers(store, Scope(year="1700-01")).figures()
        assert [finding.kind for finding in ranked(figures)] == ["total"]
        assert ranked(figures)[0].sentence == "No spending for Anytown is included in this choice yet."
        assert finding_of(figures, "no such question") is None


def test_a_share_that_would_be_over_a_hundred_per_cent_is_not_said(tmp_path: Path) -> None:
    lines = (
        ("council", "care", 120 * STEP, Side.EXPENDITURE, Kind.REVENUE, RingFence.NONE),
        ("nhs", "health", 20 * STEP, Side.INCOME, Kind.REVENUE, RingFence.NONE),
    )
    store, years = loaded(tmp_path / "over.duckdb", [(lines, 0)])
    with store:
        said = {
            finding.kind: finding.sentence
            for finding in ranked(Answers(store, Scope(year=next(iter(years)))).figures())
        }
    assert said["who"] == "Anytown Council alone spends £120m."
    assert said["service"] == "The largest single service is adult social care: £120m."
    assert said["income"] == "Community health takes in £20.0m more than it costs."


def test_bodies_that_pay_as_much_are_not_ranked() -> None:
    paid = [(Decimal(50), "a"), (Decimal(50), "b"), (Decimal(50), "c")]
    assert who_pays("Roads", paid, {}) == "Three bodies spend £150 on roads, each about as much."
    assert who_pays("Roads", paid[:1], {"a": "The council"}) == (
        "The council spends £50 on roads, and no other body does."
    )
