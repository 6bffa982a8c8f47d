-- How far each student was at each export of one evaluation campaign, oldest first. Of one minute the last
-- counts: of several exports the newest, of several participations in one the newest started.
SELECT
    a.student_id, e.exported_at, a.progress, a.shared, a.mastery, a.stage, a.stage_max, a.started_at,
    json_extract_string(a.parts, '$[0][*][1]') AS badges
FROM export AS e
INNER JOIN assessment AS a ON a.content_id = e.content_id
WHERE e.export_id IN (SELECT unnest($exports))
ORDER BY
    e.exported_at, e.modified_at, e.copy_number, e.export_id, a.started_at NULLS FIRST, a.line DESC;
