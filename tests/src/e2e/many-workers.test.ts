import { nodemailerMailer } from "@csat/nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { servers } from "../world/own-connections.ts";
import { messageIdOf, startSmtpServer, type TestSmtpServer } from "../world/smtp.ts";

const workers = 20;
const surveys = 200;

let smtp: TestSmtpServer | undefined;
beforeAll(async () => {
  smtp = await startSmtpServer();
});
afterAll(() => smtp?.close());

test.each(servers)(
  "twenty workers, each with a connection of its own to $name, mail two hundred due surveys once each",
  async ({ open, connect }) => {
    // S10
    if (smtp === undefined) throw new Error("No server.");
    const { url, mails } = smtp;
    const before = mails.length;
    const server = await open();
    const world = await aWorld({ storage: await server.fresh() });
    const resolvedAt = world.clock.now();
    const tickets = Array.from({ length: surveys }, (_, place) => `T${place}`);
    for (const ticketId of tickets) world.ticket(ticketId, { status: "resolved" });
    await world.csat.ticketsResolved(
      tickets.map((ticketId) => ({ workspaceId, ticketId, actorId: "olivia", resolvedAt })),
    );
    world.clock.move(3_600_000);

    const connections = Array.from({ length: workers }, () => connect(server.url));
    const processes = connections.map(({ storage }) =>
      world.anotherProcess({
        storage,
        mailer: nodemailerMailer({ transport: url, from: "csat@help.example.com" }),
      }),
    );
    const reports = await Promise.all(processes.map((csat) => csat.runDue()));

    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(surveys);
    expect(mails).toHaveLength(before + surveys);
    expect(new Set(mails.slice(before).map(messageIdOf)).size).toBe(surveys);
    expect(await world.csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0 });
    await Promise.all(connections.map(({ end }) => end()));
    await server.close();
  },
);
