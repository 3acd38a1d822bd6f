import type { CustomerTexts } from "../view-texts.ts";

/** Customers whom nobody asks, in Spanish. */
export const spanishCustomers: CustomerTexts = {
  couldNotBeDelivered: "No se pudo entregar la encuesta",
  suppressedCustomers: "Clientes a los que no preguntamos",
  suppressedNote:
    "Las direcciones no se guardan, por eso la lista no muestra ninguna: busque a un cliente por la suya.",
  suppressedColumn: "Por qué no se les pregunta",
  sinceColumn: "Desde",
  nobodySuppressed: "Se puede preguntar a todos: nadie se ha dado de baja y ningún correo ha vuelto.",
  olderEntries: "Entradas anteriores",
  newestEntries: "Entradas más recientes",
  lookUpCustomer: "Buscar un cliente",
  customerAddress: "Dirección de correo",
  customerId: "ID del cliente",
  lookUp: "Buscar",
  whatStands: "Qué impide preguntar a este cliente",
  nothingStands: "Nada: se puede preguntar a este cliente.",
  neverAskThem: "No preguntar a este cliente",
  askThemAgain: "Levantar",
  consentGivenOn: "Día en que el cliente dio su consentimiento",
  consentNote: "Una baja solo se levanta con el consentimiento del cliente, cuyo día se guarda.",
  allCustomers: "Todos los clientes a los que no preguntamos",
};
