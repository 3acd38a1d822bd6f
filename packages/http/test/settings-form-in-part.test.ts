import { describe, expect, test } from "vitest";
import { aDesk, browser, form } from "./a-desk.ts";

const ask = { cooldownDays: 30, answerCooldownDays: 0, samplePercent: 25, linkExpiryDays: null };
const standing = {
  ...ask,
  enabled: true,
  sendDelay: "24_hours",
  subject: "Well?",
  bodyIntro: "Hello",
} as const;
const whole = "sendDelay=1_hour&subject=New&bodyIntro=More&form=settings";
/** Every place at which a connection or a proxy may cut the form off. */
const cuts = Array.from({ length: whole.length }, (_, length) => whole.slice(0, length));

describe("a settings form that did not come whole is 400 and changes nothing", () => {
  // S51
  test("cut off anywhere", async () => {
    const desk = await aDesk({ settings: standing });
    for (const part of cuts) {
      const response = await desk.ask("/api/settings", form(part));
      expect([part, response.status]).toEqual([part, 400]);
      expect(await desk.csat.getSettings("acme")).toEqual(standing);
    }
    expect((await desk.ask("/api/settings", form(whole))).status).toBe(303);
    expect(await desk.csat.getSettings("acme")).toEqual({
      ...ask,
      enabled: false,
      sendDelay: "1_hour",
      subject: "New",
      bodyIntro: "More",
    });
  });

  test.each([
    {},
    { _csrf: "x", return: "/settings" },
    { sendDelay: "1_hour" },
    { subject: "New" },
    { enabled: "on" },
    { enabled: "off" },
    { subject: "New", form: "" },
    { subject: "New", form: "Settings" },
    { subject: "New", form: "settings " },
    { subject: "New", _form: "settings" },
  ])("%j", async (fields: Readonly<Record<string, string>>) => {
    const desk = await aDesk({ settings: standing });
    const response = await desk.ask("/api/settings", form(fields));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { issues: [{ path: "form" }] } });
    expect(await desk.csat.getSettings("acme")).toEqual(standing);
  });

  test("with its marker twice, and as multipart without its last part", async () => {
    const desk = await aDesk({ settings: standing });
    expect((await desk.ask("/api/settings", form(`${whole}&form=settings`))).status).toBe(400);
    const fields = new FormData();
    fields.append("subject", "New");
    const posted = { method: "POST", body: fields, headers: browser };
    expect((await desk.ask("/api/settings", posted)).status).toBe(400);
    expect(await desk.csat.getSettings("acme")).toEqual(standing);
  });
});

test("the view of such a form shows what was typed, and what stands where the form said nothing", async () => {
  const drawn: unknown[] = [];
  const views = {
    render: async (...[, data]: readonly unknown[]) => {
      drawn.push(data);
      return new Response("");
    },
  };
  const desk = await aDesk({ settings: standing, options: { views } });
  const response = await desk.ask("/api/settings", form({ subject: "New" }));
  expect(response.status).toBe(400);
  expect(drawn).toEqual([
    expect.objectContaining({
      typed: {
        enabled: "on",
        sendDelay: "24_hours",
        subject: "New",
        bodyIntro: "Hello",
        cooldownDays: "30",
        answerCooldownDays: "0",
        samplePercent: "25",
        linkExpiryDays: "",
      },
    }),
  ]);
});

test("a preview needs no whole form: it saves nothing", async () => {
  const desk = await aDesk({ settings: standing });
  const response = await desk.ask("/api/settings/preview", form({ subject: "Typed" }));
  expect(response.status).toBe(200);
  expect(await desk.csat.getSettings("acme")).toEqual(standing);
});
