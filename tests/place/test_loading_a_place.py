"""What a sound folder gives, and what the loader says about one that is not."""

from datetime import date
from decimal import Decimal

import pytest

from budget_model.place import BenchmarkTreatment, ServiceScope, ThemeKind
from budget_model.problem import Refusal, Severity
from budget_model.vocabulary import Nature, OrganisationType, RingFence, ShareBasis
from tests.place.small_place import SmallPlace


def test_a_sound_folder_is_loaded_whole(small: SmallPlace) -> None:
    place = small.load()
    assert place.name == "Smalltown"
    assert [organisation.id for organisation in place.organisations] == ["council", "nhs", "charity"]
    assert place.organisations[1].type is OrganisationType.NHS
    assert place.services[2].scope is ServiceScope.SCHOOLS
    assert place.services[1].client_groups == ("older-people", "families")
    assert place.services[0].synonyms == ("domiciliary care", "care at home")
    assert place.themes[2].kind is ThemeKind.CROSS_CUTTING
    assert place.grades[3].band == Decimal("0.15")
    assert place.weights.earned == ((Decimal(50), 3), (Decimal(0), 0))
    assert place.benchmark_parts[0].treatment is BenchmarkTreatment.COVERED
    assert place.problems == ()


def test_a_share_keeps_the_two_numbers_that_it_stands_on(small: SmallPlace) -> None:
    share = small.load().share("part")
    assert (share.numerator, share.denominator, share.value) == (Decimal(250), Decimal(1000), Decimal("0.25"))
    assert share.basis is ShareBasis.RESIDENT_POPULATION


def test_a_mapping_says_only_what_differs_from_its_service(small: SmallPlace) -> None:
    care, schools, nurses = small.load().mappings
    assert (care.nature, care.ring_fence, care.funding_stream) == (Nature.EMPLOYEES, None, "council-tax")
    assert (schools.ring_fence, schools.area) == (RingFence.STATUTORY, "smalltown")
    assert (nurses.grade, nurses.committed_until) == (3, date(2019, 3, 31))


def test_a_control_total_may_be_typed_with_commas(small: SmallPlace) -> None:
    assert small.load().submissions[1].control_total == Decimal(1200)


def test_each_end_of_a_transfer_keeps_its_own_figure(small: SmallPlace) -> None:
    transfer = small.load().transfers[0]
    assert (transfer.payer_amount, transfer.payee_amount) == (Decimal(400), Decimal(100))


@pytest.mark.parametrize(("year", "counted"), [("2014-15", 240), ("2017-18", 255), ("1990-91", 240)])
def test_per_head_uses_the_count_of_the_year_or_the_line_between_two_or_the_first(
    small: SmallPlace, year: str, counted: int
) -> None:
    assert small.load().population(year).population == counted


