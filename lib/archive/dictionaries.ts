import type { Kysely } from 'kysely';
import type { Guest, GuestType } from '@/lib/domain/guest';
import { type DescriptionParts, descriptionParts, familyOf } from '@/lib/domain/task-type';
import { joinActor, realmOf } from '@/lib/domain/upid';
import { Dictionary, Draft, type Entry } from './dictionary';
import type { ArchiveSchema } from './schema';
import type { SqlRow, Statement } from './sqlite/protocol';

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

/** Every dictionary of the archive, kept in memory for as long as it is open: this process is the only one that writes. */
export class Dictionaries {
  readonly node = new Dictionary<NodeEntry>({
    table: 'node',
    columns: ['cluster', 'name', 'listed_by'],
    key: (node) => key(node.cluster, node.name, node.listedBy),
    row: (node) => [node.cluster, node.name, node.listedBy],
  });
  readonly label = new Dictionary<LabelEntry>({
    table: 'label',
    columns: ['label'],
    key: (label) => label.label,
    row: (label) => [label.label],
  });
  readonly actor = new Dictionary<ActorEntry>({
    table: 'actor',
    columns: ['user', 'realm', 'token'],
    key: (actor) => key(actor.user, actor.token),
    row: (actor) => [actor.user, actor.realm, actor.token],
  });
  readonly guest = new Dictionary<GuestEntry>({
    table: 'guest',
    columns: ['cluster', 'vmid', 'type', 'name', 'tags', 'pool'],
    key: (guest) => key(guest.cluster, guest.vmid, guest.type, guest.name, JSON.stringify(guest.tags), guest.pool),
    row: (guest) => [guest.cluster, guest.vmid, guest.type, guest.name, JSON.stringify(guest.tags), guest.pool],
  });
  readonly exit = new Dictionary<ExitEntry>({
    table: 'exit',
    columns: ['text'],
    key: (exit) => exit.text,
    row: (exit) => [exit.text],
  });

  /** Grows with every entry, so that what was worked out from the dictionaries can be told stale. */
  get version(): number {
    return this.node.lastId + this.label.lastId + this.actor.lastId + this.guest.lastId + this.exit.lastId;
  }

  async load(db: Kysely<ArchiveSchema>): Promise<void> {
    const all = async (table: 'node' | 'label' | 'actor' | 'guest' | 'exit'): Promise<SqlRow[]> =>
      (await db.selectFrom(table).selectAll().orderBy('id').execute()) as SqlRow[]; // rows of plain SQL values
    this.node.load(await all('node'), (row) => ({
      cluster: String(row.cluster),
      name: String(row.name),
      listedBy: String(row.listed_by),
    }));
    this.label.load(await all('label'), (row) => labelEntry(String(row.label)));
    this.actor.load(await all('actor'), (row) => actorEntry(String(row.user), textOf(row.token)));
    this.guest.load(await all('guest'), (row) => ({
      cluster: String(row.cluster),
      vmid: Number(row.vmid),
      type: textOf(row.type) as GuestType | null, // written by us, from a value of that type
      name: textOf(row.name),
      tags: JSON.parse(String(row.tags)),
      pool: textOf(row.pool),
    }));
    this.exit.load(await all('exit'), (row) => ({ text: String(row.text) }));
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

  constructor(base: Dictionaries) {
    this.node = new Draft(base.node);
    this.label = new Draft(base.label);
    this.actor = new Draft(base.actor);
    this.guest = new Draft(base.guest);
    this.exit = new Draft(base.exit);
  }

  statements(): Statement[] {
    return this.#all().flatMap((draft) => draft.statements());
  }

  publish(): void {
    for (const draft of this.#all()) draft.publish();
  }

  #all(): { statements(): Statement[]; publish(): void }[] {
    return [this.node, this.label, this.actor, this.guest, this.exit];
  }
}

/** A guest of which nothing is known but its number. */
export const isUnknownGuest = (guest: Entry<GuestEntry> | undefined): boolean =>
  guest !== undefined && guest.type === null && guest.name === null;
