import type { Mail } from "@csat/core";

const link = "https://help.example.com/csat/r/abcdefghijkmnpqrstuvwxyz23";

/** A plain survey mail, with what a test cares about in place of the rest. */
export function aMail(differences: Partial<Mail> = {}): Mail {
  return {
    channel: "email",
    links: { 1: link, 2: link, 3: link, 4: link, 5: link, optOut: link },
    to: { name: "Ann Ito", address: "ann@customer.example" },
    fromName: "Acme Support",
    subject: "How did we do?",
    html: "<p>Tell us</p>",
    text: "Tell us",
    headers: {},
    messageIdLocalPart: "survey-1",
    workspaceId: "acme",
    ...differences,
  };
}
