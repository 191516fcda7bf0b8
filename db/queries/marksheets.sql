-- name: marksheet_list
-- Every marksheet with its group and review, those of the latest review first; with the year
-- group that a pupil in the group on the day $2 is in.
SELECT s.marksheet_id, s.name, s.group_id, g.name, g.type, s.subjects, r.review_id, r.name, r.asks,
    r.first_year, r.last_year, r.subjects, r.from_date, r.to_date, r.state,
    coalesce((SELECT f.value FROM pupil_fact AS f WHERE f.school_id = $1
        AND f.attribute = 'year_group' AND f.from_date <= $2 AND f.withdrawn = 0
        AND f.pupil_id = (SELECT min(m.pupil_id) FROM membership AS m WHERE m.school_id = $1
            AND m.group_id = s.group_id AND m.from_date <= $2
            AND (m.to_date = 0 OR m.to_date >= $2))
        ORDER BY f.from_date DESC, f.seq DESC LIMIT 1), ''), 0, ''
FROM marksheet AS s
JOIN pupil_group AS g ON g.school_id = $1 AND g.group_id = s.group_id
JOIN review AS r ON r.school_id = $1 AND r.review_id = s.review_id
WHERE s.school_id = $1
ORDER BY r.from_date DESC, r.name, g.name, s.marksheet_id

-- name: marksheet_get
SELECT s.marksheet_id, s.name, s.group_id, g.name, g.type, s.subjects, r.review_id, r.name, r.asks,
    r.first_year, r.last_year, r.subjects, r.from_date, r.to_date, r.state, '',
    n.n, coalesce((SELECT t.template FROM marksheet_template AS t
        WHERE t.school_id = $1 AND t.marksheet_id = s.marksheet_id
        ORDER BY t.seq DESC LIMIT 1), '')
FROM marksheet AS s
JOIN counter AS n ON n.school_id = $1
JOIN pupil_group AS g ON g.school_id = $1 AND g.group_id = s.group_id
JOIN review AS r ON r.school_id = $1 AND r.review_id = s.review_id
WHERE s.school_id = $1 AND s.marksheet_id = $2
ORDER BY s.marksheet_id

-- name: marksheet_insert
INSERT INTO marksheet (school_id, marksheet_id, name, group_id, subjects, review_id)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: marksheet_pupils
-- Whoever was ever in the group (attribute '', the row of the membership) and, of those in it on
-- the day $3, what a marksheet shows of every pupil.
SELECT m.pupil_id AS pupil_id, '' AS attribute, m.from_date AS from_date, m.seq AS seq,
    m.to_date AS to_date, '' AS value, m.withdrawn AS withdrawn
FROM membership AS m WHERE m.school_id = $1 AND m.group_id = $2
UNION ALL
SELECT f.pupil_id, f.attribute, f.from_date, f.seq, f.to_date, f.value, f.withdrawn
FROM pupil_fact AS f
WHERE f.school_id = $1 AND f.attribute IN ('surname', 'forename', 'year_group', 'registration',
    'leaving_date', 'sen', 'pupil_premium', 'language')
AND f.pupil_id IN (SELECT m.pupil_id FROM membership AS m
    WHERE m.school_id = $1 AND m.group_id = $2 AND m.from_date <= $3
    AND (m.to_date = 0 OR m.to_date >= $3))
ORDER BY 2, 1, 3, 4

-- name: marksheet_pupils_more
-- The same with every other characteristic, for the columns a reader adds.
SELECT m.pupil_id AS pupil_id, '' AS attribute, m.from_date AS from_date, m.seq AS seq,
    m.to_date AS to_date, '' AS value, m.withdrawn AS withdrawn
FROM membership AS m WHERE m.school_id = $1 AND m.group_id = $2
UNION ALL
SELECT f.pupil_id, f.attribute, f.from_date, f.seq, f.to_date, f.value, f.withdrawn
FROM pupil_fact AS f
WHERE f.school_id = $1 AND f.attribute IN ('surname', 'forename', 'year_group', 'registration',
    'leaving_date', 'sen', 'pupil_premium', 'language', 'dob', 'sex', 'ethnicity', 'fsm',
    'looked_after', 'gifted', 'house')
AND f.pupil_id IN (SELECT m.pupil_id FROM membership AS m
    WHERE m.school_id = $1 AND m.group_id = $2 AND m.from_date <= $3
    AND (m.to_date = 0 OR m.to_date >= $3))
ORDER BY 2, 1, 3, 4

