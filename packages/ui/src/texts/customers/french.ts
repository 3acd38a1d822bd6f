import type { CustomerTexts } from "../view-texts.ts";

/** Customers whom nobody asks, in French. */
export const frenchCustomers: CustomerTexts = {
  couldNotBeDelivered: "L’enquête n’a pas pu être remise",
  suppressedCustomers: "Clients que nous n’interrogeons pas",
  suppressedNote:
    "Les adresses ne sont pas conservées, la liste n’en montre donc aucune : cherchez un client par la sienne.",
  suppressedColumn: "Pourquoi ils ne sont pas interrogés",
  sinceColumn: "Depuis",
  nobodySuppressed:
    "Tous peuvent être interrogés : personne ne s’est désinscrit et aucun e-mail n’est revenu.",
  olderEntries: "Entrées plus anciennes",
  newestEntries: "Entrées les plus récentes",
  lookUpCustomer: "Chercher un client",
  customerAddress: "Adresse e-mail",
  customerId: "Identifiant du client",
  lookUp: "Chercher",
  whatStands: "Ce qui empêche d’interroger ce client",
  nothingStands: "Rien : ce client peut être interrogé.",
  neverAskThem: "Ne pas interroger ce client",
  askThemAgain: "Lever",
  consentGivenOn: "Jour où le client a donné son accord",
  consentNote: "Une désinscription n’est levée qu’avec l’accord du client, dont le jour est conservé.",
  allCustomers: "Tous les clients que nous n’interrogeons pas",
};
