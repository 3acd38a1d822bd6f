import type { CsatOptions } from "../src/options.ts";

/** Ports that do nothing and that nobody should ask: what the check of the options wants to see is there. */
export function idleOptions(change: Readonly<Record<string, unknown>> = {}): CsatOptions<never> {
  const nothing = async () => null;
  const options = {
    storage: {
      auto: {},
      own: nothing,
      within: nothing,
      lists: {},
      counts: nothing,
      parts: nothing,
      recount: nothing,
      backlog: nothing,
      keepHouse: nothing,
      prune: nothing,
    },
    scheduler: { schedule: nothing, cancel: nothing, start: async () => ({ stop: nothing }) },
    mailer: { send: nothing },
    tickets: { getTicket: nothing, getTickets: nothing },
    publicUrl: "https://help.example.com/csat",
    ...change,
  };
  return options as unknown as CsatOptions<never>; // As a caller without types passes them.
}
