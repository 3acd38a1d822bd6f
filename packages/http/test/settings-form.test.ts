import { expect, test } from "vitest";
import { aDesk, form, json } from "./a-desk.ts";

const whole = {
  enabled: "on",
  sendDelay: "1_hour",
  subject: "Hello",
  bodyIntro: "Intro\r\nmore",
  form: "settings",
};

test("a form saves and leads back to the settings with 303", async () => {
  const desk = await aDesk();
  const response = await desk.ask("/api/settings", form(whole));
  expect(response.status).toBe(303);
  expect(
    new URL(response.headers.get("location") ?? "", "https://desk.example/csat/api/settings").pathname,
  ).toBe("/csat/api/settings");
  expect(await desk.csat.getSettings("acme")).toMatchObject({
    enabled: true,
    sendDelay: "1_hour",
    subject: "Hello",
    bodyIntro: "Intro\nmore",
  });
});

test("a checkbox that is missing from a whole form means off", async () => {
  const desk = await aDesk();
  await desk.ask("/api/settings", form({ sendDelay: "1_hour", form: "settings" }));
  expect(await desk.csat.getSettings("acme")).toMatchObject({ enabled: false, sendDelay: "1_hour" });
});

test.each([
  ["on", true],
  ["true", true],
  ["off", false],
  ["false", false],
])("enabled=%s is %s", async (enabled, expected) => {
  const desk = await aDesk();
  expect((await desk.ask("/api/settings", form({ enabled, form: "settings" }))).status).toBe(303);
  expect(await desk.csat.getSettings("acme")).toMatchObject({ enabled: expected });
});

// S31
test("a text that was emptied means the default again", async () => {
  const desk = await aDesk({ settings: { subject: "Custom", bodyIntro: "Custom" } });
  await desk.ask("/api/settings", form({ ...whole, subject: "", bodyIntro: " \n" }));
  expect(await desk.csat.getSettings("acme")).toMatchObject({ subject: null, bodyIntro: null });
});

test.each(["/settings", "/settings/csat?done=saved#top", "/ünï", "/a/../b"])(
  "return=%s is where it leads",
  async (back) => {
    const desk = await aDesk();
    const response = await desk.ask("/api/settings", form({ ...whole, return: back }));
    expect(response.status).toBe(303);
    const { pathname, search, hash } = new URL(back, "https://desk.example");
    expect(response.headers.get("location")).toBe(pathname + search + hash);
  },
);

test.each([
  "https://evil.example/",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "settings",
  "https://desk.example/settings",
])("return=%j leads away or is no path: refused, and nothing saved", async (back) => {
  const desk = await aDesk();
  const response = await desk.ask("/api/settings", form({ ...whole, return: back }));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { issues: [{ path: "return" }] } });
  expect(await desk.csat.getSettings("acme")).toMatchObject({ sendDelay: "immediately" });
});

test("fields that a host adds for itself start with an underscore; others are refused", async () => {
  const desk = await aDesk();
  expect((await desk.ask("/api/settings", form({ ...whole, _csrf: "x", _method: "DELETE" }))).status).toBe(
    303,
  );
  const response = await desk.ask("/api/settings", form({ ...whole, delay: "1_hour" }));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { issues: [{ path: "delay" }] } });
});

// S69
test.each([
  ["0", 0],
  ["7", 7],
  ["007", 7],
  ["365", 365],
])("cooldownDays=%s is %i days, and what the form leaves out stays", async (cooldownDays, days) => {
  const desk = await aDesk({ settings: { answerCooldownDays: 90, samplePercent: 25 } });
  expect((await desk.ask("/api/settings", form({ ...whole, cooldownDays }))).status).toBe(303);
  expect(await desk.csat.getSettings("acme")).toMatchObject({
    cooldownDays: days,
    answerCooldownDays: 90,
    samplePercent: 25,
  });
});

test.each([
  ["30", 30],
  ["365", 365],
  ["", null],
])("linkExpiryDays=%j is %s", async (linkExpiryDays, days) => {
  // S75
  const desk = await aDesk({ settings: { linkExpiryDays: 7 } });
  expect((await desk.ask("/api/settings", form({ ...whole, linkExpiryDays }))).status).toBe(303);
  expect(await desk.csat.getSettings("acme")).toMatchObject({ linkExpiryDays: days });
});

test.each([
  ["cooldownDays", ""],
  ["cooldownDays", " 7"],
  ["cooldownDays", "7 "],
  ["cooldownDays", "+7"],
  ["cooldownDays", "-1"],
  ["cooldownDays", "1e2"],
  ["cooldownDays", "0x1f"],
  ["cooldownDays", "7.0"],
  ["cooldownDays", "٧"],
  ["cooldownDays", "366"],
  ["answerCooldownDays", "0030"],
  ["answerCooldownDays", "NaN"],
  ["samplePercent", "0"],
  ["samplePercent", "101"],
  ["samplePercent", "50 %"],
  ["samplePercent", "50\n"],
  ["linkExpiryDays", "0"],
  ["linkExpiryDays", "366"],
  ["linkExpiryDays", "never"],
  ["enabled", "maybe"],
  ["enabled", ""],
  ["sendDelay", ""],
  ["sendDelay", "soon"],
  ["subject", "{{nope}}"],
])("%s=%j is refused with an issue", async (path, value) => {
  const desk = await aDesk();
  const response = await desk.ask("/api/settings", form({ ...whole, [path]: value }));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { issues: [{ path }] } });
  expect(await desk.csat.getSettings("acme")).toMatchObject({ sendDelay: "immediately" });
});

test("POST takes a form alone, and says so", async () => {
  const desk = await aDesk();
  const response = await desk.ask("/api/settings", json({ enabled: false }));
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("application/x-www-form-urlencoded");
});
