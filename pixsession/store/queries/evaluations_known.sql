-- Every start known in one evaluation campaign, by student: a line that changed class keeps its start.
SELECT DISTINCT student_id, started_at, NULL AS pix
FROM evaluation
WHERE campaign_key = $campaign_key AND started_at IS NOT NULL;
