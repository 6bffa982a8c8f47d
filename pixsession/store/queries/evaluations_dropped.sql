-- Every version of an evaluation whose chain is written anew.
DELETE FROM evaluation WHERE campaign_key = $campaign_key;
