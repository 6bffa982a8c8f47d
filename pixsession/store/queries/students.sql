-- Each student as last noted.
SELECT student_id, name_key, place_key, number_key, last_name, first_name, campaigns, seen_at
FROM student
QUALIFY row_number() OVER (PARTITION BY student_id ORDER BY rowid DESC) = 1
ORDER BY student_id;
