import { migrate } from "@csat/postgres";
import { Pool } from "pg";
import { type BenchServer, benchDatabase } from "./bench-database.ts";
import type { BenchPath, Measured } from "./bench-path.ts";

/** Where and how large. */
export interface MeasureOptions {
  readonly server: BenchServer;
  readonly redisUrl: string;
  readonly rounds: number;
  readonly isSmall: boolean;
  /** Share of the usual size, above 0 and at most 1. */
  readonly scale: number;
}

/** Measures one path on a new, migrated database, which is dropped behind it. */
export async function measurePath(
  path: BenchPath,
  { server, redisUrl, rounds, isSmall, scale }: MeasureOptions,
): Promise<Measured> {
  const database = await benchDatabase(server);
  try {
    const pool = new Pool({ connectionString: database.url, max: 1 });
    await migrate(pool);
    await pool.end();
    return await path.measure({
      url: database.url,
      redisUrl,
      rounds,
      sized: (usual) => (isSmall ? Math.max(20, Math.ceil(usual / 200)) : Math.ceil(usual * scale)),
    });
  } finally {
    await database.drop();
  }
}
