-- The lines of these versions.
SELECT
    version_id, student_id, last_name, first_name, division, group_name, student_number, external_id, sent,
    sent_at, pix, certifiable, certifiable_competences, levels, competence_pix, doubts
FROM participation_line
WHERE version_id BETWEEN $first AND $last AND version_id IN (SELECT unnest($versions));
