import type { EmailTexts } from "../email-texts.ts";

/** The mail in Japanese. */
export const japaneseTexts: EmailTexts = {
  subject: { named: "「{{ticket_subject}}」の対応はいかがでしたか", nameless: "対応はいかがでしたか" },
  greeting: { named: "{{customer_name}} 様", nameless: "お客様" },
  resolved: {
    named: "お問い合わせ「{{ticket_subject}}」が解決しました。",
    nameless: "お問い合わせが解決しました。",
  },
  question: "{{operator_name}} の対応にどの程度ご満足いただけましたか。",
  preheader: "1から5までの数字を選んでください。すぐに終わります。",
  ratingNames: {
    1: "とても不満",
    2: "不満",
    3: "どちらでもない",
    4: "満足",
    5: "とても満足",
  },
  buttonLabel: "5段階中 {rating} と評価",
  confirmHint: "数字を選ぶと、確認のページが開きます。",
  about: {
    named: "このメールはお問い合わせ「{{ticket_subject}}」に関するものです。",
    nameless: "このメールはお問い合わせに関するものです。",
  },
  reason: {
    named: "{{workspace_name}} がお問い合わせを解決し、ご意見を一度だけ伺うためにお送りしています。",
    nameless: "弊社サポートがお問い合わせを解決し、ご意見を一度だけ伺うためにお送りしています。",
  },
  optOut: "今後このアンケートを受け取らない",
  sentenceGap: "",
  fallbacks: {
    customer_name: "お客",
    ticket_subject: "お問い合わせ",
    workspace_name: "サポート",
    operator_name: "担当チーム",
  },
};
