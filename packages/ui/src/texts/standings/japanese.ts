import type { StandingTexts } from "../view-texts.ts";

/** How groups compare, and the page of one operator, in Japanese. */
export const japaneseStandings: StandingTexts = {
  estimate: "推定値",
  estimateTip: "平均{average}、推定値{estimate}、95％信頼区間 {low}～{high}",
  place: "{place}位：",
  sharedPlace: "{place}位（同順位）：",
  noEstimate: "回答のばらつきがまだわかりません",
  takesNoPart: "比較の対象外",
  byChance: "担当者の差は、この少ない回答数では偶然だけでも生じる範囲のため、名前順に並べています。",
  byChanceValues:
    "これらの値の差は、この少ない回答数では偶然だけでも生じる範囲のため、名前順に並べています。",
  byEstimate: "推定値の高い順に並べています。直前のものと区別できないものは同じ順位になります。",
  nothingVaries: "一つのグループの中で回答がどうばらつくかまだわからないため、名前順に並べています。",
  howCompared: "ここでの比べ方",
  estimateIs:
    "推定値は、偶然が占める分だけ全体の平均に近づけた平均です。回答が少ないほど大きく近づき、多ければほとんど変わりません。棒はその95％信頼区間です。",
  rankabilityIs: "この差のうち{share}は偶然を超えるものです。{least}以上で推定値の順に並べます。",
  byAttribute: "属性別",
  compareBy: "比較する属性",
  compareNothing: "比較しない",
  compare: "比較",
  value: "値",
  otherValues: "その他のすべての値",
  withoutValue: "値なし",
  valuesOverlap:
    "1件のチケットが複数の値を持つことがあり、それぞれに1回ずつ数えるため、合計は全体を超えます。",
  noValues: "この期間にアンケートも回答もありません。",
  onlyWhere: "{attribute}が{value}のチケットのみ。",
  isWhere: "{attribute}：{value}",
  ownSurveys: "自分の顧客満足度",
  ownOnly: "あなたが最初に解決したチケットへの回答だけです。",
  ownEmpty: "この期間にまだ回答がありません。あなたが最初に解決したチケットへの回答がここに並びます。",
  byWeek: "週別",
  week: "週",
};
