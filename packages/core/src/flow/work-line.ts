import type { Claimed, ClaimRequest } from "../ports/store/session.ts";
import type { EventsAhead } from "./events-ahead.ts";

/** One of the two kinds of work. */
export interface Line {
  readonly kind: ClaimRequest["kind"];
  /** False when the last claim found less than it asked for and nobody woke the loop since. */
  more: boolean;
  left: number;
  /** Under way, by workspace. */
  readonly atWork: Map<string, number>;
  /** Whose turn it was last. */
  after: string | null;
  /** True when a workspace was left out of the last claim because it had enough under way. */
  passedOver: boolean;
  except(): readonly string[];
  /** Most to claim now, with so many places free for this line. */
  room(places: number): number;
  /** Takes places and works, or waits for some. */
  start(claims: Claims): readonly Promise<unknown>[];
  /** Null where nothing is claimed before there is a place for it. */
  readonly ahead: EventsAhead | null;
}

/** What one claim brought. */
export interface Claims {
  readonly claims: readonly Claimed[];
  readonly askedAt: number;
}
