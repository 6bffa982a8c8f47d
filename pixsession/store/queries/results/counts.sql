-- How many, and how they ended.
SELECT
    year,
    kind,
    name,
    count(*) AS candidates,
    sum(CASE WHEN status = 'validated' THEN 1 ELSE 0 END) AS obtained,
    sum(CASE WHEN status = 'rejected' THEN 1 ELSE 0 END) AS rejected,
    sum(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) AS cancelled,
    sum(CASE WHEN status = 'error' THEN 1 ELSE 0 END) AS error,
    sum(CASE WHEN status = 'started' THEN 1 ELSE 0 END) AS started,
    sum(CASE WHEN status IS NULL THEN 1 ELSE 0 END) AS untold
FROM members
GROUP BY year, kind, name
ORDER BY year, kind, name
