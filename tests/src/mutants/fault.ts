/** A mistake that an author of an adapter could make, planted into one of ours. */
export interface Fault {
  /** What is wrong, in a few words. */
  readonly name: string;
  /** Id of the case of the kit that notices. */
  readonly caughtBy: string;
  /** Below `packages/`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly right: string;
  readonly wrong: string;
}

/** Faults of one file, each as name, case that notices, right text, wrong text. */
export function faultsIn(
  file: string,
  faults: readonly (readonly [name: string, caughtBy: string, right: string, wrong: string])[],
): readonly Fault[] {
  return faults.map(([name, caughtBy, right, wrong]) => ({ name, caughtBy, file, right, wrong }));
}
