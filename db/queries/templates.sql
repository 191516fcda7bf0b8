-- name: template_file_insert
INSERT INTO template_file (school_id, name, seq, body, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: template_file_list
-- Newest of each name; withdrawn ones are left out by the reader.
SELECT f.name, f.body, f.withdrawn FROM template_file AS f
WHERE f.school_id = $1 AND f.seq = (SELECT max(g.seq) FROM template_file AS g
    WHERE g.school_id = $1 AND g.name = f.name)
ORDER BY f.name

-- name: template_accepted_insert
INSERT INTO template_accepted (school_id, template, label, seq, hash, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: template_accepted_list
-- Of one template, with who accepted; of a column the last row holds.
SELECT a.label, a.hash, a.withdrawn, a.recorded_at, i.recorded_by
FROM template_accepted AS a
JOIN import AS i ON i.school_id = $1 AND i.import_id = a.import_id
WHERE a.school_id = $1 AND a.template = $2 ORDER BY a.label, a.seq

-- name: marksheet_template_insert
INSERT INTO marksheet_template (school_id, marksheet_id, seq, template, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: aspect_insert
INSERT INTO aspect (school_id, code, seq, name, kind, scale, subject, lowest, highest, from_date, to_date,
    withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)

-- name: aspect_list
-- Newest of each code; withdrawn ones are left out by the reader.
SELECT a.code, a.name, a.kind, a.scale, a.subject, a.lowest, a.highest, a.from_date, a.to_date,
    a.withdrawn, a.import_id
FROM aspect AS a
WHERE a.school_id = $1 AND a.seq = (SELECT max(b.seq) FROM aspect AS b
    WHERE b.school_id = $1 AND b.code = a.code)
ORDER BY a.code

-- name: aspect_value_insert
INSERT INTO aspect_value (school_id, pupil_id, aspect, review, seq, date, value, withdrawn, import_id,
    recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: aspect_value_sheet
-- Everything said by any aspect in the review $4 of the pupils in the group on the day $3.
SELECT v.pupil_id, v.aspect, v.seq, v.date, v.value, v.withdrawn, v.recorded_at
FROM aspect_value AS v
WHERE v.school_id = $1 AND v.review = $4
AND v.pupil_id IN (SELECT m.pupil_id FROM membership AS m
    WHERE m.school_id = $1 AND m.group_id = $2 AND m.from_date <= $3
    AND (m.to_date = 0 OR m.to_date >= $3))
ORDER BY v.seq

-- name: aspect_value_cell
-- Everything ever said in one cell, with who said it.
SELECT v.seq, v.date, v.value, v.withdrawn, v.recorded_at, v.import_id, i.recorded_by
FROM aspect_value AS v
JOIN import AS i ON i.school_id = $1 AND i.import_id = v.import_id
WHERE v.school_id = $1 AND v.pupil_id = $2 AND v.aspect = $3 AND v.review = $4
ORDER BY v.seq

-- name: aspect_value_of_import
SELECT pupil_id, aspect, review, seq, date, value, withdrawn
FROM aspect_value WHERE school_id = $1 AND import_id = $2 ORDER BY seq
