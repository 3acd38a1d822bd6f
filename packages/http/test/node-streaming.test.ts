import { type IncomingMessage, request } from "node:http";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { expect, test } from "vitest";
import { aDesk } from "./a-desk.ts";
import { aServer } from "./a-server.ts";
import { type GeneratedRows, generatedRows } from "./generated-rows.ts";

const path = "/csat/api/analytics/responses.csv";
const many = 1_000_000;

async function aServedExport(rows: GeneratedRows): Promise<string> {
  const { csat } = await aDesk();
  const handler = createHandler(
    { ...csat, exportResponses: rows.exportResponses },
    {
      basePath: "/csat",
      authorize: async () => ({ workspaceId: "acme", userId: "olivia", role: "owner" }),
    },
  );
  return `${await aServer(toNodeListener(handler))}${path}`;
}

/** Opens the download and reads nothing of its body until told to. */
async function aPausedDownload(url: string) {
  const outgoing = request(url, { agent: false });
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on("response", resolve).on("error", reject).end();
  });
  return { outgoing, incoming };
}

test("a client that does not read holds the export up, and one that leaves ends it", async () => {
  const rows = generatedRows(many);
  const { outgoing, incoming } = await aPausedDownload(await aServedExport(rows));
  expect(incoming.statusCode).toBe(200);
  // Until the buffers of both sockets are full: then the count stands still over many turns of the event loop.
  let before = -1;
  const growth = () => {
    const since = rows.taken() - before;
    before += since;
    return since;
  };
  await expect.poll(growth, { interval: 200 }).toBe(0);
  // Some 90 bytes a row: of 90 MB a few of the kernel's buffers are filled.
  expect(rows.taken()).toBeLessThan(many / 4);
  expect(rows.isEnded()).toBe(false);
  outgoing.destroy();
  await expect.poll(rows.isEnded).toBe(true);
  expect(rows.taken()).toBeLessThan(many);
});

test("every row arrives", async () => {
  const response = await fetch(await aServedExport(generatedRows(50_000)));
  const text = await response.text();
  expect(text.split("\r\n")).toHaveLength(50_002);
  expect(text.split("\r\n").at(-2)).toContain(`,"T50000",5,`);
});

test("a download that broke off does not look complete, and tells nothing of why", async () => {
  const url = await aServedExport(generatedRows(5000, { failAt: 4000 }));
  const { incoming } = await aPausedDownload(url);
  let text = "";
  incoming.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const end = await new Promise((resolve) => {
    incoming.on("end", () => resolve("complete")).on("error", () => resolve("broken off"));
  });
  expect(end).toBe("broken off");
  expect(text).toContain(`,"T1",5,`);
  expect(text).not.toContain("Error");
  expect(text).not.toContain("secret");
});
