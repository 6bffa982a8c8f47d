-- Every file ever accepted, newest first.
SELECT digest, file_name, exported_at, campaign_key, campaign_code, campaign_name, line_count, notes
FROM export
ORDER BY exported_at DESC, export_id DESC;
