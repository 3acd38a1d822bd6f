import type { PageTexts } from "../texts.ts";

/** The public page in French. */
export const frenchTexts: PageTexts = {
  documentTitle: "Êtes-vous satisfait de notre aide ?",
  question: "Êtes-vous satisfait de notre aide pour « {subject} » ?",
  questionWithoutSubject: "Êtes-vous satisfait de notre aide ?",
  lowest: "Très insatisfait",
  highest: "Très satisfait",
  commentLabel: "Qu’avez-vous apprécié, ou que pourrions-nous améliorer ?",
  optional: "(facultatif)",
  charactersLeft: "Caractères restants : {left}",
  send: "Envoyer la note",
  ratingMissing: "Choisissez un chiffre de 1 à 5.",
  commentTooLong: "Votre commentaire est trop long. Raccourcissez-le et renvoyez-le.",
  commentUnusable:
    "Votre commentaire contient un caractère qui ne peut pas être enregistré. Supprimez-le et renvoyez.",
  correct: "Pas encore envoyé",
  thanks: "Merci. Votre note : {rating} sur 5.",
  yourComment: "Votre commentaire",
  alreadyRecorded: "Votre note est déjà enregistrée.",
  recordedOn: "Nous l’avons reçue le {date}.",
  firstAnswerStands: "On répond une fois à une enquête ; votre première réponse est conservée.",
  unknownLink: "Ce lien ne mène à aucune enquête.",
  unknownLinkAdvice: "Vérifiez que vous avez ouvert le lien entier de notre e-mail.",
  tooManyRequests: "Trop de demandes sont venues d’ici.",
  tooManyRequestsAdvice: "Attendez une minute, puis réessayez.",
  notRecorded: "Votre note n’a pas pu être enregistrée.",
  notShown: "Cette page n’a pas pu être affichée.",
  failureAdvice: "Un problème est survenu de notre côté. Réessayez dans un instant.",
  tryAgain: "Réessayer",
};
