-- The views that anybody may ask, each with what its rows are, then its columns.
SELECT view_name, column_name, data_type, told
FROM (
    SELECT view_oid, view_name, -1 AS position, '' AS column_name, '' AS data_type, comment AS told
    FROM duckdb_views()
    WHERE schema_name = 'main' AND comment IS NOT NULL
    UNION ALL
    SELECT v.view_oid, v.view_name, c.column_index, c.column_name, c.data_type, c.comment
    FROM duckdb_views() AS v
    INNER JOIN duckdb_columns() AS c ON c.table_oid = v.view_oid
    WHERE v.schema_name = 'main' AND v.comment IS NOT NULL
)
ORDER BY view_oid, position;
