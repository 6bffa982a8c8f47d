-- Of many schools, all together: a page has no room for the levels of each.
CREATE VIEW members AS
SELECT 'all' AS kind, '' AS name, certifications.* FROM certifications
