-- The histogram of scores, in bins of 64 pix.
SELECT year, kind, name, CAST(floor(score / 64.0) AS INTEGER) * 64 AS lowest, count(*) AS n
FROM members
WHERE status = 'validated' AND score IS NOT NULL
GROUP BY year, kind, name, CAST(floor(score / 64.0) AS INTEGER) * 64
ORDER BY year, kind, name, lowest
