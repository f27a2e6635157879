-- Put every line in force of one year on the map: the place's share of it, split by service and by
-- delivery board; what is paid to people is on no board but in a group of its own. The parts of a line make the line to the penny: all but the largest part are rounded,
-- and the largest is what is left.
insert into mapped by name
with approved as (
    select
        submission.id,
        submission.organisation,
        submission.year,
        submission.phase,
        submission.part,
        case submission.phase
            when 'outturn' then 1 when 'forecast' then 2 when 'revised budget' then 3 else 4
        end as rank
    from submission
    join submission_now on submission_now.submission = submission.id
    where submission_now.status = 'approved' and submission.year = $year
),

ranked as (
    select
        approved.*,
        rank = min(rank) over (partition by organisation, part) as best
    from approved
),

shared as (
    select
        line.*,
        ranked.organisation,
        ranked.year,
        ranked.phase,
        ranked.best,
        organisation.type as organisation_type,
        case
            when share.denominator is null or share.numerator = share.denominator then line.amount
            else city_part(line.amount, share.numerator, share.denominator)
        end::decimal(18, 2) * case line.side when 'income' then -1 else 1 end as city_amount,
        case when share.numerator <> share.denominator then 'estimated' else line.provenance end as city_provenance
    from line
    join ranked on ranked.id = line.submission
    join organisation on organisation.id = ranked.organisation
    left join city_share as share on share.id = line.share
),

parted as (
    select
        shared.*,
        coalesce(line_service.service, 'unmapped') as service,
        case when paid_to_people(shared.kind) then 'paid-to-people' else coalesce(board.theme, 'unmapped') end as theme,
        cast(coalesce(line_service.share, 1) * coalesce(board.share, 1) as decimal(18, 12)) as weight
    from shared
    left join line_service on line_service.line = shared.id
    left join board_share as board on board.service = line_service.service and not paid_to_people(shared.kind)
),

rounded as (
    select
        parted.*,
        round(cast(city_amount as decimal(20, 2)) * cast(weight as decimal(14, 12)), 2)::decimal(18, 2) as rounded_amount,
        row_number() over (partition by id order by weight desc, service, theme) as place
    from parted
),

summed as (
    select
        rounded.*,
        sum(rounded_amount) over (partition by id) as rounded_whole
    from rounded
)

select
    'line' as entry,
    summed.id as line,
    null as transfer,
    summed.submission,
    summed.organisation,
    summed.organisation_type,
    summed.year,
    summed.phase,
    summed.best,
    summed.side,
    place = 1 as first,
    summed.kind,
    summed.service,
    summed.theme,
    coalesce(service.cofog_division, 'unmapped') as division,
    coalesce(service.cofog_group, 'unmapped') as cofog,
    coalesce(summed.funding_stream, 'general') as funding,
    summed.nature,
    summed.ring_fence,
    summed.discretion,
    summed.stage,
    coalesce(summed.area, 'whole place') as area,
    coalesce(summed.client_groups[1], service.client_groups[1], 'unmapped') as client_group,
    summed.grade,
    summed.city_provenance as provenance,
    summed.share,
    cast(
        case when service.scope = 'schools' then 1 else 0 end
        + case when paid_to_people(summed.kind) then 2 else 0 end
        + case when summed.kind = 'capital' then 4 else 0 end
        + case when service.scope = 'housing revenue account' then 8 else 0 end
        as utinyint
    ) as switches,
    cast(
        rounded_amount + case when place = 1 then city_amount - rounded_whole else 0 end as decimal(18, 2)
    ) as amount
from summed
left join service on service.id = summed.service
