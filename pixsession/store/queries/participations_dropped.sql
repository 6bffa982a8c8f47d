-- Every version of a campaign whose chain is written anew.
DELETE FROM participation WHERE campaign_key = $campaign_key;
