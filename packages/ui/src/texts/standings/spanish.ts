import type { StandingTexts } from "../view-texts.ts";

/** How groups compare, and the page of one operator, in Spanish. */
export const spanishStandings: StandingTexts = {
  estimate: "Estimación",
  estimateTip: "media {average}, estimación {estimate}, intervalo de confianza del 95 %: {low}–{high}",
  place: "Puesto {place}:",
  sharedPlace: "Puesto {place}, compartido:",
  noEstimate: "nada muestra cómo varían las respuestas",
  takesNoPart: "no entra en la comparación",
  byChance:
    "Las diferencias entre agentes no superan lo que el azar solo produce con tan pocas respuestas; por eso aparecen por nombre.",
  byChanceValues:
    "Las diferencias entre estos valores no superan lo que el azar solo produce con tan pocas respuestas; por eso aparecen por nombre.",
  byEstimate:
    "El orden es el de las estimaciones, la mejor primero. Lo que no se distingue del anterior comparte su puesto.",
  nothingVaries:
    "Nada muestra aún cómo varían las respuestas dentro de un mismo grupo; por eso el orden es el de los nombres.",
  howCompared: "Cómo se compara aquí",
  estimateIs:
    "La estimación es la media, acercada a la de todos según la parte que tiene en ella el azar: mucho con pocas respuestas, apenas con muchas. La barra es su intervalo de confianza del 95 %.",
  rankabilityIs:
    "De estas diferencias, el {share} es más que azar. Desde el {least} el orden es el de las estimaciones.",
  byAttribute: "Por atributo",
  compareBy: "Comparar por",
  compareNothing: "Sin comparación",
  compare: "Comparar",
  value: "Valor",
  otherValues: "Todos los demás valores",
  withoutValue: "Sin valor",
  valuesOverlap:
    "Un ticket puede tener varios de estos valores: cuenta una vez en cada uno, así que juntos son más que el total.",
  noValues: "Sin encuestas ni respuestas en estos días.",
  onlyWhere: "Solo tickets cuyo {attribute} es {value}.",
  isWhere: "{attribute}: {value}",
  ownSurveys: "Mi satisfacción de los clientes",
  ownOnly: "Respuestas a tickets que usted resolvió primero, y a ningún otro.",
  ownEmpty:
    "Aún sin respuestas en estos días. Aquí aparecerán las de los tickets que usted resuelva primero.",
  byWeek: "Por semana",
  week: "Semana",
};
