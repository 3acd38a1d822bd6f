import type {
  CustomerRef,
  ExplainedEntry,
  ExportedResponse,
  LowRatingCard,
  Metrics,
  OutboxEvent,
  OwnMetrics,
  Page,
  PolicySimulation,
  PreviewedEmail,
  SettingsChange,
  StandingSuppression,
  SuppressedCustomer,
  TicketPanel,
  WorkspaceSettings,
} from "@csat/core";
import type { ErrorBody } from "./error-body.ts";

/** Draws for operators what the JSON routes return. The handler keeps the status and adds its security headers. */
export interface Views {
  /**
   * Draws one view from its own data. One that throws gets the client JSON instead, or 500 when that failed too. A table
   * of functions by name needs no cast: `const draw: { [View in keyof ViewData]: (data: ViewData[View]) => string }`
   * makes `draw[view](data)` of the right type.
   */
  render<View extends keyof ViewData>(view: View, data: ViewData[View], request: Request): Promise<Response>;
  /** A file that views load from `/assets/:name`, for everybody; null when there is none of this name. Holds nothing of any workspace. */
  asset?(name: string): { readonly body: string; readonly type: string } | null;
}

/** What a view of one operator's answers is given beside them. */
export interface Filtered {
  /** True for those who may exclude answers. */
  readonly mayExclude: boolean;
  /** Who is asked for; null for everybody and for Unattributed, and when the host gives no name. */
  readonly resolverName: string | null;
}

/** The views by name, each with the data it is given. */
export interface ViewData {
  /** GET and PUT /api/settings; the view also shows who `changed` them last, null while nobody did. */
  readonly settings: WorkspaceSettings & { readonly changed?: SettingsChange | null };
  /** POST /api/settings refused: the reasons, and the fields as they were typed; what a form in part left out as it stands. */
  readonly "settings-refused": ErrorBody & { readonly typed: Readonly<Record<string, string>> };
  /** GET and POST /api/settings/preview. */
  readonly "settings-preview": PreviewedEmail;
  /** POST /api/settings/simulate; the view also shows the form again, as it was typed. */
  readonly "settings-simulation": {
    readonly simulation: PolicySimulation;
    readonly typed: Readonly<Record<string, string>>;
  };
  /** GET /api/tickets/:ticketId; the view also shows the reasons behind it. */
  readonly "ticket-panel": {
    readonly panel: TicketPanel;
    readonly journal: readonly ExplainedEntry[];
    readonly ticketId: string;
    /** True for those who may exclude and restore the answer. */
    readonly mayExclude: boolean;
  };
  /** GET /api/tickets/:ticketId/explain. */
  readonly explain: readonly ExplainedEntry[];
  /** GET /api/analytics; the view also shows the first answers to follow up. */
  readonly analytics: {
    readonly metrics: Metrics;
    readonly lowRatings: Page<LowRatingCard>;
    /** The attributes that figures can be cut by. */
    readonly slicedBy: readonly string[];
  } & Filtered;
  /** GET /api/analytics/low-ratings. */
  readonly "low-ratings": Page<LowRatingCard> & Filtered;
  /** GET /api/analytics/responses. */
  readonly responses: Page<ExportedResponse> & Filtered;
  /** GET /api/my/analytics; the view also shows the newest answers. */
  readonly "own-analytics": { readonly metrics: OwnMetrics; readonly responses: Page<ExportedResponse> };
  /** GET /api/my/analytics/responses. */
  readonly "own-responses": Page<ExportedResponse>;
  /** GET /api/customers/suppressed. */
  readonly "suppressed-customers": Page<SuppressedCustomer>;
  /** POST /api/customers/lookup; the view also offers to change it, and leads `back`, null to the list. */
  readonly customer: {
    readonly suppressions: readonly StandingSuppression[];
    readonly who: CustomerRef;
    readonly back: string | null;
  };
  /** GET /api/webhooks. */
  readonly webhooks: Page<OutboxEvent>;
  /** POST /api/webhooks/:eventId/replay, and POST /api/webhooks/replay, which tells how many `events`. */
  readonly "webhook-replayed": { readonly replayed: true; readonly events?: number };
  /** POST /api/webhooks/test. */
  readonly "webhook-tested": readonly {
    readonly endpointId: string;
    readonly ok: boolean;
    readonly error: string | null;
  }[];
  /** Every refusal of an operator route. */
  readonly error: ErrorBody;
}
