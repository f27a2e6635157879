"""Which service a budget line pays for: the best answer, how sure it is, why, and what else it could be.

Evidence in order, the strongest last to speak and so first to count: what the line's words teach (learnt
from the Treasury's own classification, the councils' return, the service list and everything confirmed),
what kind of body it is, the headings above it, a published name or wording, a code that carries meaning,
what the partnership confirmed, what the organisation itself confirmed. Each kind of evidence is trusted to
a stated degree (data/mapping/thresholds.toml): with trust t in an answer, every other answer keeps 1 − t
of what it had. The confidence of a suggestion is what it then has: the probability that it is right.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from budget_model.mapping.bodies import CENTRAL, Bodies
from budget_model.mapping.learning import (
    AT_ONCE,
    Compared,
    Example,
    Indices,
    Learned,
    Numbers,
    Wording,
    probabilities,
    wording,
)
from budget_model.mapping.memory import Confirmed, Match, Memory, Recalled, agree, remembered
from budget_model.mapping.tables import FOLDER, Lists, RevenueLine, lists
from budget_model.mapping.wording import both_ways, plain, singular, take_code
from budget_model.place import Service
from budget_model.vocabulary import OrganisationType

BELOW = 0.01
"""How far below the level that is applied a suggestion is held that rests on another body's word."""
MOST_REMEMBERED = 1_500
"""Confirmations learnt from, the newest first; older ones are still recognised word for word."""
FEWEST_ALTERNATIVES = 3
KEPT_GROUPS = "treasury_learned.npz"
"""What the Treasury's lists teach, learnt once; learnt afresh by itself where a list has changed."""
KEPT_SERVICES = "services_learned.npz"
"""The same of what the service list and the councils' return teach."""
SMALL_WORDS = frozenset(
    ("a", "all", "and", "by", "for", "from", "in", "of", "on", "or", "other", "the", "to", "with")
)

