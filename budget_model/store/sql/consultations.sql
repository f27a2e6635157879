-- Every consultation as it was last written, the latest to close first.
select id, name, about, source, opens, closes, decision, questions
from consultation
qualify row_number() over (partition by id order by entry desc) = 1
order by closes desc, id
