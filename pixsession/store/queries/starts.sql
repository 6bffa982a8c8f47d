-- Every start known in one evaluation campaign, by student: a line that changed class keeps its start.
SELECT DISTINCT a.student_id, a.started_at, NULL AS pix
FROM assessment AS a
INNER JOIN export AS e ON e.content_id = a.content_id
WHERE e.campaign_key = $campaign_key AND a.started_at IS NOT NULL;
