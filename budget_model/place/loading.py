"""A place's folder and the reference lists, read and checked as one: all of it, or none.

`load` gathers every fault there is, each with its file, row and remedy, before it refuses; a folder with
warnings alone is loaded, and carries them. Nothing is ever half-loaded.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from budget_model.place import checks
from budget_model.place.judging import weights_of
from budget_model.place.model import (
    Area,
    BackOfficeRate,
    Benchmark,
    BenchmarkPart,
    BenchmarkTreatment,
    ClientGroup,
    CofogCode,
    ConfirmedMapping,
    Deflator,
    Direction,
    Funding,
    FundingStream,
    Grade,
    LegalPower,
    Organisation,
    Place,
    PlannedContribution,
    PlannedPool,
    PlannedSubmission,
    Plausibility,
    Population,
    Service,
    ServiceScope,
    ServiceTheme,
    Share,
    Target,
    TargetService,
    Term,
    Theme,
    ThemeKind,
    Transfer,
    TransferKind,
    UnknownTransfer,
    Weights,
)
from budget_model.place.reading import Everything, Faults, Folder, Row
from budget_model.place.settings import Settings, settings_of
from budget_model.problem import Location, Refusal
from budget_model.vocabulary import (
    Discretion,
    Kind,
    LegalRoute,
    Nature,
    OrganisationStatus,
    OrganisationType,
    Phase,
    RingFence,
    ShareBasis,
    Stage,
)

T = TypeVar("T")
Rows = list[tuple[Row, T]]

WORKBOOKS: Final = "workbooks"
"""The folder, inside a place's folder, that holds what its organisations sent."""
POOLS: Final = "pools.csv"
"""The pools that come with a place; a folder without it has none."""


def load(folder: Path, reference: Path) -> Place:
    """The place that a folder describes, with the lists that all places share.

    Raises one `Refusal` that holds every fault found, if any of them is severe.
    """
    faults = Faults()
    lists = _reference_lists(Folder(reference, faults))
    place = _place(Folder(folder, faults), lists, faults)
    if faults.severe:
        count = len(faults.severe)
        several = f"{count} things are" if count > 1 else "one thing is"
        raise Refusal(f"The place in {folder.name} cannot be used yet: {several} wrong.", faults.severe)
    return replace(place, problems=tuple(faults.found))


@dataclass(frozen=True, slots=True)
class _Lists:
    """What is the same for every place."""

    cofog: Rows[CofogCode]
    client_groups: Rows[ClientGroup]
    services: Rows[Service]
    service_ids: Collection[str]
    grades: tuple[Grade, ...]
    deflators: Rows[Deflator]
    legal_powers: Rows[LegalPower]
    back_office_rates: Rows[BackOfficeRate]
    weights: Weights
    glossary: Rows[Term]


def _reference_lists(folder: Folder) -> _Lists:
    cofog = folder.each("cofog.csv", "code name source", _cofog_code, "code")
    client_groups = folder.each("client_groups.csv", "id name description", _client_group, "id")
    codes = folder.named("cofog.csv")
    groups = folder.named("client_groups.csv")
    services = folder.each(
        "services.csv",
        "id name group cofog_division cofog_group client_groups legal_function back_office_function scope "
        "kind stage discretion ring_fence synonyms",
        lambda row: _service(row, codes, groups),
        "id",
    )
    functions: Collection[str] = {service.legal_function for _, service in services}
    if folder.faults.spoil("services.csv"):
        functions = Everything()
    return _Lists(
        cofog=cofog,
        client_groups=client_groups,
        services=services,
        service_ids=folder.named("services.csv"),
        grades=_grades(folder),
        deflators=folder.each("deflators.csv", "year index status source", _deflator, "year"),
        legal_powers=folder.each(
            "legal_powers.csv",
            "id name act_and_section jurisdiction from_date to_date kinds_a kinds_b functions services_only "
            "services_excluded services_partly_excluded excluded max_level route conditions sentence verified "
            "seen source",
            lambda row: _legal_power(row, functions, folder.named("services.csv")),
            "id",
        ),
        back_office_rates=folder.each(
            "backoffice_rates.csv",
            "function name numerator denominator low central high source",
            _back_office_rate,
            "function",
        ),
        weights=weights_of(settings_of(folder, "weights.toml")),
        glossary=folder.each("glossary.csv", "term meaning", _term, "term"),
    )


