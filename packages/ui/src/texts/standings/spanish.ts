import type { StandingTexts } from "../view-texts.ts";

/** How operators compare, in Spanish. */
export const spanishStandings: StandingTexts = {
  estimate: "Estimación",
  estimateTip: "media {average}, estimación {estimate}, intervalo de confianza del 95 %: {low}–{high}",
  place: "Puesto {place}:",
  sharedPlace: "Puesto {place}, compartido:",
  noEstimate: "nada muestra cómo varían las respuestas",
  takesNoPart: "no entra en la comparación",
  byChance:
    "Las diferencias entre agentes no superan lo que el azar solo produce con tan pocas respuestas; por eso aparecen por nombre.",
  byEstimate:
    "Los agentes aparecen según su estimación, la mejor primero. Quien no se distingue del anterior comparte su puesto.",
  nothingVaries:
    "Nada muestra aún cómo varían las respuestas de un mismo agente; por eso los agentes aparecen por nombre.",
  howCompared: "Cómo se compara a los agentes",
  estimateIs:
    "La estimación es la media, acercada a la de todos los agentes según la parte que tiene en ella el azar: mucho con pocas respuestas, apenas con muchas. La barra es su intervalo de confianza del 95 %.",
  rankabilityIs:
    "De las diferencias entre agentes, el {share} es más que azar. Desde el {least} aparecen según la estimación.",
};
