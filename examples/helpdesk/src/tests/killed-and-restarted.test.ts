import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "./a-helpdesk.ts";
import { startProcess } from "./a-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csat-helpdesk-"));
});
afterAll(() => rm(folder, { recursive: true }));

// S16
test("a demo that was killed and started again carries on", async () => {
  const first = await startProcess({ DATA_DIR: join(folder, "data") });
  expect(first.output()).toBe(`CSAT demo helpdesk: ${first.origin}\n`);
  const before = clientOf(first.origin);
  await before.settings({ sendDelay: "1_hour", subject: "Still {{workspace_name}}" });
  await before.advance({ days: 2 });
  const { json: clock } = await before.call("/api/clock");
  const ticket = await before.ticket({ subject: "Survives" });
  await before.resolve(ticket.id, "bob");
  // A second demo on the same folder would damage it.
  await expect(startProcess({ DATA_DIR: join(folder, "data") })).rejects.toThrow(
    /exit 1: Another demo uses the data folder .+\n$/,
  );
  expect(await first.end("SIGKILL")).toBe(null);

  const second = await startProcess({ DATA_DIR: join(folder, "data") });
  const after = clientOf(second.origin);
  const { json: kept } = await after.call(`/api/tickets/${ticket.id}`);
  expect(kept).toMatchObject({ subject: "Survives", status: "resolved" });
  expect((await after.call("/csat/api/settings")).json.subject).toBe("Still {{workspace_name}}");
  expect(Date.parse(String((await after.call("/api/clock")).json.now))).toBeGreaterThanOrEqual(
    Date.parse(String(clock.now)),
  );
  expect((await after.panel(ticket.id)).state).toBe("scheduled");
  await after.advance({ hours: 2 });
  const mails = await after.mailsTo(ticket.email);
  expect(mails.map(({ subject }) => subject)).toEqual(["Still Acme"]);
  // The samples of the first start are not written again.
  expect((await after.ticket()).id).toBe("T-6");
  expect(await second.end("SIGTERM")).toBe(0);
  expect(second.output()).toBe(`CSAT demo helpdesk: ${second.origin}\n`);
});