def _place(folder: Folder, lists: _Lists, faults: Faults) -> Place:
    settings = settings_of(folder, "place.toml")
    services = lists.service_ids
    organisations = folder.each(
        "organisations.csv",
        "id name short_name type status footprint colour note source",
        _organisation,
        "id",
    )
    bodies = folder.named("organisations.csv")
    themes = folder.each("themes.csv", "id name short_name kind colour description source", _theme, "id")
    kinds = {theme.id: theme.kind for _, theme in themes}
    service_themes = folder.each(
        "service_themes.csv",
        "service theme share strength",
        lambda row: _service_theme(row, services, folder.named("themes.csv"), kinds),
        "service theme",
    )
    streams = folder.each(
        "funding_streams.csv",
        "id name short_name origin ring_fence colour description source",
        _funding_stream,
        "id",
    )
    shares = folder.each(
        "shares.csv",
        "id organisation year basis numerator numerator_is denominator denominator_is grade note source",
        lambda row: _share(row, bodies),
        "id",
    )
    areas = folder.each("areas.csv", "id name kind ons_code within source", _area, "id")
    submissions = folder.each(
        "submissions.csv",
        "id workbook sheet organisation year phase part figures_year grade share control_total source",
        lambda row: _planned_submission(row, bodies, folder.named("shares.csv")),
        "id",
        empty_is="allowed",
    )
    mappings = folder.each(
        "mappings.csv",
        "organisation line_code description service funding_stream ring_fence nature kind discretion stage "
        "grade area committed_until source",
        lambda row: _mapping(
            row, bodies, services, folder.named("funding_streams.csv"), folder.named("areas.csv")
        ),
        "organisation line_code description",
        empty_is="allowed",
    )
    transfers = folder.each(
        "transfers.csv",
        "id year payer payer_service payer_lines payer_amount payer_share payee payee_service payee_amount "
        "payee_share what source",
        lambda row: _transfer(row, bodies, services, folder.named("shares.csv")),
        "id",
        empty_is="allowed",
    )
    unknown = folder.each(
        "unknown_transfers.csv",
        "payer payee what why",
        lambda row: UnknownTransfer(
            payer=row.code("payer", bodies, "organisations.csv"),
            payee=row.code("payee", bodies, "organisations.csv"),
            what=row.text("what"),
            why=row.text("why"),
        ),
        empty_is="allowed",
    )
    targets = folder.each(
        "targets.csv",
        "id name description unit direction baseline baseline_year target target_year latest latest_year "
        "forecast lead board illustrative source",
        lambda row: _target(row, bodies, folder.named("themes.csv")),
        "id",
        empty_is="allowed",
    )
    target_services = folder.each(
        "target_services.csv",
        "target service strength",
        lambda row: TargetService(
            target=row.code("target", folder.named("targets.csv"), "targets.csv"),
            service=row.code("service", services, "services.csv"),
            strength=row.whole("strength", 0, 3),
        ),
        "target service",
        empty_is="allowed",
    )
    funding = folder.each(
        "funding.csv",
        "organisation stream year amount source_line source",
        lambda row: _funding(row, bodies, folder.named("funding_streams.csv")),
        "organisation stream year source_line",
        empty_is="allowed",
    )
    populations = folder.each(
        "populations.csv", "ons_code area year population basis source", _population, "ons_code year"
    )
    benchmark_parts = folder.each(
        "benchmark.csv",
        "id name region_amount treatment covered_by parts note source",
        lambda row: _benchmark_part(row, bodies),
        "id",
        empty_is="allowed",
    )
    pools: Rows[PlannedPool] = []
    contributions: Rows[PlannedContribution] = []
    if (folder.path / POOLS).exists():
        pools = folder.each(
            POOLS,
            "id name year aims functions people_and_services staff_and_goods variation host manager starts "
            "review ends exit_terms overspend underspend vat power outcome_measure baseline target "
            "illustrative source",
            lambda row: _planned_pool(row, bodies),
            "id",
            empty_is="allowed",
        )
        contributions = folder.each(
            "pool_contributions.csv",
            "pool partner service line share minimum",
            lambda row: PlannedContribution(
                pool=row.code("pool", folder.named(POOLS), POOLS),
                partner=row.code("partner", bodies, "organisations.csv"),
                service=row.code("service", services, "services.csv"),
                line=row.optional("line"),
                share=row.number("share"),
                minimum=row.number_if_given("minimum"),
            ),
            "pool partner service line",
            empty_is="allowed",
        )
    benchmark = _benchmark(settings)
    place = Place(
        id=settings.text("id"),
        name=settings.text("name"),
        region=settings.text("region"),
        ons_code=settings.text("ons_code"),
        default_year=settings.year("default_year"),
        currency=settings.text("currency"),
        basis=settings.text("basis"),
        benchmark=benchmark,
        benchmark_parts=_values(benchmark_parts),
        plausibility=_plausibility(settings),
        organisations=_values(organisations),
        services=_values(lists.services),
        themes=_values(themes),
        service_themes=_values(service_themes),
        funding_streams=_values(streams),
        shares=_values(shares),
        populations=_values(populations),
        areas=_values(areas),
        transfers=_values(transfers),
        unknown_transfers=_values(unknown),
        funding=_values(funding),
        targets=_values(targets),
        target_services=_values(target_services),
        submissions=_values(submissions),
        mappings=_values(mappings),
        cofog=_values(lists.cofog),
        client_groups=_values(lists.client_groups),
        grades=lists.grades,
        deflators=_values(lists.deflators),
        legal_powers=_values(lists.legal_powers),
        back_office_rates=_values(lists.back_office_rates),
        weights=lists.weights,
        glossary=_values(lists.glossary),
        pools=_values(pools),
        pool_contributions=_values(contributions),
    )
    checks.pools(pools, contributions, faults)
    checks.shares_of_boards(place, service_themes, lists.services, faults)
    checks.share_values(shares, faults)
    checks.transfers(place, transfers, faults)
    checks.submissions(place, submissions, folder.path / WORKBOOKS, faults)
    checks.benchmark(place, faults)
    return place


