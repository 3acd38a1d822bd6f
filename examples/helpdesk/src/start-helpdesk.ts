import { helpdeskApp } from "./app.ts";
import { startBackground } from "./background.ts";
import { openClock } from "./clock.ts";
import type { HelpdeskConfig } from "./config.ts";
import { helpdeskMailbox, takeReport, wireCsat } from "./csat.ts";
import { csatHandler } from "./csat-handler.ts";
import { migrateCsat } from "./csat-storage.ts";
import { helpdeskViews } from "./csat-views.ts";
import { openDatabase } from "./database.ts";
import { openDesk } from "./desk.ts";
import { prepareFirstStart } from "./first-start.ts";
import { keepMail } from "./inbox.ts";
import { listen } from "./listen.ts";
import { startSmtpServer } from "./smtp-server.ts";
import { createTables } from "./tables/tables.ts";
import { startReceiver } from "./webhooks/receiver-server.ts";
import { helpdeskWebhooks } from "./webhooks/webhook-transport.ts";

/** A helpdesk that answers requests and sends surveys. */
export interface RunningHelpdesk {
  readonly origin: string;
  /** Lets requests and mails that are under way finish, then closes everything. */
  close(): Promise<void>;
}

/** Starts the helpdesk, or nothing of it. @throws CsatError in words for the person at the terminal */
export async function startHelpdesk(config: HelpdeskConfig): Promise<RunningHelpdesk> {
  // Closed in the opposite order, at the end or when a later step of the start fails.
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const shut of opened.splice(0).reverse()) await shut();
  };
  try {
    const listener = await listen(config.port);
    opened.push(() => listener.close());
    const { origin } = listener;
    const { database, close: closeDatabase } = await openDatabase(config.database);
    opened.push(closeDatabase);
    await createTables(database);
    const clock = await openClock({ database, isShared: config.database.kind === "server" });

    let takeMail = async (_raw: Buffer): Promise<void> => {};
    const inbox =
      config.smtpUrl === null
        ? await startSmtpServer({
            clock,
            keep: (mail) => keepMail(database, mail),
            mailbox: { address: helpdeskMailbox, take: (raw) => takeMail(raw) },
          })
        : null;
    if (inbox !== null) opened.push(inbox.close);
    const smtpUrl = config.smtpUrl ?? inbox?.url ?? "";
    const receiver = await startReceiver({ database, clock });
    opened.push(receiver.close);
    const webhooks = helpdeskWebhooks({ database, urlFor: receiver.urlFor });
    await migrateCsat(database);
    const { csat, close: closeCsat } = wireCsat({
      database,
      clock,
      origin,
      smtpUrl,
      redisUrl: config.redisUrl,
      webhooks,
    });
    opened.push(closeCsat);
    takeMail = (raw) => takeReport(csat, raw);
    await prepareFirstStart({ database, csat, clock });
    const background = await startBackground({ csat, clock, works: config.works });
    opened.push(background.stop);

    const desk = openDesk({ database, csat, clock });
    const origins = [origin, origin.replace("127.0.0.1", "localhost")];
    const views = helpdeskViews({ database, clock });
    const app = helpdeskApp({
      parts: { database, csat, clock, desk, views, background, hasInbox: inbox !== null },
      csatHandler: csatHandler({ csat, views, origins }),
      origins,
    });
    listener.answerWith((request) => app.fetch(request));
    // Closed before the rest: requests that still run need it.
    opened.push(() => listener.close());
    return { origin, close };
  } catch (error) {
    await close();
    throw error;
  }
}
