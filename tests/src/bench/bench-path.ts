/** One line of the table: a path through the library, and what it is held against. */
export interface BenchPath {
  /** Names it on the command line. */
  readonly id: string;
  readonly title: string;
  /** What stands on the other side; null where the goal is a figure by itself. */
  readonly rawSide: string | null;
  readonly unit: "ms" | "/s" | "MB" | "statements";
  readonly goal: Goal;
  readonly needsRedis?: true;
  measure(bench: Bench): Promise<Measured>;
}

/** `ratio` is ours through the raw side's, `value` ours alone. */
export type Goal =
  | { readonly of: "ratio" | "value"; readonly atMost: number }
  | { readonly of: "ratio" | "value"; readonly atLeast: number };

/** What a path is measured on. */
export interface Bench {
  /** A migrated database of this path's own. */
  readonly url: string;
  readonly redisUrl: string;
  /** Rounds that count. */
  readonly rounds: number;
  /** `usual` things, or a few of them for a run that only shows that all of it runs. */
  sized(usual: number): number;
}

/** Both sides of one round, in the unit of the path. */
export interface Round {
  readonly ours: number;
  /** Null where there is no other side. */
  readonly raw: number | null;
}

/** What came out. */
export interface Measured {
  readonly rounds: readonly Round[];
  /** What else was seen, for the reader. */
  readonly notes?: readonly string[];
}

/** Runs both sides in turn, so that what else the machine does meets both; the first round does not count. */
export async function alternate(
  rounds: number,
  sides: { ours(round: number): Promise<number>; raw(round: number): Promise<number> },
): Promise<readonly Round[]> {
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    // Whoever is first in a round finds the disk and the checkpoint in another state: they take turns in that, too.
    let raw = round % 2 === 0 ? await sides.raw(round) : null;
    const ours = await sides.ours(round);
    raw ??= await sides.raw(round);
    if (round > 0) measured.push({ ours, raw });
  }
  return measured;
}
