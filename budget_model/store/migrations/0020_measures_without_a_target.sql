-- A measure may have no published target and no forecast.
alter table target alter column "target" drop not null;
alter table target alter column "forecast" drop not null;
