-- The highest number of a version, 0 for none.
SELECT greatest(
    (SELECT coalesce(max(version_id), 0) FROM participation), (SELECT coalesce(max(version_id), 0) FROM evaluation)
);
