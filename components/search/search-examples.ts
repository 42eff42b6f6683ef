/** Searches that show the language, from the simplest on. */
export const EXAMPLES = [
  {
    title: 'Words',
    searches: [
      ['vzdump', 'the word in the task, its guest, user, node or exit status'],
      ['100', 'guest 100, and texts with the number 100'],
      ['"Bulk start"', 'the phrase'],
      ['backup -pve1', 'one word and not the other'],
      ['qmstart or vzstart', 'either'],
    ],
  },
  {
    title: 'Comparisons',
    searches: [
      ['result = error', 'what failed'],
      ['label ~ qm*', 'begins with qm; * stands for anything'],
      ['label ^ (qmstart, vzstart)', 'one of several'],
      ['guest ~ web*', 'by the name of the guest'],
      ['user = current_user', 'my own'],
      ['family != console', 'without consoles'],
    ],
  },
  {
    title: 'Times',
    searches: [
      ['started_at > "3 hours ago"', 'the last three hours'],
      ['started_at = yesterday', 'that day'],
      ['ended_at > 2024-12-01 10:00', 'ended after that minute'],
      ['state = running and duration > 1h', 'has been running for more than an hour'],
    ],
  },
  {
    title: 'Together',
    searches: [
      ['label = vzdump and (result = error or result = warning)', 'parentheses say what belongs together'],
      ['not vmid = 100', 'all but guest 100, tasks without a guest too'],
      ['has token', 'started by an API token'],
    ],
  },
] as const;
