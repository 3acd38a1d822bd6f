import { createServer } from "node:http";
import { createCsat, type TicketResolved, type TicketSource } from "@csat/core";
import { createHandler, type HandlerOptions } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { migrate, postgresStorage } from "@csat/postgres";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";

export async function embed(tickets: TicketSource, authorize: HandlerOptions["authorize"]) {
  const db = drizzle("postgres://localhost/helpdesk");
  await migrate(db); // or own the tables: see @csat/postgres
  const [storage, scheduler] = [postgresStorage(db), inProcessScheduler()];
  const mailer = nodemailerMailer({ transport: "smtp://localhost", from: "support@help.example.com" });
  const publicUrl = "https://help.example.com/csat"; // the links in the mails start with it
  const csat = createCsat({ storage, scheduler, mailer, tickets, publicUrl });
  await csat.startWorker(); // sends what is due, in this process or in as many others as you like
  createServer(toNodeListener(createHandler(csat, { basePath: "/csat", authorize }))).listen(3000);
  return (event: TicketResolved) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`update tickets set status = 'resolved' where id = ${event.ticketId}`);
      return csat.ticketResolved(event, { tx }); // committed together, or not at all
    });
}
