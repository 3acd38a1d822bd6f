import { nodemailerMailer } from "@csat/nodemailer";
import { createTransport } from "nodemailer";
import { Pool } from "pg";
import { benchDesk, keepingMailer, manyResolved, resolved } from "../bench-desk.ts";
import { alternate, type BenchPath } from "../bench-path.ts";
import { startChild } from "../child.ts";
import type { FromMailSink } from "../mail-sink.ts";
import { nothingDue } from "../nothing-due.ts";

const from = "csat@help.example.com";

/** What is due, through one worker to a mail server that takes everything at once. */
export const sendMails: BenchPath = {
  id: "mails",
  title: "one worker, due surveys → SMTP, pool of 10",
  rawSide: "Nodemailer's pool, mails as large",
  unit: "/s",
  goal: { of: "ratio", atLeast: 0.75 },
  measure: async (bench) => {
    const sink = startChild<FromMailSink>("mail-sink.ts");
    const pool = new Pool({ connectionString: bench.url, max: 10 });
    try {
      const listening = await sink.next();
      const port = listening.kind === "listening" ? listening.port : 0;
      const transport = `smtp://127.0.0.1:${port}?pool=true&maxConnections=10`;
      const sample = keepingMailer();
      const sampling = await benchDesk(pool, { mailer: sample });
      await sampling.ticketResolved(resolved("sample"));
      await sampling.runDue();
      const mail = sample.last;
      if (mail === null) throw new Error("No mail was made.");
      const count = bench.sized(500);
      const rounds = await alternate(bench.rounds, {
        ours: async (round) => {
          // Resolved elsewhere: nobody wakes the worker, whose first sweep finds all of them.
          await sampling.ticketsResolved(manyResolved(`mailed-${round}`, count));
          const mailer = nodemailerMailer({ transport, from });
          const csat = await benchDesk(pool, { mailer });
          sink.tell(count);
          const all = sink.next();
          const begunAt = performance.now();
          const worker = await csat.startWorker({ concurrency: 10 });
          await all;
          await nothingDue(pool, "due_tickets");
          const seconds = (performance.now() - begunAt) / 1_000;
          await worker.stop();
          mailer.close();
          return count / seconds;
        },
        raw: async (round) => {
          const raw = createTransport(transport);
          sink.tell(count);
          const all = sink.next();
          const begunAt = performance.now();
          await Promise.all(
            Array.from({ length: count }, (_, place) =>
              raw.sendMail({
                from: { name: mail.fromName, address: from },
                to: { name: mail.to.name ?? "", address: mail.to.address },
                subject: mail.subject,
                html: mail.html,
                text: mail.text,
                headers: mail.headers,
                messageId: `<raw-${round}-${place}@help.example.com>`,
              }),
            ),
          );
          await all;
          const seconds = (performance.now() - begunAt) / 1_000;
          raw.close();
          return count / seconds;
        },
      });
      return { rounds };
    } finally {
      await sink.end();
      await pool.end();
    }
  },
};
