import type { StandingTexts } from "../view-texts.ts";

/** How operators compare, in Portuguese. */
export const portugueseStandings: StandingTexts = {
  estimate: "Estimativa",
  estimateTip: "média {average}, estimativa {estimate}, intervalo de confiança de 95%: {low}–{high}",
  place: "Lugar {place}:",
  sharedPlace: "Lugar {place}, partilhado:",
  noEstimate: "nada mostra como variam as respostas",
  takesNoPart: "não entra na comparação",
  byChance:
    "As diferenças entre agentes não passam do que só o acaso produz com tão poucas respostas; por isso aparecem por nome.",
  byEstimate:
    "Os agentes aparecem pela sua estimativa, a melhor primeiro. Quem não se distingue do anterior partilha o seu lugar.",
  nothingVaries:
    "Nada mostra ainda como variam as respostas de um mesmo agente; por isso os agentes aparecem por nome.",
  howCompared: "Como se comparam os agentes",
  estimateIs:
    "A estimativa é a média, aproximada da de todos os agentes conforme a parte que nela tem o acaso: muito com poucas respostas, quase nada com muitas. A barra é o seu intervalo de confiança de 95%.",
  rankabilityIs:
    "Das diferenças entre agentes, {share} são mais do que acaso. A partir de {least} aparecem pela estimativa.",
};
