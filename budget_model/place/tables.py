"""Every CSV file of a place: what a row of it is, and what no two rows may share."""

from typing import Final

from budget_model.place import checks, model
from budget_model.place.folder import CsvTable

REFERENCE: Final = (
    CsvTable("cofog", "cofog.csv", model.CofogCode, ("code",), kept_in="cofog"),
    CsvTable("client_groups", "client_groups.csv", model.ClientGroup, kept_in="client_group"),
    CsvTable("services", "services.csv", model.Service, kept_in="service", check=checks.service),
    CsvTable("deflators", "deflators.csv", model.Deflator, ("year",), kept_in="deflator"),
    CsvTable(
        "legal_powers", "legal_powers.csv", model.LegalPower, kept_in="legal_power", check=checks.verified
    ),
    CsvTable(
        "grant_terms",
        "ring_fences.csv",
        model.GrantTerms,
        may_be_empty=True,
        may_be_absent=True,
        kept_in="grant_terms",
        check=checks.verified,
    ),
    CsvTable("needs", "needs.csv", model.Need, may_be_empty=True, may_be_absent=True, kept_in="need"),
    CsvTable(
        "back_office_rates",
        "backoffice_rates.csv",
        model.BackOfficeRate,
        ("function",),
        kept_in="back_office_rate",
        check=checks.back_office_rate,
    ),
    CsvTable("glossary", "glossary.csv", model.Term, ("term",), kept_in="term"),
)
"""The lists that all places share, each after those whose codes it names."""

PLACE: Final = (
    CsvTable("organisations", "organisations.csv", model.Organisation, kept_in="organisation"),
    CsvTable("themes", "themes.csv", model.Theme, may_start=True, kept_in="theme"),
    CsvTable(
        "service_themes",
        "service_themes.csv",
        model.ServiceTheme,
        ("service", "theme"),
        may_start=True,
        kept_in="service_theme",
        check=checks.service_theme,
    ),
    CsvTable(
        "funding_streams",
        "funding_streams.csv",
        model.FundingStream,
        may_start=True,
        kept_in="funding_stream",
    ),
    CsvTable("shares", "shares.csv", model.Share, kept_in="share"),
    CsvTable(
        "areas",
        "areas.csv",
        model.Area,
        may_be_empty=True,
        may_be_absent=True,
        kept_in="area",
        check=checks.area,
    ),
    CsvTable("submissions", "submissions.csv", model.PlannedSubmission, may_be_empty=True),
    CsvTable(
        "mappings",
        "mappings.csv",
        model.ConfirmedMapping,
        ("organisation", "line_code", "description"),
        may_be_empty=True,
    ),
    CsvTable(
        "transfers",
        "transfers.csv",
        model.Transfer,
        may_be_empty=True,
        kept_in="transfer",
        check=checks.transfer,
    ),
    CsvTable(
        "unknown_transfers",
        "unknown_transfers.csv",
        model.UnknownTransfer,
        (),
        may_be_empty=True,
        kept_in="unknown_transfer",
    ),
    CsvTable("targets", "targets.csv", model.Target, may_be_empty=True, kept_in="target"),
    CsvTable(
        "target_services",
        "target_services.csv",
        model.TargetService,
        ("target", "service"),
        may_be_empty=True,
        kept_in="target_service",
    ),
    CsvTable(
        "funding",
        "funding.csv",
        model.Funding,
        ("organisation", "stream", "year", "source_line"),
        may_be_empty=True,
        kept_in="funding",
    ),
    CsvTable(
        "populations",
        "populations.csv",
        model.Population,
        ("ons_code", "area", "year"),
        may_be_empty=True,
        may_be_absent=True,
        kept_in="population",
    ),
    CsvTable(
        "benchmark_parts", "benchmark.csv", model.BenchmarkPart, may_be_empty=True, kept_in="benchmark_part"
    ),
    CsvTable("pools", "pools.csv", model.PlannedPool, may_be_empty=True, may_be_absent=True),
    CsvTable(
        "pool_contributions",
        "pool_contributions.csv",
        model.PlannedContribution,
        ("pool", "partner", "service", "line"),
        may_be_empty=True,
        may_be_absent=True,
    ),
    CsvTable(
        "area_measures",
        "area_measures.csv",
        model.AreaMeasure,
        may_be_empty=True,
        may_be_absent=True,
        kept_in="area_measure",
        check=checks.area_measure,
    ),
    CsvTable(
        "area_weights",
        "area_weights.csv",
        model.AreaWeight,
        ("area", "measure"),
        may_be_empty=True,
        may_be_absent=True,
        kept_in="area_weight",
        check=checks.area_weight,
    ),
    CsvTable(
        "area_grants",
        "area_grants.csv",
        model.AreaGrant,
        ("funder", "year", "area"),
        may_be_empty=True,
        may_be_absent=True,
        kept_in="area_grant",
    ),
    CsvTable(
        "awards",
        "awards.csv",
        model.Award,
        may_be_empty=True,
        may_be_absent=True,
        kept_in="award",
        check=checks.award,
    ),
    CsvTable(
        "bids",
        "bids.csv",
        model.Bid,
        may_be_empty=True,
        may_be_absent=True,
        kept_in="bid",
        check=checks.bid,
    ),
)
"""The files of one place, each after those whose codes it names."""
