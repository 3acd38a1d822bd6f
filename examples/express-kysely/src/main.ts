import { startHelpdesk } from "./start.ts";

const port = Number(process.env.PORT ?? 3000);
// No default: a key that stands in a repository opens every copy of it.
const leadKey = process.env.LEAD_KEY ?? "";
if (!/^\S{16,}$/.test(leadKey))
  throw new Error("Set LEAD_KEY to 16 characters or more: openssl rand -hex 16");
const { helpdesk, csat, stop } = await startHelpdesk({
  port,
  databaseUrl: process.env.DATABASE_URL ?? "postgres://postgres@localhost/helpdesk",
  smtpUrl: process.env.SMTP_URL ?? "smtp://localhost:1025",
  publicUrl: process.env.PUBLIC_URL ?? `http://localhost:${port}`,
});

// Surveys are off until an admin switches them on; an example does not wait for one.
await csat.updateSettings("desk", { enabled: true, sendDelay: "immediately" });
const lead = { name: "Lea", role: "lead" as const, api_key: leadKey };
await helpdesk.database
  .insertInto("users")
  .values(lead)
  .onConflict((key) => key.doNothing())
  .execute();
console.log(
  `The helpdesk listens on http://localhost:${port}. Sign in with "Authorization: Bearer $LEAD_KEY".`,
);
process.once("SIGTERM", () => void stop());
process.once("SIGINT", () => void stop());
