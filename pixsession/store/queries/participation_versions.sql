-- The versions that one export of a campaign shows, in the order of its file.
SELECT version_id, file_order
FROM participation
WHERE
    campaign_key = $campaign_key AND since_export <= $place
    AND (until_export > $place OR until_export IS NULL)
ORDER BY file_order;
