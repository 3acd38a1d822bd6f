import type { Csat, Page, Rating } from "@csat/core";
import { differences } from "./differences.ts";
import { expectedCards, expectedRows, newestFirst } from "./expected-lists.ts";
import { expectedMetrics, type Question } from "./expected-metrics.ts";
import { hasValue } from "./expected-slices.ts";
import { aValue, type History, operatorNames, slicedBy } from "./history.ts";
import { brokenInvariants } from "./invariants.ts";
import type { Life } from "./life.ts";
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
  const { random } = history;
  const questions: readonly Pick<Question, "resolvedBy" | "where" | "by">[] = [
    { resolvedBy: undefined },
    { resolvedBy: aResolver(random), where: aValue(random) },
    { resolvedBy: aResolver(random), by: random.pick(slicedBy) },
    {
      resolvedBy: undefined,
      ...(random.chance(0.5) ? { where: aValue(random) } : { by: random.pick(slicedBy) }),
    },
  ];
  const found: string[] = [];
  for (const question of questions) {
    const { resolvedBy, where, by } = question;
    const metrics = await csat.getMetrics(workspaceId, range, {
      ...(resolvedBy === undefined ? {} : { resolvedBy }),
      ...(where === undefined ? {} : { where }),
      ...(by === undefined ? {} : { by }),
    });
    const expected = expectedMetrics({ ...asked, ...question, names: operatorNames });
    const about = `metrics of ${JSON.stringify(question)}`;
    found.push(...brokenInvariants(metrics).map((broken) => `${about}: ${broken}`));
    found.push(...differences(inOwnOrder(metrics), inOwnOrder(expected), about));
  }
  return found;
}

interface Ordered {
  readonly byResolver: readonly { readonly actorId: string | null }[];
  readonly bySlice: { readonly groups: readonly { readonly value: string | null }[] } | null;
}

function inOwnOrder({ byResolver, bySlice, ...others }: Ordered) {
  return {
    ...others,
    byResolver: byResolver.toSorted((one, other) => (comesBefore(one.actorId, other.actorId) ? -1 : 1)),
    bySlice:
      bySlice === null
        ? null
        : {
            ...bySlice,
            groups: bySlice.groups.toSorted((one, other) => (comesBefore(one.value, other.value) ? -1 : 1)),
          },
  };
}

async function compareLists(asked: Asked): Promise<readonly string[]> {
  const { csat, workspaceId, range, history } = asked;
  const rating = aRating(history.random);
  const resolvedBy = aResolver(history.random);
  const where = history.random.chance(0.5) ? aValue(history.random) : undefined;
  const limit = history.random.pick([1, 3, 50]);
  const query = {
    ...(rating === undefined ? {} : { rating }),
    ...(resolvedBy === undefined ? {} : { resolvedBy }),
    ...(where === undefined ? {} : { where }),
  };
  const rows = await everyPage(
    (page) => csat.listResponses(workspaceId, range, { ...query, ...page }),
    limit,
  );
  const narrowed = where === undefined ? {} : { where };
  const cards = await everyPage(
    (page) => csat.listLowRatings(workspaceId, range, { ...narrowed, ...page }),
    limit,
  );
  const exported = [];
  for await (const row of csat.exportResponses(workspaceId, range, narrowed)) exported.push(row);
  const isIn = (survey: CountedSurvey) => where === undefined || hasValue(survey, where);
  const keep = (survey: CountedSurvey) =>
    hasRating(survey.answer?.rating, rating) &&
    (resolvedBy === undefined || survey.resolvedBy === resolvedBy) &&
    isIn(survey);
  return [
    ...differences(inOrder(rows), expectedRows({ ...asked, keep }), `responses ${JSON.stringify(query)}`),
    ...differences(
      inOrder(exported),
      expectedRows({ ...asked, keep: isIn, withExcluded: true }).map(named),
      `export ${JSON.stringify(narrowed)}`,
    ),
    ...differences(
      inOrder(cards.map((card) => ({ ...card, ...card.response }))),
      expectedCards({ ...asked, keep: isIn }),
      `low ratings ${JSON.stringify(narrowed)}`,
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
