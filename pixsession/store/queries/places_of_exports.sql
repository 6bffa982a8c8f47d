-- Where each of these exports of one campaign stands in its chain: they are given in their order.
UPDATE export SET place = list_position($exports::INTEGER[], export_id)
WHERE list_contains($exports::INTEGER[], export_id);
