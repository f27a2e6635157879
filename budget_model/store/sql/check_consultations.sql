-- Consultations with another number of answers than of links that were used, where it is still held who was asked.
with answered as (select consultation, count(*) as answers from consultation_answer group by consultation),
used as (
    select consultation, count(*) filter (where answered) as used from consultation_link group by consultation
)

select 'The consultation ' || used.consultation || ' has ' || coalesce(answered.answers, 0) || ' answers, and '
    || used.used || ' of its links were used.'
from used
left join answered on answered.consultation = used.consultation
where coalesce(answered.answers, 0) <> used.used
