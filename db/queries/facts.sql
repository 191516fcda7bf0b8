-- name: result_insert
INSERT INTO result (school_id, pupil_id, subject, kind, date, stage, source, seq, review, scale,
    grade, mark, max_mark, origin, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)

-- name: target_insert
INSERT INTO target (school_id, pupil_id, subject, date, stage, source, seq, review, scale, grade,
    mark, max_mark, origin, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: prediction_insert
INSERT INTO prediction (school_id, pupil_id, subject, date, stage, source, seq, review, scale, grade,
    mark, max_mark, origin, withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: result_history
-- Every row up to a day and a moment of recording; $3 a pupil or 0, $4 a subject or ''.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, mark, max_mark,
    origin, withdrawn, import_id, recorded_at
FROM result WHERE school_id = $1 AND kind = $2 AND (pupil_id = $3 OR $3 = 0)
AND (subject = $4 OR $4 = '') AND date <= $5 AND recorded_at <= $6
ORDER BY pupil_id, subject, date DESC, seq DESC

-- name: result_of_pupil
-- The same for one pupil: a walk down the front of the key.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM result WHERE school_id = $1 AND kind = $2 AND pupil_id = $3
AND (subject = $4 OR $4 = '') AND date <= $5 AND recorded_at <= $6
ORDER BY pupil_id, subject, date DESC, seq DESC

-- name: result_of_pupil_subject
-- The same for one pupil and one subject: a short walk down the key.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, mark, max_mark,
    origin, withdrawn, import_id, recorded_at
FROM result WHERE school_id = $1 AND kind = $2 AND pupil_id = $3 AND subject = $4 AND date <= $5
AND recorded_at <= $6
ORDER BY date DESC, seq DESC

-- name: result_of_subject
-- The same for everybody in one subject: a short walk down the key for each pupil.
SELECT r.pupil_id, r.subject, r.kind, r.date, r.stage, r.source, r.seq, r.review, r.scale, r.grade,
    r.mark, r.max_mark, r.origin, r.withdrawn, r.import_id, r.recorded_at
FROM pupil AS p CROSS JOIN result AS r
WHERE p.school_id = $1 AND r.school_id = $1 AND r.pupil_id = p.pupil_id AND r.kind = $2
AND (r.pupil_id = $3 OR $3 = 0) AND r.subject = $4 AND r.date <= $5 AND r.recorded_at <= $6
ORDER BY r.pupil_id, r.subject, r.date DESC, r.seq DESC

-- name: result_since
-- The same between two days, of everybody.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, mark, max_mark,
    origin, withdrawn, import_id, recorded_at
FROM result WHERE school_id = $1 AND kind = $2 AND date >= $3 AND date <= $4 AND recorded_at <= $5
ORDER BY pupil_id, subject, date DESC, seq DESC

-- name: result_of_stage
-- Final results of one stage between two days: `latest` says whose there are, the key finds them;
-- CROSS keeps that order.
SELECT r.pupil_id, r.subject, r.kind, r.date, r.stage, r.source, r.seq, r.review, r.scale, r.grade,
    r.mark, r.max_mark, r.origin, r.withdrawn, r.import_id, r.recorded_at
FROM latest AS l CROSS JOIN result AS r
WHERE l.school_id = $1 AND l.kind = 'result' AND l.stage = $2 AND r.school_id = $1
AND r.pupil_id = l.pupil_id AND r.subject = l.subject AND r.kind = 'result' AND r.stage = $2
AND r.source = l.source AND r.date >= $3 AND r.date <= $4
ORDER BY l.pupil_id, l.subject, r.date DESC, r.seq DESC

-- name: result_lines
-- What was judged, tested and won over time, in the order of the key: of a pupil and subject,
-- kind by kind, day by day.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, withdrawn
FROM result WHERE school_id = $1 AND date <= $2 AND recorded_at <= $3
ORDER BY pupil_id, subject, kind, date, stage, source, seq

-- name: result_lines_in
-- The same in up to eight subjects.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, withdrawn
FROM result WHERE school_id = $1 AND date <= $2 AND recorded_at <= $3
AND subject IN ($4, $5, $6, $7, $8, $9, $10, $11)
ORDER BY pupil_id, subject, kind, date, stage, source, seq

-- name: result_line
-- The same of one pupil in one subject: a short walk down the key.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, withdrawn
FROM result WHERE school_id = $1 AND date <= $2 AND recorded_at <= $3 AND subject = $4
AND pupil_id = $5
ORDER BY pupil_id, subject, kind, date, stage, source, seq

-- name: result_current
-- The last recorded row of one key.
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, mark, max_mark,
    origin, withdrawn, import_id, recorded_at
FROM result WHERE school_id = $1 AND kind = $2 AND pupil_id = $3 AND subject = $4 AND date = $5
AND stage = $6 AND source = $7
ORDER BY seq DESC LIMIT 1

-- name: result_of_import
SELECT pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, mark, max_mark,
    origin, withdrawn, import_id, recorded_at
FROM result WHERE school_id = $1 AND kind = $2 AND import_id = $3 ORDER BY seq

-- name: result_any
SELECT 1 FROM result WHERE school_id = $1 AND kind = $2 ORDER BY 1 LIMIT 1

-- name: target_history
-- Every row up to a day and a moment of recording; $3 a pupil or 0, $4 a subject or ''.
SELECT pupil_id, subject, 'target', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM target WHERE school_id = $1 AND $2 = 'target' AND (pupil_id = $3 OR $3 = 0)
AND (subject = $4 OR $4 = '') AND date <= $5 AND recorded_at <= $6
ORDER BY pupil_id, subject, date DESC, seq DESC

-- name: target_of_pupil
-- The same for one pupil: a walk down the front of the key.
SELECT pupil_id, subject, 'target', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM target WHERE school_id = $1 AND $2 = 'target' AND pupil_id = $3
AND (subject = $4 OR $4 = '') AND date <= $5 AND recorded_at <= $6
ORDER BY pupil_id, subject, date DESC, seq DESC

-- name: target_of_pupil_subject
-- The same for one pupil and one subject: a short walk down the key.
SELECT pupil_id, subject, 'target', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM target WHERE school_id = $1 AND $2 = 'target' AND pupil_id = $3 AND subject = $4 AND date <= $5
AND recorded_at <= $6
ORDER BY date DESC, seq DESC

-- name: target_current
-- The last recorded row of one key.
SELECT pupil_id, subject, 'target', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM target WHERE school_id = $1 AND $2 = 'target' AND pupil_id = $3 AND subject = $4 AND date = $5
AND stage = $6 AND source = $7
ORDER BY seq DESC LIMIT 1

-- name: target_of_import
SELECT pupil_id, subject, 'target', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM target WHERE school_id = $1 AND $2 = 'target' AND import_id = $3 ORDER BY seq

-- name: target_any
SELECT 1 FROM target WHERE school_id = $1 AND $2 = 'target' ORDER BY 1 LIMIT 1

-- name: prediction_history
-- Every row up to a day and a moment of recording; $3 a pupil or 0, $4 a subject or ''.
SELECT pupil_id, subject, 'prediction', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM prediction WHERE school_id = $1 AND $2 = 'prediction' AND (pupil_id = $3 OR $3 = 0)
AND (subject = $4 OR $4 = '') AND date <= $5 AND recorded_at <= $6
ORDER BY pupil_id, subject, date DESC, seq DESC

-- name: prediction_of_pupil
-- The same for one pupil: a walk down the front of the key.
SELECT pupil_id, subject, 'prediction', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM prediction WHERE school_id = $1 AND $2 = 'prediction' AND pupil_id = $3
AND (subject = $4 OR $4 = '') AND date <= $5 AND recorded_at <= $6
ORDER BY pupil_id, subject, date DESC, seq DESC

-- name: prediction_of_pupil_subject
-- The same for one pupil and one subject: a short walk down the key.
SELECT pupil_id, subject, 'prediction', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM prediction WHERE school_id = $1 AND $2 = 'prediction' AND pupil_id = $3 AND subject = $4 AND date <= $5
AND recorded_at <= $6
ORDER BY date DESC, seq DESC

-- name: prediction_current
-- The last recorded row of one key.
SELECT pupil_id, subject, 'prediction', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM prediction WHERE school_id = $1 AND $2 = 'prediction' AND pupil_id = $3 AND subject = $4 AND date = $5
AND stage = $6 AND source = $7
ORDER BY seq DESC LIMIT 1

-- name: prediction_of_import
SELECT pupil_id, subject, 'prediction', date, stage, source, seq, review, scale, grade, mark,
    max_mark, origin, withdrawn, import_id, recorded_at
FROM prediction WHERE school_id = $1 AND $2 = 'prediction' AND import_id = $3 ORDER BY seq

-- name: prediction_any
SELECT 1 FROM prediction WHERE school_id = $1 AND $2 = 'prediction' ORDER BY 1 LIMIT 1

-- name: adjustment_insert
INSERT INTO adjustment (school_id, pupil_id, subject, stage, period_end, seq, scale, grade, reason,
    withdrawn, import_id, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)

-- name: adjustment_list
SELECT pupil_id, subject, stage, period_end, seq, scale, grade, reason, withdrawn, import_id,
    recorded_at
FROM adjustment WHERE school_id = $1 AND recorded_at <= $2
ORDER BY pupil_id, subject, stage, period_end, seq

-- name: latest_list
SELECT kind, stage, pupil_id, subject, date, source, seq, scale, grade FROM latest
WHERE school_id = $1 AND kind = $2 AND stage = $3 AND (subject = $4 OR $4 = '')
ORDER BY pupil_id, subject, source

-- name: latest_all
SELECT kind, stage, pupil_id, subject, date, source, seq, scale, grade FROM latest
WHERE school_id = $1
ORDER BY kind, stage, pupil_id, subject, source

-- name: latest_put
-- Guarded: an older statement never replaces a newer one.
INSERT INTO latest (school_id, kind, stage, pupil_id, subject, source, date, seq, scale, grade)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (school_id, kind, stage, pupil_id, subject, source) DO UPDATE
SET date = excluded.date, seq = excluded.seq, scale = excluded.scale, grade = excluded.grade
WHERE (latest.date, latest.seq) < (excluded.date, excluded.seq)

-- name: latest_clear
DELETE FROM latest WHERE school_id = $1
