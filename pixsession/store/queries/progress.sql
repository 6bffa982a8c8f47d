-- How far each student was at each export of one evaluation campaign, oldest first. Of several participations
-- in one export the newest started counts; of several exports of one minute, the last.
SELECT
    a.student_id, e.exported_at, a.progress, a.shared, a.mastery, a.stage, a.stage_max,
    a.started_at, json_extract_string(a.parts, '$[0][*][1]') AS badges
FROM export AS e
INNER JOIN assessment AS a ON a.content_id = e.content_id
WHERE e.campaign_key = $campaign_key AND e.kind = 'assessment'
QUALIFY row_number() OVER (
    PARTITION BY a.student_id, e.exported_at
    ORDER BY e.modified_at DESC, e.copy_number DESC, e.export_id DESC, a.started_at DESC NULLS LAST, a.line
) = 1
ORDER BY e.exported_at, a.student_id;
