import { createTestMysql } from "@csat-internal/test-support";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { DatabaseConfig } from "../config.ts";
import { aHelpdesk, linkOf } from "./a-helpdesk.ts";

async function onMysql(): Promise<{ database: DatabaseConfig; drop: () => Promise<void> }> {
  const { url, drop } = await createTestMysql(inject("mysqlUrl"));
  return { database: { kind: "server", url }, drop };
}

describe.each([
  ["PGlite", async () => ({ database: { kind: "memory" }, drop: async () => {} }) as const],
  ["MySQL", onMysql],
])("on %s", (_name, open) => {
  let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    drop = opened.drop;
    helpdesk = await aHelpdesk({ database: opened.database });
  });
  afterAll(async () => {
    await helpdesk.close();
    await drop();
  });

  const browser = { accept: "text/html" };
  const form = { "content-type": "application/x-www-form-urlencoded" };

  test("a newcomer finds surveys on in Acme a day after the resolution, off in Globex, and an empty inbox", async () => {
    const { json } = await helpdesk.call("/csat/api/settings");
    expect(json).toEqual({
      enabled: true,
      sendDelay: "24_hours",
      subject: null,
      bodyIntro: null,
      cooldownDays: 0,
      answerCooldownDays: 0,
      samplePercent: 100,
      linkExpiryDays: null,
    });
    expect((await helpdesk.call("/csat/api/settings", { user: "zoe" })).json.enabled).toBe(false);
    expect((await helpdesk.call("/api/inbox")).text).toBe("[]");
    expect((await helpdesk.call("/")).text).toContain("The printer on floor 2");
  });

  test("a resolved ticket is surveyed, answered once, and shows the answer", async () => {
    const ticket = await helpdesk.ticket({ subject: "Printer on fire", name: "Maya", assigneeId: "carol" });
    await helpdesk.resolve(ticket.id, "bob");
    expect((await helpdesk.panel(ticket.id, "bob")).state).toBe("scheduled");
    await helpdesk.advance({ hours: 24, minutes: 1 });

    const [mail, ...others] = await helpdesk.mailsTo(ticket.email);
    expect(others).toEqual([]);
    expect(mail?.from).toContain("Acme");
    expect(mail?.text).toContain("Carol Weiss");
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    // S50
    expect((await helpdesk.panel(ticket.id)).state).toBe("awaiting");

    // S21: looking records nothing, however often
    const link = linkOf(mail, 4);
    for (let visit = 0; visit < 3; visit++) {
      expect((await helpdesk.call(link, { headers: browser })).status).toBe(200);
      expect((await helpdesk.call(link, { method: "HEAD" })).status).toBe(200);
    }
    expect((await helpdesk.panel(ticket.id)).state).toBe("awaiting");

    // S23, S24, S25: the body decides, and the first answer stands
    const answer = {
      headers: { ...form, ...browser },
      body: new URLSearchParams({ rating: "5", comment: "Thanks" }),
    };
    expect((await helpdesk.call(link, answer)).status).toBe(201);
    expect((await helpdesk.call(link, answer)).status).toBe(409);
    expect((await helpdesk.call(link, { body: { rating: 1 } })).status).toBe(409);
    // S30
    const again = await helpdesk.call(link, { headers: browser });
    expect(again.status).toBe(200);
    expect(again.text).not.toContain("<form");

    const panel = await helpdesk.panel(ticket.id, "bob");
    expect(panel.state).toBe("answered");
    expect(panel.response).toMatchObject({ rating: 5, comment: "Thanks" });
    const page = await helpdesk.call(`/tickets/${ticket.id}`, { user: "bob" });
    expect(page.text).toContain("CSAT 5/5");
    expect(page.text).toContain("Thanks");
    // S19
    expect(await helpdesk.journal(ticket.id)).toEqual(["resolved", "scheduled", "sent", "answered"]);
    // S17
    expect((await helpdesk.call(`/api/tickets/${ticket.id}`)).json.status).toBe("resolved");
  });

  // S9
  test("with the delay 'immediately' the mail leaves by itself", async () => {
    await helpdesk.settings({ sendDelay: "immediately" });
    const ticket = await helpdesk.ticket();
    await helpdesk.resolve(ticket.id);
    await expect.poll(() => helpdesk.mailsTo(ticket.email)).toHaveLength(1);
  });

  // S8, S31, S32, S33, S34
  test("mails are made when they are sent: template, names and assignee are those of that moment", async () => {
    await helpdesk.settings({ sendDelay: "1_hour", subject: "", bodyIntro: null });
    const ticket = await helpdesk.ticket({ subject: "{{workspace_name}} $& <b>", name: "  " });
    await helpdesk.resolve(ticket.id, "bob");
    await helpdesk.settings({
      subject: "{{ticket_subject}} by {{operator_name}}",
      bodyIntro: "Dear {{customer_name}} of {{workspace_name}}",
    });
    const assign = { method: "PATCH", body: { assigneeId: "carol" } };
    expect((await helpdesk.call(`/api/tickets/${ticket.id}`, assign)).json.assigneeId).toBe("carol");
    await helpdesk.advance({ hours: 2 });
    const [mail] = await helpdesk.mailsTo(ticket.email);
    expect(mail?.subject).toBe("{{workspace_name}} $& <b> by Carol Weiss");
    expect(mail?.text).toContain("Dear there of Acme");
    expect(mail?.html).toContain("Dear there of Acme");
    await helpdesk.settings({ subject: null, bodyIntro: null });
  });

  test("a mail shows the demo's time of its arrival, and the clock moves by what was asked", async () => {
    await helpdesk.settings({ sendDelay: "1_hour" });
    const before = Date.parse(String((await helpdesk.call("/api/clock")).json.now));
    const ticket = await helpdesk.ticket();
    await helpdesk.resolve(ticket.id);
    const { json } = await helpdesk.call("/api/clock/advance", { body: { ms: 7_200_000 } });
    const after = Date.parse(String(json.now));
    expect(after - before).toBeGreaterThanOrEqual(7_200_000);
    // Once, not twice.
    expect(after - before).toBeLessThan(2 * 7_200_000);
    const receivedAt = Date.parse((await helpdesk.mailsTo(ticket.email))[0]?.receivedAt ?? "");
    expect(receivedAt).toBeGreaterThanOrEqual(before + 7_200_000);
    expect(receivedAt).toBeLessThanOrEqual(after);
  });

  test("requests and further advances work while the clock is being moved", async () => {
    await helpdesk.settings({ sendDelay: "1_hour" });
    const ticket = await helpdesk.ticket();
    const before = Date.parse(String((await helpdesk.call("/api/clock")).json.now));
    await Promise.all([
      ...Array.from({ length: 5 }, () => helpdesk.advance({ hours: 1 })),
      helpdesk.resolve(ticket.id),
      helpdesk.ticket(),
    ]);
    const now = Date.parse(String((await helpdesk.call("/api/clock")).json.now));
    expect(now - before).toBeGreaterThanOrEqual(5 * 3_600_000);
    await helpdesk.advance({ hours: 2 });
    expect(await helpdesk.mailsTo(ticket.email)).toHaveLength(1);
  });
});
