import { daysOf } from "../../src/metrics/date-window.ts";
import type { AskRule } from "../../src/policy/ask/rule.ts";
import type { PolicySimulation } from "../../src/policy/simulate/policy-simulation.ts";
import type { Recorded, RecordedCustomer, RecordedFacts } from "../../src/policy/simulate/recorded.ts";
import { simulation } from "../../src/policy/simulate/simulate.ts";
import { defaultSettings, type WorkspaceSettings } from "../../src/survey/settings.ts";

/** A time of March 2026, which begins on a Sunday: `"2 12:00"` is noon of Monday the 2nd, UTC. */
export function march(time: string): Date {
  const [day = "", clock = "00:00"] = time.split(" ");
  return new Date(`2026-03-${day.padStart(2, "0")}T${clock.length === 5 ? `${clock}:00` : clock}.000Z`);
}

/** Facts of a decision about this customer; null is one that nobody knows. */
export function facts(key: string | null, change: Partial<RecordedCustomer> = {}): RecordedFacts {
  const nothing = { resolvedBy: null, assigneeId: null, timeZone: null, locale: null, attributes: {} };
  const customer = {
    key,
    isRoleAddress: false,
    isOneself: false,
    suppressed: null,
    channel: "email",
    ...nothing,
    ...change,
  };
  return { ...ofEvent({}), customer };
}

/** Facts of an event of the host's. */
export function ofEvent(change: Partial<RecordedFacts>): RecordedFacts {
  return {
    lateMs: 0,
    ask: true,
    isForLinks: false,
    wasOpen: false,
    attempt: null,
    customer: null,
    ...change,
  };
}

/** A line of the history, in short: the event, and the reason behind a colon. */
export function line(
  ticketId: string,
  time: string | Date,
  told: string,
  change: Partial<Recorded> = {},
): Recorded {
  const at = typeof time === "string" ? march(time) : time;
  const [event = "", reason = null] = told.split(/:(.*)/s);
  const rest = { actorId: null, eligibleAt: null, facts: null };
  // The tests write events alone.
  return { ticketId, at, event: event as Recorded["event"], reason, ...rest, ...change };
}

/** A ticket that was resolved and asked about at once. */
export function asked(ticketId: string, time: string, customer: RecordedFacts): readonly Recorded[] {
  return [
    line(ticketId, time, "resolved", { actorId: "olivia" }),
    line(ticketId, time, "scheduled"),
    line(ticketId, time, "sent", { facts: customer }),
  ];
}

/** What is tried. Surveys go out at once; the range is all of March, and it is April now. */
export interface Tried {
  readonly settings?: Partial<WorkspaceSettings>;
  readonly rules?: readonly AskRule[];
  readonly range?: readonly [from: string, until: string];
  readonly maxLatenessMs?: number;
  readonly now?: Date;
  /** Lines that come at once; all by default. */
  readonly linesPerRead?: number;
}

type Figures = Omit<PolicySimulation, "from" | "to">;

/** Tries it on this history, whose lines are put into the order of their times. */
export function tryOn(lines: readonly Recorded[], tried: Tried = {}): Figures {
  const { settings, rules = [], range: [from, until] = ["1", "31"], linesPerRead = lines.length } = tried;
  const window = { from: march(from), until: march(until) };
  const dryRun = simulation({
    workspaceId: "acme",
    settings: { ...defaultSettings, enabled: true, sendDelay: "immediately", ...settings },
    rules,
    neverAsk: { roleAddresses: true, oneself: true },
    maxLatenessMs: tried.maxLatenessMs ?? 7 * 86_400_000,
    window,
  });
  const sorted = lines.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  for (let place = 0; place < sorted.length && !dryRun.isSettled(); place += linesPerRead)
    dryRun.take(sorted.slice(place, place + linesPerRead));
  return dryRun.end(tried.now ?? new Date("2026-04-20T00:00:00.000Z"), daysOf(window));
}

/** The figures that are not 0, without the days. */
export function figures({ daily: _days, ...sums }: Figures): object {
  const some = Object.entries(sums).filter(([, value]) =>
    typeof value === "number" ? value > 0 : Object.keys(value).length > 0,
  );
  return Object.fromEntries(some);
}

/** Days on which something counts, with `sent`, `deferred` and `skipped` in all. */
export function byDay({ daily }: Figures): Readonly<Record<string, string>> {
  const sum = (reasons: Readonly<Record<string, number>>) =>
    Object.values(reasons).reduce((a, b) => a + b, 0);
  const rows = daily.map(
    ({ day, sent, deferred, skipped }) => [day, `${sent} ${sum(deferred)} ${sum(skipped)}`] as const,
  );
  return Object.fromEntries(rows.filter(([, row]) => row !== "0 0 0"));
}
