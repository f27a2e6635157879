-- From how many pounds on a body is a partner or a payer, by the size of the place.
update setting
set value = replace(
    value,
    '{"name": "worth_while_per_resident"',
    '{"name": "least_partner_per_resident", "value": "0.1", "says": "With fewer pounds for each resident on a subject a body is no partner in it and no payer of it: it is counted, and not named.", "source": "The project''s proposal"}, {"name": "worth_while_per_resident"'
)
where name = 'weights' and not contains(value, '"least_partner_per_resident"');
