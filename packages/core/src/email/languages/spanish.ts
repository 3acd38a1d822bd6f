import type { EmailTexts } from "../email-texts.ts";

/** The mail in Spanish, addressed formally. */
export const spanishTexts: EmailTexts = {
  subject: { named: "¿Qué tal lo hicimos con «{{ticket_subject}}»?", nameless: "¿Qué tal lo hicimos?" },
  greeting: { named: "Hola, {{customer_name}}:", nameless: "Hola:" },
  resolved: {
    named: "Su solicitud «{{ticket_subject}}» está resuelta.",
    nameless: "Su solicitud está resuelta.",
  },
  question: "¿Qué tan satisfecho está con la ayuda de {{operator_name}}?",
  preheader: "Elija un número del 1 al 5. Solo toma un momento.",
  ratingNames: {
    1: "Muy insatisfecho",
    2: "Insatisfecho",
    3: "Neutral",
    4: "Satisfecho",
    5: "Muy satisfecho",
  },
  buttonLabel: "Valorar con {rating} de 5",
  confirmHint: "El número abre una página donde lo confirma.",
  about: {
    named: "Este correo trata de su solicitud «{{ticket_subject}}».",
    nameless: "Este correo trata de su solicitud.",
  },
  reason: {
    named: "Lo recibe porque {{workspace_name}} resolvió esa solicitud y le pide su opinión una sola vez.",
    nameless:
      "Lo recibe porque nuestro equipo de soporte resolvió esa solicitud y le pide su opinión una sola vez.",
  },
  optOut: "Dejar de recibir estas encuestas",
  sentenceGap: " ",
  fallbacks: {
    customer_name: "cliente",
    ticket_subject: "su solicitud",
    workspace_name: "Soporte",
    operator_name: "nuestro equipo",
  },
};
