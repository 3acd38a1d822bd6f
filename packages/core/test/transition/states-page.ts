import { statusOf } from "./consequence-rules.ts";
import { type Edge, explore } from "./explore.ts";

const columns = {
  "Told by the host, a customer or by hand": [
    "resolved",
    "left",
    "left_out",
    "let_in",
    "issued",
    "answered",
    "answered_elsewhere",
    "excluded",
    "restored",
    "retried",
    "reported",
    "erased",
  ],
  "Told by a worker that has claimed the survey": ["begun", "skipped", "put_off", "gave_up"],
  "Told by the worker that began the send": ["accepted", "failed"],
} as const;

const statuses = [
  "no survey",
  "scheduled",
  "sending",
  "sent",
  "answered",
  "canceled",
  "skipped",
  "failed",
  "erased",
];

/** The page of every status and every event, as the transition itself answers when all of it is explored. */
export function statesPage(): string {
  const cells = new Map<string, Set<string>>();
  const ways = new Map<string, Set<string>>();
  const size = explore(
    () => {},
    (edge) => {
      if (!edge.isPossible) return;
      const [from, to] = [statusOf(edge.before), statusOf(edge.after)];
      note(cells, `${from} ${edge.event.kind}`, `\`${answerOf(edge)}\`${from === to ? "" : ` → **${to}**`}`);
      if (from !== to) note(ways, `${from} ${to}`, edge.event.kind);
    },
  );
  return [
    "# States and events",
    "",
    "What every event makes of a ticket's survey, in every status it can be in. The page is written by the transition",
    `itself, explored to the end (${size.states.toLocaleString("en")} states, ${size.transitions.toLocaleString("en")} events told to them), and checked by the tests`,
    "(`npx vitest run --project core states-page -u` renews it). The rules are in",
    "[`packages/core/src/policy/transition`](../../packages/core/src/policy/transition), one file per event; what must",
    "hold in every state and for every event is in",
    "[`packages/core/test/transition`](../../packages/core/test/transition).",
    "",
    "## From status to status",
    "",
    "```text",
    ...statuses.flatMap((from) => diagramOf(from, ways)),
    "```",
    "",
    "Erasing leads from every status to `erased`, an answer from every status in which a send has begun to `answered`, and one",
    "that the host took itself from every status but erased. The diagram leaves these out.",
    "",
    "## Every event in every status",
    "",
    "A cell has what the event answers, and in bold what becomes of the survey; without an arrow the status stays. Several",
    "lines: it depends on times, leases and what came before, as told in the file of the event.",
    ...Object.entries(columns).flatMap(([title, events]) => [
      "",
      `### ${title}`,
      "",
      ...tableOf(events, cells),
    ]),
    "",
  ].join("\n");
}

function tableOf(
  events: readonly string[],
  cells: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  return [
    `| status | ${events.map((event) => `\`${event}\``).join(" | ")} |`,
    `| --- | ${events.map(() => "---").join(" | ")} |`,
    ...statuses.map((status) => {
      const row = events.map((event) => [...(cells.get(`${status} ${event}`) ?? ["never told"])].toSorted());
      return `| ${status} | ${row.map((lines) => lines.join("<br>")).join(" | ")} |`;
    }),
  ];
}

function diagramOf(from: string, ways: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return statuses.flatMap((to) => {
    const events = [...(ways.get(`${from} ${to}`) ?? [])].filter(
      (event) => !event.startsWith("answered") && event !== "erased",
    );
    return events.length === 0
      ? []
      : [`${from.padEnd(9)} ──▶ ${to.padEnd(9)}  ${events.toSorted().join(", ")}`];
  });
}

/** The outcome, with its reason where it has one, and whether a later resolution armed the survey at once. */
function answerOf({ outcome }: Edge): string {
  if ("rearmed" in outcome) return `${outcome.kind}, rearmed`;
  return "reason" in outcome ? `${outcome.kind}: ${String(outcome.reason)}` : outcome.kind;
}

function note(into: Map<string, Set<string>>, key: string, word: string): void {
  into.set(key, (into.get(key) ?? new Set()).add(word));
}