def _values(rows: Rows[T]) -> tuple[T, ...]:
    return tuple(value for _, value in rows)


def _cofog_code(row: Row) -> CofogCode:
    return CofogCode(row.text("code", 10), row.text("name"), row.text("source"))


def _client_group(row: Row) -> ClientGroup:
    return ClientGroup(row.id(), row.text("name"), row.optional("description"))


def _service(row: Row, codes: Collection[str], groups: Collection[str]) -> Service:
    division = row.code("cofog_division", codes, "cofog.csv")
    group = row.code("cofog_group", codes, "cofog.csv")
    if group and division and not group.startswith(f"{division}."):
        row.fault(
            "cofog_group",
            f"Group {group} is not in division {division}.",
            "Correct one of the two.",
            "cofog-mismatch",
        )
    return Service(
        id=row.id(),
        name=row.text("name"),
        group=row.text("group"),
        cofog_division=division,
        cofog_group=group,
        client_groups=row.codes("client_groups", groups, "client_groups.csv"),
        legal_function=row.text("legal_function"),
        back_office_function=row.optional("back_office_function"),
        scope=row.word("scope", ServiceScope),
        kind=row.word("kind", Kind),
        stage=row.word("stage", Stage),
        discretion=row.word("discretion", Discretion),
        ring_fence=row.word("ring_fence", RingFence),
        synonyms=row.texts("synonyms"),
    )


def _deflator(row: Row) -> Deflator:
    return Deflator(row.year(), row.number("index"), row.text("status"), row.text("source"))


