-- The memorandum that a part of an organisation's figures is; no row where it is a part of its budget.
select id
from memorandum
where organisation = $organisation and part = $part
