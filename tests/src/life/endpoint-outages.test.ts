import type { DeliveryResult, EndpointFailing, LogFields } from "@csat/core";
import { silentLogger } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onEveryStorage } from "../world/on-storages.ts";

const down: DeliveryResult = { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" };

/** An endpoint that fails when told so, and workers that are new at every step, two at a time. */
async function aDesk(make: MakeWorld) {
  let isDown = false;
  const world = await make({
    options: {
      webhooks: {
        endpointsFor: async () => ["crm", "chat"].map((id) => ({ id, url: `https://${id}.example.com/` })),
        deliver: async ({ id }) => (id === "crm" && isDown ? down : { ok: true }),
      },
    },
  });
  const told: EndpointFailing[] = [];
  const lines: LogFields[] = [];
  const workers = (onEndpointFailing = (failing: EndpointFailing) => void told.push(failing)) =>
    [1, 2].map(() =>
      world.anotherProcess({
        onEndpointFailing,
        logger: { ...silentLogger, error: (fields) => void lines.push(fields) },
      }),
    );
  let tickets = 0;
  return {
    ...world,
    told,
    lines,
    workers,
    setDown: (value: boolean) => {
      isDown = value;
    },
    /** Hours go by, at the end of which a customer answers and workers do what is due. */
    async pass(hours: number, used = workers()) {
      world.clock.move((hours - 1) * 3_600_000);
      await world.resolve(`T${++tickets}`);
      world.clock.move(3_600_000);
      await Promise.all(used.map((worker) => worker.runDue()));
      await world.answer(world.mailer.accepted.at(-1), 5);
      await Promise.all(used.map((worker) => worker.runDue()));
    },
  };
}

onEveryStorage("an endpoint that takes no event for a day", (make) => {
  test("is told to the host once for each outage, though workers are many and new all the time", async () => {
    // S54
    const desk = await aDesk(make);
    const { csat, told, lines } = desk;
    await desk.pass(2);
    desk.setDown(true);
    await desk.pass(2);
    // Workers that are new each time remember no single failure: since the second.
    await desk.pass(6);
    const since = desk.clock.now();
    for (let hours = 0; hours < 18; hours += 6) await desk.pass(6);
    expect(told).toEqual([]);
    for (let hours = 0; hours < 48; hours += 6) await desk.pass(6);
    expect(told).toEqual([{ workspaceId, endpointId: "crm", since }]);
    expect(lines).toEqual([{ kind: "endpoint_failing", workspaceId, endpointId: "crm", since }]);
    expect((await csat.health()).receiverFailingSince).toEqual([{ workspaceId, endpointId: "crm", since }]);

    desk.setDown(false);
    await desk.pass(3);
    await desk.pass(7);
    expect((await csat.health()).receiverFailingSince).toEqual([]);
    desk.setDown(true);
    for (let hours = 0; hours < 48; hours += 6) await desk.pass(6);
    expect(told).toHaveLength(2);
    expect(told[1]?.since.getTime()).toBeGreaterThan(since.getTime() + 72 * 3_600_000);
  });

  test("and took one in between is not told: a day counts from the last that it took", async () => {
    // S54
    const desk = await aDesk(make);
    const used = desk.workers();
    for (let day = 0; day < 4; day++) {
      desk.setDown(true);
      for (let hours = 0; hours < 18; hours += 6) await desk.pass(6, used);
      desk.setDown(false);
      for (let hours = 0; hours < 12; hours += 6) await desk.pass(6, used);
    }
    expect(desk.told).toEqual([]);
  });

  test("costs no delivery when the host's answer to that is an error", async () => {
    // S54
    const desk = await aDesk(make);
    let calls = 0;
    const used = desk.workers(() => {
      calls += 1;
      throw new Error("the host's mail is down");
    });
    desk.setDown(true);
    for (let hours = 0; hours < 36; hours += 6) await desk.pass(6, used);
    expect(calls).toBe(1);
    desk.setDown(false);
    await desk.pass(3, used);
    await desk.pass(7, used);
    expect(await desk.csat.health()).toMatchObject({ receiverFailingSince: [], dueEvents: 0 });
  });
});
