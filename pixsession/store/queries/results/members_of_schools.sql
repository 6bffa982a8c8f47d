-- Of many schools: each certification once among all, and once for its school.
CREATE VIEW members AS
SELECT 'all' AS kind, '' AS name, certifications.* FROM certifications
UNION ALL
SELECT 'school' AS kind, school AS name, certifications.* FROM certifications
