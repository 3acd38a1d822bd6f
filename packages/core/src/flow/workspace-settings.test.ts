import { expect, test } from "vitest";
import type { Head, Json } from "../ports/store/head.ts";
import { defaultSettings, type WorkspaceSettings } from "../survey/settings.ts";
import { settingsOf, toSettingsDocument, workspaceKey, workspaceOf } from "./workspace-settings.ts";

const settings: WorkspaceSettings = {
  ...defaultSettings,
  enabled: true,
  sendDelay: "3_days",
  subject: "Well?",
};
const stored = (state: Json | null): Head => ({ key: workspaceKey("acme"), version: 1, state });
const now = new Date("2026-03-02T12:00:00.000Z");
const saved = (state: Json | null, change: Partial<WorkspaceSettings> = {}, at = now, secret = "a secret") =>
  toSettingsDocument(stored(state), {
    settings: { ...settings, ...change },
    customerSecret: secret,
    changed: null,
    now: at,
  });

test("settings come back as they were saved; before that the defaults stand", () => {
  expect(settingsOf(stored(saved(null, { cooldownDays: 30 })))).toEqual({ ...settings, cooldownDays: 30 });
  expect(settingsOf(stored(null))).toEqual(defaultSettings);
  expect(settingsOf(null)).toEqual(defaultSettings);
});

test("what was saved before there was a cooldown or a sample limits nobody", () => {
  const old = { v: 1, enabled: true, sendDelay: "3_days", subject: "Well?", bodyIntro: null };
  expect(settingsOf(stored(old))).toEqual(settings);
});

test("what a newer release keeps beside is not this one's to show or to lose", () => {
  const newer = { ...Object(saved(null)), surveyLanguage: "eo" };
  expect(settingsOf(stored(newer))).toEqual(settings);
  expect(saved(newer, { enabled: false })).toMatchObject({ enabled: false, surveyLanguage: "eo" });
});

test("the secret of a workspace's customers is made once and kept", () => {
  // S60
  const first = saved(null);
  expect(workspaceOf(stored(first)).customerSecret).toBe("a secret");
  expect(workspaceOf(stored(saved(first, {}, now, "another one"))).customerSecret).toBe("a secret");
});

test("each change of the sample is kept with its time, and nothing but a change", () => {
  // S62
  const later = new Date("2026-04-02T12:00:00.000Z");
  const quarter = saved(saved(saved(null), { samplePercent: 25 }), { samplePercent: 25, enabled: false });
  const { samples } = workspaceOf(stored(saved(quarter, { samplePercent: 100 }, later)));
  expect(samples).toEqual([
    { since: now, percent: 25 },
    { since: later, percent: 100 },
  ]);
});

test.each([
  ["v", { ...Object(saved(null)), v: 2 }],
  ["sendDelay", { ...Object(saved(null)), sendDelay: "a_week" }],
])("a document of which this release cannot read %s is an error that says so", (field, state) => {
  expect(() => settingsOf(stored(state))).toThrow(
    expect.objectContaining({
      code: "storage_failed",
      message: expect.stringContaining(`settings of workspace acme cannot be read (${field})`),
    }),
  );
});
