import type { Mail, MailReport } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onDatabases, onEveryStorage } from "../world/on-storages.ts";

const customer = { name: "Ada", email: "ada@example.com", locale: null, id: "7" };
const who = { address: "ada@example.com" };
const ref = { workspaceId, ticketId: "T1" };
const bounced = { kind: "bounced", isPermanent: true, status: "5.1.1" } as const;
const unknown = { kind: "unknown", ref: null };

type Fate =
  | typeof bounced
  | { readonly kind: "bounced"; readonly isPermanent: false; readonly status: string }
  | { readonly kind: "complained" | "auto_reply" };

/** A report that quotes our header. */
function reportOf(mail: Mail | undefined, fate: Fate): MailReport {
  const surveyId = mail?.headers["X-CSAT-Survey-ID"] ?? null;
  return { messageId: null, surveyId, recipient: null, ...fate };
}

async function mailed(world: World<DrizzleTx>, ticketId = "T1"): Promise<Mail | undefined> {
  world.ticket(ticketId, { customer });
  await world.resolve(ticketId);
  await world.pass({ hours: 1 });
  return world.mailer.accepted.at(-1);
}

const reasonsOf = async (world: World<DrizzleTx>, of: { readonly address?: string; readonly id?: string }) =>
  (await world.csat.suppressionsOf(workspaceId, of)).map(({ reason }) => reason);

