import type { StandingTexts } from "../view-texts.ts";

/** How groups compare, and the page of one operator, in German. */
export const germanStandings: StandingTexts = {
  estimate: "Schätzung",
  estimateTip: "Durchschnitt {average}, Schätzung {estimate}, 95-%-Konfidenzintervall {low}–{high}",
  place: "Platz {place}:",
  sharedPlace: "Platz {place}, geteilt:",
  noEstimate: "nichts zeigt, wie die Antworten schwanken",
  takesNoPart: "steht außerhalb des Vergleichs",
  byChance:
    "Die Unterschiede zwischen den Mitarbeitenden sind nicht größer, als sie bei so wenigen Antworten durch Zufall allein entstehen; daher stehen sie nach Namen.",
  byChanceValues:
    "Die Unterschiede zwischen diesen Werten sind nicht größer, als sie bei so wenigen Antworten durch Zufall allein entstehen; daher stehen sie nach Namen.",
  byEstimate:
    "Sie stehen nach ihrer Schätzung, die beste zuerst. Was sich vom Vorigen nicht unterscheiden lässt, teilt dessen Platz.",
  nothingVaries:
    "Noch zeigt nichts, wie die Antworten innerhalb einer Gruppe schwanken; daher stehen sie nach Namen.",
  howCompared: "Wie hier verglichen wird",
  estimateIs:
    "Die Schätzung ist der Durchschnitt, zu dem von allen hingezogen, so weit der Zufall daran Anteil hat: weit bei wenigen Antworten, kaum bei vielen. Der Balken ist ihr 95-%-Konfidenzintervall.",
  rankabilityIs:
    "Von diesen Unterschieden sind {share} mehr als Zufall. Ab {least} richtet sich die Reihenfolge nach der Schätzung.",
  byAttribute: "Nach Merkmal",
  compareBy: "Vergleichen nach",
  compareNothing: "Kein Vergleich",
  compare: "Vergleichen",
  value: "Wert",
  otherValues: "Alle übrigen Werte",
  withoutValue: "Ohne Wert",
  valuesOverlap:
    "Ein Ticket kann mehrere dieser Werte haben: Es zählt bei jedem einmal, daher sind sie zusammen mehr als das Ganze.",
  noValues: "Keine Umfragen oder Antworten in diesen Tagen.",
  onlyWhere: "Nur Tickets mit {attribute}: {value}.",
  isWhere: "{attribute}: {value}",
  ownSurveys: "Meine Kundenzufriedenheit",
  ownOnly: "Antworten zu Tickets, die Sie zuerst gelöst haben, und zu keinen anderen.",
  ownEmpty: "Noch keine Antworten in diesen Tagen. Hier stehen die zu Tickets, die Sie zuerst lösen.",
  byWeek: "Nach Wochen",
  week: "Woche",
};
