-- What an organisation's lines were given when they were last in force, so that the same line keeps it.
with last_in_force as (
    select submission.id
    from submission
    join submission_now on submission_now.submission = submission.id
    where submission.organisation = $organisation
      and submission_now.status in ('approved', 'superseded')
    qualify rank() over (
        partition by submission.part
        order by submission_now.status = 'approved' desc, submission.year desc, submission.id desc
    ) = 1
),

main_service as (
    select line, arg_max(service, share) as service
    from line_service
    group by line
)

select
    line.code,
    line.description,
    main_service.service,
    line.funding_stream,
    line.ring_fence,
    line.nature,
    line.kind,
    line.discretion,
    line.stage,
    line.area,
    line.committed_until
from line
join last_in_force on last_in_force.id = line.submission
join main_service on main_service.line = line.id
order by line.id
