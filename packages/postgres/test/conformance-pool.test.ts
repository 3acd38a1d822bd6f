import { testStorage } from "@csat/conformance";
import { drizzle } from "drizzle-orm/node-postgres";
import { aFixture, type HostTx } from "./support/fixture.ts";
import { runner } from "./support/runner.ts";
import { twoPools } from "./support/two-pools.ts";

const { pools, inZone } = twoPools();

testStorage(
  "postgresStorage on a server, through a bare Pool of pg",
  {
    create: () =>
      aFixture({
        db: pools()[0],
        other: pools()[1],
        admin: drizzle(pools()[0]),
        transaction: hostTransaction,
        inZone,
      }),
  },
  runner,
);

/** A transaction as a host without drizzle opens one. */
async function hostTransaction(work: (tx: HostTx) => Promise<void>): Promise<void> {
  const client = await pools()[0].connect();
  try {
    await client.query("begin");
    await work({ query: ({ text, values }) => client.query(text, [...values]) });
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
