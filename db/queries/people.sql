-- name: account_next
SELECT coalesce(max(account_id), 0) + 1 FROM account ORDER BY 1

-- name: account_insert
INSERT INTO account (account_id, username, name, email, school_id, password, must_change, disabled,
    totp_secret, totp_step, created_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', 0, $8, $8)

-- name: account_by_name
SELECT account_id, username, name, email, school_id, password, must_change, disabled, totp_secret,
    totp_step, created_at
FROM account WHERE username = $1 ORDER BY account_id

-- name: account_by_id
SELECT account_id, username, name, email, school_id, password, must_change, disabled, totp_secret,
    totp_step, created_at
FROM account WHERE account_id = $1

-- name: account_list
SELECT account_id, username, name, email, school_id, '', must_change, disabled, '', 0, created_at
FROM account ORDER BY username

-- name: account_password
UPDATE account SET password = $2, must_change = $3, changed_at = $4 WHERE account_id = $1

-- name: account_disable
UPDATE account SET disabled = $2 WHERE account_id = $1

-- name: account_totp
UPDATE account SET totp_secret = $2, totp_step = $3, changed_at = $4 WHERE account_id = $1

-- name: account_totp_used
-- One code counts once, also when two requests bring it at the same time.
UPDATE account SET totp_step = $2 WHERE account_id = $1 AND totp_step < $2 RETURNING totp_step

-- name: session_insert
INSERT INTO session (token_hash, account_id, school_id, started, last_seen, proved, idle, from_where)
VALUES ($1, $2, $3, $4, $4, $4, $5, $6)

-- name: session_get
SELECT s.account_id, s.school_id, s.started, s.last_seen, s.proved, s.idle, s.from_where,
    a.username, a.name, a.must_change, a.disabled, a.totp_secret
FROM session AS s JOIN account AS a ON a.account_id = s.account_id
WHERE s.token_hash = $1 ORDER BY s.account_id

-- name: session_list
SELECT token_hash, started, last_seen, idle, from_where FROM session
WHERE account_id = $1 ORDER BY started, token_hash

-- name: session_touch
UPDATE session SET last_seen = $2 WHERE token_hash = $1 AND last_seen < $2

-- name: session_proved
UPDATE session SET proved = $2 WHERE token_hash = $1

-- name: session_school
UPDATE session SET school_id = $2 WHERE token_hash = $1

-- name: session_end
DELETE FROM session WHERE token_hash = $1

-- name: session_end_all
-- All of an account's but one.
DELETE FROM session WHERE account_id = $1 AND token_hash <> $2

-- name: session_sweep
-- Those idle or absolutely out of time.
DELETE FROM session WHERE started <= $1 - $2 OR last_seen <= $1 - idle

-- name: throttle_get
SELECT n, last, until, good FROM throttle WHERE key = $1

-- name: throttle_put
INSERT INTO throttle (key, n, last, until, good) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (key) DO UPDATE SET n = excluded.n, last = excluded.last, until = excluded.until,
    good = excluded.good

-- name: throttle_sweep
-- What has not been tried for so long says nothing any more.
DELETE FROM throttle WHERE last <= $1 AND good <= $1

-- name: grant_next
SELECT coalesce(max(grant_id), 0) + 1 FROM grant_role WHERE school_id = $1 ORDER BY 1

-- name: grant_insert
INSERT INTO grant_role (school_id, grant_id, account_id, role, scope, value, pupil_id, extras, note,
    from_date, to_date, granted_by, granted_at, ended_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '')

-- name: grant_list
-- Every grant of the school, ended or not.
SELECT grant_id, account_id, role, scope, value, pupil_id, extras, note, from_date, to_date,
    granted_by, granted_at, ended_by
FROM grant_role WHERE school_id = $1 ORDER BY account_id, grant_id

-- name: grant_of_account
-- Those that stand on day $3, each with the subjects of the groups that bear its value's name.
SELECT g.grant_id, g.role, g.scope, g.value, g.pupil_id, g.extras, g.from_date, g.to_date,
    coalesce(p.subject, '')
FROM grant_role AS g
LEFT JOIN pupil_group AS p ON p.school_id = $1 AND p.school_id = g.school_id
    AND g.scope = 'group' AND p.name = g.value
WHERE g.school_id = $1 AND g.account_id = $2 AND g.from_date <= $3
    AND (g.to_date = 0 OR g.to_date >= $3)
ORDER BY g.grant_id, p.subject

-- name: grant_schools
-- schools: all
-- Where an account holds a role on day $2.
SELECT DISTINCT school_id FROM grant_role
WHERE account_id = $1 AND from_date <= $2 AND (to_date = 0 OR to_date >= $2) ORDER BY school_id

-- name: grant_end
-- $4 is the last day it holds; one that would end before it began ends the day before.
UPDATE grant_role SET to_date = $4, ended_by = $5
WHERE school_id = $1 AND account_id = $2 AND grant_id = $3 AND (to_date = 0 OR to_date > $4)

-- name: audit_last
SELECT seq, hash FROM audit WHERE school_id = $1 ORDER BY seq DESC LIMIT 1

-- name: audit_insert
INSERT INTO audit (school_id, seq, recorded_at, account_id, who, action, pupil_id, pupils, what,
    reason, from_where, result, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

-- name: audit_list
-- Between two times, newest first; pupil 0, account 0 and action '' ask for all. $5 is the
-- pupil as a list holds it.
SELECT seq, recorded_at, account_id, who, action, pupil_id, pupils, what, reason, from_where,
    result, hash
FROM audit
WHERE school_id = $1 AND recorded_at >= $2 AND recorded_at < $3
    AND ($4 = 0 OR pupil_id = $4 OR pupils LIKE $5)
    AND ($6 = 0 OR account_id = $6) AND ($7 = '' OR action = $7)
ORDER BY seq DESC LIMIT $8

-- name: audit_chain
SELECT seq, recorded_at, account_id, who, action, pupil_id, pupils, what, reason, from_where,
    result, hash
FROM audit WHERE school_id = $1 ORDER BY seq
