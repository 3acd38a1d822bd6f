import type { HeadChange, MailOutcome, Store } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { tokenOf, type World, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const ref = { workspaceId, ticketId: "T1" };
const accepted: MailOutcome = { kind: "accepted", messageId: null };

/** A process that is held up once, between reading the ticket and writing it: then the other thing happens, whole. */
function heldUp(
  world: World<DrizzleTx>,
  meanwhile: () => Promise<unknown>,
  isIt: (ticket: HeadChange) => boolean = () => true,
): World<DrizzleTx>["csat"] {
  let isOver = false;
  const { storage } = world;
  const write: Store<DrizzleTx>["auto"]["write"] = async (changes) => {
    const ticket = changes[0]?.heads.find(({ key }) => key.kind === "ticket");
    if (!isOver && ticket !== undefined && isIt(ticket)) {
      isOver = true;
      await meanwhile();
    }
    return storage.auto.write(changes);
  };
  return world.anotherProcess({ storage: { ...storage, auto: { ...storage.auto, write } } });
}

/** What became of a mail is written without a lease; the begin of its send names one. */
const isOutcome = ({ lease }: HeadChange) => lease === undefined;

/** A mail under way since one o'clock; `end` lets the mail server answer, and resolves when that is written down. */
async function aMailUnderWay(world: World<DrizzleTx>, outcome: MailOutcome) {
  await world.resolve("T1", "ann");
  world.clock.move(3_600_000);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const begun = new Promise<void>((begin) => {
    world.mailer.answer = async () => {
      begin();
      await answered;
      return outcome;
    };
  });
  const run = world.anotherProcess().runDue();
  await begun;
  return {
    end: async () => {
      answer();
      await run;
    },
  };
}

/** The survey when its mail's outcome and something else met: `first` says which was stored first. */
async function met(
  world: World<DrizzleTx>,
  outcome: MailOutcome,
  {
    first,
    before = async () => {},
    other,
  }: {
    readonly first: "outcome" | "other";
    readonly before?: () => Promise<unknown>;
    readonly other: (csat: World<DrizzleTx>["csat"]) => Promise<unknown>;
  },
) {
  if (first === "outcome") {
    const mail = await aMailUnderWay(world, outcome);
    await before();
    await other(heldUp(world, mail.end));
  } else {
    await world.resolve("T1", "ann");
    world.clock.move(3_600_000);
    world.mailer.answer = async () => {
      await before();
      return outcome;
    };
    await heldUp(world, () => other(world.csat), isOutcome).runDue();
  }
  return world.survey("T1");
}

/** How the survey stands when its ticket was reopened during the send, and when it was resolved again as well. */
const endings: readonly (readonly [name: string, MailOutcome, reopened: object, resolvedAgain: object])[] = [
  [
    "refused for now",
    { kind: "unavailable", error: "451", concerns: "recipient" },
    { status: "canceled", reason: "reopened", generation: 1, mayHaveReached: false },
    { status: "scheduled", generation: 2, attempts: 0, mayHaveReached: false },
  ],
  [
    "refused for good",
    { kind: "refused", error: "550" },
    { status: "failed", reason: "refused", generation: 1, mayHaveReached: false },
    { status: "scheduled", generation: 2, attempts: 0, mayHaveReached: false },
  ],
  [
    "broken off with an unknown end",
    { kind: "unknown", error: "lost after DATA" },
    { status: "canceled", reason: "reopened", generation: 1, mayHaveReached: true },
    { status: "canceled", reason: "reopened", generation: 1, mayHaveReached: true },
  ],
  ["accepted", accepted, { status: "sent", generation: 1 }, { status: "sent", generation: 1 }],
];

onEveryStorage("events that meet", (make) => {
  test.each(endings)(
    "a reopening during a send that is %s ends alike, whichever is stored first",
    async (_name, outcome, reopened) => {
      // S10
      for (const first of ["outcome", "other"] as const) {
        const world = await make();
        const other = (csat: typeof world.csat) =>
          csat.ticketLeft({ ...ref, at: world.clock.now(), reason: "reopened" });
        expect(await met(world, outcome, { first, other }), first).toMatchObject(reopened);
      }
    },
  );

  test.each(endings)(
    "a reopening and a resolution during a send that is %s end alike, whichever is stored first",
    async (_name, outcome, _reopened, resolvedAgain) => {
      // S5 S10
      for (const first of ["outcome", "other"] as const) {
        const world = await make();
        const before = async () => {
          await world.reopen("T1");
          world.clock.move(60_000);
        };
        const other = (csat: typeof world.csat) =>
          csat.ticketResolved({ ...ref, actorId: "ann", resolvedAt: world.clock.now() });
        expect(await met(world, outcome, { first, before, other }), first).toMatchObject(resolvedAgain);
      }
    },
  );

  test("an answer that is stored before its mail counts as accepted keeps the time at which the send began", async () => {
    // S17 S41
    const world = await make();
    const begunAt = new Date(world.clock.now().getTime() + 3_600_000);
    const survey = await met(world, accepted, {
      first: "other",
      before: async () => world.clock.move(120_000),
      other: () => world.answer(world.mailer.tried[0], 5),
    });
    expect(survey).toMatchObject({ status: "answered", sentAt: begunAt });
  });

  test("an answer that is held up by the acceptance of its mail is recorded after it", async () => {
    // S17 S41
    const world = await make();
    const sentAt = new Date(world.clock.now().getTime() + 3_720_000);
    const survey = await met(world, accepted, {
      first: "outcome",
      before: async () => world.clock.move(120_000),
      other: (csat) =>
        csat.submitResponse({ token: tokenOf(world.mailer.tried[0]), rating: 5, comment: null }),
    });
    expect(survey).toMatchObject({ status: "answered", sentAt });
  });

  /** A survey that was mailed. */
  async function sent() {
    const world = await make();
    await world.resolve("T1", "ann");
    await world.pass({ hours: 1 });
    return world;
  }
  const metrics = (world: World<DrizzleTx>) => world.csat.getMetrics(workspaceId, { days: 7 });

  test("an erase that is held up by an answer removes all of it", async () => {
    // S56
    const world = await sent();
    await heldUp(world, () => world.answer(world.mailer.accepted[0], 5, "Ada")).eraseTickets([ref]);
    expect(await world.story("T1")).toEqual(["erased"]);
    expect(await world.csat.getTicketPanel(ref)).toEqual({ state: "none" });
    expect((await world.csat.listEvents(workspaceId)).items).toEqual([]);
    expect((await metrics(world)).current).toMatchObject({ sent: 0, responses: 0 });
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test("an answer that is held up by an erase finds an unknown link, and leaves nothing", async () => {
    // S56
    const world = await sent();
    const csat = heldUp(world, () => world.csat.eraseTickets([ref]));
    const answer = { token: tokenOf(world.mailer.tried[0]), rating: 5, comment: "Ada" } as const;
    await expect(csat.submitResponse(answer)).rejects.toMatchObject({ code: "survey_not_found" });
    expect((await world.csat.listEvents(workspaceId)).items).toEqual([]);
    expect((await metrics(world)).current).toMatchObject({ sent: 0, responses: 0 });
  });

  test("of two answers the one that is held up is told that it is a duplicate", async () => {
    // S24
    const world = await sent();
    const csat = heldUp(world, () => world.answer(world.mailer.accepted[0], 5));
    const answer = { token: tokenOf(world.mailer.tried[0]), rating: 1, comment: null } as const;
    await expect(csat.submitResponse(answer)).rejects.toMatchObject({ code: "already_responded" });
    expect((await world.csat.listEvents(workspaceId)).items).toHaveLength(1);
    expect((await metrics(world)).current).toMatchObject({ responses: 1, averageRating: 5 });
  });

  test.each(["the answer", "the resolution"])(
    "an earlier resolution that is told late has the answer that it meets, %s being held up",
    async (which) => {
      // S46
      const world = await sent();
      const earlier = {
        ...ref,
        actorId: "ben",
        resolvedAt: new Date(world.clock.now().getTime() - 2 * 3_600_000),
      };
      const answer = { token: tokenOf(world.mailer.tried[0]), rating: 4, comment: null } as const;
      if (which === "the answer")
        await heldUp(world, () => world.csat.ticketResolved(earlier)).submitResponse(answer);
      else await heldUp(world, () => world.csat.submitResponse(answer)).ticketResolved(earlier);
      expect((await metrics(world)).byResolver).toMatchObject([{ actorId: "ben", responses: 1 }]);
      expect(await world.csat.recount(workspaceId)).toEqual([]);
    },
  );
});
