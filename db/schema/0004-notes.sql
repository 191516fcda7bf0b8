-- Notes on a pupil's record, and which parked entries have been dealt with.

-- What staff wrote about a pupil. A row with `withdrawn` takes the note of its number back and
-- says why; the words of the note stay on record. The chain of hashes (table link) covers what
-- an import or save wrote and not this table; its triggers keep it as it was written.
-- table: note kind=school key=school_id,pupil_id,note_no,seq append-only
CREATE TABLE note (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    note_no BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,             -- note, concern, contact, intervention
    body TEXT NOT NULL,             -- of a withdrawal: why
    withdrawn SMALLINT NOT NULL,
    account_id BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, note_no, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT
);

-- A parked entry that somebody has dealt with: it is not listed any more.
-- table: parked_settled kind=school key=school_id,parked_id append-only
CREATE TABLE parked_settled (
    school_id BIGINT NOT NULL,
    parked_id BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, parked_id),
    FOREIGN KEY (school_id, parked_id) REFERENCES parked_entry (school_id, parked_id) ON DELETE RESTRICT
);
