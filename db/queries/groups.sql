-- name: group_list
SELECT group_id, name, type, subject FROM pupil_group WHERE school_id = $1
ORDER BY type, name, subject

-- name: group_insert
INSERT INTO pupil_group (school_id, group_id, name, type, subject) VALUES ($1, $2, $3, $4, $5)

-- name: membership_insert
INSERT INTO membership (school_id, group_id, pupil_id, from_date, seq, to_date, withdrawn,
    import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: membership_list
SELECT group_id, pupil_id, from_date, seq, to_date, withdrawn, import_id, recorded_at
FROM membership WHERE school_id = $1 AND recorded_at <= $2
ORDER BY group_id, pupil_id, from_date, seq

-- name: membership_of_import
SELECT group_id, pupil_id, from_date, seq, to_date, withdrawn, import_id, recorded_at
FROM membership WHERE school_id = $1 AND import_id = $2 ORDER BY seq
