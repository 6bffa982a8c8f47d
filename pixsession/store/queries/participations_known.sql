-- Every submission known in one campaign, by student.
SELECT DISTINCT student_id, sent_at, pix
FROM participation
WHERE campaign_key = $campaign_key AND sent;
