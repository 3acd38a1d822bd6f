import type { Backlog } from "./ports/store/store.ts";

/** A backlog with its troubles. Each list holds 100 entries at most; what failed is over when what waited for it has left. */
export interface Health extends Omit<Backlog, "failing" | "givenUp"> {
  /** When this was read, by the clock of `createCsat`: the times beside it are as old as they are by it. */
  readonly readAt: Date;
  /** Workspaces whose mail is not taken, by channel: since when the oldest survey waits for it. */
  readonly mailFailingSince: readonly {
    readonly workspaceId: string;
    readonly channel: string;
    readonly since: Date;
  }[];
  /** Endpoints that events wait for: since when they take none, or since when the oldest waits where that is earlier. */
  readonly receiverFailingSince: readonly EndpointFailing[];
  /** What was given up and stands there, since when, for which of the `FailReason`s or `gave_up` and `no_endpoints` of events. */
  readonly givenUpSince: readonly {
    readonly what: "surveys" | "events";
    readonly workspaceId: string;
    readonly reason: string;
    readonly since: Date;
  }[];
}

/** An endpoint that takes no events, since the first attempt that failed there after the last that did not. */
export interface EndpointFailing {
  readonly workspaceId: string;
  readonly endpointId: string;
  readonly since: Date;
}
