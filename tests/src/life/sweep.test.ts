import { inProcessScheduler } from "@csat/memory";
import { expect, test } from "vitest";
import { onEveryStorage } from "../world/on-storages.ts";

onEveryStorage("the sweep", (make) => {
  test("a survey whose wake-up was lost is mailed by the sweep of any worker", async () => {
    // S16
    const world = await make();
    await world.resolve("T1");
    expect(world.scheduler.scheduled).toMatchObject([{ job: { kind: "send_survey", generation: 1 } }]);
    world.clock.move(3_600_000);
    const mailed = new Promise<void>((resolve) => {
      world.mailer.answer = () => {
        resolve();
        return { kind: "accepted", messageId: null };
      };
    });
    const worker = await world
      .anotherProcess({ scheduler: inProcessScheduler({ clock: world.clock }), sweepEveryMs: 20 })
      .startWorker();
    await mailed;
    await worker.stop();
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
  });

  test("a wake-up that names an older generation sends nothing before its time", async () => {
    // S5
    const world = await make();
    await world.resolve("T1");
    const [stale] = world.scheduler.scheduled;
    await world.reopen("T1");
    await world.pass({ minutes: 1 });
    await world.resolve("T1");
    world.clock.move(3_540_000);
    let run: ((job: NonNullable<typeof stale>["job"]) => Promise<void>) | undefined;
    await world
      .anotherProcess({
        scheduler: {
          ...world.scheduler,
          start: async (work) => {
            run = (job) => work.run(job, new AbortController().signal);
            return { stop: async () => {} };
          },
        },
      })
      .startWorker();
    if (stale === undefined || run === undefined)
      throw new Error("The first resolution asked for no wake-up.");
    await run(stale.job);
    expect(world.mailer.tried).toEqual([]);
    world.clock.move(60_000);
    const fresh = world.scheduler.scheduled.at(-1);
    if (fresh !== undefined) await run(fresh.job);
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a worker that is told to stop in mid-sweep finishes its mails and claims no more", async () => {
    // S16
    const world = await make();
    for (let ticket = 0; ticket < 6; ticket++) await world.resolve(`T${ticket}`);
    world.clock.move(3_600_000);
    let finish: () => void = () => {};
    const begun = new Promise<void>((resolve) => {
      world.mailer.answer = () => {
        resolve();
        return new Promise((accept) => {
          finish = () => accept({ kind: "accepted", messageId: null });
        });
      };
    });
    const worker = await world
      .anotherProcess({ scheduler: inProcessScheduler({ clock: world.clock }) })
      .startWorker({ concurrency: 1 });
    await begun;
    const stopped = worker.stop();
    finish();
    await stopped;
    expect(world.mailer.accepted).toHaveLength(1);
    expect(await world.csat.health()).toMatchObject({ dueSurveys: 5, expiredLeases: 0 });
  });
});
