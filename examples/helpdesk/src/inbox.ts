import { asc, desc, eq } from "drizzle-orm";
import type { HelpdeskDatabase } from "./database.ts";
import { type RowOf, tablesOf } from "./tables/tables.ts";

/** A mail as the customer's server took it. */
export type ReceivedMail = Omit<RowOf<"mails">, "id">;

/** A mail in the inbox page's list. */
export type MailSummary = Pick<RowOf<"mails">, "id" | "recipient" | "sender" | "subject" | "receivedAt">;

/** Keeps a mail. */
export async function keepMail(database: HelpdeskDatabase, mail: ReceivedMail): Promise<void> {
  await database.insert(tablesOf(database).mails).values(mail);
}

/** Every mail, oldest first. */
export function listMails(database: HelpdeskDatabase): Promise<RowOf<"mails">[]> {
  const { mails } = tablesOf(database);
  return database.select().from(mails).orderBy(asc(mails.id));
}

/** The newest 100 mails without their contents, newest first. */
export function listMailSummaries(database: HelpdeskDatabase): Promise<MailSummary[]> {
  const { mails } = tablesOf(database);
  const { id, recipient, sender, subject, receivedAt } = mails;
  return database
    .select({ id, recipient, sender, subject, receivedAt })
    .from(mails)
    .orderBy(desc(mails.id))
    .limit(100);
}

/** One mail; null for an unknown id, also for one that is no number. */
export async function findMail(database: HelpdeskDatabase, id: string): Promise<RowOf<"mails"> | null> {
  if (!/^\d{1,15}$/.test(id)) return null;
  const { mails } = tablesOf(database);
  const [mail] = await database
    .select()
    .from(mails)
    .where(eq(mails.id, Number(id)));
  return mail ?? null;
}
