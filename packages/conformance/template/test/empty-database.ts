import type { Connection } from "../src/index.ts";

/**
 * An empty database of its own for every case, with your tables in it: a new file, a new schema, or tables emptied
 * before each case. Until yours stands here, every query of it is refused.
 */
export async function emptyDatabase() {
  const connect = (_zone?: string): Connection => ({
    query: async (text) => {
      throw new Error(`No database yet: connect test/empty-database.ts to yours. It was asked: ${text}`);
    },
  });
  return {
    /** One more connection, as another process would have it; its sessions run in `zone` where one is named. */
    connect,
    /** Opens a transaction as a host would, with your driver alone, and ends it as `work` says. */
    async transaction(work: (tx: Connection) => Promise<"commit" | "rollback">): Promise<void> {
      const tx = connect();
      await tx.query("begin", []);
      await tx.query(await work(tx), []);
    },
    async close(): Promise<void> {},
  };
}
