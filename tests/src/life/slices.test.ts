import type { CsatOptions } from "@csat/core";
import { expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";
import { inMemory } from "../world/storages.ts";

const attributes = { team: { slice: true }, tags: { slice: true } } as const;

onEveryStorage("figures by an attribute", (make) => {
  test("are those of the ticket as it was at the send, whatever it says later", async () => {
    // S85
    const { csat, ...world } = await make({ options: { attributes } });
    world.ticket("T1", { attributes: { team: "billing", tags: ["vip", "refund"], other: "x" } });
    world.ticket("T2", { attributes: { team: "sales" } });
    await world.resolve("T1", "olivia");
    await world.resolve("T2", null);
    await world.pass({ hours: 1 });
    world.ticket("T1", { attributes: { team: "sales" } });
    const mail = world.mailer.accepted.find(({ text }) => text.includes("Subject of T1"));
    await world.answer(mail, 2, "Slow.");
    const where = { attribute: "team", value: "billing" };
    expect(await csat.getMetrics(workspaceId, undefined, { where })).toMatchObject({
      current: { sent: 1, responses: 1, averageRating: 2, responseRate: 1 },
      cohort: { sent: 1, answered: 1 },
      byResolver: [{ actorId: "olivia", responses: 1 }],
      byChannel: [],
      bySlice: null,
      notAsked: null,
    });
    expect((await csat.getMetrics(workspaceId, undefined, { by: "team" })).bySlice).toMatchObject({
      overlap: false,
      groups: [
        { value: "billing", sent: 1, answered: 1, responses: 1 },
        { value: "sales", sent: 1, answered: 0, responses: 0 },
      ],
    });
    expect((await csat.getMetrics(workspaceId, undefined, { by: "tags" })).bySlice).toMatchObject({
      overlap: true,
      groups: [
        { value: "refund", responses: 1 },
        { value: "vip", responses: 1 },
        { kind: "none", sent: 1, responses: 0 },
      ],
    });
    const [row] = (await csat.listResponses(workspaceId, undefined, { where })).items;
    expect(row).toMatchObject({
      ticketId: "T1",
      slices: ["tags=refund", "tags=vip", "team=billing"],
    });
    const of = async (value: string) => {
      const filter = { where: { attribute: "team", value } };
      const { items } = await csat.listLowRatings(workspaceId, undefined, filter);
      return items.map(({ response }) => response.ticketId);
    };
    expect([await of("billing"), await of("sales")]).toEqual([["T1"], []]);
  });

  test("follow a resolver who was told late, an exclusion, and the erasing of the ticket", async () => {
    // S46, S56, S76, S85
    const { csat, ...world } = await make({ options: { attributes } });
    world.ticket("T1", { attributes: { team: "billing" } });
    const at = world.clock.now();
    await world.pass({ minutes: 1 });
    await world.resolve("T1", "olivia");
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted[0], 5);
    const figures = async (resolvedBy?: string) => {
      const where = { attribute: "team", value: "billing" };
      const filter = { where, ...(resolvedBy === undefined ? {} : { resolvedBy }) };
      const { current } = await csat.getMetrics(workspaceId, undefined, filter);
      return [current.sent, current.responses];
    };
    expect(await figures("olivia")).toEqual([1, 1]);
    const ref = { workspaceId, ticketId: "T1" };
    await csat.ticketResolved({ ...ref, actorId: "bob", resolvedAt: at });
    expect([await figures("olivia"), await figures("bob")]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    await csat.excludeAnswer(ref, { actorId: "ann", reason: "machine" });
    expect(await figures()).toEqual([1, 0]);
    await csat.restoreAnswer(ref, { actorId: "ann" });
    expect(await figures()).toEqual([1, 1]);
    await csat.eraseTickets([ref]);
    expect(await figures()).toEqual([0, 0]);
  });
});

test("links for the host's own message keep the values too; an answer without a send has none", async () => {
  // S81, S82, S85
  const { csat, ...world } = await aWorld({ storage: inMemory(), options: { attributes } });
  const ref = { workspaceId, ticketId: "T1" };
  world.ticket("T1", { status: "resolved", attributes: { team: "billing" } });
  expect(await csat.issueLinks({ ref })).toMatchObject({ kind: "issued" });
  const respondedAt = world.clock.now();
  for (const ticketId of ["T1", "T2"])
    await csat.recordAnswer({
      ref: { workspaceId, ticketId },
      rating: 5,
      comment: null,
      respondedAt,
      channel: "phone",
      actorId: null,
    });
  expect((await csat.getMetrics(workspaceId, undefined, { by: "team" })).bySlice?.groups).toMatchObject([
    { value: "billing", sent: 1, answered: 1, responses: 1 },
    { kind: "none", sent: 1, answered: 1, responses: 1 },
  ]);
});

test("values of a library that declares none are neither kept nor asked for", async () => {
  // S85
  const declared: Partial<CsatOptions<never>> = { attributes: { team: {} } };
  const { csat, ...world } = await aWorld({ storage: inMemory(), options: declared });
  world.ticket("T1", { attributes: { team: "billing" } });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 5);
  expect((await csat.listResponses(workspaceId)).items).toMatchObject([{ slices: [] }]);
  await expect(csat.getMetrics(workspaceId, undefined, { by: "team" })).rejects.toMatchObject({
    code: "invalid_input",
    issues: [{ path: "by" }],
  });
});
