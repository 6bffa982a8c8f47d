-- The versions that one export of an evaluation shows, in the order of its file.
SELECT version_id, file_order
FROM evaluation
WHERE
    campaign_key = $campaign_key AND since_export <= $place
    AND (until_export > $place OR until_export IS NULL)
ORDER BY file_order;
