-- Every submission that some of the exports show, each with the last of those by time and name.
SELECT e.campaign_key, p.student_id, p.sent_at, p.pix, e.exported_at, e.file_name, p.content_id
FROM participation AS p
INNER JOIN export AS e ON e.content_id = p.content_id
WHERE p.sent AND e.export_id IN (SELECT unnest($exports))
QUALIFY row_number() OVER (
    PARTITION BY e.campaign_key, p.student_id, p.sent_at, p.pix ORDER BY e.exported_at DESC, e.file_name DESC
) = 1;
