import { describe, expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

describe("a rating", () => {
  // S27
  test.each([
    "0",
    "6",
    "-1",
    "4.5",
    "null",
    "true",
    "[5]",
    '"5"',
    '""',
    '"5abc"',
    '{"value":5}',
    "1e1",
    "55",
    "-0",
  ])("%s in JSON is refused with its field", async (rating) => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const response = await desk.ask(`/r/${token}`, json(`{"rating":${rating}}`));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: "invalid_input", issues: [{ path: "rating" }] },
    });
    expect(await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" })).toMatchObject({
      state: "awaiting",
    });
  });

  // S27
  test.each([
    "",
    "0",
    "6",
    "-1",
    "4.5",
    "5abc",
    "0x5",
    " 5 ",
    "5 ",
    "05",
    "+5",
    "5.0",
    "٥",
    "５",
    "null",
    "1,5",
    "5\n",
  ])("%j in a form is refused", async (rating) => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    expect((await desk.ask(`/r/${token}`, form({ rating }))).status).toBe(400);
    expect(await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" })).toMatchObject({
      state: "awaiting",
    });
  });

  // S27
  test.each([1, 2, 3, 4, 5])("%d counts, as a number in JSON and as a digit in a form", async (rating) => {
    const desk = await aDesk();
    expect((await desk.ask(`/r/${await desk.survey("T1")}`, json({ rating }))).status).toBe(201);
    expect((await desk.ask(`/r/${await desk.survey("T2")}`, form({ rating: `${rating}` }))).status).toBe(201);
    for (const ticketId of ["T1", "T2"]) {
      expect(await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId })).toMatchObject({
        response: { rating },
      });
    }
  });

  // S27
  test.each([
    "rating=4&rating=5",
    "rating=5&rating=5",
    "rating=5&comment=a&comment=b",
    "rating[]=5",
    "rating[0]=5",
  ])("the form %s is refused", async (body) => {
    const desk = await aDesk();
    expect((await desk.ask(`/r/${await desk.survey("T1")}`, form(body))).status).toBe(400);
  });
});

describe("a comment", () => {
  // S28
  test.each([
    ["absent", { rating: 5 }, null],
    ["null", { rating: 5, comment: null }, null],
    ["empty", { rating: 5, comment: "" }, null],
    ["blank", { rating: 5, comment: " \n\t " }, null],
    ["with its white space", { rating: 5, comment: "\n a \r\n" }, "\n a \r\n"],
    ["with HTML", { rating: 5, comment: "<script>1</script>" }, "<script>1</script>"],
  ])("%s is stored as it should be", async (_, body, stored) => {
    const desk = await aDesk();
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, json(body));
    expect(await response.json()).toMatchObject({ comment: stored });
  });

  // S28
  test("is limited in characters, not in bytes or UTF-16 units", async () => {
    const desk = await aDesk({ maxCommentLength: 10 });
    const token = await desk.survey("T1");
    expect((await desk.ask(`/r/${token}`, json({ rating: 5, comment: "🎉".repeat(11) }))).status).toBe(400);
    expect((await desk.ask(`/r/${token}`, json({ rating: 5, comment: "🎉".repeat(10) }))).status).toBe(201);
  });

  // S28
  test("a line break in a form counts as the one character that was typed", async () => {
    const desk = await aDesk({ maxCommentLength: 3 });
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, {
      method: "POST",
      body: "rating=5&comment=a%0D%0Ab",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    });
    expect(await response.json()).toMatchObject({ comment: "a\nb" });
  });

  // S28
  test.each([
    ["NUL", '"a\\u0000b"'],
    ["half a surrogate pair", '"a\\ud83d"'],
    ["the other half", '"\\ude00"'],
    ["a number", "5"],
    ["false", "false"],
    ["a list", '["a"]'],
  ])("of %s is refused with its field", async (_, comment) => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const response = await desk.ask(`/r/${token}`, json(`{"rating":5,"comment":${comment}}`));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { issues: [{ path: "comment" }] } });
    expect((await desk.ask(`/r/${token}`, json({ rating: 5 }))).status).toBe(201);
  });

  // S28
  test("of NUL in a form gets the form again, with its reason", async () => {
    const desk = await aDesk();
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, form({ rating: "5", comment: "a\0b" }));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Your comment holds a character that cannot be stored.");
  });
});

describe("a form that is refused comes back", () => {
  test("with the rating and the comment as they were typed, and the error at its field", async () => {
    const desk = await aDesk({ maxCommentLength: 5 });
    const comment = "\nToo long </textarea><b>";
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, form({ rating: "2", comment }));
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).toMatch(/value="2" required checked/);
    // A parser drops the first line break inside a textarea; the second is the customer's.
    expect(html).toMatch(
      /<textarea[^>]*aria-invalid="true" aria-describedby="comment-wrong"[^>]*>\n\nToo long &lt;\/textarea&gt;&lt;b&gt;<\/textarea>/,
    );
    expect(html).toContain('id="comment-wrong" role="alert">Your comment is too long.');
    expect(html).toContain("<title>Not sent yet – How did we do?</title>");
  });

  test("without a rating: the comment kept, nothing chosen, the error at the numbers", async () => {
    const desk = await aDesk();
    const response = await desk.ask(`/r/${await desk.survey("T1")}?rating=5`, form({ comment: "kept" }));
    const html = await response.text();
    expect(html).toContain('<fieldset aria-invalid="true" aria-describedby="rating-wrong">');
    expect(html).toContain("kept</textarea>");
    expect(html).not.toMatch(/\schecked/);
  });

  test("not at all when the survey is answered already: then the page says so", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    await desk.ask(`/r/${token}`, form({ rating: "5" }));
    const response = await desk.ask(`/r/${token}`, form({ rating: "9" }));
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain("<form");
  });

  test("with what was typed when the database fails, so that nothing has to be typed twice", async () => {
    const desk = await aDesk({
      broken: { submitResponse: () => Promise.reject(new Error("secret detail")) },
    });
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, {
      ...form({ rating: "4", comment: "kept" }),
      headers: { ...browser, "content-type": "application/x-www-form-urlencoded" },
    });
    const html = await response.text();
    expect(response.status).toBe(500);
    expect(html).toContain("Your rating could not be recorded.");
    expect(html).toMatch(/value="4" required checked/);
    expect(html).toContain("kept</textarea>");
    expect(html).not.toContain("secret detail");
  });
});
