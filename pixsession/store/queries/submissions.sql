-- Every submission that some of the exports show and the list of its campaign does not, each with the last of
-- those exports by time and name.
WITH listing AS (
    SELECT campaign_key, place FROM export WHERE list_contains($lists, export_id)
),

past AS (
    SELECT p.campaign_key, p.student_id, p.sent_at, p.pix, p.since_export, p.until_export
    FROM participation AS p
    LEFT JOIN listing AS l ON l.campaign_key = p.campaign_key
    WHERE p.sent AND (l.place IS NULL OR l.place < p.since_export OR l.place >= p.until_export)
),

shown AS (
    SELECT campaign_key, place, struct_pack(exported_at, file_name) AS export
    FROM export
    WHERE kind = 'profiles' AND list_contains($exports, export_id)
),

found AS (
    SELECT p.campaign_key, p.student_id, p.sent_at, p.pix, max(s.export) AS last
    FROM past AS p
    INNER JOIN shown AS s
        ON s.campaign_key = p.campaign_key AND s.place >= p.since_export
        AND (s.place < p.until_export OR p.until_export IS NULL)
    GROUP BY p.campaign_key, p.student_id, p.sent_at, p.pix
)

SELECT campaign_key, student_id, sent_at, pix, last.exported_at, last.file_name FROM found;
