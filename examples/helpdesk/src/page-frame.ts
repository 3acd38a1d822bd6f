import type { Clock } from "@csat/core";
import type { Context } from "hono";
import type { PageFrame } from "./pages/layout.ts";
import type { HelpdeskEnvironment } from "./parts.ts";
import type { DemoUser } from "./users.ts";

/** What a form's redirect says was done, in words. */
const notices: ReadonlyMap<string | null, string> = new Map([
  ["opened", "The ticket is open."],
  ["resolved", "Resolved."],
  ["saved", "Saved."],
]);

/** The frame of the page that was asked for: who looks at it, when, and what they did before. */
export function pageFrame(context: Context<HelpdeskEnvironment>, title: string, clock: Clock): PageFrame {
  return frameOf(context.req.raw, { title, user: context.var.user, clock });
}

/** The same for a request that the library answers; null is a user whom nobody knows. */
export function frameOf(
  { url, method }: Request,
  { title, user, clock }: { readonly title: string; readonly user: DemoUser | null; readonly clock: Clock },
): PageFrame {
  const { pathname, searchParams } = new URL(url);
  const notice = notices.get(searchParams.get("done")) ?? null;
  for (const said of ["done", "saved", "replayed"]) searchParams.delete(said);
  const read = searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
  // Where a form was sent there may be nothing to read: back to the view it stands on.
  const path = method === "POST" ? pathname.split("/").slice(0, 4).join("/") : read;
  return { title, user, now: clock.now(), path, notice };
}
