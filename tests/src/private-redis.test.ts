import { describeWithRedis, startPrivateRedis, withoutRedis } from "@csat-internal/test-support";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

test("CSAT_WITHOUT_REDIS=1 skips what needs Redis on a laptop, and never in CI", () => {
  expect(withoutRedis({ CSAT_WITHOUT_REDIS: "1" })).toBe("CSAT_WITHOUT_REDIS=1");
  expect(withoutRedis({ CSAT_WITHOUT_REDIS: "1", CI: "true" })).toBeNull();
  expect(withoutRedis({})).toBeNull();
});

describeWithRedis("a Redis of a test's own", () => {
  test("can be killed, started again empty on the same port, frozen and let go", async () => {
    const server = await startPrivateRedis();
    const client = new Redis(server.url, { retryStrategy: () => 10, commandTimeout: 500 });
    client.on("error", () => {});
    try {
      await client.set("a", "1");
      await server.kill();
      await server.restart();
      expect(await client.get("a")).toBeNull();
      server.pause();
      await expect(client.ping()).rejects.toThrow("Command timed out");
      server.resume();
      await expect.poll(() => client.ping().catch((error: unknown) => error)).toBe("PONG");
    } finally {
      client.disconnect();
      await server.stop();
    }
    await expect(
      startPrivateRedis({ port: server.port }).then((next) => next.stop()),
    ).resolves.toBeUndefined();
  });
});
