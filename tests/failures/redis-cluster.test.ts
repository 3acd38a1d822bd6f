import { bullmqScheduler } from "@csat/bullmq";
import { describeWithRedis, sized, startPrivateCluster } from "@csat-internal/test-support";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { printFigures } from "./world/figures.ts";
import { killRun } from "./world/kill-run.ts";

const { surveys, mailsPerKill } = sized({
  usual: { surveys: 120, mailsPerKill: 12 },
  full: { surveys: 1_000, mailsPerKill: 20 },
});

describeWithRedis("a Redis Cluster of three", () => {
  test("loses the node with the queue while workers are killed: every survey leaves once, and the replica takes over", async ({
    onTestFinished,
  }) => {
    // S9, S10, S11, S13, S16, S52
    const cluster = await startPrivateCluster();
    onTestFinished(() => cluster.stop());
    const connection = { cluster: cluster.nodes };
    const scheduler = bullmqScheduler({ connection, queueName: "work" });
    onTestFinished(() => scheduler.close());
    const key = "{csat}:work:meta";
    const figures = await killRun({
      onTestFinished,
      surveys,
      mailsPerKill,
      scheduler,
      worker: { redis: connection, sweepEveryMs: 1_000 },
      midway: {
        firstTickets: surveys / 2,
        async happens({ csat }, ticketIds) {
          const old = await cluster.primaryOf(key);
          expect(await count(old, key)).toBe(1);
          await old.kill();
          const takenOver = cluster.failedOver(key, old);
          // No resolve waits for the failover, which comes while they do.
          for (const ticketId of ticketIds) {
            const resolved = { workspaceId: "acme", ticketId, actorId: "olivia", resolvedAt: new Date() };
            await csat.ticketResolved(resolved);
          }
          await takenOver;
          await expect.poll(() => scheduler.ping().then(() => "answers", String)).toBe("answers");
          await expect.poll(async () => count(await cluster.primaryOf(key), key)).toBe(1);
        },
      },
    });
    printFigures("Redis Cluster", figures);
    expect(figures.kills).toBeGreaterThan(2);
  });
});

/** How many of the keys with this name a server has. */
async function count({ port }: { readonly port: number }, key: string): Promise<number> {
  const client = new Redis(port, "127.0.0.1");
  try {
    return await client.exists(key);
  } finally {
    client.disconnect();
  }
}
