-- What is left of the versions of an evaluation whose chain is written anew.
DELETE FROM evaluation_mastery
WHERE version_id IN (SELECT version_id FROM evaluation WHERE campaign_key = $campaign_key);
