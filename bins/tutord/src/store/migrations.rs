//! The database's form, version by version. A migration is written once and never changed, and uses no type of the
//! living program, so that it does in ten years what it did on its first day.

use rusqlite::Connection;

/// The newest version, kept in `PRAGMA user_version`.
pub const VERSION: i64 = 2;

/// "ISEE" in `PRAGMA application_id`: a database of this program.
pub const APPLICATION_ID: i64 = 0x4953_4545;

/// The migrations in their order: the first makes version 1 out of an empty file.
const MIGRATIONS: [&str; 2] = [VERSION_1, VERSION_2];

const VERSION_1: &str = "
CREATE TABLE device (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL CHECK (length(id) > 0),
    created_at INTEGER NOT NULL
) STRICT;

-- `seq` is the order of arrival in this file, by which projections catch up; `id` is the same on every device.
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (length(id) > 0),
    device_id TEXT NOT NULL CHECK (length(device_id) > 0),
    created_at INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    turn INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (length(kind) > 0),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX events_by_time ON events (created_at);
CREATE INDEX events_by_conversation ON events (conversation, seq);

-- A row here for the length of a transaction lets events be deleted: the one way to erase a child's record.
CREATE TABLE erasure (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    reason TEXT NOT NULL
) STRICT;

CREATE TRIGGER events_stay BEFORE DELETE ON events WHEN NOT EXISTS (SELECT 1 FROM erasure)
BEGIN SELECT RAISE(ABORT, 'events are append-only: they are deleted only by an erasure'); END;

CREATE TRIGGER events_do_not_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only: they are never changed'); END;

-- The same event again (a retry, a merge) is the same event; this also keeps INSERT OR REPLACE from replacing one.
CREATE TRIGGER events_come_once BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN SELECT RAISE(IGNORE); END;
";

/// Whose an event is. Those of the first version belong to nobody.
const VERSION_2: &str = "
ALTER TABLE events ADD COLUMN learner TEXT NOT NULL DEFAULT '';
CREATE INDEX events_by_learner ON events (learner, seq);

-- Learners that were erased, as a proof and so that nothing of them comes back: what is still on its way, or is merged
-- from elsewhere, is passed over.
CREATE TABLE erased (
    learner TEXT PRIMARY KEY CHECK (length(learner) > 0),
    events INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER events_of_the_erased_stay_away BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM erased WHERE learner = NEW.learner)
BEGIN SELECT RAISE(IGNORE); END;
";

/// Brings a database from version `from` to [`VERSION`], each step in a transaction of its own.
pub fn migrate(connection: &mut Connection, from: i64) -> rusqlite::Result<()> {
    for (step, sql) in (1_i64..).zip(MIGRATIONS) {
        if step <= from {
            continue;
        }
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        if step == 1 {
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.execute(
                "INSERT INTO device (one, id, created_at) VALUES (1, ?1, unixepoch('subsec') * 1000)",
                [uuid::Uuid::now_v7().hyphenated().to_string()],
            )?;
        }
        transaction.pragma_update(None, "user_version", step)?;
        transaction.commit()?;
    }
    Ok(())
}
