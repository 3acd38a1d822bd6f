import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseForm } from "../src/parse-form.ts";
import { parseJsonFields } from "../src/parse-json.ts";
import { aDesk, json } from "./a-desk.ts";

const urlencoded = "application/x-www-form-urlencoded";

describe("a body is refused with 400 when it is", () => {
  const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
  test.each<[string, string | Uint8Array, string]>([
    ["empty", "", "application/json"],
    ["no JSON", '{"rating":5', "application/json"],
    ["JSON with a trailing comma", '{"rating":5,}', "application/json"],
    ["a list", '[{"rating":5}]', "application/json"],
    ["a number", "5", "application/json"],
    ["null", "null", "application/json"],
    ["a string", '"rating=5"', "application/json"],
    ["nested deeply", deep, "application/json"],
    [
      "an object with a deep field",
      `{"rating":5,"comment":${deep.slice(0, 20_000)}${"]".repeat(20_000)}}`,
      "application/json",
    ],
    ["an object with a name twice", '{"rating":1,"rating":5}', "application/json"],
    ["an object with a name twice, once escaped", '{"rating":1,"r\\u0061ting":5}', "application/json"],
    ["an object with __proto__", '{"rating":5,"__proto__":{"comment":"x"}}', "application/json"],
    ["an object whose __proto__ holds the rating", '{"__proto__":{"rating":5}}', "application/json"],
    ["an object with constructor", '{"rating":5,"constructor":"x"}', "application/json"],
    ["an object with an unknown name", '{"rating":5,"coment":"x"}', "application/json"],
    ["JSON in UTF-16", '{"rating":5}', "application/json; charset=utf-16"],
    [
      "JSON that is no UTF-8",
      Uint8Array.from([...new TextEncoder().encode('{"rating":5,"comment":"'), 0xff, 0x22, 0x7d]),
      "application/json",
    ],
    ["a form with broken UTF-8", "rating=5&comment=%FF", urlencoded],
    ["a form with an encoded half of a pair", "rating=5&comment=%ED%A0%BD", urlencoded],
    ["a multipart form without boundary", "rating=5", "multipart/form-data"],
    [
      "a multipart form that breaks off",
      '--x\r\ncontent-disposition: form-data; name="rating"\r\n\r\n5',
      "multipart/form-data; boundary=x",
    ],
    [
      "a multipart form with a file",
      '--x\r\ncontent-disposition: form-data; name="rating"; filename="a"\r\n\r\n5\r\n--x--\r\n',
      "multipart/form-data; boundary=x",
    ],
    ["plain text", "rating=5", "text/plain"],
    ["plain text that looks like JSON", '{"rating":5}', "text/plain;application/json"],
    ["XML", "<rating>5</rating>", "application/xml"],
    ["of an almost known type", '{"rating":5}', "application/jsonp"],
  ])("%s", async (_, body, type) => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const request = {
      method: "POST",
      body: new Uint8Array(Buffer.from(body)),
      headers: { "content-type": type, accept: "application/json" },
    };
    const response = await desk.ask(`/r/${token}`, request);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: "invalid_input", message: expect.any(String) },
    });
    expect((await desk.ask(`/r/${token}`, json({ rating: 5 }))).status).toBe(201);
  });

  test("compressed", async () => {
    const desk = await aDesk();
    const response = await desk.ask(
      `/r/${await desk.survey("T1")}`,
      json({ rating: 5 }, { "content-encoding": "gzip" }),
    );
    expect(response.status).toBe(400);
  });
});

test.each([
  "application/json",
  "Application/JSON; Charset=UTF-8",
  'application/json;charset="utf-8"',
  "application/json ; x=y",
])("JSON may call itself %s", async (type) => {
  const desk = await aDesk();
  const response = await desk.ask(
    `/r/${await desk.survey("T1")}`,
    json({ rating: 5 }, { "content-type": type }),
  );
  expect(response.status).toBe(201);
});

test("no error message quotes the body", async () => {
  const desk = await aDesk();
  const token = await desk.survey("T1");
  for (const body of [
    '{"comment":"my secret" 5',
    '{"rating":9,"comment":"my secret"}',
    '{"rating":5,"comment":["my secret"]}',
  ]) {
    expect(await (await desk.ask(`/r/${token}`, json(body))).text()).not.toContain("secret");
  }
});

test("a flat JSON object gives back its fields, whatever their names and texts", () => {
  const field = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "binary" }), field), (object) => {
      const fields = parseJsonFields(JSON.stringify(object));
      // JSON has no minus zero.
      const expected = Object.entries(object).map(([name, value]) => [
        name,
        Object.is(value, -0) ? 0 : value,
      ]);
      expect(Array.from(fields)).toEqual(expected);
    }),
  );
});

test("a form gives back its fields, whatever their names and texts", () => {
  const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\r\n", "\n"));
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name }), (pairs) => {
      expect(Array.from(parseForm(new URLSearchParams(pairs).toString()))).toEqual(pairs);
    }),
  );
});

test("a percent sign that encodes nothing stays as it is", () => {
  expect(parseForm("comment=100% sure %zz %").get("comment")).toBe("100% sure %zz %");
});
