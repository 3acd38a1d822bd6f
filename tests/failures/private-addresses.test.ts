import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { printFigures } from "./world/figures.ts";
import { answer } from "./world/links.ts";
import { startReceiver } from "./world/receiver.ts";
import { until } from "./world/wait.ts";

const names = {
  "private.example": ["127.0.0.1"],
  "mixed.example": ["203.0.113.7", "127.0.0.1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "metadata.example": ["169.254.169.254"],
};

const hosts = [
  "127.0.0.1",
  "localhost",
  "2130706433",
  "0x7f.1",
  "0177.0.0.1",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "0.0.0.0",
  "10.0.0.7",
  ...Object.keys(names),
];

/** Deliveries that were tried and failed. */
async function attempted({ csat }: System): Promise<number> {
  const { items } = await csat.listEvents("acme");
  const all = items.flatMap(({ deliveries }) => deliveries);
  return all.filter(({ attempts, state }) => attempts > 0 && state !== "delivered").length;
}

test.concurrent("whatever a private address is written like, no connection is opened to it", async ({
  onTestFinished,
}) => {
  // S54
  const receiver = await startReceiver({ onTestFinished });
  const { port, secret } = receiver;
  const system = await aSystem({ onTestFinished });
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: 1 });
  await system.resolve({ workspaceId: "acme", ticketIds });
  system.startWorker({
    receiver: {
      urls: hosts.map((host) => `https://${host}:${port}/hooks`),
      secret,
      addresses: names,
      allowPrivateAddresses: false,
    },
  });
  await until(() => system.statuses(), { sent: 1 });
  const [mail] = system.mailServer.taken;
  if (mail === undefined) throw new Error("There is no mail.");
  expect(await answer(system, mail, 3)).toBe(201);
  await until(() => attempted(system), hosts.length);
  printFigures("private addresses", { hosts: hosts.length, connections: receiver.connections() });
  expect(receiver.connections()).toBe(0);
});
