import type { StandingTexts } from "../view-texts.ts";

/** How operators compare, in French. */
export const frenchStandings: StandingTexts = {
  estimate: "Estimation",
  estimateTip: "moyenne {average}, estimation {estimate}, intervalle de confiance à 95 % : {low}–{high}",
  place: "Place {place} :",
  sharedPlace: "Place {place}, partagée :",
  noEstimate: "rien ne montre comment les réponses varient",
  takesNoPart: "ne prend pas part à la comparaison",
  byChance:
    "Les écarts entre agents ne dépassent pas ce que le hasard seul produit avec si peu de réponses ; ils sont donc classés par nom.",
  byEstimate:
    "Les agents sont classés selon leur estimation, la meilleure en premier. Qui ne se distingue pas du précédent partage sa place.",
  nothingVaries:
    "Rien ne montre encore comment varient les réponses d’un même agent ; les agents sont donc classés par nom.",
  howCompared: "Comment les agents sont comparés",
  estimateIs:
    "L’estimation est la moyenne, ramenée vers celle de tous les agents selon la part qu’y a le hasard : beaucoup avec peu de réponses, à peine avec beaucoup. La barre est son intervalle de confiance à 95 %.",
  rankabilityIs:
    "Des écarts entre agents, {share} dépassent le hasard. À partir de {least}, ils sont classés selon l’estimation.",
};
