import type { CustomerTexts } from "../view-texts.ts";

/** Customers whom nobody asks, in Japanese. */
export const japaneseCustomers: CustomerTexts = {
  couldNotBeDelivered: "アンケートを配信できませんでした",
  suppressedCustomers: "尋ねないお客様",
  suppressedNote: "宛先は保存されないため、一覧には表示されません。お客様の宛先で検索してください。",
  suppressedColumn: "尋ねない理由",
  sinceColumn: "開始日時",
  nobodySuppressed: "すべてのお客様に尋ねることができます。停止の申し出も、戻ってきたメールもありません。",
  olderEntries: "以前の項目",
  newestEntries: "最新の項目",
  lookUpCustomer: "お客様を検索",
  customerAddress: "メールアドレス",
  customerId: "お客様ID",
  lookUp: "検索",
  whatStands: "このお客様に尋ねない理由",
  nothingStands: "ありません。このお客様には尋ねることができます。",
  neverAskThem: "このお客様には尋ねない",
  askThemAgain: "解除",
  consentGivenOn: "お客様が同意した日",
  consentNote: "停止の申し出は、お客様の同意がある場合にのみ解除できます。同意した日は保存されます。",
  allCustomers: "尋ねないすべてのお客様",
};
