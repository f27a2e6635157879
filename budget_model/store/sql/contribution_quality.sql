-- Each organisation's lines in force in one year, without regard to side: all, mapped, the body's own
-- figure for the place, and weighed by how many of the five details are said.
select
    submission.organisation,
    sum(abs(line.amount))::decimal(18, 2) as whole,
    coalesce(sum(abs(line.amount)) filter (where mapped.line is not null), 0)::decimal(18, 2) as mapped,
    coalesce(sum(abs(line.amount)) filter (
        where line.provenance in ('stated', 'published', 'audited')
            and (share.numerator is null or share.numerator = share.denominator)
    ), 0)::decimal(18, 2) as own,
    sum(
        cast(abs(line.amount) as decimal(20, 2)) * (
            case when line.funding_stream is null then 0 else 1 end
            + case line.ring_fence when 'unknown' then 0 else 1 end
            + case line.nature when 'unknown' then 0 else 1 end
            + case line.discretion when 'unknown' then 0 else 1 end
            + case line.stage when 'unknown' then 0 else 1 end
        ) / 5
    )::decimal(18, 2) as details
from line
join submission on submission.id = line.submission
join submission_now on submission_now.submission = submission.id
left join city_share as share on share.id = line.share
left join (select distinct line from line_service) as mapped on mapped.line = line.id
where submission_now.status = 'approved' and submission.year = $year
group by submission.organisation
