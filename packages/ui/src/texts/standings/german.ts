import type { StandingTexts } from "../view-texts.ts";

/** How operators compare, in German. */
export const germanStandings: StandingTexts = {
  estimate: "Schätzung",
  estimateTip: "Durchschnitt {average}, Schätzung {estimate}, 95-%-Konfidenzintervall {low}–{high}",
  place: "Platz {place}:",
  sharedPlace: "Platz {place}, geteilt:",
  noEstimate: "nichts zeigt, wie die Antworten schwanken",
  takesNoPart: "steht außerhalb des Vergleichs",
  byChance:
    "Die Unterschiede zwischen den Mitarbeitenden sind nicht größer, als sie bei so wenigen Antworten durch Zufall allein entstehen; daher stehen sie nach Namen.",
  byEstimate:
    "Die Mitarbeitenden stehen nach ihrer Schätzung, die beste zuerst. Wer sich vom vorigen Platz nicht unterscheiden lässt, teilt ihn.",
  nothingVaries:
    "Noch zeigt nichts, wie die Antworten bei einer Person schwanken; daher stehen die Mitarbeitenden nach Namen.",
  howCompared: "Wie verglichen wird",
  estimateIs:
    "Die Schätzung ist der Durchschnitt, zu dem aller Mitarbeitenden hingezogen, so weit der Zufall daran Anteil hat: weit bei wenigen Antworten, kaum bei vielen. Der Balken ist ihr 95-%-Konfidenzintervall.",
  rankabilityIs:
    "Von den Unterschieden zwischen den Mitarbeitenden sind {share} mehr als Zufall. Ab {least} stehen sie nach der Schätzung.",
};
