-- What each student last gained or lost.
SELECT student_id, delta_competences, delta_pix, at_time
FROM change
WHERE delta_competences IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY student_id ORDER BY rowid DESC) = 1;
