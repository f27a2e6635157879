-- Every submission with its state, when it first came, and the explanation of its difference; a memorandum is no
-- budget of its body, and is left out.
with first_event as (
    select submission, min(made_at) as made_at, arg_min(made_by, id) as made_by
    from submission_event
    group by submission
),

explained as (
    select submission, arg_max(words, rowid) as words
    from explanation
    where subject = 'difference'
    group by submission
)

select
    submission.id,
    submission.organisation,
    submission.year,
    submission.phase,
    submission.part,
    submission_now.status,
    epoch_us(first_event.made_at),
    first_event.made_by,
    submission.read_total,
    submission.printed_total,
    submission.control_total,
    coalesce(explained.words, '')
from submission
join submission_now on submission_now.submission = submission.id
join first_event on first_event.submission = submission.id
left join explained on explained.submission = submission.id
where submission_now.status <> 'memorandum'
order by submission.id
