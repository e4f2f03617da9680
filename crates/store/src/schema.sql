-- The learner's data. The journal's events are the truth: events are added and never changed.
-- Everything else that the program knows is derived from them.

CREATE TABLE journal (
    seq    INTEGER PRIMARY KEY,          -- the order of recording on this device
    id     BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- UUID
    at     INTEGER NOT NULL,             -- nanoseconds since 1970, UTC
    offset INTEGER NOT NULL,             -- of the local time, seconds east of UTC
    device TEXT NOT NULL,
    kind   TEXT NOT NULL,
    batch  INTEGER NOT NULL,             -- events of one deed, undone together: the seq of the first
    body   TEXT,                         -- JSON: keys of other kinds, and keys unknown to this version
    sum    INTEGER                       -- CRC-32 of the canonical form, seq and batch
) STRICT;

-- The answers, in columns: there may be a million of them.
CREATE TABLE answers (
    seq      INTEGER PRIMARY KEY REFERENCES journal (seq),
    question TEXT NOT NULL,
    revision TEXT,
    form     TEXT,
    guess    REAL NOT NULL CHECK (guess >= 0 AND guess < 1),
    correct  INTEGER NOT NULL CHECK (correct IN (0, 1)),
    given    TEXT NOT NULL,              -- JSON
    hint     INTEGER NOT NULL CHECK (hint IN (0, 1)),
    cram     INTEGER NOT NULL CHECK (cram IN (0, 1)),
    took_ms  INTEGER,
    sitting  TEXT
) STRICT;

-- Values of this store that do not travel with the journal.
CREATE TABLE store (
    key   TEXT PRIMARY KEY,              -- 'device', 'edition', 'schema'
    value TEXT NOT NULL,
    sum   INTEGER                        -- CRC-32 of KEY=VALUE
) STRICT, WITHOUT ROWID;

-- Finds the few events that are not answers among a million that are.
CREATE INDEX deeds ON journal (seq) WHERE kind <> 'answered';
