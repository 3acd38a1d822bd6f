import type { Job, WakeUp } from "@csat/core";

/** The jobs that wait for their time. */
export interface WaitingJobs {
  /** Lets the job wait until `runAt`; the same job again moves. Beyond the limit the latest one is dropped. */
  put(wakeUp: WakeUp): void;
  remove(job: Job): void;
  /** Takes out the job that has waited longest past its time; undefined when none is due at `now`. */
  takeDue(now: Date): Job | undefined;
  /** When the next one is due; null when none waits. */
  nextRunAt(): Date | null;
}

interface Entry {
  readonly job: Job;
  readonly key: string;
  readonly runAtMs: number;
  /** Of jobs of one time the one that came first goes first. */
  readonly order: number;
}

/** Room for `limit` jobs. */
export function waitingJobs(limit: number): WaitingJobs {
  const byKey = new Map<string, Entry>();
  // Sorted: surveys are mostly armed in the order of their due times, so that most are simply put at the end.
  const byTime: Entry[] = [];
  let order = 0;

  function drop(entry: Entry): void {
    byKey.delete(entry.key);
    byTime.splice(placeOf(byTime, entry), 1);
  }

  return {
    put({ job, runAt }) {
      const entry: Entry = { job: { ...job }, key: keyOf(job), runAtMs: runAt.getTime(), order: order++ };
      const before = byKey.get(entry.key);
      if (before !== undefined) drop(before);
      byKey.set(entry.key, entry);
      byTime.splice(placeOf(byTime, entry), 0, entry);
      const last = byTime.at(-1);
      if (byTime.length > limit && last !== undefined) drop(last);
    },
    remove(job) {
      const entry = byKey.get(keyOf(job));
      if (entry !== undefined) drop(entry);
    },
    takeDue(now) {
      const first = byTime[0];
      if (first === undefined || first.runAtMs > now.getTime()) return undefined;
      drop(first);
      return first.job;
    },
    nextRunAt: () => (byTime[0] === undefined ? null : new Date(byTime[0].runAtMs)),
  };
}

/** Jobs are the same when every field is. */
function keyOf(job: Job): string {
  return JSON.stringify(Object.entries(job).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Where the entry stands, or belongs. */
function placeOf(sorted: readonly Entry[], entry: Entry): number {
  let from = 0;
  let until = sorted.length;
  while (from < until) {
    const middle = (from + until) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compareEntries(other, entry) < 0) from = middle + 1;
    else until = middle;
  }
  return from;
}

function compareEntries(one: Entry, other: Entry): number {
  return one.runAtMs - other.runAtMs || one.order - other.order;
}
