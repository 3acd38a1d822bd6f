import type { Rating } from "../../survey/response.ts";
import type { Claimed, ClaimRef, ClaimRequest, Page, PageRequest, SettleOutcome } from "./claim.ts";

/** Events on their way to receivers. They enter only together with what they tell of (`responses.record`). */
export interface OutboxStore {
  /** Leases events with a delivery that is due, or that were not given endpoints yet. As with surveys, no workspace takes the whole batch while others wait. */
  claimDue(claim: ClaimRequest): Promise<readonly Claimed<OutboxEvent>[]>;
  /** Replaces the event's deliveries and ends the lease. An event without a pending delivery is settled; none at all settles it too. */
  settle(done: ClaimRef & { readonly deliveries: readonly Delivery[] }): Promise<SettleOutcome>;
  /** Newest first. `dead` keeps only events with a delivery that was given up. */
  list(workspaceId: string, query: PageRequest & { readonly dead: boolean }): Promise<Page<OutboxEvent>>;
  /** Makes the deliveries given up on pending again, due now and with no attempts counted, under the event's old id. False when there are none. */
  replay(workspaceId: string, eventId: string, now: Date): Promise<boolean>;
}

/** One event. */
export interface OutboxEvent {
  /** Stable across retries and replays; becomes the `webhook-id` header. */
  readonly id: string;
  readonly workspaceId: string;
  /** `csat.test` is never stored: it is delivered once, on request. */
  readonly type: "ticket.csat_received" | "csat.test";
  readonly createdAt: Date;
  readonly data: CsatReceived;
  /** Empty until the endpoints were asked for. */
  readonly deliveries: readonly Delivery[];
}

/** The event's `data`, key by key as receivers get it. */
export interface CsatReceived {
  readonly ticketId: string;
  readonly rating: Rating;
  readonly comment: string | null;
  /** ISO 8601 in UTC with milliseconds. */
  readonly respondedAt: string;
}

/** How one endpoint fares with one event. */
export interface Delivery {
  readonly endpointId: string;
  readonly state: "pending" | "delivered" | "gave_up";
  readonly attempts: number;
  /** Next attempt; null when there is none to come. */
  readonly retryAt: Date | null;
  readonly lastError: string | null;
}
