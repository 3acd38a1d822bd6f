import { CsatError, type CsatIssue } from "./errors.ts";
import type { Mailer } from "./ports/mailer.ts";

/**
 * One mailer for each channel, by the name that tickets give in `customer.channel`; mails go to `email`, which may be
 * left out. A ticket of another channel is skipped, `no_channel`. Attempts, leases, retries and figures are those of mails; a
 * channel that is down stops nobody else. `mail.to.address` is what the ticket says, `mail.text` has all of the message,
 * and `mail.links` its links one by one, `optOut` among them.
 * @throws CsatError `invalid_config`, with an issue per bad name or mailer
 */
export function byChannel(mailers: Readonly<Record<string, Pick<Mailer, "send">>>): Mailer {
  const byName = new Map(Object.entries(Object(mailers) as typeof mailers)); // From JavaScript it may be anything.
  const issues: readonly CsatIssue[] = [
    ...(byName.size === 0 ? [{ path: "", message: "must name one channel at least" }] : []),
    ...[...byName].flatMap(([path, mailer]) => [
      ...(channelName.test(path) ? [] : [{ path, message: "must be a name such as email or whatsapp" }]),
      ...(typeof mailer?.send === "function" ? [] : [{ path, message: "must be an object with send" }]),
    ]),
  ];
  if (issues.length > 0) {
    const said = issues.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
    throw new CsatError("invalid_config", `byChannel was given wrong mailers: ${said}.`, { issues });
  }
  return {
    channels: [...byName.keys()],
    async send(mail, signal) {
      const mailer = byName.get(mail.channel);
      if (mailer !== undefined) return mailer.send(mail, signal);
      return { kind: "unavailable", error: "this channel has no mailer", concerns: "route" };
    },
  };
}

const channelName = /^[a-z][a-z0-9_]{0,39}$/;
