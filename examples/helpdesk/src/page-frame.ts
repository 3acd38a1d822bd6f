import type { Clock } from "@csat/core";
import type { Context } from "hono";
import type { PageFrame } from "./pages/layout.ts";
import type { HelpdeskEnvironment } from "./parts.ts";

/** What a form's redirect says was done, in words. */
const notices: ReadonlyMap<string | null, string> = new Map([
  ["opened", "The ticket is open."],
  ["resolved", "Resolved."],
  ["saved", "Saved."],
  ["test-taken", "The receiver took the test event."],
  ["test-failed", "The receiver did not take the test event."],
  ["nobody", "Nobody is subscribed, so nobody was told."],
  ["replayed", "The event is on its way again."],
]);

/** The frame of the page that was asked for: who looks at it, when, and what they did before. */
export function pageFrame(context: Context<HelpdeskEnvironment>, title: string, clock: Clock): PageFrame {
  const { pathname, searchParams } = new URL(context.req.url);
  const notice = notices.get(searchParams.get("done")) ?? null;
  searchParams.delete("done");
  const path = searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
  return { title, user: context.var.user, now: clock.now(), path, notice };
}
