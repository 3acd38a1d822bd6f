import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCsat } from "@csat/core";
import { fakeClock, inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCsat } from "./support/run-csat.ts";

/** A desk with one ticket of Dana's that was answered. */
async function aDesk() {
  const clock = fakeClock("2026-03-05T10:00:00.000Z");
  const [mailer, tickets] = [memoryMailer(), memoryTickets()];
  const csat = createCsat({
    storage: memoryStorage({ clock }),
    scheduler: inProcessScheduler({ clock }),
    mailer,
    tickets,
    clock,
    publicUrl: "http://127.0.0.1:1",
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  const customer = { name: "Dana", email: "dana@example.com", locale: null };
  tickets.put("acme", { ticketId: "T1", status: "resolved", customer });
  await csat.ticketResolved({
    workspaceId: "acme",
    ticketId: "T1",
    actorId: "bob",
    resolvedAt: clock.now(),
  });
  await csat.runDue();
  const [, token = ""] = /\/r\/([\w-]+)/.exec(mailer.sent.at(-1)?.text ?? "") ?? [];
  await csat.submitResponse({ token, rating: 2, comment: "Slow \u009b" });
  return { csat };
}

let config: Awaited<ReturnType<typeof aDesk>>;
beforeEach(async () => {
  config = await aDesk();
});
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const dana = "--workspace acme --address dana@example.com";
const asked = (words: string) => runCsat(`customer ${words}`, { config });

// S74, S79
test("suppress, show and lift say and change what keeps a customer from being asked, without repeating the address", async () => {
  expect(await asked(`show ${dana}`)).toMatchObject({
    exitCode: 0,
    stdout: "Nothing keeps this customer from being asked.\n",
  });
  const suppressed = await asked(`suppress ${dana} --by olivia`);
  expect(suppressed).toMatchObject({ exitCode: 0, stdout: "This customer is not asked any more.\n" });
  const shown = await asked(`show ${dana}`);
  expect(shown.stdout).toBe(
    "2026-03-05T10:00:00.000Z  by_hand by olivia         somebody decided that this customer is not asked.\n",
  );
  const { stdout } = await asked(`show ${dana} --json`);
  expect(JSON.parse(stdout)).toEqual([
    { reason: "by_hand", at: "2026-03-05T10:00:00.000Z", actorId: "olivia" },
  ]);
  expect(await asked(`lift ${dana} --by olivia --reason by_hand`)).toMatchObject({
    exitCode: 0,
    stdout: "Lifted: by_hand.\n",
  });
  const again = await asked(`lift ${dana} --by olivia --reason by_hand`);
  expect(again).toMatchObject({ exitCode: 1, stdout: "" });
  for (const { stdout: out, stderr } of [suppressed, shown, again])
    expect(out + stderr).not.toContain("dana");
});

// S74
test("lift takes an opt-out back only with the time of the customer's consent", async () => {
  await config.csat.suppress("acme", { id: "7" }, { actorId: null, reason: "opted_out" });
  const lift = (more: string) =>
    asked(`lift --workspace acme --id 7 --by olivia --reason opted_out ${more}`.trim());
  for (const [more, why] of [
    ["", "must say when the customer agreed"],
    ["--consent-given yesterday", "--consent-given must be a day or a time"],
    ["--consent-given 2026-03-06", "must not be more than five minutes in the future"],
  ] as const) {
    const { exitCode, stderr } = await lift(more);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(why)]);
    expect(await config.csat.suppressionsOf("acme", { id: "7" })).toHaveLength(1);
  }
  expect((await lift("--consent-given 2026-03-01")).exitCode).toBe(0);
  expect(await config.csat.suppressionsOf("acme", { id: "7" })).toEqual([]);
});

// S77
test("export writes all that is stored as JSON, to standard output or to a new file of its owner alone", async () => {
  const { exitCode, stdout } = await asked(`export ${dana}`);
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([
    0,
    { workspaceId: "acme", tickets: [{ ticketId: "T1", response: { rating: 2, comment: "Slow \u009b" } }] },
  ]);
  // What a terminal obeys stands escaped.
  expect(stdout).not.toContain("\u009b");
  const folder = await mkdtemp(join(tmpdir(), "csat-customer-"));
  folders.push(folder);
  const file = join(folder, "dana.json");
  expect(await asked(`export ${dana} --out ${file}`)).toMatchObject({ exitCode: 0, stdout: "" });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(JSON.parse(stdout));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const again = await asked(`export ${dana} --out ${file}`);
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining("is there already")]);
});

// S77
test("erase asks for --yes, and erases what was begun for the person, and tickets that are named", async () => {
  const refused = await asked(`erase ${dana}`);
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("Add --yes")]);
  expect(await config.csat.explain({ workspaceId: "acme", ticketId: "T1" })).not.toEqual([]);
  expect(await asked(`erase ${dana} --ticket T8 --ticket T9 --yes`)).toMatchObject({
    exitCode: 0,
    stdout: "Tickets that are erased: 3.\n",
  });
  expect((await config.csat.exportCustomer("acme", { address: "dana@example.com" })).tickets).toEqual([]);
});

test.each([
  ["show --workspace acme", "must name the customer by address, id or key"],
  ["show --address dana@example.com", "--workspace is needed"],
  ["show --workspace acme --id=", "--id is empty"],
  [`suppress ${dana}`, "--by is needed"],
  [`suppress ${dana} --by olivia --reason rude`, "must be one of opted_out, bounced, complained, by_hand"],
  [`lift ${dana} --by olivia`, "--reason is needed"],
  [`forget ${dana}`, 'and not "forget"'],
  [`constructor ${dana}`, 'and not "constructor"'],
])("csat customer %s ends with 2 and says why", async (words, why) => {
  const { exitCode, stderr } = await asked(words);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(why)]);
});
