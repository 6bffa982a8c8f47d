-- Every profile a student sent, newest first, each with the newest export that shows it.
SELECT p.sent_at, p.pix, p.levels, e.file_name, e.campaign_key, e.campaign_code, e.campaign_name, e.exported_at,
    e.has_stamp
FROM participation_line AS p
INNER JOIN export AS e
    ON e.kind = 'profiles' AND e.campaign_key = p.campaign_key AND e.place >= p.since_export
    AND (e.place < p.until_export OR p.until_export IS NULL)
WHERE p.student_id = $student_id AND p.sent AND e.export_id IN (SELECT unnest($exports))
QUALIFY row_number() OVER (
    PARTITION BY p.sent_at, p.pix, p.levels ORDER BY e.exported_at DESC, e.export_id DESC
) = 1
ORDER BY p.sent_at DESC NULLS LAST, e.exported_at DESC;
