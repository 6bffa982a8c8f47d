-- The newest export of each campaign, newest first, as if the export $without had not come.
SELECT export_id, content_id, file_name, campaign_key, campaign_code, campaign_name, exported_at, one_line_each
FROM (
    SELECT *, row_number() OVER (PARTITION BY campaign_key ORDER BY rank_in_campaign) AS position
    FROM ranked_export
    WHERE export_id <> $without
)
WHERE position = 1
ORDER BY exported_at DESC, modified_at DESC, copy_number DESC, export_id DESC;
