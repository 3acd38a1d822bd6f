/** Starts work when all that came before it has ended, well or badly. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A queue of its own. */
export function oneAfterAnother(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.then(ignore, ignore);
    return turn;
  };
}

function ignore(): void {}
