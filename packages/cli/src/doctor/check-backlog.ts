import type { Health } from "@csat/core";
import type { Attempt } from "../attempt.ts";
import { type FindingCode, notChecked, ok, type Report } from "./report.ts";

/** The checks that read the backlog, in the order of the report. */
export const backlogChecks = ["surveys", "mail", "failed", "receivers", "events"] as const;

type BacklogCheck = (typeof backlogChecks)[number];

/** Do surveys or events wait for longer than they should, for whom, and was any given up? */
export function checkBacklog({
  backlog,
  overdueMs,
}: {
  readonly backlog: Attempt<Health>;
  /** How long something that is due may wait. */
  readonly overdueMs: number;
}): readonly Report[] {
  if (backlog.kind !== "done")
    return backlogChecks.map((check) => notChecked(check, "The tables could not be read."));
  const health = backlog.result;
  // By the instance's own clock: the one of a demo or a test is not that of this machine.
  const isLate = (since: Date | null) =>
    since !== null && health.readAt.getTime() - since.getTime() > overdueMs;
  return [
    surveys(health, isLate),
    mail(health, isLate),
    failed(health),
    receivers(health, isLate),
    events(health, isLate),
  ];
}

type IsLate = (since: Date | null) => boolean;

function surveys(health: Health, isLate: IsLate): Report {
  const { waitingSince, dueSurveys, expiredLeases } = health;
  if (waitingSince === null || !isLate(waitingSince))
    return ok("surveys", `${dueSurveys} due, none overdue.`);
  const held = expiredLeases === 0 ? "" : ` ${expiredLeases} are held by workers that went away.`;
  return finding("surveys", "surveys_overdue", {
    message: `Surveys wait since ${waitingSince.toISOString()}; ${dueSurveys} are due now.${held}`,
    remedy:
      health.mailFailingSince.length > 0
        ? "The next line says why."
        : "Start a worker (csat.startWorker), or more of them. Its log says what fails.",
  });
}

function mail({ mailFailingSince }: Health, isLate: IsLate): Report {
  const late = mailFailingSince.filter(({ since }) => isLate(since));
  const [first] = late;
  if (first === undefined) return ok("mail", "No workspace waits for its mail to be taken.");
  const all = late.map(({ workspaceId, channel, since }) => `${workspaceId} (${channel}, ${day(since)})`);
  return finding("mail", "mail_failing", {
    message: `Mail is not taken: ${listed(all)}.`,
    remedy: `csat send-test YOUR-ADDRESS --workspace ${shellWord(first.workspaceId)} says what the server answers. Mend that; what waits leaves by itself, within an hour.`,
  });
}

function failed({ givenUpSince, failedSurveys }: Health): Report {
  const retriable = givenUpSince.filter(
    ({ what, reason }) => what === "surveys" && reason === "attempts_used_up",
  );
  if (retriable.length === 0)
    return ok("failed", `${failedSurveys} given up; none of them could be sent again without harm.`);
  const all = retriable.map(({ workspaceId, since }) => `${workspaceId} (${day(since)})`);
  return finding("failed", "surveys_failed", {
    message: `Surveys were given up whose mail nobody took: ${listed(all)}.`,
    remedy: commands("retry-failed", retriable),
  });
}

function receivers({ receiverFailingSince }: Health, isLate: IsLate): Report {
  const late = receiverFailingSince.filter(({ since }) => isLate(since));
  if (late.length === 0) return ok("receivers", "No event waits for an endpoint that fails.");
  const all = late.map(
    ({ workspaceId, endpointId, since }) => `${endpointId} of ${workspaceId} (${day(since)})`,
  );
  return finding("receivers", "receiver_failing", {
    message: `Endpoints do not take events: ${listed(all)}.`,
    remedy: "Mend the receiver, or take it off the list of endpoints. What waits is delivered by itself.",
  });
}

function events(health: Health, isLate: IsLate): Report {
  const { givenUpSince, eventsWaitingSince, dueEvents, deadEvents, receiverFailingSince } = health;
  const dead = givenUpSince.filter(({ what }) => what === "events");
  if (dead.length > 0)
    return finding("events", "events_dead", {
      message: `${deadEvents} events have deliveries that were given up.`,
      remedy: commands("replay", dead),
    });
  if (eventsWaitingSince !== null && isLate(eventsWaitingSince) && receiverFailingSince.length === 0)
    return finding("events", "events_overdue", {
      message: `Events wait since ${eventsWaitingSince.toISOString()}; ${dueEvents} are due now.`,
      remedy: "Start a worker (csat.startWorker), or more of them. Its log says what fails.",
    });
  return ok("events", `${dueEvents} due, none given up.`);
}

function finding(
  check: BacklogCheck,
  code: FindingCode,
  { message, remedy }: { readonly message: string; readonly remedy: string },
): Report {
  return { check, status: "finding", code, message, remedy };
}

const mostListed = 5;

function listed(all: readonly string[]): string {
  const more = all.length - mostListed;
  return all.slice(0, mostListed).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** One command for each workspace, ready to run. */
function commands(name: string, troubles: readonly { readonly workspaceId: string }[]): string {
  const workspaces = [...new Set(troubles.map(({ workspaceId }) => workspaceId))];
  const all = workspaces.slice(0, mostListed).map((id) => `csat ${name} ${shellWord(id)}`);
  return `Mend what failed, then run: ${all.join(" && ")}`;
}

function day(since: Date): string {
  return `since ${since.toISOString()}`;
}

/** A text as one word of a shell: as it is where no shell reads anything into it, else in quotes. */
export function shellWord(text: string): string {
  return /^[\w.:@%+/][\w.:@%+/-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
