-- People: accounts, sessions, grants, and the audit.
-- Accounts and sessions belong to the server, not to a school: one person may work in two
-- schools. Times are UTC texts, except where a time-out is reckoned: seconds since 1970.
-- A school's tables hold account numbers without a foreign key, because accounts live
-- elsewhere; a grant or audit row with school 0 is the authority's or the server's own.

-- Who may sign in. Never removed: the audit speaks of it.
-- table: account kind=node key=account_id
CREATE TABLE account (
    account_id BIGINT NOT NULL,
    username TEXT NOT NULL,         -- lower case
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    school_id BIGINT NOT NULL,      -- the school it was made for; 0 the authority
    password TEXT NOT NULL,         -- argon2id with its parameters and salt; '' none
    must_change SMALLINT NOT NULL,  -- 1: the password was given out and is used once
    disabled SMALLINT NOT NULL,
    totp_secret TEXT NOT NULL,      -- base32, or '': no second factor
    totp_step BIGINT NOT NULL,      -- the last code used, so that none counts twice
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,       -- password or second factor
    PRIMARY KEY (account_id),
    UNIQUE (username)
);

-- Who is signed in. Only the token's hash is kept.
-- table: session kind=node key=token_hash
CREATE TABLE session (
    token_hash TEXT NOT NULL,
    account_id BIGINT NOT NULL,
    school_id BIGINT NOT NULL,      -- the school worked in
    started BIGINT NOT NULL,        -- seconds
    last_seen BIGINT NOT NULL,
    proved BIGINT NOT NULL,         -- when the password was last given
    idle BIGINT NOT NULL,           -- seconds without a request after which it ends
    from_where TEXT NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (account_id) REFERENCES account (account_id) ON DELETE RESTRICT
);
CREATE INDEX session_of_account ON session (account_id);

-- Failed sign-ins, by hash of what was tried, so that a password typed for a name is not kept.
-- table: throttle kind=node key=key
CREATE TABLE throttle (
    key TEXT NOT NULL,
    n BIGINT NOT NULL,              -- failures since the last success or pause
    last BIGINT NOT NULL,           -- seconds
    until BIGINT NOT NULL,          -- refused before this
    good BIGINT NOT NULL,           -- last success, 0 never
    PRIMARY KEY (key)
);

-- Roles with their scope and dates. A row changes only by ending.
-- table: grant_role kind=school key=school_id,grant_id
CREATE TABLE grant_role (
    school_id BIGINT NOT NULL,
    grant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    scope TEXT NOT NULL,            -- school, group, registration, year, subject, sen, pupil ...
    value TEXT NOT NULL,            -- the group's name, the year, the subject; or ''
    pupil_id BIGINT NOT NULL,       -- of a parent or pupil, else 0
    extras BIGINT NOT NULL,         -- bits: school/access.h
    note TEXT NOT NULL,             -- evidence of a restriction, purpose of an agreement
    from_date BIGINT NOT NULL,
    to_date BIGINT NOT NULL,        -- last day, or 0: open
    granted_by TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    ended_by TEXT NOT NULL,         -- '' while it stands
    PRIMARY KEY (school_id, grant_id)
);
CREATE INDEX grant_role_of_account ON grant_role (school_id, account_id);

-- Who did and saw what. Each row carries the hash of the row before it.
-- table: audit kind=school key=school_id,seq append-only
CREATE TABLE audit (
    school_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    account_id BIGINT NOT NULL,     -- 0: the command line, or nobody known
    who TEXT NOT NULL,              -- the user name
    action TEXT NOT NULL,           -- view, export, sign-in, grant ...
    pupil_id BIGINT NOT NULL,       -- 0: several or none
    pupils TEXT NOT NULL,           -- of a sheet: ',12,13,15,'
    what TEXT NOT NULL,             -- ids and kinds, never names, marks or secrets
    reason TEXT NOT NULL,           -- why it was allowed, or the reason given
    from_where TEXT NOT NULL,
    result TEXT NOT NULL,           -- done, refused, failed
    hash TEXT NOT NULL,
    PRIMARY KEY (school_id, seq)
);
CREATE INDEX audit_of_pupil ON audit (school_id, pupil_id, seq);
