-- name: pupil_list
SELECT pupil_id, upn FROM pupil WHERE school_id = $1 ORDER BY upn

-- name: pupil_insert
INSERT INTO pupil (school_id, pupil_id, upn) VALUES ($1, $2, $3)

-- name: pupil_rename
UPDATE pupil SET upn = $3 WHERE school_id = $1 AND pupil_id = $2

-- name: pupil_fact_insert
INSERT INTO pupil_fact (school_id, attribute, pupil_id, from_date, seq, to_date, value, withdrawn,
    import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: pupil_fact_attribute
-- One attribute of everybody; $3 is the last moment of recording that counts.
SELECT attribute, pupil_id, from_date, seq, to_date, value, withdrawn, import_id, recorded_at
FROM pupil_fact WHERE school_id = $1 AND attribute = $2 AND recorded_at <= $3
ORDER BY pupil_id, from_date, seq

-- name: pupil_fact_of_pupil
SELECT attribute, pupil_id, from_date, seq, to_date, value, withdrawn, import_id, recorded_at
FROM pupil_fact WHERE school_id = $1 AND pupil_id = $2 ORDER BY attribute, from_date, seq

-- name: pupil_fact_of_import
SELECT attribute, pupil_id, from_date, seq, to_date, value, withdrawn, import_id, recorded_at
FROM pupil_fact WHERE school_id = $1 AND import_id = $2 ORDER BY seq

-- name: contact_insert
INSERT INTO contact (school_id, pupil_id, place, seq, title, surname, forename, relationship,
    responsibility, phone, email, address, xml, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: contact_list
-- The newest of each place; $2 is one pupil, or 0 for all.
SELECT c.pupil_id, c.place, c.seq, c.title, c.surname, c.forename, c.relationship,
    c.responsibility, c.phone, c.email, c.address, c.xml, c.withdrawn, c.import_id, c.recorded_at
FROM contact AS c
WHERE c.school_id = $1 AND (c.pupil_id = $2 OR $2 = 0)
AND c.seq = (SELECT max(d.seq) FROM contact AS d WHERE d.school_id = $1
    AND d.pupil_id = c.pupil_id AND d.place = c.place)
ORDER BY c.pupil_id, c.place

-- name: contact_of_import
SELECT pupil_id, place, seq, title, surname, forename, relationship, responsibility, phone, email,
    address, xml, withdrawn, import_id, recorded_at
FROM contact WHERE school_id = $1 AND import_id = $2 ORDER BY seq

-- name: ctf_part_insert
INSERT INTO ctf_part (school_id, pupil_id, path, seq, xml, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: ctf_part_list
SELECT c.pupil_id, c.path, c.seq, c.xml, c.withdrawn, c.import_id, c.recorded_at
FROM ctf_part AS c
WHERE c.school_id = $1 AND (c.pupil_id = $2 OR $2 = 0)
AND c.seq = (SELECT max(d.seq) FROM ctf_part AS d WHERE d.school_id = $1
    AND d.pupil_id = c.pupil_id AND d.path = c.path)
ORDER BY c.pupil_id, c.path

-- name: ctf_part_of_import
SELECT pupil_id, path, seq, xml, withdrawn, import_id, recorded_at
FROM ctf_part WHERE school_id = $1 AND import_id = $2 ORDER BY seq
