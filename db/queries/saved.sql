-- name: saved_report_insert
INSERT INTO saved_report (school_id, saved_no, seq, name, report, filters, shared, withdrawn,
    account_id, recorded_by, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: saved_report_list
-- Every row, in the order in which it was recorded.
SELECT saved_no, name, report, filters, shared, withdrawn, account_id, recorded_by, recorded_at
FROM saved_report WHERE school_id = $1 ORDER BY saved_no, seq

-- name: own_measure_insert
INSERT INTO own_measure (school_id, measure, seq, label, formula, years, ended, recorded_by,
    recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: own_measure_list
-- Every row, in the order in which it was recorded.
SELECT measure, label, formula, years, ended, recorded_by, recorded_at
FROM own_measure WHERE school_id = $1 ORDER BY measure, seq
