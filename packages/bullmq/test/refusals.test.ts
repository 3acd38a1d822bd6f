import { createServer, type Socket, connect as toServer } from "node:net";
import { describeWithRedis, type PrivateRedis, startPrivateRedis } from "@csat-internal/test-support";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { aScheduler, type TestScheduler, wakeUp } from "./support/a-scheduler.ts";

const refused = { code: "scheduler_unavailable" };

async function aRedis(): Promise<{ readonly server: PrivateRedis; readonly client: Redis }> {
  const server = await startPrivateRedis();
  onTestFinished(() => server.stop());
  const client = new Redis(server.url);
  client.on("error", () => {});
  onTestFinished(() => client.disconnect());
  return { server, client };
}

/** A name that leads to one server now and to another later, as those of clouds do; connections stay where they are. */
async function aName(port: number) {
  let target = port;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = toServer(target, "127.0.0.1");
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        sockets.delete(end);
        socket.destroy();
        onward.destroy();
      });
    }
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The name has no port.");
  const leadTo = (next: number) => {
    target = next;
  };
  return { url: `redis://127.0.0.1:${address.port}`, leadTo };
}

async function runs({ scheduler, ran }: TestScheduler, surveyId: string): Promise<void> {
  const schedule = () =>
    scheduler.schedule([wakeUp(surveyId)]).then(
      () => "taken",
      (error: unknown) => error,
    );
  await expect.poll(schedule).toBe("taken");
  await expect.poll(() => ran).toContain(surveyId);
}

const kinds = ({ lines }: TestScheduler) =>
  lines.flatMap(({ level, fields }) => (level === "info" ? [] : [fields.kind ?? fields]));

// S9, S16
describeWithRedis("a Redis that refuses writes", () => {
  test("because it is full is told in one line by its kind, sweeps go on, and jobs come when it has room", async () => {
    const { server, client } = await aRedis();
    const desk = aScheduler({ connection: server.url });
    await desk.start();
    await runs(desk, "before");
    await client.config("SET", "maxmemory", "1mb");
    await expect(desk.scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject(refused);
    // Redis answers PINGs all the time; a probe that took this for health would let a call through now and then.
    const before = desk.sweepCount();
    const failures = new Set<unknown>();
    await expect
      .poll(async () => {
        await desk.scheduler.schedule([wakeUp("lost, too")]).catch((error: unknown) => failures.add(error));
        return desk.sweepCount();
      })
      .toBeGreaterThan(before + 20);
    expect([...failures].filter((error) => !String(error).includes("is out of reach"))).toEqual([]);
    expect(desk.lines).toEqual([
      {
        level: "warn",
        fields: {
          kind: "redis_out_of_memory",
          error: "ReplyError: OOM command not allowed when used memory",
        },
        message: expect.stringContaining("Redis is full and takes no writes."),
      },
    ]);
    await expect(desk.scheduler.ping()).rejects.toThrow("OOM");
    await client.config("SET", "maxmemory", "0");
    await runs(desk, "after");
    expect(desk.lines.map(({ level }) => level)).toEqual(["warn", "info"]);
  });

  test("as a replica is told once by its kind, and is used again when it is the primary", async () => {
    const { server, client } = await aRedis();
    const desk = aScheduler({ connection: server.url });
    await desk.start();
    await runs(desk, "before");
    await client.replicaof("127.0.0.1", 1);
    await expect(desk.scheduler.schedule([wakeUp("lost")])).rejects.toMatchObject(refused);
    const before = desk.sweepCount();
    await expect.poll(desk.sweepCount).toBeGreaterThan(before + 20);
    expect(kinds(desk)).toEqual(["redis_read_only"]);
    await expect(desk.scheduler.ping()).rejects.toThrow("READONLY");
    await client.replicaof("NO", "ONE");
    await runs(desk, "after");
  });

  test("as a replica of the server that its name leads to by now is left for that one", async () => {
    const [old, next] = [await aRedis(), await aRedis()];
    const name = await aName(old.server.port);
    const desk = aScheduler({ connection: name.url });
    await desk.start();
    await runs(desk, "before");
    name.leadTo(next.server.port);
    // It answers all the time and stays what it is: who keeps the connection never gets anywhere.
    await old.client.replicaof("127.0.0.1", next.server.port);
    await runs(desk, "after");
    expect(kinds(desk)).toEqual(["redis_read_only"]);
  });
});
