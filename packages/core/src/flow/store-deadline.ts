import { millisecondsInSecond as secondMs } from "date-fns/constants";
import { withDeadline } from "../deadline.ts";
import { CsatError } from "../errors.ts";
import type { Lists } from "../ports/store/lists.ts";
import type { Session } from "../ports/store/session.ts";
import type { Store } from "../ports/store/store.ts";

// Housekeeping and a recount are many statements.
const callsOfLongWork = 20;

/**
 * The same store, of which every call ends within `timeoutMs` milliseconds, and work of many statements within 20 times
 * that, as `storage_failed`: a connection that died without a word would hold up its caller for ever. Whether the call
 * was done is not known then, as after any lost connection. Sessions in a transaction of the host's are left as they are:
 * the host ends it.
 */
export function storeWithDeadline<Tx>(store: Store<Tx>, timeoutMs: number): Store<Tx> {
  const inTime = <Result>(what: string, work: () => Promise<Result>): Promise<Result> =>
    withDeadline({ timeoutMs, work, otherwise: () => notInTime(what, timeoutMs) });
  const longMs = callsOfLongWork * timeoutMs;
  const auto: Session = {
    read: (keys) => inTime("reading records", () => store.auto.read(keys)),
    byToken: (hash) => inTime("looking up a link", () => store.auto.byToken(hash)),
    claim: (ask) => inTime("claiming what is due", () => store.auto.claim(ask)),
    write: (changes) => inTime("writing records", () => store.auto.write(changes)),
  };
  const lists: Lists = {
    answer: (ref) => inTime("reading an answer", () => store.lists.answer(ref)),
    answers: (query) => inTime("listing answers", () => store.lists.answers(query)),
    journal: (ref) => inTime("reading a journal", () => store.lists.journal(ref)),
    history: (query) => inTime("reading a history", () => store.lists.history(query)),
    events: (workspaceId, query) => inTime("listing events", () => store.lists.events(workspaceId, query)),
    failed: (query) => inTime("listing failed surveys", () => store.lists.failed(query)),
    ticketsOf: (workspaceId, query) =>
      inTime("listing a customer's tickets", () => store.lists.ticketsOf(workspaceId, query)),
    suppressed: (workspaceId, query) =>
      inTime("listing suppressed customers", () => store.lists.suppressed(workspaceId, query)),
  };
  return {
    auto,
    lists,
    own: (work) => inTime("a transaction", () => store.own(work)),
    within: (tx) => store.within(tx),
    counts: (query) => inTime("counting", () => store.counts(query)),
    parts: (query) => inTime("counting parts", () => store.parts(query)),
    backlog: (now) => inTime("counting what is due", () => store.backlog(now)),
    recount: (workspaceId) =>
      withDeadline({
        timeoutMs: longMs,
        work: () => store.recount(workspaceId),
        otherwise: () => notInTime("a recount", longMs),
      }),
    // Told to stop, it may end its statement.
    keepHouse: (now, signal) =>
      withDeadline({
        timeoutMs: longMs,
        graceMs: timeoutMs,
        signal,
        work: (ending) => store.keepHouse(now, ending),
        otherwise: () => notInTime("housekeeping", longMs),
      }),
    prune: (ask) => inTime("pruning", () => store.prune(ask)),
  };
}

function notInTime(what: string, timeoutMs: number): never {
  throw new CsatError(
    "storage_failed",
    `The storage did not answer within ${timeoutMs / secondMs} s (${what}): its connection may be dead, its pool used up, or a lock held. Whether it was done is not known.`,
  );
}