_COFOG_LIKE = re.compile(r"(\d{1,2})\.(\d)(?:\.\d)?")
"""A code that is written as a group or class of COFOG: 07.3, 7.3, 07.3.1. Other codes may look so."""
_COFOG_NAMED = re.compile(
    r"COFOG\s*(\d{1,2})\.(\d)(?:\.\d)?|GF(\d\d)0(\d)(?:0\d)?|\S+-SUB(\d\d)0([\dA-C])\d\d", re.IGNORECASE
)
"""One that says it is: COFOG 07.3, Eurostat's GF0703, the end of a segment code of the Treasury's analysis."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one line."""

    description: str
    organisation: str = ""
    """Its id or its name."""
    organisation_type: str = ""
    """A word of `OrganisationType`; worked out from the organisation where it is not given."""
    code: str | None = None
    headings: tuple[str, ...] = ()
    """The headings above the line, the nearest last."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One service that a line may pay for."""

    service: str
    cofog_division: str
    cofog_group: str
    """The service's own group; for a central department's line, the group the Treasury would use."""
    confidence: float
    """The probability that it is right, 0 to 1."""
    reason: str
    applied_without_asking: bool
    """Sure enough, and on evidence firm enough, to be applied before a person has looked."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """One possible answer: a service, under one of the groups that lines are classified to."""

    service: str
    group: str
    own_group: str
    """The group of the service list."""


@dataclass(slots=True)
class _Case:
    """One line while its answers are weighed."""

    evidence: Evidence
    wording: Wording
    kind: str
    said: str
    """What says for what the money is: its description, or the heading above where it says what was bought."""
    bought: bool
    """Whether its description says what was bought ("salaries"), not for what."""
    weights: Numbers
    reasons: dict[int, str] = field(default_factory=dict)
    firm: bool = False

    @property
    def words(self) -> str:
        """What was said, without a leading code, as wordings are compared."""
        return plain(take_code(self.said)[1])


class Suggester:
    """Suggests services for lines. Making the first takes about a second, asking it next to nothing."""

    def __init__(
        self,
        services: Sequence[Service],
        memory: Sequence[Confirmed] = (),
        *,
        organisations: Mapping[str, str] | None = None,
        from_lists: Lists | None = None,
    ) -> None:
        """Learn from the product's lists, the service list and what was confirmed.

        `organisations` gives the kind of each known organisation, by id and by name.
        """
        self._lists = from_lists or lists()
        self._trust = self._lists.thresholds.trust
        self._services = {service.id: service for service in services}
        self._memory = Memory(memory, from_lists.thresholds) if from_lists else remembered(tuple(memory))
        self._bodies = Bodies(self._lists, organisations)
        self._answers = _answers(services, self._lists)
        self._learn(services, lists_are_shipped=from_lists is None)
        self._index_answers()
        self._index_headings()
        self._index_revenue_lines()
        self._treasury, self._treasury_anywhere = _treasury_names(self._lists)
        self._synonyms = _meaning_one(_called(services, self._lists))
        self._phrases = _singular_phrases(self._synonyms)
        self._longest = _longest_by_first_word(self._phrases)
        self._leaning_of: dict[str, Numbers] = {}

    def _learn(self, services: Sequence[Service], *, lists_are_shipped: bool) -> None:
        """Learn from the lists, once for all where they are the shipped ones, then from what was confirmed."""
        learnt = _learnt_once(tuple(services)) if lists_are_shipped else _learnt_from(self._lists, services)
        self._groups_learnt, self._services_learnt = learnt
        confirmed = list(self._confirmed_examples())
        self._confirmed_learnt = (
            Learned(confirmed, _weights_of_services(self._lists), beyond=self._services_learnt)
            if confirmed
            else None
        )
        """What everything confirmed teaches beyond that."""

    def _index_answers(self) -> None:
        """Where each answer stands among what was learnt: its service, its group, its division."""
        self._of_service: dict[str, list[int]] = defaultdict(list)
        self._of_group: dict[str, list[int]] = defaultdict(list)
        for at, answer in enumerate(self._answers):
            self._of_service[answer.service].append(at)
            self._of_group[answer.group].append(at)
        self._groups = tuple(self._of_group)
        divisions = sorted({group[:2] for group in self._groups})
        self._division_of = np.array(
            [[group[:2] == division for division in divisions] for group in self._groups], np.float32
        )
        self._group_columns = np.array([self._groups_learnt.labels.index(group) for group in self._groups])
        columns = {service: self._services_learnt.labels.index(service) for service in self._of_service}
        self._answer_service = np.array([columns[answer.service] for answer in self._answers])
        self._answer_group = np.array([self._groups.index(answer.group) for answer in self._answers])
        self._is_own = np.array([_is_own(answer, self._lists) for answer in self._answers])

    def _index_headings(self) -> None:
        """Which answers a division of the accounting code has under it, by the wordings of its heading."""
        service_groups = [self._services[answer.service].group for answer in self._answers]
        self._under_heading = {
            words: np.array([group in division.service_groups for group in service_groups])
            for division in self._lists.divisions
            for words in division.wordings
        }

    def _index_revenue_lines(self) -> None:
        """The lines of the published returns whose service is known, by their words and by their code."""
        self._revenue: dict[str, list[RevenueLine]] = defaultdict(list)
        self._revenue_codes: dict[str, list[RevenueLine]] = defaultdict(list)
        for line in self._lists.revenue_lines:
            if line.service in self._services:
                self._revenue[plain(line.line)].append(line)
                self._revenue_codes[line.code].append(line)

    def keep_learnt(self, folder: Path = FOLDER) -> None:
        """Keep what the shipped lists teach, after one of them changed, so that the next start is quick."""
        self._groups_learnt.keep(folder / KEPT_GROUPS)
        self._services_learnt.keep(folder / KEPT_SERVICES)

    def suggest(self, lines: Sequence[Evidence], alternatives: int = 5) -> list[tuple[Suggestion, ...]]:
        """For each line the likeliest services, the best first: at least three wherever there are as many."""
        if not self._services:
            return [() for _ in lines]
        different = list(dict.fromkeys(lines))
        given: dict[Evidence, tuple[Suggestion, ...]] = {}
        for start in range(0, len(different), AT_ONCE):
            some = different[start : start + AT_ONCE]
            given |= zip(some, self._suggest(some, max(alternatives, FEWEST_ALTERNATIVES)), strict=True)
        return [given[line] for line in lines]

    def _suggest(self, lines: Sequence[Evidence], alternatives: int) -> list[tuple[Suggestion, ...]]:
        speaking = [self._speaks(line) for line in lines]
        wordings = [self._wording(line, said) for line, (said, _) in zip(lines, speaking, strict=True)]
        kinds = [self._bodies.kind(line.organisation, line.organisation_type) for line in lines]
        by_group = self._groups_learnt.compared(wordings)
        by_service = self._services_learnt.compared(wordings)
        compared = [(self._groups_learnt, by_group), (self._services_learnt, by_service)]
        of_service = self._services_learnt.scores(by_service)
        if self._confirmed_learnt is not None:
            by_confirmed = self._confirmed_learnt.compared(wordings)
            of_service += self._confirmed_learnt.scores(by_confirmed)
            compared.append((self._confirmed_learnt, by_confirmed))
        central = np.array([kind == CENTRAL for kind in kinds])
        weights = self._learnt(self._groups_learnt.scores(by_group), of_service, central)
        self._kinds_of_body(kinds, weights)
        cases = [
            _Case(line, read, kind, said, bought, row)
            for line, (said, bought), read, kind, row in zip(
                lines, speaking, wordings, kinds, weights, strict=True
            )
        ]
        for case in cases:
            self._weigh(case)
        chosen = self._ranked(cases, alternatives)
        self._explain(cases, chosen, compared)
        return [self._shown(case, some) for case, some in zip(cases, chosen, strict=True)]

    def _speaks(self, line: Evidence) -> tuple[str, bool]:
        """What says for what a line's money is, and whether the line itself says only what was bought.

        Where it does, the nearest heading above that says more.
        """
        if not self._is_nature(line.description) or self._is_published_under(line):
            return line.description, False
        above = (heading for heading in reversed(line.headings) if heading and not self._is_nature(heading))
        return next(above, line.description), True

    def _is_published_under(self, line: Evidence) -> bool:
        """Whether the councils' revenue return has such a line under one of the headings above it."""
        known = self._revenue.get(plain(take_code(line.description)[1]), ())
        sections = {plain(revenue_line.section) for revenue_line in known}
        return not sections.isdisjoint(plain(heading) for heading in line.headings)

    def _is_nature(self, text: str) -> bool:
        return plain(take_code(text)[1]) in self._lists.natures

    def _wording(self, line: Evidence, said: str) -> Wording:
        body = self._bodies.named(line.organisation)
        return wording(said, body, line.code, line.headings, self._lists.abbreviations)

    # What there is to learn from

    def _confirmed_examples(self) -> Iterable[Example]:
        short = self._lists.abbreviations
        for confirmed in self._memory.standing[-MOST_REMEMBERED:]:
            shares = tuple(
                (service, float(share)) for service, share in confirmed.services if service in self._services
            )
            if shares and self._memory.travels(confirmed):
                read = wording(
                    confirmed.description, confirmed.organisation, confirmed.code, confirmed.headings, short
                )
                yield Example(read, shares, confirmed.description)

    def _learnt(self, of_group: Numbers, of_service: Numbers, central: npt.NDArray[np.bool_]) -> Numbers:
        """Every answer's probability by words alone.

        A central department's line is one of the Treasury's groups, and the group one of its services. What
        is usual is known for such lines alone: for any other body no answer is likelier than another until
        its words speak, and they speak of services first.
        """
        learned = self._lists.thresholds.learned
        weights = np.empty((len(central), len(self._answers)), np.float32)
        if central.any():
            usual = self._groups_learnt.usual
            scores = (of_group[central] + usual)[:, self._group_columns]
            groups = probabilities(scores, learned["sharpness"])
            weights[central] = groups[:, self._answer_group] * self._inside_groups(of_service[central])
        if not central.all():
            even_group, even_service = 1 / of_group.shape[1], 1 / of_service.shape[1]
            groups = np.clip(of_group[~central][:, self._group_columns] + even_group, 1e-3, None)
            services = np.clip(of_service[~central] + even_service, 1e-4, None)
            answers = services[:, self._answer_service] ** learned["sharpness_elsewhere"]
            answers *= groups[:, self._answer_group] ** learned["group_weight"]
            answers[:, ~self._is_own] *= learned["nearest_service"]
            weights[~central] = answers / answers.sum(axis=1, keepdims=True)
        return weights

    def _inside_groups(self, of_service: Numbers) -> Numbers:
        """For each answer, the part of its group that is its service's."""
        strength = np.exp(
            self._lists.thresholds.learned["within_group"] * of_service[:, self._answer_service]
        )
        whole = np.array([strength[:, self._of_group[group]].sum(axis=1) for group in self._groups]).T
        return np.asarray(strength / whole[:, self._answer_group])

    # The evidence, the weakest first

    def _weigh(self, case: _Case) -> None:
        self._bought_not_for_what(case)
        self._headings(case)
        self._published(case)
        self._codes(case)
        self._confirmed_by_partners(case)
        self._confirmed_here(case)

    def _kinds_of_body(self, kinds: Sequence[str], weights: Numbers) -> None:
        """Let each kind of body lean to where the money of its like mostly goes."""
        for kind in set(kinds) - {"", CENTRAL}:
            rows = np.array([one == kind for one in kinds])
            leaning = weights[rows] * self._leaning(kind)
            weights[rows] = leaning / leaning.sum(axis=1, keepdims=True)

    def _leaning(self, kind: str) -> Numbers:
        if kind not in self._leaning_of:
            leaning: Numbers = np.ones(len(self._answers), np.float32)
            for kind_of_body in self._bodies.leaning(kind):
                inside = [
                    answer.own_group.startswith(kind_of_body.cofog) or answer.service in kind_of_body.cofog
                    for answer in self._answers
                ]
                leaning[inside] *= kind_of_body.weight
            self._leaning_of[kind] = leaning
        return self._leaning_of[kind]

    def _bought_not_for_what(self, case: _Case) -> None:
        """'Salaries' says little of the service: by the headings above at best, and else hardly at all."""
        if case.bought:
            told = self._trust["bought_with_heading" if case.evidence.headings else "bought_alone"]
            case.weights = told * case.weights + (1 - told) / len(case.weights)

    def _headings(self, case: _Case) -> None:
        for heading in case.evidence.headings:
            inside = self._under_heading.get(plain(heading))
            if inside is None:
                continue
            share = case.weights[inside].sum()
            if share > 0:
                trust = self._trust["division_heading"]
                case.weights = case.weights * (1 - trust)
                case.weights[inside] *= 1 + trust / (1 - trust) / share

    def _published(self, case: _Case) -> None:
        """A name or wording that a published list, or the service list, has word for word."""
        words = case.words
        if not words:
            return
        synonym = self._synonyms.get(words)
        if synonym is not None:
            why = f"{_heading_says(case)}'{_short(case.said)}' is a name of this service in the service list."
            trust = self._trust["synonym_central" if case.kind == CENTRAL else "synonym"]
            self._believe(case, {synonym: 1.0}, trust, why)
        elif case.kind != CENTRAL:
            self._lexicon(case, words)
        if case.kind != CENTRAL:
            self._published_return(case, words)
        self._treasurys_name(case)

    def _treasurys_name(self, case: _Case) -> None:
        """A name of the Treasury's analysis, for the same department, or for any where none is said."""
        name = plain(case.evidence.description)
        groups = self._treasury.get((plain(self._bodies.named(case.evidence.organisation)), name))
        if groups is not None:
            why = "The Treasury’s regional analysis has this name for the same department."
            self._believe_groups(case, groups, self._trust["treasury_name"], why)
        elif case.kind in {CENTRAL, ""} and name in self._treasury_anywhere:
            why = "The Treasury’s regional analysis has this name, for another department or for any."
            self._believe_groups(case, self._treasury_anywhere[name], self._trust["treasury_name_else"], why)

    def _lexicon(self, case: _Case, words: str) -> None:
        """Names and synonyms of services inside the line's words; the longest found at a place counts."""
        lengths: dict[str, float] = defaultdict(float)
        first = ""
        for written, phrase in self._phrases_in(words.split()):
            lengths[self._phrases[phrase]] += len(phrase)
            first = first or written
        whole = sum(lengths.values())
        if whole:
            shares = {service: length / whole for service, length in lengths.items()}
            says = "'" if case.bought else "Says '"
            why = f"{_heading_says(case)}{says}{_short(first)}', a name of this service in the service list."
            self._believe(case, shares, self._trust["synonym_inside"], why if len(lengths) == 1 else "")

    def _phrases_in(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The names of services inside some words: as they are written there, and in the singular."""
        alike = [singular(word) for word in words]
        at = 0
        while at < len(words):
            longest = min(self._longest.get(alike[at], 0), len(words) - at)
            phrases = (" ".join(alike[at : at + size]) for size in range(longest, 0, -1))
            phrase = next((phrase for phrase in phrases if phrase in self._phrases), "")
            size = len(phrase.split())
            if phrase:
                yield " ".join(words[at : at + size]), phrase
            at += max(size, 1)

    def _published_return(self, case: _Case, words: str) -> None:
        """A line of the councils' revenue return; where two sections have it, the headings decide."""
        known = self._revenue.get(words, [])
        headings = {plain(heading) for heading in case.evidence.headings}
        known = [revenue_line for revenue_line in known if plain(revenue_line.section) in headings] or known
        services = {revenue_line.service for revenue_line in known}
        if services:
            council = case.kind in {OrganisationType.COUNCIL, ""}
            trust = self._trust["published_wording" if council else "published_wording_else"]
            the = _heading_says(case) + ("the" if case.bought else "The")
            why = f"{the} councils’ revenue return has this line, '{known[0].line}'."
            shares = dict.fromkeys(services, 1 / len(services))
            firm = council and len(services) == 1 and not case.bought
            self._believe(case, shares, trust, why, firm=firm)

    def _codes(self, case: _Case) -> None:
        code = (case.evidence.code or take_code(case.evidence.description)[0]).strip()
        if not code:
            return
        own_words = plain(take_code(case.evidence.description)[1])
        for revenue_line in self._revenue_codes.get(code, []):
            if _agree(own_words, plain(revenue_line.line), self._lists.thresholds.same_code_wording):
                why = f"Line {code} of the councils’ revenue return is '{revenue_line.line}'."
                self._believe(
                    case, {revenue_line.service: 1.0}, self._trust["published_code"], why, firm=True
                )
                return
        group, named = _cofog(code)
        if group and self._inside(group):
            why = f"The line’s code {code} is COFOG group {group}."
            trust = self._trust["cofog_code_named" if named else "cofog_code"]
            self._believe_groups(case, {group: 1.0}, trust, why)

    def _inside(self, group: str) -> list[int]:
        """The answers in a group, the Treasury's or one of the United Nations' that is a part of it."""
        if group in self._of_group:
            return self._of_group[group]
        own = [
            at for at, answer in enumerate(self._answers) if answer.own_group == group and self._is_own[at]
        ]
        return own or self._of_group.get(_treasury_group(self._lists, group), [])

    def _confirmed_by_partners(self, case: _Case) -> None:
        others = self._memory.partnership(case.evidence.organisation, case.evidence.description)
        of_its_kind = [other for other in others if self._bodies.kind(other.organisation) == case.kind]
        alike = of_its_kind or list(others)
        if not alike:
            return
        counted = self._mean_shares(alike)
        newest = alike[0]
        why = f"{newest.organisation} confirmed the same wording ({newest.by}, {newest.on:%-d %B %Y})."
        line = case.evidence
        if any(agree(mapping, line.code, line.description, line.headings) for mapping in alike):
            self._believe(case, counted, self._trust["partnership"], why, firm=True)
            return
        leading, firm = int(case.weights.argmax()), case.firm
        self._believe(case, counted, self._trust["partnership_words"], why)
        if firm and int(case.weights.argmax()) == leading:
            case.firm = True  # what was sure without the partner stays so
        elif counted:
            self._hold_below(case)

    def _mean_shares(self, mappings: Sequence[Confirmed]) -> dict[str, float]:
        """What some confirmed mappings say of each known service, each counting as much as another."""
        shares: dict[str, float] = defaultdict(float)
        for mapping in mappings:
            for service, share in mapping.services:
                if service in self._services:
                    shares[service] += float(share) / len(mappings)
        return shares

    def _hold_below(self, case: _Case) -> None:
        """Keep a line below the level that is applied: what another body confirmed is only a suggestion."""
        most = self._lists.thresholds.apply_from - BELOW
        case.weights = np.minimum(case.weights, most)

    def _confirmed_here(self, case: _Case) -> None:
        line = case.evidence
        recalled = self._memory.own(line.organisation, line.code, line.description, line.headings)
        if recalled is None:
            return
        shares = {
            service: float(share)
            for service, share in recalled.confirmed.services
            if service in self._services
        }
        trust = self._trust[recalled.match.name.lower()]
        self._believe(case, shares, trust, _remembered(recalled), firm=True)

    # How evidence changes what is believed

    def _believe(
        self, case: _Case, shares: Mapping[str, float], trust: float, why: str, *, firm: bool = False
    ) -> None:
        """Give services the trust that evidence deserves; what was believed before keeps the rest."""
        if not shares:
            return
        case.weights = case.weights * (1 - trust)
        for service, share in shares.items():
            home = self._home(case, service)
            case.weights[home] += trust * share
            if why:
                case.reasons[home] = why
        case.firm = firm

    def _believe_groups(self, case: _Case, groups: Mapping[str, float], trust: float, why: str) -> None:
        """The same for COFOG groups: inside a group, the words go on deciding."""
        kept = case.weights.copy()
        case.weights = case.weights * (1 - trust)
        for group, share in groups.items():
            answers = self._inside(group)
            inside = kept[answers].sum() if answers else 0
            if inside > 0:
                case.weights[answers] += trust * share * kept[answers] / inside
                case.reasons |= dict.fromkeys(answers, why)
        case.weights /= case.weights.sum()
        case.firm = False

    def _home(self, case: _Case, service: str) -> int:
        """Where a named service stands: under the group that the line's words favour, of those it has."""
        return max(self._of_service[service], key=lambda at: (self._is_own[at], case.weights[at]))

    # What is shown

    def _ranked(self, cases: Sequence[_Case], alternatives: int) -> list[list[tuple[int, float]]]:
        """Each line's likeliest answers, the best first, and how likely each is."""
        weights = np.array([case.weights for case in cases])
        inside = [weights[:, self._of_group[group]] for group in self._groups]
        best = np.array(
            [
                np.array(self._of_group[group])[part.argmax(axis=1)]
                for group, part in zip(self._groups, inside, strict=True)
            ]
        ).T
        of_groups = np.array([part.sum(axis=1) for part in inside]).T
        of_divisions = of_groups @ self._division_of
        first_groups = np.argsort(-of_groups, axis=1, kind="stable")
        first_answers = np.argsort(-weights, axis=1, kind="stable")
        most = alternatives + len(self._groups)  # a service may stand under several groups
        ranked = []
        for row, case in enumerate(cases):
            if case.kind == CENTRAL:
                leading = int(of_divisions[row].argmax())
                groups = self._groups_in_order(first_groups[row], leading, alternatives)
                chosen = [(int(best[row, group]), float(of_groups[row, group])) for group in groups]
            else:
                chosen = []
            likely = weights[row].tolist()
            others = ((at, likely[at]) for at in first_answers[row, :most].tolist())
            ranked.append(self._with_others(chosen, others, alternatives))
        return ranked

    def _groups_in_order(self, groups: Indices, leading: int, most: int) -> list[int]:
        """A central department's line is in one of the Treasury's groups: the leading division's best first.

        The leading division is the one whose groups together are likeliest.
        """
        first = next(int(group) for group in groups if self._division_of[group, leading])
        return [first, *(group for group in groups[: most + 1].tolist() if group != first)][:most]

    def _with_others(
        self, chosen: list[tuple[int, float]], others: Iterable[tuple[int, float]], alternatives: int
    ) -> list[tuple[int, float]]:
        """What was chosen, and the likeliest services not among it, until there are enough different ones."""
        named = {self._answers[at].service for at, _ in chosen}
        for at, weight in others:
            if len(named) >= alternatives:
                break
            if self._answers[at].service not in named:
                named.add(self._answers[at].service)
                chosen.append((at, weight))
        return chosen

    def _shown(self, case: _Case, chosen: Sequence[tuple[int, float]]) -> tuple[Suggestion, ...]:
        suggestions: list[Suggestion] = []
        least, left = 0.999, 1.0  # nothing is certain before a person has said so
        for at, confidence in chosen:
            # A group of a division that is less likely as a whole is no surer than the one before it, and
            # a service whose group was named already has only what no other answer was given.
            least = max(min(least, confidence, left), 0.0)
            left -= least
            suggestions.append(self._suggestion(case, at, least, is_first=not suggestions))
        return tuple(suggestions)

    def _suggestion(self, case: _Case, at: int, confidence: float, *, is_first: bool) -> Suggestion:
        answer = self._answers[at]
        cofog = answer.group if case.kind == CENTRAL or not self._is_own[at] else answer.own_group
        sure = confidence >= self._lists.thresholds.apply_from
        return Suggestion(
            service=answer.service,
            cofog_division=cofog[:2],
            cofog_group=cofog,
            confidence=round(confidence, 3),
            reason=case.reasons[at],
            applied_without_asking=is_first and sure and case.firm,
        )

    def _explain(
        self,
        cases: Sequence[_Case],
        chosen: Sequence[Sequence[tuple[int, float]]],
        compared: Sequence[tuple[Learned, Compared]],
    ) -> None:
        """Give every answer that no other evidence speaks for the known line that it is most like."""
        for case, answers in zip(cases, chosen, strict=True):
            if general := self._general_reason(case):
                case.reasons = {at: general for at, _ in answers} | case.reasons
        for (central, label), lines in self._unexplained(cases, chosen).items():
            rows = np.array([row for row, _ in lines])
            known = compared[:1] if central else compared[1:]
            told = [near for learned, some in known if (near := learned.nearest(some, rows, label))]
            inside = f", which is in {self._group_name(label)}" if central else "."
            for (row, at), *near in zip(lines, *told, strict=True):
                example, _ = max(near, key=lambda one: one[1])
                cases[row].reasons[at] = f"{_like(cases[row].wording, example)}{inside}"

    def _unexplained(
        self, cases: Sequence[_Case], chosen: Sequence[Sequence[tuple[int, float]]]
    ) -> dict[tuple[bool, str], list[tuple[int, int]]]:
        """The answers without a reason, each with its line: by whether that is a central department's, and by label."""
        without: dict[tuple[bool, str], list[tuple[int, int]]] = defaultdict(list)
        for row, (case, answers) in enumerate(zip(cases, chosen, strict=True)):
            central = case.kind == CENTRAL
            for at, _ in answers:
                if at not in case.reasons:
                    answer = self._answers[at]
                    without[central, answer.group if central else answer.service].append((row, at))
        return without

    def _general_reason(self, case: _Case) -> str:
        """Why any answer is hardly more than a guess, where the line's own words do not say for what it is."""
        if not case.wording.words and not case.wording.headings:
            if case.wording.organisation:
                return "The line has no words; most lines of such a body are of this kind."
            return "The line has no words to go by."
        if case.bought:
            return f"It says what was bought, not for what: {self._heading_or_guess(case)}"
        return ""

    def _group_name(self, group: str) -> str:
        return f"{self._lists.treasury_labels.get(group, group).rstrip('.')}."

    def _heading_or_guess(self, case: _Case) -> str:
        return (
            "the headings above decide." if case.evidence.headings else "a heading or a person must decide."
        )


def _like(wording: Wording, example: Example) -> str:
    """Which known line a line is like, and by which words they share, if any."""
    shared = _shared_words(wording, example.wording)
    like = f"Shares '{shared}' with" if shared else "Reads most like"
    return f"{like} '{_short(example.shown_as)}'"


@lru_cache(maxsize=2)
def _learnt_once(services: tuple[Service, ...]) -> tuple[Learned, Learned]:
    """What the shipped lists teach, the same for every suggester of a service list."""
    return _learnt_from(lists(), services)


def _learnt_from(from_lists: Lists, services: Sequence[Service]) -> tuple[Learned, Learned]:
    """What the lists teach of groups, and of services.

    Of groups: the Treasury's own classification, and words that tell of a group. Of services: the service
    list, what officers call services, and the councils' return.
    """
    groups = list(_group_examples(from_lists, _answers(services, from_lists)))
    of_services = list(_service_examples(from_lists, services))
    return (
        Learned(groups, from_lists.thresholds.learned, kept=FOLDER / KEPT_GROUPS),
        Learned(of_services, _weights_of_services(from_lists), kept=FOLDER / KEPT_SERVICES),
    )


def _weights_of_services(from_lists: Lists) -> dict[str, float]:
    learned = from_lists.thresholds.learned
    return {**learned, "penalty_words": learned["penalty_synonyms"]}


def _called(services: Sequence[Service], from_lists: Lists) -> dict[str, tuple[str, ...]]:
    """What each service is called: its name, its synonyms, and what officers call it besides."""
    return {
        service.id: tuple(
            dict.fromkeys((service.name, *service.synonyms, *from_lists.service_words.get(service.id, ())))
        )
        for service in services
    }


def _service_examples(from_lists: Lists, services: Sequence[Service]) -> Iterable[Example]:
    short = from_lists.abbreviations
    called = _called(services, from_lists)
    for service, names in called.items():
        for words in names:
            yield Example(wording(words, abbreviations=short), ((service, 1.0),), words, is_line=False)
    for line in from_lists.revenue_lines:
        if line.service in called:
            read = wording(line.line, headings=(line.section,), abbreviations=short)
            yield Example(read, ((line.service, 1.0),), line.line)


def _treasury_names(
    from_lists: Lists,
) -> tuple[dict[tuple[str, str], dict[str, float]], dict[str, dict[str, float]]]:
    """The groups of each name by its department, and of each name whoever spends under it."""
    by_department: dict[tuple[str, str], dict[str, float]] = {}
    anywhere: dict[str, dict[str, float]] = {}
    rows: dict[str, int] = defaultdict(int)
    for treasury_name in from_lists.treasury_names:
        name = plain(treasury_name.name)
        by_department[plain(treasury_name.department), name] = dict(treasury_name.groups)
        rows[name] += treasury_name.rows
        for group, part in treasury_name.groups:
            groups = anywhere.setdefault(name, {})
            groups[group] = groups.get(group, 0.0) + part * treasury_name.rows
    for name, groups in anywhere.items():
        anywhere[name] = {group: count / rows[name] for group, count in groups.items()}
    return by_department, anywhere


def _group_examples(from_lists: Lists, answers: Sequence[_Answer]) -> Iterable[Example]:
    short = from_lists.abbreviations
    for label, shown_as in from_lists.treasury_labels.items():
        yield Example(wording(shown_as, abbreviations=short), ((label, 1.0),), shown_as, is_line=False)
    for answer in answers:
        if answer.group not in from_lists.un_groups:  # a group that the Treasury does not use
            yield Example(wording(answer.service), ((answer.group, 1.0),), answer.service, is_line=False)
    for name in from_lists.treasury_names:
        shown_as = take_code(name.name)[1].strip(" -")
        yield Example(wording(name.name, name.department, abbreviations=short), name.groups, shown_as)
    for earlier in from_lists.earlier_names:
        even = 1 / len(earlier.groups)
        body = from_lists.departments.get(plain(earlier.department), earlier.department)
        yield Example(
            wording(earlier.name, body, abbreviations=short),
            tuple((group, even) for group in earlier.groups),
            earlier.name,
            is_one_of=True,
        )
    for group, words in from_lists.spending_words:
        label = _treasury_group(from_lists, group)
        yield Example(wording(words, abbreviations=short), ((label, 1.0),), words, is_line=False)


def _treasury_group(from_lists: Lists, un_group: str) -> str:
    """The Treasury's group that a group of the United Nations is in."""
    return next((code for code, groups in from_lists.un_groups.items() if un_group in groups), un_group)


def _is_own(answer: _Answer, from_lists: Lists) -> bool:
    """Whether the service is of the group, rather than the nearest to it."""
    return answer.own_group in from_lists.un_groups.get(answer.group, (answer.group,))


def _answers(services: Sequence[Service], from_lists: Lists) -> tuple[_Answer, ...]:
    """Every group that lines are classified to, with each service it may be."""
    by_group: dict[str, list[Service]] = defaultdict(list)
    by_id = {service.id: service for service in services}
    for service in services:
        by_group[service.cofog_group].append(service)
    answers: list[_Answer] = []
    covered: set[str] = set()
    for code, un_groups in from_lists.un_groups.items():
        inside = [service for group in un_groups for service in by_group.get(group, [])]
        covered.update(un_groups)
        nearest = by_id.get(from_lists.nearest_services.get(code, ""))
        inside = inside or ([nearest] if nearest else [])
        answers += [_Answer(service.id, code, service.cofog_group) for service in inside]
    for group in sorted(set(by_group) - covered):
        answers += [_Answer(service.id, group, group) for service in by_group[group]]
    return tuple(answers)


def _meaning_one(called: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each name that only one service is called by."""
    named: dict[str, set[str]] = defaultdict(set)
    for service, names in called.items():
        for words in names:
            for written in both_ways(words):
                named[written].add(service)
    return {words: next(iter(ids)) for words, ids in named.items() if len(ids) == 1 and words}


def _singular_phrases(synonyms: Mapping[str, str]) -> dict[str, str]:
    """The synonyms with each word in the singular, those that then mean two services left out."""
    named: dict[str, set[str]] = defaultdict(set)
    for words, service in synonyms.items():
        named[" ".join(singular(word) for word in words.split())].add(service)
    return {words: next(iter(ids)) for words, ids in named.items() if len(ids) == 1 and len(words) > 3}


def _cofog(code: str) -> tuple[str, bool]:
    """The group that a code of COFOG stands for, else nothing; and whether the code says that it is COFOG.

    >>> _cofog("7.3"), _cofog("GF0703"), _cofog("DOH033-S0337016-E-TES_CUR-ID-CG-SUB070A00"), _cofog("A731")
    (('07.3', False), ('07.3', True), ('07.A', True), ('', False))
    """
    for pattern, named in ((_COFOG_NAMED, True), (_COFOG_LIKE, False)):
        if match := pattern.fullmatch(code):
            division, group = (part for part in match.groups() if part)
            return f"{int(division):02d}.{group.upper()}", named
    return "", False


def _longest_by_first_word(phrases: Iterable[str]) -> dict[str, int]:
    """How many words the longest phrase that begins with a word has."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        said = phrase.split()
        longest[said[0]] = max(len(said), longest.get(said[0], 0))
    return longest


def _agree(words: str, published: str, least: float) -> bool:
    if not words:
        return False
    from rapidfuzz import fuzz

    return bool(fuzz.token_set_ratio(words, published) >= 100 * least)


def _heading_says(case: _Case) -> str:
    """How a reason opens where the heading above a line has to speak for it."""
    return "It says what was bought; of the heading above: " if case.bought else ""


def _remembered(recalled: Recalled) -> str:
    one = recalled.confirmed
    said = {
        Match.SAME_LINE: "this line",
        Match.SAME_CODE: f"the line of this code as '{_short(one.description)}'",
        Match.SAME_WORDING: "the same wording",
        Match.LIKE_WORDING: f"a line worded much the same, '{_short(one.description)}'",
    }[recalled.match]
    parts = ", split as then" if len(one.services) > 1 else ""
    return f"{one.by} confirmed {said} on {one.on:%-d %B %Y}{parts}."


def _shared_words(first: Wording, second: Wording) -> str:
    common = set(second.words.split())
    return " ".join(word for word in first.words.split() if word in common and word not in SMALL_WORDS)[:60]


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:67].rstrip()}…"
