import { expectEqual } from "../assertions.ts";
import { uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";

const defaults = { enabled: false, sendDelay: "24_hours", subject: null, bodyIntro: null } as const;

/** What admins choose. */
export const settingsCases: readonly StorageCase[] = [
  {
    id: "settings/get/nothing-saved",
    rule: "A workspace that never saved anything has null for settings.",
    async run({ storage }) {
      expectEqual(await storage.settings.get(uniqueId("workspace")), null, "the settings");
    },
  },
  {
    id: "settings/patch/over-the-defaults",
    rule: "The first change stands over the defaults, and is returned and read as a whole.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      const expected = { ...defaults, enabled: true };
      expectEqual(await storage.settings.patch(workspaceId, { enabled: true }), expected, "the result");
      expectEqual(await otherProcess.settings.get(workspaceId), expected, "the settings");
    },
  },
  {
    id: "settings/patch/named-fields-only",
    rule: "A change writes the fields it names, null included, and leaves all others.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      await storage.settings.patch(workspaceId, {
        enabled: true,
        sendDelay: "3_days",
        subject: "How did we do?",
        bodyIntro: "Hello",
      });
      await otherProcess.settings.patch(workspaceId, { subject: null });
      await storage.settings.patch(workspaceId, { sendDelay: "immediately" });
      const expected = {
        enabled: true,
        sendDelay: "immediately",
        subject: null,
        bodyIntro: "Hello",
      } as const;
      expectEqual(await storage.settings.patch(workspaceId, {}), expected, "the result of an empty change");
      expectEqual(await otherProcess.settings.get(workspaceId), expected, "the settings");
    },
  },
  {
    id: "settings/patch/empty-first-change",
    rule: "An empty change of a workspace that never saved anything returns the defaults.",
    async run({ storage }) {
      expectEqual(await storage.settings.patch(uniqueId("workspace"), {}), { ...defaults }, "the result");
    },
  },
  {
    id: "settings/patch/texts-as-written",
    rule: "Texts come back character by character: blank, 5,000 characters long, with quotes, emoji, line breaks, from right to left.",
    async run({ storage, otherProcess }) {
      for (const text of [
        "",
        "  ",
        "é".repeat(5000),
        `'"; DROP TABLE settings; -- \\ %_ $& {{constructor}} <b>`,
        "👩‍👩‍👧 \r\n\t ‏مرحبا {{customer_name}}",
      ]) {
        const workspaceId = uniqueId("workspace");
        const subject = text.slice(0, 200);
        await storage.settings.patch(workspaceId, { subject, bodyIntro: text });
        expectEqual(
          await otherProcess.settings.get(workspaceId),
          { ...defaults, subject, bodyIntro: text },
          "the settings",
        );
      }
    },
  },
  {
    id: "settings/patch/admins-at-once",
    rule: "Changes of different fields at the same moment are all kept, the very first ones of a workspace included.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 10; round++) {
        const workspaceId = uniqueId("workspace");
        await Promise.all([
          storage.settings.patch(workspaceId, { enabled: true }),
          otherProcess.settings.patch(workspaceId, { sendDelay: "1_hour" }),
          storage.settings.patch(workspaceId, { subject: "S" }),
          otherProcess.settings.patch(workspaceId, { bodyIntro: "B" }),
        ]);
        expectEqual(
          await storage.settings.get(workspaceId),
          { enabled: true, sendDelay: "1_hour", subject: "S", bodyIntro: "B" },
          "the settings",
        );
      }
    },
  },
  {
    id: "settings/patch/other-workspaces",
    rule: "A change concerns its own workspace alone.",
    async run({ storage }) {
      const [one, other] = [uniqueId("workspace"), uniqueId("workspace")];
      await storage.settings.patch(one, { enabled: true, subject: "One" });
      expectEqual(await storage.settings.get(other), null, "the other's settings before it saved any");
      await storage.settings.patch(other, { subject: "Other" });
      expectEqual(
        await storage.settings.get(one),
        { ...defaults, enabled: true, subject: "One" },
        "the settings of the one",
      );
      expectEqual(
        await storage.settings.get(other),
        { ...defaults, subject: "Other" },
        "the settings of the other",
      );
    },
  },
];
