import { expect, test } from "vitest";
import { readMail } from "./read-mail.ts";

test("encoded words are read with their pieces joined, in base64 and in Q", () => {
  const raw = [
    "From: =?UTF-8?Q?Zo=C3=AB_?=",
    " =?utf-8?B?4oCTIHg=?= <a@b.example>",
    'To: "Ann \\"B\\" Ito, Ltd" <ann@b.example>',
    "Subject: a =?UTF-8?Q?=F0=9F?= =?UTF-8?Q?=9A=80?= b",
    "",
    "body",
  ].join("\r\n");
  expect(readMail(raw)).toMatchObject({
    from: { name: "Zoë – x", address: "a@b.example" },
    to: { name: 'Ann "B" Ito, Ltd', address: "ann@b.example" },
    subject: "a 🚀 b",
    text: "body",
    html: "",
  });
});

test("alternatives are found in nested parts, and their encodings undone", () => {
  const raw = [
    "Subject: x",
    'Content-Type: multipart/mixed; boundary="a"',
    "",
    "--a",
    "Content-Type: multipart/alternative; boundary=b",
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8; format=flowed",
    "",
    " From the ",
    "start",
    "end",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "<p a=3D1>Zo=C3=AB=",
    "</p>",
    "--b--",
    "--a--",
  ].join("\r\n");
  expect(readMail(raw)).toMatchObject({ text: "From the start\nend", html: "<p a=1>Zoë</p>" });
});

test("a header that is there twice is seen twice", () => {
  expect(readMail("X-A: 1\r\nx-a: 2\r\n\r\n").headers.get("x-a")).toEqual(["1", "2"]);
});
