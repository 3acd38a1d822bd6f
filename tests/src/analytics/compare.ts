import type { Csat, Page, Rating } from "@csat/core";
import type { Life } from "./a-life.ts";
import { differences } from "./differences.ts";
import { expectedCards, expectedRows, newestFirst } from "./expected-lists.ts";
import { expectedMetrics } from "./expected-metrics.ts";
import { type History, operatorNames } from "./history.ts";
import { brokenInvariants } from "./invariants.ts";
import { type CountedSurvey, comesBefore, countedSurveys, type OracleRange } from "./oracle.ts";
import { aRange, aRating, aResolver } from "./questions.ts";

/** What the library says of a history's workspaces, against the second computation: every difference, with its seed. */
export async function compare<Tx>(life: Life<Tx>, history: History): Promise<readonly string[]> {
  const found: string[] = [];
  for (const workspaceId of history.workspaceIds) {
    const now = life.clock.now();
    const surveys = countedSurveys(history.tickets, workspaceId);
    const range = aRange(history.random, now);
    const asked = { csat: life.csat, workspaceId, surveys, now, range, history };
    for (const difference of [...(await compareMetrics(asked)), ...(await compareLists(asked))]) {
      const zone = process.env.TZ ?? "the machine's zone";
      found.push(`seed ${history.seed}, ${workspaceId}, ${JSON.stringify(range)}, ${zone}: ${difference}`);
    }
  }
  return found;
}

interface Asked {
  readonly csat: Pick<Csat, "getMetrics" | "listLowRatings" | "listResponses" | "exportResponses">;
  readonly workspaceId: string;
  readonly surveys: readonly CountedSurvey[];
  readonly now: Date;
  readonly range: OracleRange | undefined;
  readonly history: History;
}

async function compareMetrics(asked: Asked): Promise<readonly string[]> {
  const { csat, workspaceId, range, history } = asked;
  const found: string[] = [];
  for (const resolvedBy of new Set([undefined, aResolver(history.random)])) {
    const filter = resolvedBy === undefined ? [] : [{ resolvedBy }];
    const metrics = await csat.getMetrics(workspaceId, range, ...filter);
    const expected = expectedMetrics({ ...asked, resolvedBy, names: operatorNames });
    const about = `metrics of ${resolvedBy === undefined ? "all" : resolvedBy}`;
    found.push(...brokenInvariants(metrics).map((broken) => `${about}: ${broken}`));
    found.push(
      ...differences(
        { ...metrics, byResolver: metrics.byResolver.toSorted(byActor) },
        { ...expected, byResolver: expected.byResolver.toSorted(byActor) },
        about,
      ),
    );
  }
  return found;
}

async function compareLists(asked: Asked): Promise<readonly string[]> {
  const { csat, workspaceId, range, history } = asked;
  const rating = aRating(history.random);
  const resolvedBy = aResolver(history.random);
  const limit = history.random.pick([1, 3, 50]);
  const query = {
    ...(rating === undefined ? {} : { rating }),
    ...(resolvedBy === undefined ? {} : { resolvedBy }),
  };
  const rows = await everyPage(
    (page) => csat.listResponses(workspaceId, range, { ...query, ...page }),
    limit,
  );
  const cards = await everyPage((page) => csat.listLowRatings(workspaceId, range, page), limit);
  const exported = [];
  for await (const row of csat.exportResponses(workspaceId, range)) exported.push(row);
  const keep = ({ answer, resolvedBy: resolver }: CountedSurvey) =>
    hasRating(answer?.rating, rating) && (resolvedBy === undefined || resolver === resolvedBy);
  return [
    ...differences(inOrder(rows), expectedRows({ ...asked, keep }), `responses ${JSON.stringify(query)}`),
    ...differences(inOrder(exported), expectedRows({ ...asked, keep: () => true }).map(named), "export"),
    ...differences(
      inOrder(cards.map((card) => ({ ...card, ...card.response }))),
      expectedCards(asked),
      "low ratings",
    ),
  ];
}

function hasRating(rating: Rating | undefined, wanted: Rating | undefined): boolean {
  return wanted === undefined || rating === wanted;
}

/** All pages of a list; the cursor of each leads to the next. */
async function everyPage<Row>(
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Row>>,
  limit: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await read({ limit, ...(cursor === null ? {} : { cursor }) });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

/** Rows of equal times in our own order; the order of unequal ones stays as the library gave it. */
function inOrder<Row extends { readonly respondedAt: Date; readonly ticketId: string }>(
  rows: readonly Row[],
) {
  const times = rows.map(({ respondedAt }) => respondedAt.getTime());
  const isNewestFirst = times.every((time, place) => place === 0 || time <= (times[place - 1] ?? 0));
  return isNewestFirst ? rows.toSorted(newestFirst) : ["not newest first"];
}

function named<Row extends { readonly resolvedBy: string | null }>(row: Row) {
  return { ...row, resolvedByName: operatorNames.get(row.resolvedBy ?? "") ?? null };
}

function byActor(
  one: { readonly actorId: string | null },
  other: { readonly actorId: string | null },
): number {
  return comesBefore(one.actorId, other.actorId) ? -1 : 1;
}
