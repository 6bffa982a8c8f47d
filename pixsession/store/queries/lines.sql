-- Every line of one content, in the order of the file.
SELECT
    student_id, line, last_name, first_name, division, group_name, student_number, external_id, sent, sent_at,
    pix, certifiable, certifiable_competences, levels, competence_pix, doubts
FROM participation
WHERE content_id = $content_id
ORDER BY line;
