import type { StandingTexts } from "../view-texts.ts";

/** How operators compare, in Japanese. */
export const japaneseStandings: StandingTexts = {
  estimate: "推定値",
  estimateTip: "平均{average}、推定値{estimate}、95％信頼区間 {low}～{high}",
  place: "{place}位：",
  sharedPlace: "{place}位（同順位）：",
  noEstimate: "回答のばらつきがまだわかりません",
  takesNoPart: "比較の対象外",
  byChance: "担当者の差は、この少ない回答数では偶然だけでも生じる範囲のため、名前順に並べています。",
  byEstimate: "担当者を推定値の高い順に並べています。直前の人と区別できない人は同じ順位になります。",
  nothingVaries: "一人の担当者の回答がどうばらつくかまだわからないため、名前順に並べています。",
  howCompared: "担当者の比べ方",
  estimateIs:
    "推定値は、偶然が占める分だけ担当者全体の平均に近づけた平均です。回答が少ないほど大きく近づき、多ければほとんど変わりません。棒はその95％信頼区間です。",
  rankabilityIs: "担当者の差のうち{share}は偶然を超えるものです。{least}以上で推定値の順に並べます。",
};
