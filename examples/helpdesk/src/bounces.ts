import { createTransport } from "nodemailer";

/** A mail as a server took it, with the envelope that it came in. */
export interface TakenMail {
  /** Whom reports are sent to; empty for a report itself, of which nobody makes another one. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly raw: Buffer;
}

/** Sends back what cannot be delivered, as mail providers do: after they took it, by a mail of their own. */
export interface Bounces {
  /** Never throws; what is to come back does so by itself. */
  readonly look: (mail: TakenMail) => void;
  /** Resolves when all that was to come back was taken by the server, or given up. */
  readonly settled: () => Promise<void>;
}

/** Addresses that begin with `bounce` take nothing. Reports go to `smtpUrl`, like every mail of this machine. */
export function startBounces(smtpUrl: () => string): Bounces {
  const underWay = new Set<Promise<unknown>>();
  return {
    look({ sender, recipients, raw }) {
      if (sender === "") return;
      for (const recipient of recipients.filter((address) => /^bounce/i.test(address))) {
        const report = deliveryReport({ recipient, sender, raw });
        const sent = createTransport(smtpUrl())
          .sendMail({ envelope: { from: "", to: sender }, raw: report })
          // Whoever sent it waits for nothing: a report that is lost is lost.
          .catch(() => {})
          .finally(() => underWay.delete(sent));
        underWay.add(sent);
      }
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}

/** A report of RFC 3464: nobody lives at this address. It quotes the head of the mail that came back. */
function deliveryReport(mail: {
  readonly recipient: string;
  readonly sender: string;
  readonly raw: Buffer;
}): string {
  const { recipient, sender, raw } = mail;
  const text = raw.toString("utf8");
  const [head = ""] = text.split("\r\n\r\n", 1);
  const boundary = `report-${crypto.randomUUID()}`;
  return [
    "From: Mail Delivery System <mailer-daemon@customers.example>",
    `To: <${sender}>`,
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Your mail could not be delivered: nobody lives at its address.",
    "",
    `--${boundary}`,
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.customers.example",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    "Action: failed",
    "Status: 5.1.1",
    "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
    "",
    `--${boundary}`,
    "Content-Type: text/rfc822-headers",
    "",
    head,
    "",
    `--${boundary}--`,
    "",
  ].join("\r\n");
}