FAULTS = {
    "a comma in a text without quotes": (
        ("shares.csv", ",people in Smalltown,", ",people in Smalltown, all of them,"),
        (
            "shares.csv, row 3: The row has 12 cells, and the header 11. "
            "Put a text that has a comma in it within quotes, or remove what is too much."
        ),
    ),
    "a share over 1": (
        ("shares.csv", ",250,people in Smalltown,1000", ",1250,people in Smalltown,1000"),
        (
            "shares.csv, cell E3: The share 'part' is 1250 of 1000, which is over 1. "
            "Check that the two are not swapped and are in the same unit."
        ),
    ),
    "a negative share": (
        ("shares.csv", ",250,", ",-250,"),
        "shares.csv, cell E3: The share 'part' is negative. Give the part of the whole that is the place’s.",
    ),
    "a share of nothing": (
        ("shares.csv", ",1000,", ",0,"),
        (
            "shares.csv, cell G3: The denominator of 'part' is 0. "
            "Give the whole that the share is taken of; it must be above 0."
        ),
    ),
    "board shares that do not make 1": (
        ("service_themes.csv", "0.75", "0.70"),
        (
            "service_themes.csv, cell C3: The shares of 'nursing' in the delivery boards make 0.95, not 1. "
            "Change them so that they make 1, or the service’s money would be lost or doubled."
        ),
    ),
    "a service of no board": (
        ("service_themes.csv", "schools,growing-up,1,", "schools,culture,,1"),
        (
            "service_themes.csv: 'schools' has no share in any delivery board. "
            "Change them so that they make 1, or the service’s money would be lost or doubled."
        ),
    ),
    "a strength where a share belongs": (
        ("service_themes.csv", "nursing,growing-up,0.25,", "nursing,growing-up,,2"),
        (
            "service_themes.csv, cell C4: A delivery board takes a share, a cross-cutting theme a strength, "
            "and neither takes both. Fill the one and empty the other."
        ),
    ),
    "an unknown service": (
        ("mappings.csv", "Care at home,home-care", "Care at home,homecare"),
        "mappings.csv, cell D2: 'homecare' under 'service' is not in services.csv. Did you mean 'home-care'?",
    ),
    "an unknown organisation": (
        ("shares.csv", "part,nhs", "part,nhss"),
        "shares.csv, cell B3: 'nhss' under 'organisation' is not in organisations.csv. Did you mean 'nhs'?",
    ),
    "an unknown theme": (
        ("service_themes.csv", "home-care,living-well", "home-care,living-wel"),
        (
            "service_themes.csv, cell B2: 'living-wel' under 'theme' is not in themes.csv. "
            "Did you mean 'living-well'?"
        ),
    ),
    "an unknown funding stream": (
        ("funding.csv", "council-tax", "counciltax"),
        (
            "funding.csv, cell B2: 'counciltax' under 'stream' is not in funding_streams.csv. "
            "Did you mean 'council-tax'?"
        ),
    ),
    "an unknown function of government": (
        ("services.csv", ",07,07.2,", ",07,07.9,"),
        "services.csv, cell E3: '07.9' under 'cofog_group' is not in cofog.csv. Did you mean '07.2'?",
    ),
    "a group of another division": (
        ("services.csv", ",07,07.2,", ",07,09.1,"),
        "services.csv, cell E3: Group 09.1 is not in division 07. Correct one of the two.",
    ),
    "an unknown client group": (
        ("services.csv", "older-people;families", "older-peple;families"),
        (
            "services.csv, cell F3: 'older-peple' under 'client_groups' is not in client_groups.csv. "
            "Did you mean 'older-people'?"
        ),
    ),
    "a code that nothing is close to": (
        ("targets.csv", ",council,living-well", ",zzzzz,living-well"),
        (
            "targets.csv, cell M2: 'zzzzz' under 'lead' is not in organisations.csv. "
            "Add it to organisations.csv, or use one that is there."
        ),
    ),
    "an id that is there twice": (
        ("organisations.csv", "nhs,Midshire", "council,Midshire"),
        (
            "organisations.csv, cell A3: 'council' is already in row 2. "
            "Remove one of the two rows, or give it another id."
        ),
    ),
    "an id with blanks": (
        ("areas.csv", "smalltown,Smalltown", "Small town,Smalltown"),
        (
            "areas.csv, cell A2: 'Small town' cannot be an id. "
            "Use lower-case letters, digits and single hyphens, such as 'derby-city-council'."
        ),
    ),
    "a number that is none": (
        ("shares.csv", ",250,", ",about 250,"),
        "shares.csv, cell E3: 'about 250' under 'numerator' is not a number. Type a number.",
    ),
    "a date that is none": (
        ("mappings.csv", "31/03/2019", "31/02/2019"),
        "mappings.csv, cell M4: '31/02/2019' under 'committed_until' is not a date. Write it as 2017-03-31.",
    ),
    "a year that is none": (
        ("shares.csv", "part,nhs,2016-17", "part,nhs,2016"),
        "shares.csv, cell C3: '2016' is not a financial year. Write it as 2016-17.",
    ),
    "an unknown word": (
        ("organisations.csv", "council,mapped", "council,maped"),
        "organisations.csv, cell E2: 'maped' under 'status' is not a known word. Did you mean 'mapped'?",
    ),
    "an unknown word that nothing is close to": (
        ("themes.csv", "cross-cutting", "zzz"),
        (
            "themes.csv, cell D4: 'zzz' under 'kind' is not a known word. "
            "Use one of 'delivery board', 'cross-cutting'."
        ),
    ),
    "a grade off the scale": (
        ("shares.csv", ",4,,invented", ",7,,invented"),
        "shares.csv, cell I3: 7 under 'grade' is not a whole number from 1 to 6. Correct the number.",
    ),
    "a colour that is none": (
        ("themes.csv", "#946C00", "brown"),
        "themes.csv, cell E4: 'brown' is not a colour. Write it as #12436D.",
    ),
    "an empty cell that is needed": (
        ("organisations.csv", "Midshire NHS", ""),
        "organisations.csv, cell B3: There is nothing under 'name'. Fill the cell.",
    ),
    "a transfer that neither end states": (
        ("transfers.csv", "N1,400,part,council,home-care,100", "N1,,part,council,home-care,"),
        (
            "transfers.csv, cell J2: Neither end states an amount. "
            "Give one, or move the row to unknown_transfers.csv."
        ),
    ),
    "an amount of a transfer without its year": (
        (
            "unknown_transfers.csv",
            "payer,payee,what,why",
            "payer,payee,what,why,amount\nnhs,council,Care,Ask.,5",
        ),
        (
            "unknown_transfers.csv, row 2: An amount and its year go together, and one of them is missing. "
            "Fill both, or leave both empty."
        ),
    ),
    "a transfer out of a line that is not known": (
        ("transfers.csv", ",N1,", ",N2,"),
        (
            "transfers.csv, cell E2: 'N2' is not a line of 'nhs' in mappings.csv. "
            "Add it to mappings.csv, or use one that is there."
        ),
    ),
    "a transfer by another body's share": (
        ("transfers.csv", "400,part", "400,whole"),
        (
            "transfers.csv, cell G2: The share 'whole' belongs to 'council', not to 'nhs'. "
            "Name a share of that organisation."
        ),
    ),
    "a workbook that is not there": (
        ("submissions.csv", "nhs.xlsx", "nhs-2.xlsx"),
        (
            "submissions.csv, cell B3: There is no workbook nhs-2.xlsx in workbooks. "
            "Put it there, or correct the name."
        ),
    ),
    "a submission of a body that is not mapped": (
        ("organisations.csv", "nhs,mapped", "nhs,awaited"),
        (
            "submissions.csv, cell D3: 'nhs' has a submission, and organisations.csv does not call it mapped. "
            "Set its status to mapped, or remove the submission."
        ),
    ),
    "a benchmark whose parts do not make it": (
        ("benchmark.csv", ",400,", ",390,"),
        (
            "benchmark.csv: The parts make 990, and the benchmark in place.toml is 1,000. "
            "Account for the difference of 10."
        ),
    ),
    "a benchmark by a share that is not known": (
        ("place.toml", 'share = "region"', 'share = "regions"'),
        "place.toml: 'regions' under benchmark.share is not in shares.csv. Did you mean 'region'?",
    ),
    "a setting that is missing": (
        ("place.toml", 'currency = "GBP"', ""),
        "place.toml: There is no text for 'currency'. Add a line currency = \"…\".",
    ),
    "settings that are not TOML": (
        ("place.toml", 'id = "smalltown"', "id = smalltown"),
        "place.toml: The file is not TOML: Invalid value (at line 1, column 6). Correct that line.",
    ),
    "weights that do not make 1": (
        ("weights.toml", '"0.6"', '"0.7"'),
        "weights.toml, row 9: The weights make 1.1, not 1. Change them so that they do.",
    ),
    "a weight of a part that the score does not have": (
        ("weights.toml", "client_overlap", "client_overlaps"),
        (
            "weights.toml, row 11: There is no part of the score called 'client_overlaps'. "
            "Did you mean 'client_overlap'?"
        ),
    ),
    "a weight below nothing": (
        ("weights.toml", '"0.4"', '"-0.4"'),
        (
            "weights.toml, row 11: The weight of 'client_overlap' is -0.4, less than nothing. "
            "Give it zero or more."
        ),
    ),
    "a score that earns more than a higher one": (
        ("weights.toml", 'at_least = "0"\nlevel = 0', 'at_least = "60"\nlevel = 0'),
        (
            "weights.toml, row 18: A score of 60 that earns level 0 comes after one that earns less. "
            "Put the highest score first, and let a lower score earn a lower level."
        ),
    ),
    "a rule that is not there": (
        ("weights.toml", "[rules.worth_while_per_resident]", "[rules.worth_while_per_residence]"),
        (
            "weights.toml: There is no rule 'worth_while_per_resident'. "
            "Add [rules.worth_while_per_resident] with its value, what it says and its source."
        ),
    ),
    "a rule that nothing reads": (
        ("weights.toml", "[rules.worth_while_per_resident]", "[rules.worth_while_per_residence]"),
        "weights.toml, row 37: There is no rule called 'worth_while_per_residence'. Did you mean 'worth_while_per_resident'?",
    ),
    "a rule outside its range": (
        ("weights.toml", 'value = "0.9"', 'value = "9"'),
        (
            "weights.toml, row 48: 'rules.inside_share.value' is 9, which is not a number from 0 to 1. "
            "Correct it."
        ),
    ),
    "a level that is no whole number": (
        ("weights.toml", "value = 2\nsays", 'value = "2.5"\nsays'),
        (
            "weights.toml, row 23: 'rules.level_without_power.value' is 2.5, which is not a whole number "
            "from 0 to 7. Correct it."
        ),
    ),
    "a rule without a number": (
        ("weights.toml", 'value = "0.9"', 'value = "most of it"'),
        "weights.toml, row 48: There is no number for 'rules.inside_share.value'. "
        'Add a line rules.inside_share.value = "0.25".',
    ),
    "a rule whose number is endless": (
        ("weights.toml", "value = 50", 'value = "inf"'),
        "weights.toml, row 83: There is no number for 'rules.closeness.value'. "
        'Add a line rules.closeness.value = "0.25".',
    ),
    "a rule that does not say where it comes from": (
        ("weights.toml", 'source = "The project\'s proposal, after the grades of confidence"', ""),
        "weights.toml, row 52: There is no text for 'rules.estimate_grade.source'. "
        'Add a line rules.estimate_grade.source = "…".',
    ),
    "weights without a source": (
        ("weights.toml", 'source = "invented"', ""),
        "weights.toml: There is no text for 'source'. Add a line source = \"…\".",
    ),
    "a level of work that is there twice": (
        ("weights.toml", "level = 7", "level = 6"),
        "weights.toml, row 125: Level 6 is there twice. Keep one of the two.",
    ),
    "a level that plans more than all together": (
        ("weights.toml", 'reach = "0.8"', 'reach = "1.8"'),
        "weights.toml, row 117: 'reach' is 1.8, which is not a number from 0 to 1. Correct it.",
    ),
    "a kind of body that is not known": (
        ("weights.toml", '["central department"]', '["central departments"]'),
        (
            "weights.toml, row 2: There is no kind of organisation called 'central departments'. "
            "Did you mean 'central department'?"
        ),
    ),
    "grades that are not the six": (
        ("grades.toml", "grade = 6", "grade = 7"),
        "grades.toml: The grades are not 1 to 6. Give each once, in order.",
    ),
    "a power over a function that no service has": (
        ("legal_powers.csv", "adult social care;health", "adult social car;health"),
        (
            "legal_powers.csv, cell I2: 'adult social car' under 'functions' is not in the legal functions of "
            "services.csv. Did you mean 'adult social care'?"
        ),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_file_row_and_remedy(small: SmallPlace, fault: str) -> None:
    change, sentence = FAULTS[fault]
    assert sentence in [str(problem) for problem in small.change(*change).refused_for()]


def test_a_transfer_between_two_lines_of_one_body_is_refused(small: SmallPlace) -> None:
    small.add(
        "transfers.csv", "own,2016-17,council,schools,,50,whole,council,home-care,,whole,Recharge,invented"
    )
    assert "'council' pays itself." in small.refused_for()[0].sentence


def test_a_transfer_larger_than_all_that_its_payer_sent_is_refused(small: SmallPlace) -> None:
    small.change("transfers.csv", ",N1,400,", ',N1,"1,300",')
    assert str(small.refused_for()[0]) == (
        "transfers.csv, cell F2: The transfer 'care-fund' takes 1,300 out of 'nhs', which sent 1,200 in all. "
        "Correct the amount, or the line that it is paid from."
    )


def test_a_transfer_out_of_a_line_mapped_to_another_service_is_refused(small: SmallPlace) -> None:
    small.change("transfers.csv", "nhs,nursing", "nhs,schools")
    assert "Line 'N1' is mapped to 'nursing', not to 'schools'." in small.refused_for()[0].sentence


def test_a_missing_column_is_named_with_the_one_that_may_be_meant(small: SmallPlace) -> None:
    small.change("organisations.csv", "status", "state")
    assert str(small.refused_for()[0]) == (
        "organisations.csv, row 1: There is no column 'status'. Rename 'state' to it, if that is the one."
    )


def test_a_missing_file_is_named(small: SmallPlace) -> None:
    small.path("themes.csv").unlink()
    assert str(small.refused_for()[0]) == (
        "themes.csv: There is no file themes.csv in smalltown. "
        "Copy it from the folder of another place and fill it in."
    )


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_named(small: SmallPlace, text: str) -> None:
    small.path("themes.csv").write_text(text)
    assert "themes.csv: The file is empty. Give it a header row and its rows." in map(
        str, small.refused_for()
    )


def test_a_file_of_a_header_alone_is_named_where_rows_are_needed(small: SmallPlace) -> None:
    header = small.path("themes.csv").read_text().splitlines()[0]
    small.path("themes.csv").write_text(header + "\n")
    assert "themes.csv: The file has a header and no rows." in str(small.refused_for()[0])


def test_a_place_may_start_with_no_transfers_or_targets(small: SmallPlace) -> None:
    for file in (
        "transfers.csv",
        "unknown_transfers.csv",
        "target_services.csv",
        "targets.csv",
        "funding.csv",
    ):
        path = small.path(file)
        path.write_text(path.read_text().splitlines()[0] + "\n")
    assert small.load().targets == ()


def test_a_text_too_long_to_show_is_named(small: SmallPlace) -> None:
    small.change("organisations.csv", "Ask for its accounts.", "a" * 2001)
    assert str(small.refused_for()[0]) == (
        "organisations.csv, cell H4: The text under 'note' has 2,001 characters. Shorten it to 2,000."
    )


def test_a_cell_that_starts_like_a_formula_is_kept_as_text_and_noted(small: SmallPlace) -> None:
    place = small.change("organisations.csv", "Ask for its accounts.", "=1+1").load()
    assert place.organisations[2].note == "=1+1"
    [note] = place.problems
    assert note.severity is Severity.NOTE
    assert str(note).startswith(
        "organisations.csv, cell H4: '=1+1' starts like a formula and is kept as text."
    )


def test_a_file_saved_as_windows_text_is_read_with_a_warning(small: SmallPlace) -> None:
    path = small.path("organisations.csv")
    path.write_bytes(path.read_text().replace("Charity,vol", "Charité,vol").encode("cp1252"))
    place = small.load()
    assert place.organisations[2].short_name == "Charité"
    assert [problem.code for problem in place.problems] == ["not-utf8"]


def test_a_file_saved_with_semicolons_and_a_byte_order_mark_is_read(small: SmallPlace) -> None:
    path = small.path("themes.csv")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text().replace(",", ";").encode())
    assert len(small.load().themes) == 3


def test_blank_rows_are_passed_over_and_rows_still_counted_as_the_spreadsheet_does(small: SmallPlace) -> None:
    small.change("organisations.csv", "nhs,Midshire", "\nnhs,Midshire")
    small.change("organisations.csv", "nhs,mapped", "nhs,maped")
    assert "organisations.csv, cell E4" in str(small.refused_for()[0])


def test_all_faults_are_told_at_once_and_nothing_is_loaded(small: SmallPlace) -> None:
    small.change("shares.csv", ",250,", ",1250,")
    small.change("themes.csv", "#946C00", "brown")
    small.change("mappings.csv", "home-care", "homecare")
    with pytest.raises(Refusal) as refused:
        small.load()
    assert refused.value.sentence == "The place in smalltown cannot be used yet: 3 things are wrong."
    assert {problem.location.file for problem in refused.value.problems} == {
        "shares.csv",
        "themes.csv",
        "mappings.csv",
    }


def test_a_folder_that_is_not_there_is_refused_with_every_missing_file(small: SmallPlace) -> None:
    gone = SmallPlace(small.folder / "nowhere", small.lists)
    assert {problem.code for problem in gone.refused_for()} == {"missing-file"}


def test_a_fault_in_a_row_is_not_told_again_by_all_that_name_the_row(small: SmallPlace) -> None:
    small.change("organisations.csv", "#12436D", "blue")
    assert [str(problem) for problem in small.refused_for()] == [
        "organisations.csv, cell G2: 'blue' is not a colour. Write it as #12436D."
    ]


def test_a_file_that_cannot_be_used_is_not_told_again_by_all_that_name_its_rows(small: SmallPlace) -> None:
    small.path("organisations.csv").unlink()
    assert [problem.code for problem in small.refused_for()] == ["missing-file"]


def test_a_file_with_no_rows_yet_knows_no_codes(small: SmallPlace) -> None:
    path = small.path("targets.csv")
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert [str(problem.location) for problem in small.refused_for()] == ["target_services.csv, cell A2"]


def test_a_formula_is_noted_once_however_often_its_cell_is_looked_at(small: SmallPlace) -> None:
    small.change("shares.csv", ",250,", ",=250,")
    assert [problem.code for problem in small.refused_for()] == ["bad-number"]


POOL = (
    "id,name,year,aims,functions,people_and_services,staff_and_goods,variation,host,manager,starts,review,ends,"
    "exit_terms,overspend,underspend,vat,power,outcome_measure,baseline,target,illustrative,source\n"
    "care,Care,2016-17,aims,,,,,council,,2016-04-01,2017-03-31,2019-03-31,,,,,,,,,yes,invented\n"
)
PUT_IN = "pool,partner,service,line,share,minimum\ncare,council,home-care,,0.5,\ncare,nhs,nursing,,0.25,100\n"


def with_pool(small: SmallPlace, pool: str = POOL, put_in: str = PUT_IN) -> SmallPlace:
    (small.folder / "pools.csv").write_text(pool, encoding="utf-8")
    (small.folder / "pool_contributions.csv").write_text(put_in, encoding="utf-8")
    return small


def test_a_place_may_come_with_a_pool(small: SmallPlace) -> None:
    assert small.load().pools == ()
    place = with_pool(small).load()
    assert (place.pools[0].host, place.pools[0].review) == ("council", date(2017, 3, 31))
    assert [(contribution.partner, contribution.share) for contribution in place.pool_contributions] == [
        ("council", Decimal("0.5")),
        ("nhs", Decimal("0.25")),
    ]


@pytest.mark.parametrize(
    ("pool", "put_in", "sentence"),
    [
        (
            POOL,
            PUT_IN.replace("0.5", "1.5"),
            "pool_contributions.csv, cell E2: 'council' puts 1.5 of its line into 'care'. "
            "Give a part of the line: more than 0, and 1 at most.",
        ),
        (
            POOL,
            PUT_IN.replace("care,nhs", "care,council"),
            "pools.csv, cell A2: Fewer than two partners contribute money to 'care'. "
            "Give each partner a row in pool_contributions.csv, or remove the pool.",
        ),
        (
            POOL.replace("2017-03-31", "2015-03-31"),
            PUT_IN,
            "pools.csv, cell L2: The start, the review and the end of 'care' "
            "are not in that order. Correct the dates.",
        ),
        (
            POOL,
            PUT_IN.replace("nhs", "nhs-2"),
            "pool_contributions.csv, cell B3: 'nhs-2' under 'partner' is not in "
            "organisations.csv. Did you mean 'nhs'?",
        ),
    ],
)
def test_a_pool_that_cannot_be_is_named_with_its_cell(
    small: SmallPlace, pool: str, put_in: str, sentence: str
) -> None:
    assert sentence in [str(problem) for problem in with_pool(small, pool, put_in).refused_for()]