def _legal_power(row: Row, functions: Collection[str], services: Collection[str]) -> LegalPower:
    power = LegalPower(
        id=row.id(),
        name=row.text("name"),
        act_and_section=row.text("act_and_section"),
        jurisdiction=row.text("jurisdiction"),
        from_date=row.day_if_given("from_date"),
        to_date=row.day_if_given("to_date"),
        kinds_a=row.words("kinds_a", OrganisationType),
        kinds_b=row.words("kinds_b", OrganisationType),
        functions=row.codes("functions", functions, "the legal functions of services.csv"),
        services_only=row.codes("services_only", services, "services.csv"),
        services_excluded=row.codes("services_excluded", services, "services.csv"),
        services_partly_excluded=row.codes("services_partly_excluded", services, "services.csv"),
        excluded=row.texts("excluded"),
        max_level=row.whole("max_level", 0, 7),
        route=row.word("route", LegalRoute),
        conditions=row.optional("conditions"),
        sentence=row.text("sentence"),
        verified=row.yes("verified"),
        seen=row.optional("seen"),
        source=row.text("source"),
    )
    if row.sound and power.verified and not power.seen:
        row.fault(
            "seen",
            "The rule is called verified, and no words of the law are given as seen.",
            "Quote the words that were read under 'seen', or write 'no' under 'verified'.",
            "verified-unseen",
        )
    return power


def _back_office_rate(row: Row) -> BackOfficeRate:
    denominator = row.number("denominator")
    if row.sound and denominator <= 0:
        row.fault("denominator", "The spending looked at is not above 0.", "Correct it.", "denominator-zero")
    return BackOfficeRate(
        function=row.text("function"),
        name=row.text("name"),
        numerator=row.number("numerator"),
        denominator=denominator,
        low=row.number("low"),
        central=row.number("central"),
        high=row.number("high"),
        source=row.text("source"),
    )


def _term(row: Row) -> Term:
    return Term(row.text("term"), row.text("meaning"))


def _organisation(row: Row) -> Organisation:
    return Organisation(
        id=row.id(),
        name=row.text("name", 200),
        short_name=row.text("short_name", 40),
        type=row.word("type", OrganisationType),
        status=row.word("status", OrganisationStatus),
        footprint=row.optional("footprint"),
        colour=row.colour(),
        note=row.optional("note"),
        source=row.optional("source"),
        opened=row.day_if_given("opened"),
        closed=row.day_if_given("closed"),
        successor=row.optional("successor"),
        dates_source=row.optional("dates_source"),
    )


def _theme(row: Row) -> Theme:
    return Theme(
        id=row.id(),
        name=row.text("name", 200),
        short_name=row.text("short_name", 40),
        kind=row.word("kind", ThemeKind),
        colour=row.colour(),
        description=row.optional("description"),
        source=row.optional("source"),
    )


def _service_theme(
    row: Row, services: Collection[str], themes: Collection[str], kinds: Mapping[str, ThemeKind]
) -> ServiceTheme:
    theme = row.code("theme", themes, "themes.csv")
    share = row.number_if_given("share")
    strength = row.whole_if_given("strength", 1, 3)
    if share is not None and not 0 < share <= 1:
        row.fault(
            "share", f"A board's share of {share} is not above 0 and at most 1.", "Correct it.", "board-share"
        )
    board = kinds.get(theme) is ThemeKind.DELIVERY_BOARD
    if row.sound and theme in kinds and (board != (share is not None) or board == (strength is not None)):
        row.fault(
            "share" if board else "strength",
            "A delivery board takes a share, a cross-cutting theme a strength, and neither takes both.",
            "Fill the one and empty the other.",
            "share-or-strength",
        )
    return ServiceTheme(row.code("service", services, "services.csv"), theme, share, strength)


def _funding_stream(row: Row) -> FundingStream:
    return FundingStream(
        id=row.id(),
        name=row.text("name"),
        short_name=row.text("short_name", 40),
        origin=row.text("origin"),
        ring_fence=row.word("ring_fence", RingFence),
        colour=row.colour(),
        description=row.optional("description"),
        source=row.optional("source"),
    )


