import { type Kysely, sql } from 'kysely';

// Texts are compared by their bytes, whatever the database's own collation; `fold` agrees with lib/domain/search/match.
const STATEMENTS = [
  `CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT replace(lower($1 COLLATE "und-x-icu"), 'ς', 'σ') COLLATE "C" $$`,
  `CREATE TABLE task (
    id bigint PRIMARY KEY, dur bigint, pid bigint NOT NULL, pstart bigint NOT NULL, node_id integer NOT NULL,
    label_id integer NOT NULL, actor_id integer NOT NULL, guest_id integer, exit_id integer, state smallint NOT NULL,
    result smallint NOT NULL, log_state smallint NOT NULL DEFAULT 0, object text COLLATE "C", upid text COLLATE "C")`,
  'CREATE INDEX task_attn ON task (id) WHERE result <> 1',
  'CREATE INDEX task_label ON task (label_id, id)',
  'CREATE INDEX task_node ON task (node_id, id)',
  'CREATE INDEX task_actor ON task (actor_id, id)',
  'CREATE INDEX task_guest ON task (guest_id, id) WHERE guest_id IS NOT NULL',
  'CREATE INDEX task_long ON task (id) WHERE dur >= 600',
  'CREATE INDEX task_open ON task (id) WHERE dur IS NULL',
  'CREATE INDEX task_no_log ON task (node_id) WHERE log_state = 0 AND dur IS NOT NULL',
  `CREATE TABLE task_more (
    task_id bigint PRIMARY KEY, run_id bigint, stop_asked bigint, pinned smallint, parent text COLLATE "C",
    stop_asked_by text)`,
  'CREATE INDEX task_parent ON task_more (parent) WHERE parent IS NOT NULL',
  'CREATE INDEX task_run ON task_more (run_id) WHERE run_id IS NOT NULL',
  'CREATE TABLE task_gone (id bigint PRIMARY KEY, pid bigint NOT NULL, pstart bigint NOT NULL, node_id integer NOT NULL)',
  // Ids are given by whoever holds the write lock; a second row for one thing would be a bug, and is refused.
  `CREATE TABLE node (
    id integer PRIMARY KEY, cluster text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
    listed_by text COLLATE "C" NOT NULL, UNIQUE (cluster, name, listed_by))`,
  'CREATE TABLE label (id integer PRIMARY KEY, label text COLLATE "C" NOT NULL UNIQUE)',
  `CREATE TABLE actor (
    id integer PRIMARY KEY, "user" text COLLATE "C" NOT NULL, realm text COLLATE "C" NOT NULL, token text COLLATE "C",
    UNIQUE NULLS NOT DISTINCT ("user", token))`,
  `CREATE TABLE guest (
    id integer PRIMARY KEY, vmid bigint NOT NULL, cluster text COLLATE "C" NOT NULL, type text,
    name text COLLATE "C", tags text NOT NULL, pool text COLLATE "C")`,
  // An exit status may be longer than an index entry can be.
  'CREATE TABLE exit (id integer PRIMARY KEY, text text COLLATE "C" NOT NULL)',
  `CREATE TABLE gap (
    cluster text COLLATE "C" NOT NULL, node text COLLATE "C" NOT NULL, from_s bigint NOT NULL, to_s bigint NOT NULL,
    PRIMARY KEY (cluster, node, from_s))`,
  `CREATE TABLE reading (
    cluster text COLLATE "C" NOT NULL, node text COLLATE "C" NOT NULL, at bigint NOT NULL, newest text NOT NULL,
    PRIMARY KEY (cluster, node))`,
  'CREATE TABLE session (id text PRIMARY KEY, sealed bytea NOT NULL, created_at bigint NOT NULL, seen_at bigint NOT NULL)',
  `CREATE TABLE bookmark (
    id text PRIMARY KEY, public smallint NOT NULL, cluster text COLLATE "C" NOT NULL, "user" text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL, search text NOT NULL, sort text NOT NULL, UNIQUE (cluster, "user", name))`,
  `CREATE TABLE stock_dropped (
    cluster text COLLATE "C", "user" text COLLATE "C", name text COLLATE "C", PRIMARY KEY (cluster, "user", name))`,
  // A search may be longer than an index entry can be.
  `CREATE TABLE search_history (
    at bigint NOT NULL, cluster text COLLATE "C" NOT NULL, "user" text COLLATE "C" NOT NULL,
    search text COLLATE "C" NOT NULL)`,
  'CREATE INDEX search_history_owner ON search_history (cluster, "user")',
  // What the last transactions did to what every instance holds in memory, in the order of their commits.
  'CREATE TABLE change (seq bigint PRIMARY KEY, body text NOT NULL)',
  // Who does what only one instance may do, and what that one tells the others.
  'CREATE TABLE lease (name text PRIMARY KEY, holder text NOT NULL, until timestamptz NOT NULL, note text)',
  ...logTables(),
];

/** Logs are partitioned by the month of the task's start, which is a range of ids, so that a month is dropped as a whole. */
function logTables(): string[] {
  return [
    `CREATE TABLE log (task_id bigint PRIMARY KEY, lines bigint NOT NULL, bytes bigint NOT NULL, sha256 text NOT NULL)
      PARTITION BY RANGE (task_id)`,
    `CREATE TABLE piece (
      task_id bigint, first_line bigint, byte_from bigint NOT NULL, chunk_id bigint, seq integer, bytes integer NOT NULL,
      at integer NOT NULL, mid smallint NOT NULL, PRIMARY KEY (task_id, first_line, seq)) PARTITION BY RANGE (task_id)`,
    'CREATE TABLE tail (task_id bigint, seq integer, bytes bytea NOT NULL, PRIMARY KEY (task_id, seq)) PARTITION BY RANGE (task_id)',
    // Ids are never used again, so that a piece can never point into another log's bytes.
    'CREATE SEQUENCE chunk_id',
    `CREATE TABLE chunk (
      month bigint, id bigint DEFAULT nextval('chunk_id'), zstd bytea NOT NULL, PRIMARY KEY (month, id))
      PARTITION BY RANGE (month)`,
    'ALTER TABLE chunk ALTER zstd SET STORAGE EXTERNAL',
  ];
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
