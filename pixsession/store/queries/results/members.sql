-- Each certification once for every group that it belongs to: a table, since six statements read it.
CREATE TABLE members AS
SELECT 'all' AS kind, '' AS name, certifications.* FROM certifications
UNION ALL
SELECT 'class' AS kind, division AS name, certifications.* FROM certifications WHERE division IS NOT NULL
UNION ALL
SELECT 'session' AS kind, session AS name, certifications.* FROM certifications WHERE session IS NOT NULL
