import { once } from "node:events";
import { createServer } from "node:net";
import { SMTPServer } from "smtp-server";
import { expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

/** A port of this machine where nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

// S9, S12
test("with the mail server of SMTP_URL away tickets resolve as ever, and the mail leaves once it is back", async () => {
  const port = await freePort();
  const helpdesk = await aHelpdesk({ smtpUrl: `smtp://127.0.0.1:${port}?ignoreTLS=true` });
  await helpdesk.settings({ sendDelay: "immediately" });
  const ticket = await helpdesk.ticket();
  expect((await helpdesk.resolve(ticket.id)).status).toBe("resolved");
  await helpdesk.advance({ hours: 1 });
  expect(await helpdesk.journal(ticket.id)).toContainEqual(expect.stringMatching(/^mail_failed/));

  const received: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: ({ address }, _, done) => {
      received.push(address);
      done();
    },
    onData: (stream, _, done) => stream.on("end", done).resume(),
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await helpdesk.advance({ hours: 1 });
  await expect.poll(async () => (await helpdesk.panel(ticket.id)).state).toBe("awaiting");
  expect(received).toEqual([ticket.email]);
  expect((await helpdesk.call("/api/inbox")).text).toBe("[]");
  expect((await helpdesk.call("/inbox")).text).toContain("SMTP_URL is set");
  await helpdesk.close();
  server.close();
});
