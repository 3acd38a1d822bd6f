import type { StandingTexts } from "../view-texts.ts";

/** How groups compare, and the page of one operator, in Portuguese. */
export const portugueseStandings: StandingTexts = {
  estimate: "Estimativa",
  estimateTip: "média {average}, estimativa {estimate}, intervalo de confiança de 95%: {low}–{high}",
  place: "Lugar {place}:",
  sharedPlace: "Lugar {place}, partilhado:",
  noEstimate: "nada mostra como variam as respostas",
  takesNoPart: "não entra na comparação",
  byChance:
    "As diferenças entre agentes não passam do que só o acaso produz com tão poucas respostas; por isso aparecem por nome.",
  byChanceValues:
    "As diferenças entre estes valores não passam do que só o acaso produz com tão poucas respostas; por isso aparecem por nome.",
  byEstimate:
    "A ordem é a das estimativas, a melhor primeiro. O que não se distingue do anterior partilha o seu lugar.",
  nothingVaries:
    "Nada mostra ainda como variam as respostas dentro de um mesmo grupo; por isso a ordem é a dos nomes.",
  howCompared: "Como aqui se compara",
  estimateIs:
    "A estimativa é a média, aproximada da de todos conforme a parte que nela tem o acaso: muito com poucas respostas, quase nada com muitas. A barra é o seu intervalo de confiança de 95%.",
  rankabilityIs:
    "Destas diferenças, {share} são mais do que acaso. A partir de {least} a ordem é a das estimativas.",
  byAttribute: "Por atributo",
  compareBy: "Comparar por",
  compareNothing: "Sem comparação",
  compare: "Comparar",
  value: "Valor",
  otherValues: "Todos os outros valores",
  withoutValue: "Sem valor",
  valuesOverlap:
    "Um ticket pode ter vários destes valores: conta uma vez em cada um, por isso juntos são mais do que o total.",
  noValues: "Sem inquéritos nem respostas nestes dias.",
  onlyWhere: "Apenas tickets cujo {attribute} é {value}.",
  isWhere: "{attribute}: {value}",
  ownSurveys: "A minha satisfação dos clientes",
  ownOnly: "Respostas a tickets que resolveu primeiro, e a nenhum outro.",
  ownEmpty: "Ainda sem respostas nestes dias. As dos tickets que resolver primeiro aparecem aqui.",
  byWeek: "Por semana",
  week: "Semana",
};
