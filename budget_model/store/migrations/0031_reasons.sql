-- Why a day by which figures are asked for was set, and why a role was given or taken.
alter table due add column if not exists reason varchar default '';
alter table person add column if not exists reason varchar default '';
