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