-- name: marksheet_sets
-- The teaching groups of the group's pupils in one subject, for ordering by set.
SELECT m.pupil_id, g.name, m.group_id, m.from_date, m.seq, m.to_date, m.withdrawn
FROM membership AS m
JOIN pupil_group AS g ON g.school_id = $1 AND g.group_id = m.group_id
WHERE m.school_id = $1 AND g.type = 'teaching' AND (g.subject = $4 OR g.subject = '')
AND m.pupil_id IN (SELECT o.pupil_id FROM membership AS o
    WHERE o.school_id = $1 AND o.group_id = $2 AND o.from_date <= $3
    AND (o.to_date = 0 OR o.to_date >= $3))
ORDER BY m.pupil_id, m.group_id, m.from_date, m.seq

-- name: marksheet_values
-- Of the pupils in the group on the day $3, in the subjects $4 to $9: the newest results, targets and
-- predictions of the stages $10 to $13 and the latest judgement (review '', recorded_at ''), the adjustments of the period that ends on $14, and what was judged of
-- kind $15 since the day $16: the review's own entries and the reviews before.
SELECT l.pupil_id AS pupil_id, l.subject AS subject, l.kind AS kind, l.date AS date,
    l.stage AS stage, l.source AS source, l.seq AS seq, '' AS review, l.scale AS scale,
    l.grade AS grade, NULL AS mark, 0 AS withdrawn, '' AS recorded_at
FROM latest AS l
WHERE l.school_id = $1 AND (l.kind IN ('result', 'target', 'prediction') AND l.stage IN ($10, $11, $12, $13)
    OR l.kind = $15 AND l.stage = '')
AND l.pupil_id IN (SELECT m.pupil_id FROM membership AS m
    WHERE m.school_id = $1 AND m.group_id = $2 AND m.from_date <= $3
    AND (m.to_date = 0 OR m.to_date >= $3))
AND l.subject IN ($4, $5, $6, $7, $8, $9)
UNION ALL
SELECT a.pupil_id, a.subject, 'adjustment', a.period_end, a.stage, '', a.seq, '', a.scale,
    a.grade, NULL, a.withdrawn, ''
FROM adjustment AS a
WHERE a.school_id = $1
AND a.pupil_id IN (SELECT m.pupil_id FROM membership AS m
    WHERE m.school_id = $1 AND m.group_id = $2 AND m.from_date <= $3
    AND (m.to_date = 0 OR m.to_date >= $3))
AND a.subject IN ($4, $5, $6, $7, $8, $9) AND a.stage IN ($12, $13) AND a.period_end = $14
UNION ALL
SELECT r.pupil_id, r.subject, r.kind, r.date, r.stage, r.source, r.seq, r.review, r.scale,
    r.grade, r.mark, r.withdrawn, r.recorded_at
FROM result AS r
WHERE r.school_id = $1
AND r.pupil_id IN (SELECT m.pupil_id FROM membership AS m
    WHERE m.school_id = $1 AND m.group_id = $2 AND m.from_date <= $3
    AND (m.to_date = 0 OR m.to_date >= $3))
AND r.subject IN ($4, $5, $6, $7, $8, $9) AND r.kind = $15 AND r.date >= $16
ORDER BY 7, 1, 2

-- name: marksheet_cell_history
-- Everything ever said in one cell, with who said it.
SELECT r.pupil_id, r.subject, r.date, r.stage, r.source, r.seq, r.review, r.scale, r.grade, r.mark,
    r.max_mark, r.withdrawn, r.import_id, r.recorded_at, i.recorded_by, i.kind
FROM result AS r
JOIN import AS i ON i.school_id = $1 AND i.import_id = r.import_id
WHERE r.school_id = $1 AND r.pupil_id = $2 AND r.subject = $3 AND r.kind = $4
ORDER BY r.seq

-- name: marksheet_latest_drop
-- The newest of a key is withdrawn: what stands in `latest` no longer holds.
DELETE FROM latest WHERE school_id = $1 AND kind = $2 AND stage = '' AND pupil_id = $3
AND subject = $4 AND source = ''

-- name: parked_entry_insert
INSERT INTO parked_entry (school_id, parked_id, marksheet_id, pupil_id, subject, typed, reason,
    recorded_by, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: parked_entry_list
-- Those that nobody has dealt with yet.
SELECT p.parked_id, p.marksheet_id, p.pupil_id, p.subject, p.typed, p.reason, p.recorded_by,
    p.recorded_at
FROM parked_entry AS p
WHERE p.school_id = $1 AND NOT EXISTS (SELECT 1 FROM parked_settled AS d
    WHERE d.school_id = $1 AND d.parked_id = p.parked_id)
ORDER BY p.parked_id

-- name: parked_settled_insert
INSERT INTO parked_settled (school_id, parked_id, recorded_by, recorded_at) VALUES ($1, $2, $3, $4)
