import { describe, expect, test } from "vitest";
import { aDesk, form, json } from "./a-desk.ts";

const path = "/api/settings/simulate";

describe("POST /api/settings/simulate", () => {
  test("answers what the change would have made of thirty days, from JSON and from a form, and saves nothing", async () => {
    // S67
    const desk = await aDesk();
    await desk.survey("T1");
    const before = await desk.stored("T1");
    const settings = await desk.csat.getSettings("acme");
    for (const body of [json({ enabled: false }), form({ enabled: "off", days: "", from: "" })]) {
      const headers = new Headers(body.headers);
      headers.set("accept", "application/json");
      const response = await desk.ask(path, { ...body, headers });
      expect(response.status).toBe(200);
      const answered = await response.json();
      expect(answered).toMatchObject({ resolved: 1, sent: 0, skipped: { csat_disabled: 1 }, waiting: 0 });
      expect(answered.daily).toHaveLength(30);
    }
    expect(await (await desk.ask(path, json({}))).json()).toMatchObject({ sent: 1, customersAsked: 1 });
    expect(await desk.csat.getSettings("acme")).toEqual(settings);
    expect(await desk.stored("T1")).toEqual(before);
  });

  test("twenty tickets of one customer: one is asked about, and the others were asked recently", async () => {
    // S61, S67
    const desk = await aDesk();
    for (let number = 0; number < 20; number += 1) await desk.survey(`T${number}`);
    const body = { cooldownDays: "30", answerCooldownDays: "0", samplePercent: "100", days: "7" };
    const response = await desk.ask(path, form(body));
    expect(await response.json()).toMatchObject({
      resolved: 20,
      sent: 1,
      skipped: { asked_recently: 19 },
      customersAsked: 1,
      customersAskedAgain: 0,
    });
    expect(await (await desk.ask(path, json({}))).json()).toMatchObject({ sent: 20, customersAskedAgain: 1 });
  });

  test("takes a preset or days of its own, 90 at most", async () => {
    const desk = await aDesk();
    const days = async (range: object) => {
      const response = await desk.ask(path, json(range));
      const { daily, error } = await response.json();
      return response.status === 200 ? daily.length : error.issues;
    };
    expect(await days({ days: 7 })).toBe(7);
    expect(await days({ from: "2026-01-01", to: "2026-03-31" })).toBe(90);
    expect(await days({ from: "2026-01-01", to: "2026-04-01" })).toMatchObject([{ path: "from" }]);
    expect(await days({ days: 8 })).toMatchObject([{ path: "days" }]);
    expect(await days({ days: 7, from: "2026-01-01", to: "2026-01-01" })).toMatchObject([{ path: "days" }]);
    expect(await days({ from: "2026-01-01" })).toMatchObject([{ path: "to" }]);
    expect(await days({ from: "0000-01-01", to: "9999-12-31" })).toMatchObject([{ path: "from" }]);
  });

  test.each([
    ["an unknown field", { cooldown: 1 }, "cooldown"],
    ["what saving would refuse", { subject: "{{nope}}" }, "subject"],
    ["days as text", { days: "30" }, "days"],
  ])("refuses %s", async (_name, body, field) => {
    const desk = await aDesk();
    const response = await desk.ask(path, json(body));
    expect(response.status).toBe(400);
    expect((await response.json()).error.issues).toMatchObject([{ path: field }]);
  });

  test.each([
    ["nobody", null, 401],
    ["an operator", { workspaceId: "acme", userId: "olaf", role: "operator" } as const, 403],
  ])("%s is refused", async (_name, principal, status) => {
    // S51
    const desk = await aDesk({ options: { authorize: async () => principal } });
    expect((await desk.ask(path, json({}))).status).toBe(status);
  });

  test("a view is given the form as it was typed beside the figures, and what stands where it said nothing", async () => {
    const views = { render: async (name: string, data: unknown) => Response.json({ name, data }) };
    const desk = await aDesk({ options: { views }, settings: { cooldownDays: 30 } });
    const response = await desk.ask(path, form({ sendDelay: "3_days", days: "7" }));
    expect(await response.json()).toMatchObject({
      name: "settings-simulation",
      data: {
        simulation: { sent: 0 },
        typed: { enabled: "on", sendDelay: "3_days", cooldownDays: "30", samplePercent: "100" },
      },
    });
    const body = json({ samplePercent: 25, subject: null }, { accept: "text/html" });
    const asked = await desk.ask(path, body);
    expect(await asked.json()).toMatchObject({ data: { typed: { samplePercent: "25", subject: "" } } });
  });

  test("a form that is refused comes back as it was typed, as when it is saved", async () => {
    const views = { render: async (name: string, data: unknown) => Response.json({ name, data }) };
    const desk = await aDesk({ options: { views } });
    const response = await desk.ask(path, form({ subject: "{{nope}}", cooldownDays: "x", form: "settings" }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      name: "settings-refused",
      data: {
        error: { issues: [{ path: "cooldownDays" }] },
        typed: { subject: "{{nope}}", cooldownDays: "x" },
      },
    });
  });
});
