import { entityKind } from "drizzle-orm";
import type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";

/** What a pool of node-postgres lends. */
interface PoolClient {
  release(error?: boolean): void;
  on(event: "error", listener: () => void): void;
  off(event: "error", listener: () => void): void;
}

interface Pool {
  connect(): Promise<PoolClient>;
  readonly totalCount: number;
}

/** The part of drizzle's session over a pool that opens transactions, and what makes one over a single connection. */
interface Session {
  readonly dialect: unknown;
  readonly schema: unknown;
  readonly options: unknown;
  readonly constructor: {
    readonly [entityKind]?: string;
    new (
      client: PoolClient,
      dialect: unknown,
      schema: unknown,
      options: unknown,
    ): Pick<DrizzleDatabase, "transaction">;
  };
}

/**
 * Runs `work` in one READ COMMITTED transaction. Over a pool of node-postgres the connection goes back whatever fails:
 * drizzle keeps it for ever when BEGIN fails, as it does on a connection that broke unnoticed, and each outage would
 * leave a smaller pool. A connection that breaks between two statements fails the next one and does not end the process.
 */
export async function openTransaction<Result>(
  db: DrizzleDatabase,
  work: (tx: DrizzleTx) => Promise<Result>,
): Promise<Result> {
  const config = { isolationLevel: "read committed" } as const;
  const pooled = overPool(db);
  if (pooled === null) return await db.transaction(work, config);
  const { pool, session } = pooled;
  const client = await pool.connect();
  client.on("error", ignore);
  try {
    const own = new session.constructor(client, session.dialect, session.schema, session.options);
    return await own.transaction(work, config);
  } finally {
    client.off("error", ignore);
    // The pool throws away what is no longer connected.
    client.release();
  }
}

// The statement that runs, or the next one, fails of it.
function ignore(): void {}

// Drizzle types neither: another driver, or a release of drizzle that is built otherwise, opens its own transactions.
function overPool(db: object): { readonly pool: Pool; readonly session: Session } | null {
  // Partial: whatever stands there is looked at before it is used.
  const { $client: pool, session } = db as { $client?: Partial<Pool>; session?: Partial<Session> };
  const isPool = typeof pool?.connect === "function" && typeof pool.totalCount === "number";
  const isKnown = session?.dialect !== undefined && session.constructor?.[entityKind] === "NodePgSession";
  // Both were just found to have what is used of them.
  return isPool && isKnown ? { pool: pool as Pool, session: session as Session } : null;
}
