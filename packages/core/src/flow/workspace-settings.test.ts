import { expect, test } from "vitest";
import type { Head, Json } from "../ports/store/head.ts";
import { defaultSettings, type WorkspaceSettings } from "../survey/settings.ts";
import { settingsOf, toSettingsDocument, workspaceKey } from "./workspace-settings.ts";

const settings: WorkspaceSettings = { enabled: true, sendDelay: "3_days", subject: "Well?", bodyIntro: null };
const stored = (state: Json | null): Head => ({ key: workspaceKey("acme"), version: 1, state });

test("settings come back as they were saved; before that the defaults stand", () => {
  expect(settingsOf(stored(toSettingsDocument(settings, null)))).toEqual(settings);
  expect(settingsOf(stored(null))).toEqual(defaultSettings);
  expect(settingsOf(null)).toEqual(defaultSettings);
});

test("what a newer release keeps beside is not this one's to show or to lose", () => {
  const newer = { ...Object(toSettingsDocument(settings, null)), cooldownDays: 30 };
  expect(settingsOf(stored(newer))).toEqual(settings);
  expect(toSettingsDocument({ ...settings, enabled: false }, newer)).toEqual({
    v: 1,
    enabled: false,
    sendDelay: "3_days",
    subject: "Well?",
    bodyIntro: null,
    cooldownDays: 30,
  });
});

test.each([
  ["v", { ...Object(toSettingsDocument(settings, null)), v: 2 }],
  ["sendDelay", { ...Object(toSettingsDocument(settings, null)), sendDelay: "a_week" }],
])("a document of which this release cannot read %s is an error that says so", (field, state) => {
  expect(() => settingsOf(stored(state))).toThrow(
    expect.objectContaining({
      code: "storage_failed",
      message: expect.stringContaining(`settings of workspace acme cannot be read (${field})`),
    }),
  );
});
