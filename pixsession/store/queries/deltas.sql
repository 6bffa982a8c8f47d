-- What each student last gained or lost, up to a time or at all.
SELECT student_id, delta_competences, delta_pix, at_time
FROM change
WHERE delta_competences IS NOT NULL AND ($until IS NULL OR at_time <= $until)
QUALIFY row_number() OVER (PARTITION BY student_id ORDER BY rowid DESC) = 1;
