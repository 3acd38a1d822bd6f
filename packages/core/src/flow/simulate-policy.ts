import { millisecondsInDay } from "date-fns/constants";
import * as z from "zod/mini";
import { daysOf, lastDayOf } from "../metrics/date-window.ts";
import type { SimulationConditions } from "../policy/simulate/decide-again.ts";
import type { PolicySimulation } from "../policy/simulate/policy-simulation.ts";
import type { Recorded } from "../policy/simulate/recorded.ts";
import { simulation } from "../policy/simulate/simulate.ts";
import type { JournalRow } from "../ports/store/change.ts";
import { rulesSchema } from "../rules/rules-schema.ts";
import type { SimulationProgress, SimulationRequest } from "../simulation.ts";
import { utcDay } from "../survey/add-counts.ts";
import { checkQuery } from "./analytics-query.ts";
import { checkChange, getSettings } from "./change-settings.ts";
import type { Context } from "./context.ts";
import { readFacts } from "./kept-facts.ts";
import { validate } from "./validate.ts";

// One read holds a database's snapshot for its own time alone.
const linesPerRead = 1_000;

// A survey that was armed before the range waits for three days at most, unless it was put off.
const shortestLookBackDays = 4;

/** Events may be told of that are so far ahead of our clock. */
const mostAheadMs = 300_000;

const requestSchema = z.strictObject(
  {
    change: z._default(z.record(z.string(), z.unknown(), "must be an object of settings"), {}),
    rules: z.optional(rulesSchema),
    range: z.optional(z.unknown()),
  },
  "must be an object of change, rules and range",
);

/**
 * What settings and rules would have made of the resolutions of a range, by the history that was kept, in short reads in
 * order of time. Writes nothing. A rule may be asked thousands of times.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function simulatePolicy<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    request,
    onProgress = () => {},
  }: {
    readonly workspaceId: string;
    readonly request: SimulationRequest;
    readonly onProgress?: ((progress: SimulationProgress) => void) | undefined;
  },
): Promise<PolicySimulation> {
  const { storage, clock, rules, neverAsk, maxLatenessMs } = context;
  const asked = validate({ schema: requestSchema, value: request, where: "Nothing was tried" });
  const { windows } = checkQuery(context, { workspaceId, range: request.range, query: undefined });
  const change = checkChange(asked.change);
  const settings = { ...(await getSettings(context, workspaceId)), ...change };
  const conditions: SimulationConditions = {
    workspaceId,
    settings,
    rules: asked.rules ?? rules,
    neverAsk,
    maxLatenessMs,
  };
  const dryRun = simulation({ ...conditions, window: windows.current });
  const { cooldownDays, answerCooldownDays } = settings;
  const lookBackDays = Math.max(cooldownDays, answerCooldownDays, shortestLookBackDays);
  const now = clock.now();
  const window = {
    from: new Date(windows.current.from.getTime() - lookBackDays * millisecondsInDay),
    until: new Date(now.getTime() + mostAheadMs + 1),
  };
  const read = (cursor: string | null) =>
    storage.lists.history({ workspaceId, window, limit: linesPerRead, cursor });
  const span = window.until.getTime() - window.from.getTime();
  let [reading, lines] = [read(null), 0];
  for (;;) {
    const { items, nextCursor } = await reading;
    // The database reads on while these are lived through. Nobody may come to await a read that fails.
    if (nextCursor !== null) {
      reading = read(nextCursor);
      reading.catch(() => {});
    }
    dryRun.take(items.map(toRecorded));
    lines += items.length;
    const reached = items.at(-1)?.at ?? window.until;
    const share = (reached.getTime() - window.from.getTime()) / span;
    onProgress({ lines, share: nextCursor === null ? 1 : share });
    if (nextCursor === null || dryRun.isSettled()) break;
  }
  const { current } = windows;
  const range = { from: utcDay(current.from), to: lastDayOf(current) };
  return { ...range, ...dryRun.end(now, daysOf(current)) };
}

function toRecorded({ ticketId, at, event, reason, actorId, eligibleAt, facts }: JournalRow): Recorded {
  return { ticketId, at, event, reason, actorId, eligibleAt: eligibleAt ?? null, facts: readFacts(facts) };
}
