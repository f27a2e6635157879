-- Benefits and pensions are paid to people and are no board's spending: on the map they are a group of their own
-- beside the delivery boards, whatever services they are on. What is paid to people is said by a line's kind.
create or replace macro paid_to_people(kind) as kind = 'transfer to individuals';

-- A map that is there already is brought to it: of each part, what several boards shared comes to one group.
update mapped set theme = 'paid-to-people' where paid_to_people(kind);
update mapped_sum set theme = 'paid-to-people' where paid_to_people(kind);
