-- Each student as last noted, with the campaigns they were met in and the newest export that showed them.
WITH line AS (
    SELECT content_id, student_id FROM participation
    UNION ALL
    SELECT content_id, student_id FROM assessment
),

met AS (
    SELECT l.student_id, list(DISTINCT e.campaign_key) AS campaigns, max(e.exported_at) AS seen_at
    FROM line AS l
    INNER JOIN export AS e ON e.content_id = l.content_id
    GROUP BY l.student_id
)
SELECT s.student_id, s.name_key, s.place_key, s.number_key, s.last_name, s.first_name, met.campaigns, met.seen_at
FROM student AS s
INNER JOIN met ON met.student_id = s.student_id
QUALIFY row_number() OVER (PARTITION BY s.student_id ORDER BY s.rowid DESC) = 1
ORDER BY s.student_id;
