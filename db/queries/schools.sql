-- name: school_list
-- Every school but number 0.
SELECT school_id, laestab, name, phase, framework FROM school WHERE school_id > 0 ORDER BY laestab, school_id

-- name: school_next
-- The number after the highest in use.
SELECT coalesce(max(school_id), 0) + 1 FROM school ORDER BY 1

-- name: school_insert
INSERT INTO school (school_id, laestab, name, phase, framework) VALUES ($1, $2, $3, $4, $5)

-- name: school_update
UPDATE school SET name = $2, phase = $3 WHERE school_id = $1

-- name: counter_insert
INSERT INTO counter (school_id, n) VALUES ($1, $2)

-- name: counter_take
-- Take $2 numbers; the answer is the last of them. This row is also the school's lock.
UPDATE counter SET n = n + $2 WHERE school_id = $1 RETURNING n

-- name: counter_now
-- The last number given out: it moves with everything that is said of the school's pupils.
SELECT n FROM counter WHERE school_id = $1

-- name: setting_list
SELECT name, value FROM setting WHERE school_id = $1 ORDER BY name

-- name: setting_put
INSERT INTO setting (school_id, name, value) VALUES ($1, $2, $3)
ON CONFLICT (school_id, name) DO UPDATE SET value = excluded.value

-- name: framework_file_list
-- Newest of each name; withdrawn ones are left out by the reader.
SELECT f.name, f.body, f.withdrawn FROM framework_file AS f
WHERE f.school_id = $1 AND f.seq = (SELECT max(g.seq) FROM framework_file AS g
    WHERE g.school_id = $1 AND g.name = f.name)
ORDER BY f.seq

-- name: school_tag_insert
INSERT INTO school_tag (school_id, tag, from_date, seq, to_date, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: framework_file_insert
INSERT INTO framework_file (school_id, name, seq, body, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: national_list
SELECT body, measure, subject, year, percent FROM national ORDER BY body, measure, subject, year

-- name: national_get
SELECT percent FROM national WHERE body = $1 AND measure = $2 AND subject = $3 AND year = $4

-- name: national_put
INSERT INTO national (body, measure, subject, year, percent) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (body, measure, subject, year) DO UPDATE SET percent = excluded.percent

-- name: review_list
SELECT review_id, name, asks, first_year, last_year, subjects, from_date, to_date, state
FROM review WHERE school_id = $1 ORDER BY from_date, name

-- name: review_put
INSERT INTO review (school_id, review_id, name, asks, first_year, last_year, subjects, from_date,
    to_date, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (school_id, name) DO UPDATE SET asks = excluded.asks, first_year = excluded.first_year,
    last_year = excluded.last_year, subjects = excluded.subjects, from_date = excluded.from_date,
    to_date = excluded.to_date, state = excluded.state

-- name: school_tag_list
SELECT tag, from_date, seq, to_date, withdrawn FROM school_tag WHERE school_id = $1
ORDER BY tag, from_date, seq
