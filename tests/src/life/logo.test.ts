import { nodemailerMailer } from "@csat/nodemailer";
import { expect, onTestFinished, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { startSmtpServer } from "../world/smtp.ts";
import { inMemory } from "../world/storages.ts";

const base64 =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** A world whose surveys leave over a real SMTP conversation. */
async function aDesk(logo: string | null) {
  const smtp = await startSmtpServer();
  const mailer = nodemailerMailer({ transport: smtp.url, from: "csat@help.example.com" });
  onTestFinished(async () => {
    mailer.close();
    await smtp.close();
  });
  const theme = () => ({ accentColor: "#112233", logo });
  const world = await aWorld({ storage: inMemory(), options: { mailer, theme } });
  return { world, smtp };
}

test("a logo goes over SMTP as a part that the mail shows by content id; preview and page keep the data URI", async () => {
  const logo = `data:image/png;base64,${base64}`;
  const { world, smtp } = await aDesk(logo);
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  const [mail = ""] = smtp.mails;
  // Lines of quoted-printable end in "=".
  const unfolded = mail.replace(/=\r\n/g, "").replace(/=3D/g, "=");
  expect(unfolded).toContain('<img src="cid:logo@csat"');
  expect(unfolded).not.toContain("data:image");
  expect(mail).toMatch(/^content-id: <logo@csat>/im);
  expect(mail.replace(/\r\n/g, "")).toContain(base64);
  expect((await world.csat.previewEmail(workspaceId)).html).toContain(`<img src="${logo}"`);
  const token = /\/r\/([\w-]+)\?rating=1/.exec(unfolded)?.[1] ?? "";
  expect((await world.csat.openSurvey(token)).theme?.logo).toBe(logo);
});

test.each([null, "https://evil.example/logo.png", 'data:image/png;base64,A" onerror="x'])(
  "the logo %j leaves no part and no picture in the mail",
  async (logo) => {
    const { world, smtp } = await aDesk(logo);
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]).not.toMatch(/multipart\/related|content-id|cid:|onerror|evil/i);
  },
);
