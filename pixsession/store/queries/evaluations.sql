-- The lines of these versions, each with what it says of competences and areas.
WITH found AS (
    SELECT
        version_id, student_id, last_name, first_name, division, group_name, student_number, external_id,
        progress, started_at, shared, shared_at, stage, stage_max, mastery, badges, skills, doubts
    FROM evaluation
    WHERE version_id BETWEEN $first AND $last AND version_id IN (SELECT unnest($versions))
),

said AS (
    SELECT version_id, list(row(is_area, code, rate, targeted, mastered) ORDER BY is_area, position)
        AS masteries
    FROM evaluation_mastery
    WHERE version_id BETWEEN $first AND $last AND version_id IN (SELECT unnest($versions))
    GROUP BY version_id
)

SELECT found.*, said.masteries
FROM found
LEFT JOIN said ON said.version_id = found.version_id;
