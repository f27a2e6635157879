-- What an organisation last answered to each question about a layout.
select question, arg_max(answer, made_at)
from answer_memory
where organisation = $organisation and fingerprint = $fingerprint
group by question
order by question
