-- Every submission that some of the exports show, with the last content that shows it.
SELECT e.campaign_key, p.student_id, p.sent_at, p.pix, max(p.content_id)
FROM participation AS p
INNER JOIN export AS e ON e.content_id = p.content_id
WHERE p.sent AND e.export_id IN (SELECT unnest($exports))
GROUP BY e.campaign_key, p.student_id, p.sent_at, p.pix;
