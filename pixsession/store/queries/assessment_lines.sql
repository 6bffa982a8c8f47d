-- Every line of one evaluation export, in the order of the file.
SELECT
    student_id, line, last_name, first_name, division, group_name, student_number, external_id, progress,
    started_at, shared, shared_at, stage, stage_max, mastery, parts, doubts
FROM assessment
WHERE content_id = $content_id
ORDER BY line;
