-- The newest changes, oldest of them first.
SELECT kind, at_time, student_id, last_name, first_name, place, before, after, sent_at
FROM (SELECT *, rowid AS position FROM change ORDER BY at_time DESC, rowid DESC LIMIT $most)
ORDER BY at_time, position;
