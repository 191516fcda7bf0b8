-- name: verify_pupil_fact
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, attribute, pupil_id, from_date, seq, to_date, value, withdrawn, import_id, recorded_at
FROM pupil_fact WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_contact
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, pupil_id, place, seq, title, surname, forename, relationship, responsibility, phone, email,
    address, xml, withdrawn, import_id, recorded_at
FROM contact WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_ctf_part
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, pupil_id, path, seq, xml, withdrawn, import_id, recorded_at
FROM ctf_part WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_membership
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, group_id, pupil_id, from_date, seq, to_date, withdrawn, import_id, recorded_at
FROM membership WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_result
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, pupil_id, subject, kind, date, stage, source, seq, review, scale, grade, mark, max_mark,
    origin, withdrawn, import_id, recorded_at
FROM result WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_target
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, pupil_id, subject, date, stage, source, seq, review, scale, grade, mark, max_mark, origin,
    withdrawn, import_id, recorded_at
FROM target WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_prediction
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, pupil_id, subject, date, stage, source, seq, review, scale, grade, mark, max_mark, origin,
    withdrawn, import_id, recorded_at
FROM prediction WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_adjustment
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, pupil_id, subject, stage, period_end, seq, scale, grade, reason, withdrawn, import_id,
    recorded_at
FROM adjustment WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_school_tag
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, tag, from_date, seq, to_date, withdrawn, import_id, recorded_at
FROM school_tag WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_framework_file
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, name, seq, body, withdrawn, import_id, recorded_at
FROM framework_file WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_group_rule
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, group_id, from_date, seq, to_date, formula, withdrawn, import_id, recorded_at
FROM group_rule WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_intervention
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, group_id, from_date, seq, to_date, purpose, pence, staff, withdrawn, import_id, recorded_at
FROM intervention WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_template_file
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, name, seq, body, withdrawn, import_id, recorded_at
FROM template_file WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_template_accepted
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, template, label, seq, hash, withdrawn, import_id, recorded_at
FROM template_accepted WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_marksheet_template
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, marksheet_id, seq, template, import_id, recorded_at
FROM marksheet_template WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_aspect
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, code, seq, name, kind, scale, subject, lowest, highest, from_date, to_date, withdrawn,
    import_id, recorded_at
FROM aspect WHERE school_id = $1 ORDER BY import_id, seq

-- name: verify_aspect_value
-- Every row in the order of writing, the columns as its insert names them.
SELECT school_id, pupil_id, aspect, review, seq, date, value, withdrawn, import_id, recorded_at
FROM aspect_value WHERE school_id = $1 ORDER BY import_id, seq
