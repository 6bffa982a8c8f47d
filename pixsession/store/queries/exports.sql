-- Every export ever taken in, and its place in the chain of its campaign.
SELECT
    place, export_id, content_id, kind, digest, file_name, campaign_key, campaign_code, campaign_name, exported_at,
    has_stamp, modified_at, copy_number, one_line_each, line_count, organisation, notes
FROM export
ORDER BY export_id;
