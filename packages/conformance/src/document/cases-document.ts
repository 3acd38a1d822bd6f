import type { ConformanceCase } from "../case.ts";
import { channelCases } from "../channel/channel-cases.ts";
import { mailerCases } from "../mailer/mailer-cases.ts";
import { schedulerCases } from "../scheduler/scheduler-cases.ts";
import { storageCases } from "../storage/storage-cases.ts";
import { webhookTransportCases } from "../webhook-transport/webhook-transport-cases.ts";

/** Every case and its rule as Markdown: the text of `docs/adapters/conformance-cases.md`. */
export function casesDocument(): string {
  return [
    "# Conformance cases",
    "",
    "What `@csat/conformance` asks of an adapter, rule by rule. The ids are stable: a harness names the cases that an",
    "adapter cannot keep in `known`, with the reason.",
    "",
    "This page is written by `pnpm --filter @csat/conformance run document`; change the cases, not the page.",
    "",
    ...section({ title: "Storage", cases: storageCases }),
    ...section({ title: "Scheduler", cases: schedulerCases }),
    ...section({ title: "Mailer", cases: mailerCases }),
    ...section({ title: "Channel", cases: channelCases }),
    ...section({ title: "Webhook transport", cases: webhookTransportCases }),
  ].join("\n");
}

function section({
  title,
  cases,
}: {
  readonly title: string;
  readonly cases: readonly ConformanceCase<never>[];
}): readonly string[] {
  const rows = cases.map(({ id, rule }) => `| \`${id}\` | ${rule.replaceAll("|", "\\|")} |`);
  return [`## ${title}: ${cases.length} cases`, "", "| case | rule |", "| --- | --- |", ...rows, ""];
}
