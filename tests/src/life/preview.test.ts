import { expect, onTestFinished, test, vi } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { inMemory } from "../world/storages.ts";

type NameSource = (workspaceId: string) => Promise<string> | string;

async function aPreview(workspaceName: NameSource | undefined) {
  const told: object[] = [];
  const warn = (fields: object) => void told.push(fields);
  const logger = { debug() {}, info() {}, error() {}, warn };
  const { csat } = await aWorld({ storage: inMemory(), options: { workspaceName, logger } });
  const subject = "From {{workspace_name}}";
  return { told, preview: () => csat.previewEmail(workspaceId, { subject }) };
}

test("a preview says the workspace's name as the host tells it, in the mail and beside it", async () => {
  const { preview, told } = await aPreview(async (id) => `${id.toUpperCase()}\n & Söhne`);
  const { subject, html, text, workspaceName } = await preview();
  expect(workspaceName).toBe("ACME & Söhne");
  expect(subject).toBe("From ACME & Söhne");
  expect(html).toContain("ACME &amp; Söhne");
  expect(text).toContain("ACME & Söhne");
  expect(told).toEqual([]);
});

test.each<readonly [string, NameSource | undefined, RegExp | null]>([
  ["is not asked", undefined, null],
  ["has a blank name", () => " \u200B\n", null],
  ["throws", () => JSON.parse("{"), /SyntaxError/],
  ["rejects", () => Promise.reject(new TypeError("down")), /TypeError: down/],
  // A host without types answers anything.
  ["answers an object", () => JSON.parse("{}"), /must be text/],
  ["answers nothing", () => JSON.parse("null"), /must be text/],
])("of a host that %s it shows a sample name, never the workspace's id", async (_, source, why) => {
  const { preview, told } = await aPreview(source);
  const { subject, html, text, workspaceName } = await preview();
  expect(workspaceName).toBe("Your company");
  expect(subject).toBe("From Your company");
  expect(html + text).not.toContain(workspaceId);
  expect(told).toEqual(why === null ? [] : [{ workspaceId, cause: expect.stringMatching(why) }]);
});

test("a host that never names its workspace costs the name after two seconds", async () => {
  const { preview } = await aPreview(() => new Promise(() => {}));
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const shown = preview();
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await shown).workspaceName).toBe("Your company");
});