onEveryStorage("mail reports", (make) => {
  test("a mail that came back was never sent: the panel, the figures and the address say so, and nobody is asked again", async () => {
    // S73, S50
    const world = await make();
    const mail = await mailed(world);
    expect((await world.csat.getMetrics(workspaceId)).current.sent).toBe(1);
    expect(await world.csat.mailReported(reportOf(mail, bounced))).toEqual({ kind: "bounced", ref });
    expect(await world.survey("T1")).toMatchObject({ status: "failed", reason: "bounced", sentAt: null });
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({ state: "failed" });
    expect((await world.csat.getMetrics(workspaceId)).current.sent).toBe(0);
    expect(await world.csat.recount(workspaceId)).toEqual([]);
    expect((await world.story("T1")).at(-1)).toBe("bounced:5.1.1");
    expect(await reasonsOf(world, who)).toEqual(["bounced"]);
    const reasons = ["attempts_used_up", "refused", "indeterminate"] as const;
    expect(await world.csat.retryFailed(workspaceId, { reasons })).toBe(0);
    expect(await world.reopen("T1")).not.toMatchObject({ kind: "canceled" });
    world.clock.move(1_000);
    expect(await world.resolve("T1")).toMatchObject({ reason: "already_surveyed" });
    await world.pass({ hours: 100 });
    expect(world.mailer.tried).toHaveLength(1);
  });

  test("a report is found by our Message-ID, with or without brackets, or by the header, and taken once", async () => {
    // S73
    const world = await make();
    const mail = await mailed(world);
    const second = await mailed(world, "T2");
    const local = mail?.messageIdLocalPart ?? "";
    const byId = (messageId: string): MailReport => ({ ...reportOf(undefined, bounced), messageId });
    for (const wrong of ["", "nobody@acme.example", `x${local}@acme.example`, local])
      expect(await world.csat.mailReported(byId(wrong))).toEqual(unknown);
    expect(await world.csat.mailReported(byId(`<${local}@acme.example>`))).toEqual({ kind: "bounced", ref });
    for (const again of [byId(` ${local}@acme.example`), reportOf(mail, bounced)])
      expect(await world.csat.mailReported(again)).toEqual({ kind: "repeated", ref });
    expect(
      await world.csat.mailReported({ ...reportOf(second, bounced), messageId: "other@mail" }),
    ).toMatchObject({
      kind: "bounced",
      ref: { ticketId: "T2" },
    });
    expect((await world.story("T1")).filter((line) => line.startsWith("bounced"))).toHaveLength(1);
  });

  test("one that names another workspace, or that quotes nothing of ours, is of nobody", async () => {
    // S73, S49
    const world = await make();
    const mail = await mailed(world);
    const elsewhere = { ...reportOf(mail, bounced), workspaceId: "globex" };
    expect(await world.csat.mailReported(elsewhere)).toEqual(unknown);
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    expect(await world.csat.mailReported({ ...elsewhere, workspaceId })).toMatchObject({ kind: "bounced" });
  });

  test("the recipient alone proves nothing: only where the host vouches for it nobody is asked there, and no survey fails", async () => {
    // S73
    const world = await make();
    await mailed(world);
    const recipient = " Ada@Example.com";
    const report: MailReport = { ...reportOf(undefined, bounced), recipient };
    for (const forged of [
      report,
      { ...report, workspaceId },
      { ...report, verified: true },
      { ...report, workspaceId, verified: true, recipient: " " },
      { ...report, workspaceId, verified: true, isPermanent: false },
    ])
      expect(await world.csat.mailReported(forged)).toEqual(unknown);
    expect(await reasonsOf(world, who)).toEqual([]);
    const verified = { ...report, workspaceId, verified: true };
    for (const _time of [1, 2])
      expect(await world.csat.mailReported(verified)).toEqual({ kind: "suppressed", ref: null });
    expect(await reasonsOf(world, who)).toEqual(["bounced"]);
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    await mailed(world, "T2");
    expect(await world.survey("T2")).toMatchObject({ status: "skipped", reason: "bounced" });
  });

  test("one that comes while the mail is handed over says how that ends", async () => {
    // S73
    const world = await make({ settings: { cooldownDays: 30 } });
    world.ticket("T1", { customer });
    await world.resolve("T1");
    world.mailer.answer = async (mail) => {
      expect(await world.csat.mailReported(reportOf(mail, bounced))).toEqual({ kind: "bounced", ref });
      return { kind: "accepted", messageId: null };
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "failed", reason: "bounced", sentAt: null });
    expect((await world.csat.getMetrics(workspaceId)).current.sent).toBe(0);
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });

  test("one of a mail of which nobody knew whether it was taken ends the survey, and no second mail goes out", async () => {
    // S73, S11, S61
    const world = await make({ settings: { cooldownDays: 30 } });
    world.ticket("T1", { customer });
    await world.resolve("T1");
    world.mailer.answer = () => ({ kind: "unknown", error: "timed out" });
    await world.pass({ hours: 1 });
    const [mail] = world.mailer.tried;
    expect(await world.csat.mailReported(reportOf(mail, bounced))).toEqual({ kind: "bounced", ref });
    const corrected = { ...customer, email: "ada@new.example" };
    world.ticket("T1", { customer: corrected });
    world.mailer.answer = () => ({ kind: "accepted", messageId: null });
    await world.pass({ hours: 1 });
    expect(world.mailer.tried).toHaveLength(1);
    expect(await world.survey("T1")).toMatchObject({ status: "failed", reason: "bounced", sentAt: null });
    expect((await world.csat.getMetrics(workspaceId)).notAsked).toMatchObject({ total: 0 });
    world.ticket("T2", { customer: corrected });
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    expect(await world.survey("T2")).toMatchObject({ status: "sent" });
  });

  test.each(["before", "after"])(
    "an answer that comes %s the bounce stays, and its mail was sent",
    async (when) => {
      // S73, S41
      const world = await make();
      const mail = await mailed(world);
      const answer = () => world.answer(mail, 4);
      if (when === "before") await answer();
      expect(await world.csat.mailReported(reportOf(mail, bounced))).toMatchObject({ kind: "bounced" });
      if (when === "after") await answer();
      expect(await world.survey("T1")).toMatchObject({ status: "answered", sentAt: expect.any(Date) });
      expect((await world.csat.getMetrics(workspaceId)).current).toMatchObject({ sent: 1, responses: 1 });
      expect(await world.csat.recount(workspaceId)).toEqual([]);
      expect(await reasonsOf(world, who)).toEqual(["bounced"]);
    },
  );

  test("a mail that came back frees the cooldown of the customer, at a corrected address", async () => {
    // S73, S61
    const world = await make({ settings: { cooldownDays: 30 } });
    const mail = await mailed(world);
    await world.csat.mailReported(reportOf(mail, bounced));
    world.ticket("T2", { customer: { ...customer, email: "ada@new.example" } });
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    expect(await world.survey("T2")).toMatchObject({ status: "sent" });
    world.ticket("T3", { customer: { ...customer, email: "ada@new.example" } });
    await world.resolve("T3");
    await world.pass({ hours: 1 });
    expect(await world.survey("T3")).toMatchObject({ reason: "asked_recently" });
  });

  test("who complains is asked no more, under either key; the mail counts as sent", async () => {
    // S73, S74
    const world = await make();
    const mail = await mailed(world);
    const complaint = reportOf(mail, { kind: "complained" });
    expect(await world.csat.mailReported(complaint)).toEqual({ kind: "complained", ref });
    expect(await world.csat.mailReported(complaint)).toEqual({ kind: "repeated", ref });
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
    expect((await world.csat.getMetrics(workspaceId)).current.sent).toBe(1);
    expect(await reasonsOf(world, who)).toEqual(["complained"]);
    expect(await reasonsOf(world, { id: "7" })).toEqual(["complained"]);
    world.ticket("T2", { customer: { ...customer, email: "ada@new.example" } });
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    expect(await world.survey("T2")).toMatchObject({ reason: "complained" });
  });

  test("a delay and an automatic answer stand in the journal and change nothing else", async () => {
    // S73
    const world = await make();
    const mail = await mailed(world);
    const delay = reportOf(mail, { kind: "bounced", isPermanent: false, status: "4.4.1 <ada@example.com>" });
    expect(await world.csat.mailReported(delay)).toEqual({ kind: "noted", ref });
    expect(await world.csat.mailReported(reportOf(mail, { kind: "auto_reply" }))).toEqual({
      kind: "noted",
      ref,
    });
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    expect((await world.story("T1")).slice(-2)).toEqual(["not_delivered_yet", "auto_reply"]);
    expect(await reasonsOf(world, who)).toEqual([]);
  });

  test("of an erased ticket nothing is found, and nobody is suppressed", async () => {
    // S73, S56
    const world = await make();
    const mail = await mailed(world);
    await world.csat.eraseTickets([ref]);
    expect(await world.csat.mailReported(reportOf(mail, bounced))).toEqual(unknown);
    expect(await reasonsOf(world, who)).toEqual([]);
    expect(await world.story("T1")).toEqual(["erased"]);
  });

  test("a time to come is taken for now", async () => {
    // S73
    const world = await make();
    const mail = await mailed(world);
    const now = world.clock.now();
    await world.csat.mailReported({ ...reportOf(mail, bounced), at: new Date(now.getTime() + 1_000) });
    expect(await world.csat.suppressionsOf(workspaceId, who)).toEqual([
      { reason: "bounced", at: now, actorId: null },
    ]);
  });

  test.each([
    ["kind", { kind: "returned" }],
    ["isPermanent", { kind: "bounced", isPermanent: "yes", status: null }],
    ["surveyId", { ...bounced, surveyId: 7 }],
    ["at", { ...bounced, at: "today" }],
    ["", null],
  ])("what is no report is refused, and named: %s", async (path, report) => {
    // S73
    const world = await make();
    const wrong = report as unknown as MailReport; // JavaScript passes anything.
    await expect(world.csat.mailReported(wrong)).rejects.toMatchObject({
      code: "invalid_input",
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });
});

onDatabases("reports within the host's transaction", (make, opened) => {
  test("a rollback leaves nothing, a commit all of it", async () => {
    // S57, S73
    const world = await make();
    const mail = await mailed(world);
    for (const end of ["rollback", "commit"] as const) {
      await opened().hostTransaction(async (tx) => {
        await world.csat.mailReported(reportOf(mail, bounced), { tx });
        return end;
      });
      expect(await reasonsOf(world, who)).toEqual(end === "commit" ? ["bounced"] : []);
      expect(await world.survey("T1")).toMatchObject({ status: end === "commit" ? "failed" : "sent" });
    }
  });
});
