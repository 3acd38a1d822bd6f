import { expect, test } from "vitest";
import { sendTo } from "../test/support/send-to.ts";

const SMTPUTF8 = "250-mail.example\r\n250 SMTPUTF8";

// S14
test.each([
  ["taro.@docomo.ne.jp", '"taro."@docomo.ne.jp'],
  ['"taro."@docomo.ne.jp', '"taro."@docomo.ne.jp'],
  ["try..this@docomo.ne.jp", '"try..this"@docomo.ne.jp'],
  ["info@b\u00fccher.example", "info@xn--bcher-kva.example"],
  ["a=b+c@customer.example", "a=b+c@customer.example"],
])("%s stands in RCPT TO and in the header as %s", async (address, sent) => {
  const { outcome, server } = await sendTo({ script: {}, mail: { to: { name: "Ito, Taro", address } } });
  expect(outcome.kind).toBe("accepted");
  expect(server.commands).toContain(`RCPT TO:<${sent}>`);
  expect(server.contents[0]?.split("\r\n")).toContain(`To: "Ito, Taro" <${sent}>`);
});

// S14
test("a bare address whose dots need quotes has them in the header too", async () => {
  const { server } = await sendTo({
    script: {},
    mail: { to: { name: null, address: "taro.@docomo.ne.jp" } },
  });
  expect(server.contents[0]).toMatch(/^To: <?"taro\."@docomo\.ne\.jp>?\r$/m);
});

// S14
test("a local part in Unicode asks for SMTPUTF8", async () => {
  const mail = { to: { name: null, address: "jos\u00e9.@b\u00fccher.example" } };
  const { outcome, server } = await sendTo({ script: { EHLO: SMTPUTF8 }, mail });
  expect(outcome.kind).toBe("accepted");
  expect(server.commands).toContain("MAIL FROM:<csat@help.example> SMTPUTF8");
  expect(server.commands).toContain('RCPT TO:<"jos\u00e9."@b\u00fccher.example>');
});

// S14 S12
test("a server that knows no SMTPUTF8 refuses this recipient alone", async () => {
  const mail = { to: { name: null, address: "jos\u00e9@customer.example" } };
  const { outcome } = await sendTo({ script: { RCPT: "553 5.6.7 no SMTPUTF8 here" }, mail });
  expect(outcome.kind).toBe("refused");
});
