import type { EmailTexts } from "../email-texts.ts";

/** The mail in French. */
export const frenchTexts: EmailTexts = {
  subject: {
    named: "Êtes-vous satisfait de notre aide pour « {{ticket_subject}} » ?",
    nameless: "Êtes-vous satisfait de notre aide ?",
  },
  greeting: { named: "Bonjour {{customer_name}},", nameless: "Bonjour," },
  resolved: {
    named: "Votre demande « {{ticket_subject}} » est résolue.",
    nameless: "Votre demande est résolue.",
  },
  question: "Êtes-vous satisfait de l’aide reçue de {{operator_name}} ?",
  preheader: "Choisissez un chiffre de 1 à 5. Cela prend un instant.",
  ratingNames: {
    1: "Très insatisfait",
    2: "Insatisfait",
    3: "Neutre",
    4: "Satisfait",
    5: "Très satisfait",
  },
  buttonLabel: "Donner la note {rating} sur 5",
  confirmHint: "Le chiffre ouvre une page où vous le confirmez.",
  about: {
    named: "Cet e-mail concerne votre demande « {{ticket_subject}} ».",
    nameless: "Cet e-mail concerne votre demande.",
  },
  reason: {
    named:
      "Vous le recevez parce que {{workspace_name}} a résolu cette demande et vous demande une fois votre avis.",
    nameless:
      "Vous le recevez parce que notre support a résolu cette demande et vous demande une fois votre avis.",
  },
  optOut: "Ne plus recevoir ces enquêtes",
  sentenceGap: " ",
  fallbacks: {
    customer_name: "à vous",
    ticket_subject: "votre demande",
    workspace_name: "Support",
    operator_name: "notre équipe",
  },
};
