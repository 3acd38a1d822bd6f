import type { PageTexts } from "./pages/texts.ts";
import type { Views } from "./views.ts";

/** What `createHandler` takes beside the `Csat`. */
export interface HandlerOptions {
  /**
   * Path under which requests reach the handler, such as `/csat`; `""` or `"/"` for the root. `publicUrl` must end
   * with it, or the links in mails would lead past the handler.
   */
  readonly basePath: string;
  /**
   * Says who is asking: null answers 401, `"forbidden"` 403. Called for every operator route, never for the public
   * page, whose link is the credential. Roles are enforced by the handler; every call it makes is bound to the
   * principal's workspace. Must not read the request's body. One that throws answers 500.
   */
  authorize(request: Request, action: Action): Promise<Principal | "forbidden" | null>;
  /**
   * Further origins (`https://desk.example.com`) whose pages may read and change what the operator in front of them may,
   * with a token or with cookies. That of `publicUrl` always may; the host name of a request decides nothing.
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Origins (`https://www.example.com`) whose pages may read a survey as JSON and post the answer by script, without
   * cookies: whoever has the link. None by default.
   */
  readonly surveyOrigins?: readonly string[];
  /** Origins whose pages may show the public page in a frame. None by default. */
  readonly frameAncestors?: readonly string[];
  /**
   * Asked first on the public page, reads included; false answers 429. `fixedWindowLimiter` makes one. `token` is the
   * same however a link's letters are written; where the path holds no token, it is what stands there. One that throws
   * answers 500.
   */
  allowRequest?(request: Request, token: string): Promise<boolean>;
  /** Sentences of the public page by BCP 47 locale. What a locale leaves out is taken from its language, then from English. */
  readonly texts?: Readonly<Record<string, Partial<PageTexts>>>;
  /** Light or dark for the public page, whatever the customer's system prefers; `auto`, as it does, by default. */
  readonly colorScheme?: "light" | "dark" | "auto";
  /** Faces for operators: whoever prefers HTML gets it from here. Without it operator routes answer JSON alone. */
  readonly views?: Views;
  /** Told the cause of every 500, for the host's log; without it the console is told its kind. What it throws is ignored. */
  onError?(error: unknown): void;
}

/**
 * What a request wants to do; `ticket` covers the panel and its explanation, `links` asks for links to a survey, `answers`
 * records an answer, `asking` leaves a ticket's customer out or lets them in again, `exclusions` says whether its answer
 * counts. `own_analytics` reads the answers to the tickets that `Principal.userId` resolved first, and nothing else. `customers` says whom nobody asks, and exports
 * and erases what is stored about a person.
 */
export type Action =
  | { readonly kind: "ticket" | "links" | "answers" | "asking" | "exclusions"; readonly ticketId: string }
  | { readonly kind: "settings" | "analytics" | "own_analytics" | "webhooks" | "customers" };

/**
 * Who is asking. Only `owner` and `admin` see settings, analytics, webhooks and customers, and exclude answers: nobody
 * removes their own bad ratings. All three do the rest of what is about a ticket, and see their own answers.
 */
export interface Principal {
  readonly workspaceId: string;
  /** As in `actorId` of what the host tells: it decides which answers are one's own. */
  readonly userId: string;
  readonly role: "owner" | "admin" | "operator";
}
