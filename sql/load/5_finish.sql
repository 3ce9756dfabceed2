-- Completes the row of a run, just before it is published.
update raw.runs
set
    finished_at = getvariable('finished_at'),
    seconds = getvariable('seconds'),
    notes = getvariable('notes'),
    problems = (select count(*) from main.problems)
where run_id = getvariable('run_id');
