import type { Kysely } from 'kysely';
import type { Guest, GuestType } from '@/lib/domain/guest';
import { type DescriptionParts, descriptionParts, familyOf } from '@/lib/domain/task-type';
import { joinActor, realmOf } from '@/lib/domain/upid';
import type { Dialect } from './dialect';
import { Dictionary, Draft, type Entry, type NewRow } from './dictionary';
import type { SqlRow, Statement } from './engine';
import type { ArchiveSchema } from './schema';

export type NodeEntry = { cluster: string; name: string; listedBy: string };
export type LabelEntry = { label: string; family: string; description: DescriptionParts };
/** `text` is the last field of the UPID. */
export type ActorEntry = { user: string; realm: string; token: string | null; text: string };
export type GuestEntry = Guest & { cluster: string };
export type ExitEntry = { text: string };

const key = (...parts: readonly (string | number | null)[]): string =>
  parts.map((part) => (part === null ? '-' : `+${part}`)).join('\0');

export const labelEntry = (label: string): LabelEntry => ({
  label,
  family: familyOf(label),
  description: descriptionParts(label),
});

export const actorEntry = (user: string, token: string | null): ActorEntry => ({
  user,
  realm: realmOf(user),
  token,
  text: joinActor(user, token),
});

export const DICTIONARIES = ['node', 'label', 'actor', 'guest', 'exit'] as const;

/** The new entries of one transaction, by dictionary. */
export type NewEntries = Partial<Record<(typeof DICTIONARIES)[number], readonly NewRow[]>>;

/** Every dictionary of the archive, kept in memory for as long as it is open. */
export class Dictionaries {
  readonly node = new Dictionary<NodeEntry>({
    table: 'node',
    columns: ['cluster', 'name', 'listed_by'],
    key: (node) => key(node.cluster, node.name, node.listedBy),
    row: (node) => [node.cluster, node.name, node.listedBy],
    read: (row) => ({ cluster: String(row.cluster), name: String(row.name), listedBy: String(row.listed_by) }),
  });
  readonly label = new Dictionary<LabelEntry>({
    table: 'label',
    columns: ['label'],
    key: (label) => label.label,
    row: (label) => [label.label],
    read: (row) => labelEntry(String(row.label)),
  });
  readonly actor = new Dictionary<ActorEntry>({
    table: 'actor',
    columns: ['user', 'realm', 'token'],
    key: (actor) => key(actor.user, actor.token),
    row: (actor) => [actor.user, actor.realm, actor.token],
    read: (row) => actorEntry(String(row.user), textOf(row.token)),
  });
  readonly guest = new Dictionary<GuestEntry>({
    table: 'guest',
    columns: ['cluster', 'vmid', 'type', 'name', 'tags', 'pool'],
    key: (guest) => key(guest.cluster, guest.vmid, guest.type, guest.name, JSON.stringify(guest.tags), guest.pool),
    row: (guest) => [guest.cluster, guest.vmid, guest.type, guest.name, JSON.stringify(guest.tags), guest.pool],
    read: (row) => ({
      cluster: String(row.cluster),
      vmid: Number(row.vmid),
      type: textOf(row.type) as GuestType | null, // written by us, from a value of that type
      name: textOf(row.name),
      tags: JSON.parse(String(row.tags)),
      pool: textOf(row.pool),
    }),
  });
  readonly exit = new Dictionary<ExitEntry>({
    table: 'exit',
    columns: ['text'],
    key: (exit) => exit.text,
    row: (exit) => [exit.text],
    read: (row) => ({ text: String(row.text) }),
  });

  async load(db: Kysely<ArchiveSchema>): Promise<void> {
    for (const name of DICTIONARIES) {
      // Rows of plain SQL values.
      this[name].load((await db.selectFrom(name).selectAll().orderBy('id').execute()) as SqlRow[]);
    }
  }

  take(entries: NewEntries): void {
    for (const name of DICTIONARIES) this[name].take(entries[name] ?? []);
  }

  draft(): DictionariesDraft {
    return new DictionariesDraft(this);
  }
}

const textOf = (value: SqlRow[string] | undefined): string | null => (typeof value === 'string' ? value : null);

/** The new entries that one transaction brings. */
class DictionariesDraft {
  readonly node: Draft<NodeEntry>;
  readonly label: Draft<LabelEntry>;
  readonly actor: Draft<ActorEntry>;
  readonly guest: Draft<GuestEntry>;
  readonly exit: Draft<ExitEntry>;
  readonly #base: Dictionaries;

  constructor(base: Dictionaries) {
    this.#base = base;
    this.node = new Draft(base.node);
    this.label = new Draft(base.label);
    this.actor = new Draft(base.actor);
    this.guest = new Draft(base.guest);
    this.exit = new Draft(base.exit);
  }

  entries(): NewEntries {
    const added = DICTIONARIES.map((name) => [name, this[name].rows()] as const);
    return Object.fromEntries(added.filter(([, rows]) => rows.length > 0));
  }

  statements(dialect: Dialect): Statement[] {
    return DICTIONARIES.flatMap((name) => {
      const { table, columns } = this.#base[name].shape;
      return dialect.insertRows(table, ['id', ...columns], this[name].rows());
    });
  }
}

/** A guest of which nothing is known but its number. */
export const isUnknownGuest = (guest: Entry<GuestEntry> | undefined): boolean =>
  guest !== undefined && guest.type === null && guest.name === null;
