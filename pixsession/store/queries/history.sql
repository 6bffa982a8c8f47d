-- Every profile a student sent, newest first, each with the newest export that shows it.
SELECT
    p.sent_at, p.pix, p.levels,
    arg_max(e.file_name, e.exported_at) AS file_name,
    arg_max(e.campaign_key, e.exported_at) AS campaign_key,
    arg_max(e.campaign_code, e.exported_at) AS campaign_code,
    arg_max(e.campaign_name, e.exported_at) AS campaign_name,
    max(e.exported_at) AS exported_at
FROM participation AS p
INNER JOIN export AS e ON e.content_id = p.content_id
WHERE p.student_id = $student_id AND p.sent
GROUP BY p.sent_at, p.pix, p.levels
ORDER BY p.sent_at DESC NULLS LAST, exported_at DESC;
