-- name: note_insert
INSERT INTO note (school_id, pupil_id, note_no, seq, kind, body, withdrawn, account_id, recorded_by,
    recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: note_list
-- What was recorded about a pupil until $3, in the order in which it was.
SELECT note_no, seq, kind, body, withdrawn, account_id, recorded_by, recorded_at
FROM note WHERE school_id = $1 AND pupil_id = $2 AND recorded_at <= $3
ORDER BY note_no, seq
