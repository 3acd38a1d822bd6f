import type { Csat } from "@csat/core";
import { createHandler, fixedWindowLimiter } from "@csat/http";
import type { CsatViews } from "@csat/ui";
import { callerOf } from "./users.ts";

/** The library's routes under `/csat`: the customers' page, settings and panel, for the helpdesk's own users. */
export function csatHandler(parts: {
  readonly csat: Csat<never>;
  readonly views: CsatViews;
  readonly origins: readonly string[];
}): (request: Request) => Promise<Response> {
  return createHandler(parts.csat, {
    basePath: "/csat",
    authorize: async (request) => {
      const user = callerOf(request.headers);
      return user && { workspaceId: user.workspaceId, userId: user.id, role: user.role };
    },
    allowedOrigins: parts.origins,
    // Only this machine reaches the demo, so all its clients are one; behind a proxy, take the header that it sets.
    allowRequest: fixedWindowLimiter({
      perToken: 2_000,
      perAddress: 50_000,
      windowMs: 60_000,
      addressOf: () => "this machine",
    }),
    views: parts.views,
    onError: (error) => console.error(error instanceof Error ? error.message : error),
  });
}
