-- An opportunity is worth the partners' while by the size of the place, not by one sum for every place.
update setting
set value = regexp_replace(
    value,
    '"name": "worth_while", "value": "[^"]*"',
    '"name": "worth_while_per_resident", "value": "1"'
)
where name = 'weights';
