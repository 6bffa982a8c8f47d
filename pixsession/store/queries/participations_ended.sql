-- Versions that the export at a place of their chain does not repeat.
UPDATE participation SET until_export = $place WHERE version_id IN (SELECT unnest($versions));
