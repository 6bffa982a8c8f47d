-- The newest changes, up to a time or all, oldest of them first.
SELECT kind, at_time, student_id, last_name, first_name, place, before, after, sent_at
FROM (
    SELECT *, rowid AS position FROM change
    WHERE $until IS NULL OR at_time <= $until
    ORDER BY at_time DESC, rowid DESC
    LIMIT $most
)
ORDER BY at_time, position;
