-- The sends a student is known by in one campaign.
SELECT DISTINCT p.sent_at, p.pix
FROM participation AS p
INNER JOIN export AS e ON e.content_id = p.content_id
WHERE p.student_id = $student_id AND e.campaign_key = $campaign_key AND p.sent;
