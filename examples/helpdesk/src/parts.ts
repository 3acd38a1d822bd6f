import type { Csat } from "@csat/core";
import type { CsatViews } from "@csat/ui";
import type { Background } from "./background.ts";
import type { DemoClock } from "./clock.ts";
import type { HelpdeskDatabase, HelpdeskTransaction } from "./database.ts";
import type { Desk } from "./desk.ts";
import type { DemoUser } from "./users.ts";

/** What the routes work with. */
export interface HelpdeskParts {
  readonly database: HelpdeskDatabase;
  readonly csat: Csat<HelpdeskTransaction>;
  readonly clock: DemoClock;
  readonly desk: Desk;
  readonly views: CsatViews;
  readonly background: Background;
  /** False when SMTP_URL sends the mails elsewhere. */
  readonly hasInbox: boolean;
}

/** What the middleware hands to the routes. */
export interface HelpdeskEnvironment {
  readonly Variables: { readonly user: DemoUser };
}
