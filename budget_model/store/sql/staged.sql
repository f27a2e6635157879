-- Every part of the map in scope with what is known of its stage of need: what was agreed of its line, what the
-- line says for itself, the rule whose words it holds, and the usual stage of its service. Pounds.
with in_scope as ({in_scope}),

rule as (
    select given.number as number, given.phrase as phrase, given.services as services
    from (select unnest($rules) as given)
),

main as (
    select line, arg_max(service, share) as service
    from line_service
    group by line
),

part as materialized (
    select
        in_scope.line,
        in_scope.organisation,
        in_scope.service,
        in_scope.client_group,
        in_scope.kind,
        in_scope.amount,
        coalesce(nullif(in_scope.stage, coalesce(usual_of_main.stage, 'unknown')), 'unknown') as stated,
        coalesce(service.stage, 'unknown') as usual,
        lower(line.description) as words,
        trim(coalesce(line.code, '')) as code,
        rtrim(trim(regexp_replace(lower(line.description), '\s+', ' ', 'g')), ':') as compared
    from in_scope
    join line on line.id = in_scope.line
    left join main on main.line = in_scope.line
    left join service as usual_of_main on usual_of_main.id = main.service
    left join service on service.id = in_scope.service
),

ruled as materialized (
    select words.words, words.service, min(rule.number) as rule
    from (select distinct words, service from part) as words
    join rule
        on contains(words.words, rule.phrase)
        and (rule.services = '' or list_contains(string_split(rule.services, ';'), words.service))
    group by all
),

agreed as (
    select id, organisation, code, words
    from stage_agreed
    where id in (select max(id) from stage_agreed group by organisation, code, words)
    and not withdrawn
),

staged as (
    select part.* exclude (words, code, compared), ruled.rule, agreed.id as agreed
    from part
    left join ruled on ruled.words = part.words and ruled.service = part.service
    left join agreed
        on agreed.organisation = part.organisation
        and agreed.code = part.code
        and agreed.words = part.compared
)
