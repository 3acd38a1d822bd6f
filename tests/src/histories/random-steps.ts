import type { AnswerChange, Change, Due, HeadChange, HeadKind, Key, Rating, Store } from "@csat/core";

/** The time so many minutes after Monday, 5 January 2026, 09:00 UTC. */
export function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 0, 5, 9, minutes));
}

/** One of two stores that live the same history. Ids of leases differ between them, so each keeps its own. */
export interface Side {
  readonly store: Store<never>;
  /** By record: the lease that was claimed last. It may be over. */
  readonly leases: Map<string, string>;
}

/** A step of a history: does the same on either side, and returns what must be equal. */
export type Step = (side: Side) => Promise<unknown>;

/** A repeatable sequence of numbers below `below` (multiplicative congruential, modulus 2^31 − 1). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** In UTF-16 units the emoji comes before the last sign of the basic plane, in code points behind it. */
export const workspaces: readonly string[] = ["B", "a", "\uffee", "😀"];
const ids = ["t1", "t2", "\uffee", "😀"];
const actors = ["ann", "\uffee", "😀", null];
const kinds: readonly HeadKind[] = ["ticket", "customer", "event", "workspace"];

/** Every record that may appear in a history, in key order. */
export const allKeys: readonly Key[] = kinds.flatMap((kind) =>
  workspaces.flatMap((workspaceId) =>
    (kind === "workspace" ? [""] : ids).map((id) => ({ kind, workspaceId, id })),
  ),
);

/** Who is answered was sent. */
const isAnswerable = ({ id }: Pick<Key, "id">) => id !== "t1";

const nameOf = ({ kind, workspaceId, id }: Key) => JSON.stringify([kind, workspaceId, id]);

/** Draws steps of any kind. What stands on one side tells which versions a write may expect. */
export function randomSteps(below: (limit: number) => number): (side: Side) => Promise<Step> {
  // No two times are equal: stores may order equal ones as they like.
  let times = 0;
  const time = () => at(below(200) * 1000 + ++times);
  const actor = () => actors[below(actors.length)] ?? null;

  function due(): Due | null | undefined {
    const wakeAt = time();
    switch (below(5)) {
      case 0:
        return null;
      case 1:
        return { kind: "failed", failedAt: wakeAt, reason: below(2) === 0 ? "refused" : "indeterminate" };
      case 2:
        return undefined;
      default:
        return { kind: "waiting", wakeAt, firstDueAt: wakeAt };
    }
  }

  function head(key: Key, version: number): HeadChange & { readonly isHeld: boolean } {
    const { kind } = key;
    const isDue = kind === "ticket" || kind === "event";
    const becomes = isDue ? due() : undefined;
    return {
      key,
      expected: below(8) === 0 ? version + 1 : version,
      state: { drawn: ++times, text: `${"x".repeat(below(40))}'\\😀` },
      cells:
        kind === "ticket"
          ? { kind, sentAt: isAnswerable(key) ? at(below(300)) : null, resolvedBy: actor() }
          : kind === "event"
            ? { kind, createdAt: time(), ticketId: ids[below(ids.length)] ?? "t1", dead: below(3) === 0 }
            : null,
      ...(becomes === undefined ? {} : { due: becomes }),
      isHeld: isDue && below(4) === 0,
    };
  }

  function beside({ workspaceId, id }: Key, forgets: boolean): Omit<Change, "heads"> {
    const rating = (1 + below(5)) as Rating; // From 1 to 5.
    const put: AnswerChange = {
      kind: "put",
      surveyId: `survey of ${id}`,
      rating,
      comment: below(2) === 0 ? null : "Thank you, 😀",
      respondedAt: at(below(300)),
      resolvedBy: actor(),
    };
    const some = [put, { kind: "move" as const, resolvedBy: actor() }][below(4)];
    const forget = forgets && below(2) === 0;
    const answer: AnswerChange | undefined = isAnswerable({ id }) && !forget ? some : undefined;
    const told = { workspaceId, ticketId: id, event: "scheduled", reason: null, actorId: actor() } as const;
    // Nothing is made twice, so nothing is forgotten and made at once.
    const hasLink = below(3) === 0 && !forget;
    return {
      ...(forget ? { forget } : {}),
      ...(answer === undefined ? {} : { answer }),
      ...(hasLink
        ? { tokens: [{ hash: `link of ${workspaceId} ${id}`, key: { kind: "ticket", workspaceId, id } }] }
        : {}),
      ...(below(2) === 0 ? { journal: [{ ...told, at: time() }] } : {}),
      deltas: [
        {
          day: "2026-01-05",
          resolvedBy: actor(),
          sent: below(3) - 1,
          answered: 0,
          ratings: [0, below(2), 0, 0, 1],
        },
      ],
    };
  }

  async function writing({ store }: Side): Promise<Step> {
    const keys = allKeys.filter(() => below(12) === 0);
    const forgets = below(6) === 0;
    // What is forgotten takes events along: nobody writes both at once.
    const written = keys.filter(({ kind }) => !forgets || kind !== "event");
    const heads = (await store.auto.read(written)).map(({ key, version }) => head(key, version));
    // A ticket takes along what follows it in the list, so that changes have one to some records.
    const parts: (typeof heads)[] = [];
    for (const one of heads) {
      const last = parts.at(-1);
      if (last !== undefined && one.key.kind !== "ticket" && below(2) === 0) last.push(one);
      else parts.push([one]);
    }
    const extras = parts.map(([first]) => (first?.key.kind === "ticket" ? beside(first.key, forgets) : {}));
    const extendMs = [null, 0, 600_000][below(3)] ?? null;
    const isOwn = below(3) === 0;
    return ({ store: { auto, own }, leases }) => {
      const changes = parts.map((part, place) => ({
        ...extras[place],
        heads: part.map(({ isHeld, ...rest }): HeadChange => {
          const id = leases.get(nameOf(rest.key));
          return isHeld ? { ...rest, lease: { id: id ?? "nobody's", extendMs } } : rest;
        }),
      }));
      return isOwn ? own((session) => session.write(changes)) : auto.write(changes);
    };
  }

  function claiming(): Step {
    const kind = below(2) === 0 ? "ticket" : "event";
    const after = [null, ...workspaces][below(5)] ?? null;
    const exceptWorkspaces = workspaces.filter(() => below(4) === 0);
    const ask = { kind, now: time(), leaseForMs: 600_000, limit: below(6), after, exceptWorkspaces } as const;
    return async ({ store, leases }) => {
      const claimed = await store.auto.claim(ask);
      for (const { head, leaseId } of claimed) leases.set(nameOf(head.key), leaseId);
      return claimed.map(({ leaseId: _ownChoice, ...rest }) => rest);
    };
  }

  return async (side) => {
    const choice = below(8);
    if (choice === 0) return ({ store }) => store.keepHouse(at(0), new AbortController().signal);
    return choice < 3 ? claiming() : writing(side);
  };
}
