-- name: import_next
-- The school's imports are numbered 1, 2, 3; the counter's row is held while this is asked.
SELECT coalesce(max(import_id), 0) + 1 FROM import WHERE school_id = $1 ORDER BY 1

-- name: import_insert
INSERT INTO import (school_id, import_id, kind, file, added, unchanged, superseded, refused, undoes,
    recorded_by, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: import_list
SELECT import_id, kind, file, added, unchanged, superseded, refused, undoes, recorded_by, recorded_at
FROM import WHERE school_id = $1 ORDER BY import_id

-- name: import_get
SELECT import_id, kind, file, added, unchanged, superseded, refused, undoes, recorded_by, recorded_at
FROM import WHERE school_id = $1 AND import_id = $2

-- name: link_last
SELECT link_no, hash FROM link WHERE school_id = $1 ORDER BY link_no DESC LIMIT 1

-- name: link_insert
INSERT INTO link (school_id, link_no, import_id, row_n, previous, hash, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: link_list
SELECT link_no, import_id, row_n, previous, hash FROM link WHERE school_id = $1 ORDER BY link_no
