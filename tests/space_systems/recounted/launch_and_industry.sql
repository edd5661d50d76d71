-- attempts
SELECT count(*) FROM space_systems.launches
