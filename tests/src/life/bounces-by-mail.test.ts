import { readFileSync } from "node:fs";
import type { Mail } from "@csat/core";
import { readReport } from "@csat/mail-reports";
import { expect, test } from "vitest";
import { tokenOf, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const samples = new URL("../../../packages/mail-reports/test/samples/", import.meta.url);
const ofTheSample = /\bid_[a-z\d]{26}\b/g;

/** A mail that servers send, about the given survey mail in place of the one that its author had before him. */
async function reportAbout(mail: Mail | undefined, sample: string) {
  const raw = readFileSync(new URL(`${sample}.eml`, samples), "utf8");
  expect(raw).toMatch(ofTheSample);
  const report = await readReport(raw.replaceAll(ofTheSample, mail?.messageIdLocalPart ?? "none"));
  if (report === null) throw new Error(`${sample} is no report.`);
  return report;
}

const march = { from: "2026-03-01", to: "2026-03-31" };
const ann = { name: "Ann", email: "ann@customer.example.net", locale: null };

onEveryStorage("reports that come as mails", (make) => {
  /** Ann's survey of T1 and Ada's of T2, both mailed. */
  async function twoMailed() {
    const world = await make();
    world.ticket("T1", { customer: ann });
    await world.resolve("T1");
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    const mail = world.mailer.accepted.find(({ to }) => to.address === ann.email);
    return { ...world, mail };
  }

  test("a bounce fails the survey that was mailed, takes it out of the figures, and Ann is not asked again", async () => {
    // S73, S74
    const { csat, mail, ...world } = await twoMailed();
    const sent = async () => (await csat.getMetrics(workspaceId, march)).current.sent;
    expect(await sent()).toBe(2);

    const report = await reportAbout(mail, "postfix-user-unknown");
    const ref = { workspaceId, ticketId: "T1" };
    expect(await csat.mailReported(report)).toEqual({ kind: "bounced", ref });
    expect(await csat.mailReported(report)).toEqual({ kind: "repeated", ref });

    expect(await world.survey("T1")).toMatchObject({ status: "failed", reason: "bounced", sentAt: null });
    expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "failed" });
    expect(await csat.getTicketPanel({ ...ref, ticketId: "T2" })).toMatchObject({ state: "awaiting" });
    expect(await sent()).toBe(1);
    expect(await csat.recount(workspaceId)).toEqual([]);
    expect(await csat.suppressionsOf(workspaceId, { address: ann.email })).toMatchObject([
      { reason: "bounced", actorId: null },
    ]);
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent", "bounced:5.1.1"]);

    world.ticket("T3", { customer: ann });
    await world.resolve("T3");
    await world.pass({ hours: 1 });
    expect(await world.survey("T3")).toMatchObject({ status: "skipped", reason: "bounced" });
    expect(world.mailer.accepted).toHaveLength(2);
  });

  test("a mail that came back and was answered all the same stays answered", async () => {
    // S73
    const { csat, mail } = await twoMailed();
    await csat.submitResponse({ token: tokenOf(mail), rating: 5 });
    await csat.mailReported(await reportAbout(mail, "exchange-not-found"));
    expect(await csat.getTicketPanel({ workspaceId, ticketId: "T1" })).toMatchObject({ state: "answered" });
    const { current } = await csat.getMetrics(workspaceId, march);
    expect([current.sent, current.responses, current.averageRating]).toEqual([2, 1, 5]);
    expect(await csat.recount(workspaceId)).toEqual([]);
  });

  test("a complaint keeps Ann from being asked; her survey was sent, and counts", async () => {
    // S73, S74
    const { csat, mail, ...world } = await twoMailed();
    const report = await reportAbout(mail, "rfc5965-abuse");
    expect(await csat.mailReported(report)).toMatchObject({ kind: "complained" });
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    expect((await csat.getMetrics(workspaceId, march)).current.sent).toBe(2);
    expect(await csat.suppressionsOf(workspaceId, { address: ann.email })).toMatchObject([
      { reason: "complained" },
    ]);
  });

  test("what is late, about the sender, or said by a machine stands in the journal and nowhere else", async () => {
    // S73
    const { csat, mail, ...world } = await twoMailed();
    for (const sample of ["postfix-delayed", "exchange-out-of-office"])
      expect(await csat.mailReported(await reportAbout(mail, sample))).toMatchObject({ kind: "noted" });
    // A block list of the day: 5.7.1, and no fault of Ann's.
    const blocked = await reportAbout(mail, "postfix-sender-blocked");
    expect(blocked).toMatchObject({ isPermanent: false, status: "5.7.1" });
    await csat.mailReported(blocked);
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    expect(await csat.suppressionsOf(workspaceId, { address: ann.email })).toEqual([]);
    expect((await csat.getMetrics(workspaceId, march)).current.sent).toBe(2);
  });

  test("a report about a mail of somebody else's does nothing", async () => {
    // S73
    const { csat, ...world } = await twoMailed();
    const report = await reportAbout(undefined, "postfix-user-unknown");
    expect(await csat.mailReported(report)).toEqual({ kind: "unknown", ref: null });
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    expect(await csat.suppressionsOf(workspaceId, { address: ann.email })).toEqual([]);
  });
});
