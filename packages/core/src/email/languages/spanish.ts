import type { EmailTexts } from "../email-texts.ts";

/** The mail in Spanish, addressed formally. */
export const spanishTexts: EmailTexts = {
  subject: "¿Qué tal lo hicimos con «{{ticket_subject}}»?",
  bodyIntro:
    "Hola, {{customer_name}}:\n\n" +
    "Su solicitud «{{ticket_subject}}» está resuelta. ¿Qué tan satisfecho está con la ayuda de {{operator_name}}?",
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
  footer:
    "Este correo trata de su solicitud «{{ticket_subject}}». Lo recibe porque {{workspace_name}} resolvió esa solicitud y le pide su opinión una sola vez.",
  fallbacks: {
    customer_name: "cliente",
    ticket_subject: "su solicitud",
    workspace_name: "Soporte",
    operator_name: "nuestro equipo",
  },
};