def _share(row: Row, bodies: Collection[str]) -> Share:
    return Share(
        id=row.id(),
        organisation=row.code_if_given("organisation", bodies, "organisations.csv"),
        year=row.year(),
        basis=row.word("basis", ShareBasis),
        numerator=row.number("numerator"),
        numerator_is=row.text("numerator_is"),
        denominator=row.number("denominator"),
        denominator_is=row.text("denominator_is"),
        grade=row.whole("grade", 1, 6),
        note=row.optional("note"),
        source=row.text("source"),
    )


def _area(row: Row) -> Area:
    return Area(
        row.id(),
        row.text("name"),
        row.text("kind"),
        row.optional("ons_code"),
        row.optional("within"),
        row.optional("source"),
    )


def _planned_submission(row: Row, bodies: Collection[str], shares: Collection[str]) -> PlannedSubmission:
    return PlannedSubmission(
        id=row.id(),
        workbook=row.text("workbook", 200),
        sheet=row.optional("sheet", 200),
        organisation=row.code("organisation", bodies, "organisations.csv"),
        year=row.year(),
        phase=row.word("phase", Phase),
        part=row.text("part", 200),
        figures_year=row.optional("figures_year", 40),
        grade=row.whole("grade", 1, 6),
        share=row.code("share", shares, "shares.csv"),
        control_total=row.number("control_total"),
        source=row.text("source"),
    )


def _mapping(
    row: Row,
    bodies: Collection[str],
    services: Collection[str],
    streams: Collection[str],
    areas: Collection[str],
) -> ConfirmedMapping:
    return ConfirmedMapping(
        organisation=row.code("organisation", bodies, "organisations.csv"),
        line_code=row.optional("line_code", 200),
        description=row.text("description"),
        service=row.code("service", services, "services.csv"),
        funding_stream=row.code_if_given("funding_stream", streams, "funding_streams.csv"),
        ring_fence=row.word_if_given("ring_fence", RingFence),
        nature=row.word_if_given("nature", Nature),
        kind=row.word_if_given("kind", Kind),
        discretion=row.word_if_given("discretion", Discretion),
        stage=row.word_if_given("stage", Stage),
        grade=row.whole_if_given("grade", 1, 6),
        area=row.code_if_given("area", areas, "areas.csv"),
        committed_until=row.day_if_given("committed_until"),
        source=row.text("source"),
    )


def _transfer(
    row: Row, bodies: Collection[str], services: Collection[str], shares: Collection[str]
) -> Transfer:
    payer_amount = row.number_if_given("payer_amount")
    payee_amount = row.number_if_given("payee_amount")
    if payer_amount is None and payee_amount is None:
        row.fault(
            "payee_amount",
            "Neither end states an amount.",
            "Give one, or move the row to unknown_transfers.csv.",
            "transfer-without-amount",
        )
    for column, amount in (("payer_amount", payer_amount), ("payee_amount", payee_amount)):
        if amount is not None and amount < 0:
            row.fault(
                column, f"A transfer of {amount:,} is below 0.", "Swap payer and payee.", "transfer-negative"
            )
    return Transfer(
        id=row.id(),
        year=row.year(),
        payer=row.code("payer", bodies, "organisations.csv"),
        payer_service=row.code("payer_service", services, "services.csv"),
        payer_lines=row.texts("payer_lines"),
        payer_amount=payer_amount,
        payer_share=row.code("payer_share", shares, "shares.csv"),
        payee=row.code("payee", bodies, "organisations.csv"),
        payee_service=row.code("payee_service", services, "services.csv"),
        payee_amount=payee_amount,
        payee_share=row.code("payee_share", shares, "shares.csv"),
        what=row.text("what"),
        source=row.text("source"),
        kind=row.word_if_given("kind", TransferKind) or TransferKind.PAYMENT,
    )


