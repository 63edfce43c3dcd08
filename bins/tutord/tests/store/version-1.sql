-- A record as the first version left it, with one event.
PRAGMA application_id = 1230193989;
PRAGMA user_version = 1;

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

INSERT INTO device (one, id, created_at) VALUES (1, '0197f000-0000-7000-8000-000000000001', 1772463600000);
INSERT INTO events (id, device_id, created_at, conversation, turn, kind, body)
VALUES ('0197f000-0000-7000-8000-000000000002', '0197f000-0000-7000-8000-000000000001', 1772463600000, 'c', 1, 'heard', '{"text":"hello"}');
