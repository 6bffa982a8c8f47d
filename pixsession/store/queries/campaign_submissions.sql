-- Every submission known in one campaign, by student.
SELECT DISTINCT p.student_id, p.sent_at, p.pix
FROM participation AS p
INNER JOIN export AS e ON e.content_id = p.content_id
WHERE e.campaign_key = $campaign_key AND p.sent;
