import type { Mail } from "@csat/core";

/** A plain survey mail, with what a test cares about in place of the rest. */
export function aMail(differences: Partial<Mail> = {}): Mail {
  return {
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