def _target(row: Row, bodies: Collection[str], themes: Collection[str]) -> Target:
    return Target(
        id=row.id(),
        name=row.text("name", 200),
        description=row.optional("description"),
        unit=row.text("unit", 100),
        direction=row.word("direction", Direction),
        baseline=row.number("baseline"),
        baseline_year=row.year("baseline_year"),
        target=row.number("target"),
        target_year=row.year("target_year"),
        latest=row.number("latest"),
        latest_year=row.year("latest_year"),
        forecast=row.number("forecast"),
        lead=row.code("lead", bodies, "organisations.csv"),
        board=row.code("board", themes, "themes.csv"),
        illustrative=row.yes("illustrative"),
        source=row.text("source"),
    )


def _planned_pool(row: Row, bodies: Collection[str]) -> PlannedPool:
    return PlannedPool(
        id=row.id(),
        name=row.text("name", 200),
        year=row.year(),
        aims=row.optional("aims"),
        functions=row.optional("functions"),
        people_and_services=row.optional("people_and_services"),
        staff_and_goods=row.optional("staff_and_goods"),
        variation=row.optional("variation"),
        host=row.code("host", bodies, "organisations.csv"),
        manager=row.optional("manager"),
        starts=row.day_if_given("starts"),
        review=row.day_if_given("review"),
        ends=row.day_if_given("ends"),
        exit_terms=row.optional("exit_terms"),
        overspend=row.optional("overspend"),
        underspend=row.optional("underspend"),
        vat=row.optional("vat"),
        power=row.optional("power"),
        outcome_measure=row.optional("outcome_measure"),
        baseline=row.number_if_given("baseline"),
        target=row.number_if_given("target"),
        illustrative=row.yes("illustrative"),
        source=row.text("source"),
    )


def _funding(row: Row, bodies: Collection[str], streams: Collection[str]) -> Funding:
    return Funding(
        organisation=row.code("organisation", bodies, "organisations.csv"),
        stream=row.code("stream", streams, "funding_streams.csv"),
        year=row.year(),
        amount=row.number("amount"),
        source_line=row.text("source_line"),
        source=row.text("source"),
    )


def _population(row: Row) -> Population:
    return Population(
        ons_code=row.text("ons_code", 40),
        area=row.text("area"),
        year=row.whole("year", 1900, 2200),
        population=row.whole("population", 1, 10_000_000_000),
        basis=row.text("basis"),
        source=row.text("source"),
    )


def _benchmark_part(row: Row, bodies: Collection[str]) -> BenchmarkPart:
    return BenchmarkPart(
        id=row.id(),
        name=row.text("name"),
        region_amount=row.number("region_amount"),
        treatment=row.word("treatment", BenchmarkTreatment),
        covered_by=row.codes("covered_by", bodies, "organisations.csv"),
        parts=row.texts("parts"),
        note=row.optional("note"),
        source=row.text("source"),
    )


def _grades(folder: Folder) -> tuple[Grade, ...]:
    settings = settings_of(folder, "grades.toml")
    grades = tuple(
        Grade(
            grade=int(one.number("grade")),
            meaning=one.text("meaning"),
            band=one.number("band"),
            optimism=one.number("optimism"),
        )
        for one in settings.tables("grade")
    )
    if grades and [grade.grade for grade in grades] != [1, 2, 3, 4, 5, 6]:
        folder.faults.add(
            Location("grades.toml"), "The grades are not 1 to 6.", "Give each once, in order.", "bad-grades"
        )
    return grades


def _benchmark(settings: Settings) -> Benchmark:
    return Benchmark(
        region=settings.text("benchmark.region"),
        year=settings.year("benchmark.year"),
        amount=settings.number("benchmark.amount"),
        share=settings.text("benchmark.share"),
        source=settings.text("benchmark.source"),
    )


def _plausibility(settings: Settings) -> Plausibility:
    return Plausibility(
        benchmark_low=settings.number("plausibility.benchmark_low"),
        benchmark_high=settings.number("plausibility.benchmark_high"),
        main_divisions=settings.texts("plausibility.main_divisions"),
        main_divisions_low=settings.number("plausibility.main_divisions_low"),
        main_divisions_high=settings.number("plausibility.main_divisions_high"),
        unit_mistake=settings.number("plausibility.unit_mistake"),
        change_to_explain=settings.number("plausibility.change_to_explain"),
    )
