import type { DayPlan } from './day.ts';

export type Scenario = {
  about: string;
  day: Omit<DayPlan, 'longLog'> | null;
  /** New tasks per minute and cluster. */
  rate: number;
  /** Whether long tasks run from the first second on. */
  inProgress: boolean;
};

export const SCENARIOS = {
  'busy-day': {
    about: 'a day of everything, going on',
    day: { tasksPerNode: 420, backupHours: [2, 13] },
    rate: 6,
    inProgress: true,
  },
  quiet: {
    about: 'a small day, hardly anything new',
    day: { tasksPerNode: 40, backupHours: [2] },
    rate: 0.5,
    inProgress: false,
  },
  'backup-night': {
    about: 'backups of every guest on every node, some of them failing',
    day: { tasksPerNode: 60, backupHours: [0, 4, 8, 12, 16, 20] },
    rate: 2,
    inProgress: true,
  },
  'recorded-lab': {
    about: 'the two nodes, users, guests and tasks of the recorded answers',
    day: null,
    rate: 0,
    inProgress: false,
  },
  empty: { about: 'clusters and guests, no task at all', day: null, rate: 0, inProgress: false },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;
