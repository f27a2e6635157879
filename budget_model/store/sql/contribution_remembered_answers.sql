-- What an organisation last answered to each question; the question names the layout that it is about.
select question, arg_max(answer, rowid)
from answer_memory
where organisation = $organisation
group by question
order by question
