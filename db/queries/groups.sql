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

-- name: group_rule_insert
INSERT INTO group_rule (school_id, group_id, from_date, seq, to_date, formula, withdrawn, import_id,
    recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: group_rule_list
SELECT r.group_id, r.from_date, r.seq, r.to_date, r.formula, r.withdrawn, r.import_id, r.recorded_at,
    i.recorded_by
FROM group_rule AS r
JOIN import AS i ON i.school_id = r.school_id AND i.import_id = r.import_id
WHERE r.school_id = $1 AND i.school_id = $1 AND r.recorded_at <= $2
ORDER BY r.group_id, r.from_date, r.seq

-- name: intervention_insert
INSERT INTO intervention (school_id, group_id, from_date, seq, to_date, purpose, pence, staff, withdrawn,
    import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: intervention_list
SELECT v.group_id, v.from_date, v.seq, v.to_date, v.purpose, v.pence, v.staff, v.withdrawn, v.import_id,
    v.recorded_at, i.recorded_by
FROM intervention AS v
JOIN import AS i ON i.school_id = v.school_id AND i.import_id = v.import_id
WHERE v.school_id = $1 AND i.school_id = $1 AND v.recorded_at <= $2
ORDER BY v.group_id, v.from_date, v.seq
