import type { ClusterCollector } from './cluster-collector';
import type { ClusterFacts } from './facts';
import type { LeasedWork } from './lease';

/** What the instance that collects a cluster tells the others. */
type Told = { facts: ClusterFacts; aclPaths: readonly string[] | null };

/**
 * One cluster as this instance knows it: from its own collector while it collects, else from what the instance that does
 * tells. Each tenure has a collector of its own, which knows nothing of what others did in between.
 */
export class LeasedCluster implements LeasedWork {
  readonly name: string;
  readonly #make: () => ClusterCollector;
  readonly #onFacts: () => void;
  #own: ClusterCollector;
  #collects = false;
  #told: Told | undefined;

  constructor(id: string, make: () => ClusterCollector, onFacts: () => void) {
    this.name = `cluster ${id}`;
    this.#make = make;
    this.#onFacts = onFacts;
    this.#own = make();
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#collects = true;
    try {
      await this.#own.run(signal);
    } finally {
      this.#collects = false;
      this.#own = this.#make();
    }
  }

  facts(): ClusterFacts {
    const own = this.#own.facts();
    // Until a new collector has heard of the cluster, what the last one told is nearer to the truth.
    return this.#told && (!this.#collects || own.state === 'starting') ? this.#told.facts : own;
  }

  aclPaths(): ReadonlySet<string> | null {
    const own = this.#own.aclPaths;
    if (own || (this.#collects && this.#own.facts().version !== null)) return own; // it has looked by itself
    return this.#told?.aclPaths ? new Set(this.#told.aclPaths) : null;
  }

  note(): string {
    const paths = this.aclPaths();
    const told: Told = { facts: this.facts(), aclPaths: paths && [...paths] };
    return JSON.stringify(told);
  }

  onNote(note: string): void {
    this.#told = JSON.parse(note) as Told; // written by `note`
    this.#onFacts();
  }
}
