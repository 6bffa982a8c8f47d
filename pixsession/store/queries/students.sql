-- Each student as last noted, with the campaigns they were met in and the newest export that showed them.
WITH version AS (
    SELECT 'profiles' AS kind, campaign_key, student_id, since_export, coalesce(until_export, 1000000) AS until_export
    FROM participation
    UNION ALL
    SELECT 'assessment' AS kind, campaign_key, student_id, since_export, coalesce(until_export, 1000000)
    FROM evaluation
),

span AS (
    SELECT DISTINCT kind, campaign_key, since_export, until_export FROM version
),

seen AS (
    SELECT s.kind, s.campaign_key, s.since_export, s.until_export, max(e.exported_at) AS seen_at
    FROM span AS s
    INNER JOIN export AS e
        ON e.kind = s.kind AND e.campaign_key = s.campaign_key
        AND e.place >= s.since_export AND e.place < s.until_export
    GROUP BY ALL
),

met AS (
    SELECT v.student_id, list(DISTINCT v.campaign_key) AS campaigns, max(seen.seen_at) AS seen_at
    FROM version AS v
    INNER JOIN seen USING (kind, campaign_key, since_export, until_export)
    GROUP BY v.student_id
)

SELECT s.student_id, s.name_key, s.place_key, s.number_key, s.last_name, s.first_name, met.campaigns, met.seen_at
FROM student AS s
INNER JOIN met ON met.student_id = s.student_id
QUALIFY row_number() OVER (PARTITION BY s.student_id ORDER BY s.rowid DESC) = 1
ORDER BY s.student_id;
