-- The levels in words of those who obtained it.
SELECT year, kind, name, label, count(*) AS n
FROM members
WHERE status = 'validated' AND label IS NOT NULL
GROUP BY year, kind, name, label
ORDER BY year, kind, name, label
