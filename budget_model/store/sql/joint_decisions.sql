-- Every opportunity that somebody put into the register.
select opportunity, title, partners, services
from decision
order by rowid
