import type { Csat } from "@csat/core";

/**
 * The part of `Csat` that the routes call, which open no transaction: a `Csat` over any storage fits.
 */
export type HandlerCsat = Pick<
  Csat,
  | "openSurvey"
  | "submitResponse"
  | "openOptOut"
  | "optOut"
  | "undoOptOut"
  | "getTicketPanel"
  | "issueLinks"
  | "recordAnswer"
  | "leaveOut"
  | "letIn"
  | "excludeAnswer"
  | "restoreAnswer"
  | "suppress"
  | "lift"
  | "suppressionsOf"
  | "importSuppressions"
  | "listSuppressed"
  | "exportCustomer"
  | "eraseCustomer"
  | "explain"
  | "nameOperators"
  | "getSettings"
  | "getSettingsChange"
  | "updateSettings"
  | "previewEmail"
  | "simulatePolicy"
  | "getMetrics"
  | "getOwnMetrics"
  | "listLowRatings"
  | "listResponses"
  | "exportResponses"
  | "listEvents"
  | "replayEvent"
  | "replayEvents"
  | "sendTestEvent"
> & {
  /** Where the public page is mounted; its origin may always change settings. Without it only `allowedOrigins` may. */
  readonly publicUrl?: string;
  /** Most code points of a comment; without it the public page counts none. */
  readonly maxCommentLength?: number;
  /** The attributes by which figures can be cut; without it the export has no columns of them. */
  readonly slicedBy?: readonly string[];
};
