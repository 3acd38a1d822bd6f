import type { StandingTexts } from "../view-texts.ts";

/** How groups compare, and the page of one operator, in French. */
export const frenchStandings: StandingTexts = {
  estimate: "Estimation",
  estimateTip: "moyenne {average}, estimation {estimate}, intervalle de confiance à 95 % : {low}–{high}",
  place: "Place {place} :",
  sharedPlace: "Place {place}, partagée :",
  noEstimate: "rien ne montre comment les réponses varient",
  takesNoPart: "ne prend pas part à la comparaison",
  byChance:
    "Les écarts entre agents ne dépassent pas ce que le hasard seul produit avec si peu de réponses ; ils sont donc classés par nom.",
  byChanceValues:
    "Les écarts entre ces valeurs ne dépassent pas ce que le hasard seul produit avec si peu de réponses ; elles sont donc classées par nom.",
  byEstimate:
    "L’ordre est celui des estimations, la meilleure en premier. Ce qui ne se distingue pas du précédent partage sa place.",
  nothingVaries:
    "Rien ne montre encore comment les réponses varient dans un même groupe ; l’ordre est donc celui des noms.",
  howCompared: "Comment la comparaison est faite",
  estimateIs:
    "L’estimation est la moyenne, ramenée vers celle de tous selon la part qu’y a le hasard : beaucoup avec peu de réponses, à peine avec beaucoup. La barre est son intervalle de confiance à 95 %.",
  rankabilityIs:
    "De ces écarts, {share} dépassent le hasard. À partir de {least}, l’ordre est celui des estimations.",
  byAttribute: "Par attribut",
  compareBy: "Comparer par",
  compareNothing: "Aucune comparaison",
  compare: "Comparer",
  value: "Valeur",
  otherValues: "Toutes les autres valeurs",
  withoutValue: "Sans valeur",
  valuesOverlap:
    "Un ticket peut avoir plusieurs de ces valeurs : il compte une fois dans chacune, leur somme dépasse donc le total.",
  noValues: "Aucune enquête ni réponse ces jours-ci.",
  onlyWhere: "Seulement les tickets dont {attribute} est {value}.",
  isWhere: "{attribute} : {value}",
  ownSurveys: "Ma satisfaction des clients",
  ownOnly: "Réponses aux tickets que vous avez résolus en premier, et à aucun autre.",
  ownEmpty: "Aucune réponse ces jours-ci. Celles aux tickets que vous résolvez en premier figureront ici.",
  byWeek: "Par semaine",
  week: "Semaine",
};
