import type { HeadChange, Store } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import type { World } from "./a-world.ts";

/**
 * A process that is killed when the mail server has said yes: its write behind a begun send never comes back. It believes
 * in its lease to the end; the database's is over at once.
 */
function killedAfterTheMail<Tx>(storage: Store<Tx>): Store<Tx> {
  const shortened = (head: HeadChange): HeadChange =>
    head.lease?.extendMs == null ? head : { ...head, lease: { ...head.lease, extendMs: 1 } };
  return {
    ...storage,
    auto: {
      ...storage.auto,
      write: (changes) =>
        changes.some(({ heads }) =>
          heads.some(({ key, lease }) => key.kind === "ticket" && lease === undefined),
        )
          ? new Promise<never>(() => {})
          : storage.auto.write(changes.map((change) => ({ ...change, heads: change.heads.map(shortened) }))),
    },
  };
}

/** Processes are killed in mid-send, one after the other, until so many mails were handed over. */
export async function killUntil(world: World<DrizzleTx>, mails: number): Promise<void> {
  const killed = world.anotherProcess({ storage: killedAfterTheMail(world.storage) });
  while (world.mailer.tried.length < mails) {
    const mailed = new Promise<void>((resolve) => {
      world.mailer.answer = () => {
        resolve();
        return { kind: "accepted", messageId: null };
      };
    });
    // It ends by itself when the lease of the one before is not over yet.
    await Promise.race([killed.runDue(), mailed]);
  }
}
