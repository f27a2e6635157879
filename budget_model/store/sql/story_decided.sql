-- What was decided, each decision as its last entry has it; those taken back are left out. Latest first.
with newest as (
    select decision, max(entry) as entry, min(entry) as first_entry
    from decided
    group by decision
)

select
    decided.decision,
    decided.story,
    decided.opportunity,
    decided.what,
    decided.owner,
    decided.due,
    strftime(decided.made_at at time zone 'UTC', '%Y-%m-%d %H:%M'),
    decided.made_by
from newest
join decided on decided.entry = newest.entry
where not decided.taken_back
  and ($story = '' or decided.story = $story)
  and ($opportunity = '' or decided.opportunity = $opportunity)
order by newest.first_entry desc
