-- How far each student was at each export of one evaluation campaign, oldest first. Of one minute the last
-- counts: of several exports the newest, of several participations in one the newest started.
SELECT
    v.student_id, e.exported_at, v.progress, v.shared, v.mastery, v.stage, v.stage_max, v.started_at,
    json_extract_string(v.badges, '$[*][1]') AS badges
FROM export AS e
INNER JOIN evaluation AS v
    ON v.campaign_key = e.campaign_key AND v.since_export <= e.place
    AND (v.until_export > e.place OR v.until_export IS NULL)
WHERE e.export_id IN (SELECT unnest($exports))
ORDER BY
    e.exported_at, e.modified_at, e.copy_number, e.export_id, v.started_at NULLS FIRST, v.file_order DESC;
