-- Keep what is said of one file of one organisation.
insert into submission by name
select
    $id as id, $organisation as organisation, $year as year, $phase as phase, $part as part, $file as file,
    $sha256 as sha256, $layout as layout, $control_total as control_total,
    $printed_total as printed_total, $read_total as read_total, $share as share, $grade as grade,
    $source as source, $problems as problems, $provenance as provenance,
    $control_source as control_source
