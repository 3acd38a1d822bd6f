/** Joins the host's transaction. Without `tx` a call commits on its own. */
export interface InTransaction<Tx> {
  readonly tx?: Tx;
}

/** Who does something by hand. Joins the host's transaction where `tx` is given. */
export interface ByHand<Tx> extends Actor, InTransaction<Tx> {}
