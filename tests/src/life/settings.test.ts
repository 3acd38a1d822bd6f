import type { WorkspaceSettings } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

onEveryStorage("settings", (make) => {
  test("a workspace where nobody saved anything has surveys off and the default texts", async () => {
    const world = await make();
    expect(await world.csat.getSettings("initech")).toEqual({
      cooldownDays: 0,
      answerCooldownDays: 0,
      samplePercent: 100,
      linkExpiryDays: null,
      enabled: false,
      sendDelay: "24_hours",
      subject: null,
      bodyIntro: null,
    });
  });

  test("a change touches the named fields only, also when two admins save at once", async () => {
    const world = await make();
    await Promise.all([
      world.csat.updateSettings(workspaceId, { subject: "How was it?" }),
      world.csat.updateSettings(workspaceId, { bodyIntro: "Tell us." }),
      world.csat.updateSettings(workspaceId, { sendDelay: "3_days" }),
    ]);
    expect(await world.csat.getSettings(workspaceId)).toEqual({
      cooldownDays: 0,
      answerCooldownDays: 0,
      samplePercent: 100,
      linkExpiryDays: null,
      enabled: true,
      sendDelay: "3_days",
      subject: "How was it?",
      bodyIntro: "Tell us.",
    });
  });

  test.each(["", "  \n ", null])(
    "the blank text %j means the default, for subject and body apart",
    async (blank) => {
      // S31
      const world = await make();
      const standard = await world.csat.previewEmail(workspaceId);
      await world.csat.updateSettings(workspaceId, { subject: "Own subject", bodyIntro: "Own body" });
      await world.csat.updateSettings(workspaceId, { subject: blank });
      const preview = await world.csat.previewEmail(workspaceId);
      expect(preview.subject).toBe(standard.subject);
      expect(preview.text).toContain("Own body");
      await world.csat.updateSettings(workspaceId, { bodyIntro: blank });
      expect(await world.csat.previewEmail(workspaceId)).toEqual(standard);
    },
  );

  test("an unknown placeholder is refused by name, the known ones are listed, and nothing is saved", async () => {
    // S35
    const world = await make();
    for (const text of ["Hi {{customer}}", "Hi {{constructor}}", "Hi {{__proto__}}"]) {
      const name = /\{\{.*\}\}/.exec(text)?.[0] ?? "";
      for (const field of ["subject", "bodyIntro"]) {
        const failed = world.csat.updateSettings(workspaceId, { enabled: false, [field]: text });
        await expect(failed).rejects.toMatchObject({ code: "invalid_input", issues: [{ path: field }] });
        await expect(failed).rejects.toThrow(name);
        await expect(failed).rejects.toThrow(
          "{{customer_name}}, {{ticket_subject}}, {{workspace_name}}, {{operator_name}}",
        );
      }
    }
    expect(await world.csat.getSettings(workspaceId)).toMatchObject({
      enabled: true,
      subject: null,
      bodyIntro: null,
    });
  });

  test.each([
    ["enabled", { enabled: "yes" }],
    ["sendDelay", { sendDelay: "2_hours" }],
    ["subject", { subject: "x".repeat(201) }],
    ["bodyIntro", { bodyIntro: "x".repeat(5_001) }],
    ["subject", { subject: "a\u0000b" }],
    ["bodyIntro", { bodyIntro: 5 }],
    ["colour", { colour: "red" }],
    ["__proto__x", JSON.parse('{"__proto__x": 1}')],
    ["", null],
    ["", []],
  ])("a bad %s is refused", async (path, change) => {
    const world = await make();
    const failed = world.csat.updateSettings(workspaceId, change as Partial<WorkspaceSettings>); // On purpose: bad input.
    await expect(failed).rejects.toMatchObject({ code: "invalid_input", issues: [{ path }] });
  });

  test("texts may be as long as they are allowed to be, counted in characters", async () => {
    const world = await make();
    const change = { subject: "😀".repeat(200), bodyIntro: "😀".repeat(5_000) };
    expect(await world.csat.updateSettings(workspaceId, change)).toMatchObject(change);
  });
});
