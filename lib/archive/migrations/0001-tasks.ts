import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE task (
    id INTEGER PRIMARY KEY, node_id INTEGER NOT NULL, label_id INTEGER NOT NULL, actor_id INTEGER NOT NULL,
    state INTEGER NOT NULL, result INTEGER NOT NULL, dur INTEGER, guest_id INTEGER, object TEXT, exit_id INTEGER,
    pid INTEGER NOT NULL, pstart INTEGER NOT NULL, upid TEXT, log_state INTEGER NOT NULL DEFAULT 0) STRICT`,
  'CREATE INDEX task_attn ON task (id, result, label_id, node_id, actor_id, exit_id, dur) WHERE result <> 1',
  'CREATE INDEX task_label ON task (label_id, id, actor_id, node_id, result)',
  'CREATE INDEX task_node ON task (node_id)',
  'CREATE INDEX task_actor ON task (actor_id)',
  'CREATE INDEX task_guest ON task (guest_id) WHERE guest_id IS NOT NULL',
  'CREATE INDEX task_long ON task (id, dur) WHERE dur >= 600',
  // Few rows at any time; the collector asks for them again and again.
  'CREATE INDEX task_open ON task (id, node_id, state) WHERE dur IS NULL',
  'CREATE INDEX task_no_log ON task (node_id, dur) WHERE log_state = 0 AND dur IS NOT NULL',
  `CREATE TABLE task_more (
    task_id INTEGER PRIMARY KEY, parent TEXT, run_id INTEGER, stop_asked INTEGER, stop_asked_by TEXT, pinned INTEGER)
    STRICT`,
  'CREATE INDEX task_parent ON task_more (parent) WHERE parent IS NOT NULL',
  'CREATE INDEX task_run ON task_more (run_id) WHERE run_id IS NOT NULL',
  `CREATE TABLE task_gone (
    id INTEGER PRIMARY KEY, node_id INTEGER NOT NULL, pid INTEGER NOT NULL, pstart INTEGER NOT NULL) STRICT`,
  'CREATE TABLE node (id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, name TEXT NOT NULL, listed_by TEXT NOT NULL) STRICT',
  'CREATE TABLE label (id INTEGER PRIMARY KEY, label TEXT NOT NULL) STRICT',
  'CREATE TABLE actor (id INTEGER PRIMARY KEY, user TEXT NOT NULL, realm TEXT NOT NULL, token TEXT) STRICT',
  `CREATE TABLE guest (
    id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, vmid INTEGER NOT NULL, type TEXT, name TEXT, tags TEXT NOT NULL,
    pool TEXT) STRICT`,
  'CREATE TABLE exit (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
  `CREATE TABLE gap (
    cluster TEXT NOT NULL, node TEXT NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL,
    PRIMARY KEY (cluster, node, from_s)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE session (
    id TEXT PRIMARY KEY, sealed BLOB NOT NULL, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL) STRICT`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
