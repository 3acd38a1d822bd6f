import { isWholeDays, type MetricsReader } from "@csat/core";
import { countRows, toRowCounts } from "./counts/count-rows.ts";
import { readCounts, toCounts } from "./counts/read-counts.ts";
import { listResponses } from "./list-responses.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";

/** Counts and lists, exact at every read. The counts of whole days cost days × operators, not responses. */
export function metricsReader(session: Session, tables: TableNames): MetricsReader {
  return {
    async read(query) {
      const doing = `counting the responses of workspace ${query.workspaceId}`;
      return isWholeDays(query.current) && isWholeDays(query.previous)
        ? toCounts(await session.execute(doing, readCounts(tables, query)))
        : toRowCounts(await session.execute(doing, countRows(tables, query)));
    },
    listResponses: (query) => listResponses(session, { tables, query }),
  };
}
