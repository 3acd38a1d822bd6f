/** Joins the host's transaction. Without `tx` a call commits on its own. */
export interface InTransaction<Tx> {
  readonly tx?: Tx;
}

/** Who does something by hand; null for a machine. */
export interface Actor {
  /** 1–200 characters. */
  readonly actorId: string | null;
}

/** Who does something by hand; null for a machine. Joins the host's transaction where `tx` is given. */
export interface ByHand<Tx> extends InTransaction<Tx>, Actor {}
