-- Marksheets: where a group's judgements for a review are entered, and what could not be saved.

-- A group, one or more subjects and a review. What is entered are results of that review.
-- table: marksheet kind=school key=school_id,marksheet_id
CREATE TABLE marksheet (
    school_id BIGINT NOT NULL,
    marksheet_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    group_id BIGINT NOT NULL,
    subjects TEXT NOT NULL,         -- codes joined by commas, one column each
    review_id BIGINT NOT NULL,
    PRIMARY KEY (school_id, marksheet_id),
    UNIQUE (school_id, group_id, subjects, review_id),
    FOREIGN KEY (school_id, group_id) REFERENCES pupil_group (school_id, group_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, review_id) REFERENCES review (school_id, review_id) ON DELETE RESTRICT
);

-- What somebody typed into a cell that could not be saved any more (the review was closed, the
-- pupil had left, the role had ended): kept for the data manager.
-- table: parked_entry kind=school key=school_id,parked_id append-only
CREATE TABLE parked_entry (
    school_id BIGINT NOT NULL,
    parked_id BIGINT NOT NULL,
    marksheet_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    typed TEXT NOT NULL,
    reason TEXT NOT NULL,           -- a sentence
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, parked_id),
    FOREIGN KEY (school_id, marksheet_id) REFERENCES marksheet (school_id, marksheet_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT
);
