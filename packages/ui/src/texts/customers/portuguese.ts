import type { CustomerTexts } from "../view-texts.ts";

/** Customers whom nobody asks, in Portuguese. */
export const portugueseCustomers: CustomerTexts = {
  couldNotBeDelivered: "Não foi possível entregar o inquérito",
  suppressedCustomers: "Clientes a quem não perguntamos",
  suppressedNote:
    "Os endereços não são guardados, por isso a lista não mostra nenhum: procure um cliente pelo dele.",
  suppressedColumn: "Porque não são questionados",
  sinceColumn: "Desde",
  nobodySuppressed: "Todos podem ser questionados: ninguém cancelou e nenhum e-mail voltou.",
  olderEntries: "Entradas mais antigas",
  newestEntries: "Entradas mais recentes",
  lookUpCustomer: "Procurar um cliente",
  customerAddress: "Endereço de e-mail",
  customerId: "ID do cliente",
  lookUp: "Procurar",
  whatStands: "O que impede questionar este cliente",
  nothingStands: "Nada: este cliente pode ser questionado.",
  neverAskThem: "Não questionar este cliente",
  askThemAgain: "Levantar",
  consentGivenOn: "Dia em que o cliente deu o consentimento",
  consentNote: "Um cancelamento só é levantado com o consentimento do cliente, cujo dia fica guardado.",
  allCustomers: "Todos os clientes a quem não perguntamos",
};
