-- The last number given of each kind, in a table in place of sequences, so that every kind of store counts alike;
-- and how far the copy of a lake has followed it: no row in a store that is one file.
create table number_given (name varchar not null, last bigint not null);
insert into number_given
-- a sequence that nobody has asked since it was told where to go on has no last value
select sequence_name, greatest(coalesce(last_value, 0), start_value - 1) from duckdb_sequences() where not temporary;
drop sequence submission_id;
drop sequence line_id;
drop sequence event_id;
drop sequence draft_id;
drop sequence draft_step_id;
drop sequence person_id;
drop sequence story_version;
drop sequence board_entry;
create table lake_position (lake varchar not null, snapshot bigint not null);
