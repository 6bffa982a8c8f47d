-- The scores of those who obtained it; quartiles by linear interpolation.
SELECT
    year,
    kind,
    name,
    count(*) AS n,
    avg(score) AS mean,
    stddev_samp(score) AS deviation,
    min(score) AS minimum,
    percentile_cont(0.25) WITHIN GROUP (ORDER BY score) AS q1,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY score) AS median,
    percentile_cont(0.75) WITHIN GROUP (ORDER BY score) AS q3,
    max(score) AS maximum
FROM members
WHERE status = 'validated' AND score IS NOT NULL
GROUP BY year, kind, name
ORDER BY year, kind, name
