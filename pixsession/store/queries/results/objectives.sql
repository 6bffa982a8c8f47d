-- Who reaches the objectives that schools set, by the levels certified: five competences at level 1, one
-- in each area besides, all sixteen. A level that is not told leaves open what the others do not decide.
SELECT
    year,
    count(*) AS n,
    sum(CASE WHEN there >= 5 THEN 1 ELSE 0 END) AS five,
    sum(CASE WHEN there + untold < 5 THEN 1 ELSE 0 END) AS five_missed,
    sum(CASE WHEN there >= 5 AND in_1 = 1 AND in_2 = 1 AND in_3 = 1 AND in_4 = 1 AND in_5 = 1 THEN 1 ELSE 0 END) AS areas,
    sum(CASE WHEN there + untold < 5 OR NOT ((in_1 = 1 OR open_1 = 1) AND (in_2 = 1 OR open_2 = 1) AND (in_3 = 1 OR open_3 = 1) AND (in_4 = 1 OR open_4 = 1) AND (in_5 = 1 OR open_5 = 1)) THEN 1 ELSE 0 END) AS areas_missed,
    sum(CASE WHEN there >= 16 THEN 1 ELSE 0 END) AS sixteen,
    sum(CASE WHEN there + untold < 16 THEN 1 ELSE 0 END) AS sixteen_missed
FROM (
    SELECT
        year,
        CASE WHEN l11 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l12 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l13 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l21 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l22 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l23 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l24 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l31 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l32 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l33 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l34 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l41 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l42 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l43 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l51 >= 1 THEN 1 ELSE 0 END
        + CASE WHEN l52 >= 1 THEN 1 ELSE 0 END AS there,
        CASE WHEN l11 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l12 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l13 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l21 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l22 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l23 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l24 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l31 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l32 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l33 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l34 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l41 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l42 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l43 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l51 IS NULL THEN 1 ELSE 0 END
        + CASE WHEN l52 IS NULL THEN 1 ELSE 0 END AS untold,
        CASE WHEN l11 >= 1 OR l12 >= 1 OR l13 >= 1 THEN 1 ELSE 0 END AS in_1,
        CASE WHEN l11 IS NULL OR l12 IS NULL OR l13 IS NULL THEN 1 ELSE 0 END AS open_1,
        CASE WHEN l21 >= 1 OR l22 >= 1 OR l23 >= 1 OR l24 >= 1 THEN 1 ELSE 0 END AS in_2,
        CASE WHEN l21 IS NULL OR l22 IS NULL OR l23 IS NULL OR l24 IS NULL THEN 1 ELSE 0 END AS open_2,
        CASE WHEN l31 >= 1 OR l32 >= 1 OR l33 >= 1 OR l34 >= 1 THEN 1 ELSE 0 END AS in_3,
        CASE WHEN l31 IS NULL OR l32 IS NULL OR l33 IS NULL OR l34 IS NULL THEN 1 ELSE 0 END AS open_3,
        CASE WHEN l41 >= 1 OR l42 >= 1 OR l43 >= 1 THEN 1 ELSE 0 END AS in_4,
        CASE WHEN l41 IS NULL OR l42 IS NULL OR l43 IS NULL THEN 1 ELSE 0 END AS open_4,
        CASE WHEN l51 >= 1 OR l52 >= 1 THEN 1 ELSE 0 END AS in_5,
        CASE WHEN l51 IS NULL OR l52 IS NULL THEN 1 ELSE 0 END AS open_5
    FROM certifications
    WHERE status = 'validated' AND COALESCE(l11, l12, l13, l21, l22, l23, l24, l31, l32, l33, l34, l41, l42, l43, l51, l52) IS NOT NULL
) AS told
GROUP BY year
ORDER BY year
