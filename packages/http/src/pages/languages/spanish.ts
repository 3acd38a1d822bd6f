import type { PageTexts } from "../texts.ts";

/** The public page in Spanish, addressed formally. */
export const spanishTexts: PageTexts = {
  documentTitle: "¿Qué tal lo hicimos?",
  question: "¿Qué tal lo hicimos con «{subject}»?",
  questionWithoutSubject: "¿Qué tal lo hicimos?",
  lowest: "Muy insatisfecho",
  highest: "Muy satisfecho",
  commentLabel: "¿Qué salió bien o qué podría mejorar?",
  optional: "(opcional)",
  charactersLeft: "Caracteres que quedan: {left}",
  send: "Enviar valoración",
  ratingMissing: "Elija un número del 1 al 5.",
  commentTooLong: "Su comentario es demasiado largo. Acórtelo y envíelo de nuevo.",
  commentUnusable:
    "Su comentario contiene un carácter que no se puede guardar. Elimínelo y envíelo de nuevo.",
  correct: "Aún no enviado",
  thanks: "Gracias. Su valoración: {rating} de 5.",
  yourComment: "Su comentario",
  alreadyRecorded: "Su valoración ya está registrada.",
  recordedOn: "La recibimos el {date}.",
  firstAnswerStands: "Cada encuesta se responde una vez; vale su primera respuesta.",
  unknownLink: "Este enlace no lleva a ninguna encuesta.",
  unknownLinkAdvice: "Compruebe que abrió el enlace completo de nuestro correo.",
  tooManyRequests: "Llegaron demasiadas solicitudes desde aquí.",
  tooManyRequestsAdvice: "Espere un minuto y vuelva a intentarlo.",
  notRecorded: "No se pudo registrar su valoración.",
  notShown: "No se pudo mostrar esta página.",
  failureAdvice: "Algo falló por nuestra parte. Vuelva a intentarlo en un momento.",
  tryAgain: "Volver a intentarlo",
};
