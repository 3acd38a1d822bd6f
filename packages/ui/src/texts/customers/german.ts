import type { CustomerTexts } from "../view-texts.ts";

/** Customers whom nobody asks, in German. */
export const germanCustomers: CustomerTexts = {
  couldNotBeDelivered: "Umfrage konnte nicht zugestellt werden",
  suppressedCustomers: "Kunden, die wir nicht fragen",
  suppressedNote:
    "Adressen werden nicht gespeichert, daher zeigt die Liste keine: Suchen Sie einen Kunden mit seiner.",
  suppressedColumn: "Warum sie nicht gefragt werden",
  sinceColumn: "Seit",
  nobodySuppressed: "Alle dürfen gefragt werden: Niemand hat sich abgemeldet, und keine E-Mail kam zurück.",
  olderEntries: "Ältere Einträge",
  newestEntries: "Neueste Einträge",
  lookUpCustomer: "Einen Kunden suchen",
  customerAddress: "E-Mail-Adresse",
  customerId: "Kunden-ID",
  lookUp: "Suchen",
  whatStands: "Was dagegen spricht, diesen Kunden zu fragen",
  nothingStands: "Nichts: Dieser Kunde darf gefragt werden.",
  neverAskThem: "Diesen Kunden nicht fragen",
  askThemAgain: "Aufheben",
  consentGivenOn: "Tag, an dem der Kunde zugestimmt hat",
  consentNote:
    "Eine Abmeldung wird nur mit Zustimmung des Kunden aufgehoben, und deren Tag bleibt gespeichert.",
  allCustomers: "Alle Kunden, die wir nicht fragen",
};
