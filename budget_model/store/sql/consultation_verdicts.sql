-- What was last decided of each comment of one consultation.
select answer, question, verdict
from consultation_verdict
where consultation = $consultation
qualify row_number() over (partition by answer, question order by entry desc) = 1
