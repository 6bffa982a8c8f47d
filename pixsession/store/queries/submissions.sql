-- Every submission that some of the exports show and the list of its campaign does not, each with the last of
-- those exports by time and name.
WITH past AS (
    SELECT p.campaign_key, p.student_id, p.sent_at, p.pix, p.since_export, p.until_export
    FROM participation AS p
    LEFT JOIN export AS l ON l.campaign_key = p.campaign_key AND l.export_id IN (SELECT unnest($lists))
    WHERE p.sent AND (l.place IS NULL OR l.place < p.since_export OR l.place >= p.until_export)
)

SELECT p.campaign_key, p.student_id, p.sent_at, p.pix, e.exported_at, e.file_name
FROM past AS p
INNER JOIN export AS e
    ON e.kind = 'profiles' AND e.campaign_key = p.campaign_key AND e.place >= p.since_export
    AND (e.place < p.until_export OR p.until_export IS NULL)
WHERE e.export_id IN (SELECT unnest($exports))
QUALIFY row_number() OVER (
    PARTITION BY p.campaign_key, p.student_id, p.sent_at, p.pix ORDER BY e.exported_at DESC, e.file_name DESC
) = 1;
