import type { Backlog } from "@csat/core";
import type { Attempt } from "../attempt.ts";
import { notChecked, ok, type Report } from "./report.ts";

/** Do surveys wait for longer than they should? Were deliveries given up? */
export function checkBacklog({
  backlog,
  now,
  overdueMs,
}: {
  readonly backlog: Attempt<Backlog>;
  readonly now: Date;
  /** How long a due survey may wait. */
  readonly overdueMs: number;
}): readonly Report[] {
  if (backlog.kind !== "done") {
    const message = "The tables could not be read.";
    return [notChecked("surveys", message), notChecked("events", message)];
  }
  return [surveys(backlog.result, { now, overdueMs }), events(backlog.result)];
}

function surveys(
  { oldestDueAt, dueSurveys, failedSurveys }: Backlog,
  { now, overdueMs }: { readonly now: Date; readonly overdueMs: number },
): Report {
  const waitedMs = oldestDueAt === null ? 0 : now.getTime() - oldestDueAt.getTime();
  if (waitedMs <= overdueMs) {
    return ok("surveys", `${dueSurveys} due, none overdue. ${failedSurveys} failed for good.`);
  }
  return {
    check: "surveys",
    status: "finding",
    code: "surveys_overdue",
    message: `${dueSurveys} surveys are due, the oldest for ${Math.floor(waitedMs / 60_000)} minutes.`,
    remedy:
      "Check that a worker runs (csat.startWorker) and that the mail server takes mails (csat send-test). Its log says what fails.",
  };
}

function events({ deadEvents, dueEvents }: Backlog): Report {
  if (deadEvents === 0) return ok("events", `${dueEvents} due, none given up.`);
  return {
    check: "events",
    status: "finding",
    code: "events_dead",
    message: `${deadEvents} events have deliveries that were given up.`,
    remedy:
      "List them with csat.listEvents(workspaceId, { dead: true }), mend the receiver, then csat.replayEvent(workspaceId, eventId).",
  };
}
