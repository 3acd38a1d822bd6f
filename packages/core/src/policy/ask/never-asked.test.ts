import { describe, expect, test } from "vitest";
import { type Requester, whyNeverAsked } from "./never-asked.ts";

const dana: Requester = { channel: "email", address: "dana@example.com", operatorId: null, operators: [] };

describe("role addresses", () => {
  // S65
  test.each([
    "noreply@example.com",
    "no-reply@example.com",
    "No.Reply@Example.com",
    "NO_REPLY@example.com",
    "n-o.r_eply@example.com",
    "donotreply@example.com",
    "do-not-reply@example.com",
    "mailer-daemon@example.com",
    "MAILER-DAEMON@example.com",
    "mailerdaemon@example.com",
    "postmaster@example.com",
    "post.master@example.com",
    "bounce@example.com",
    "bounces@example.com",
    "bounce+dana=example.com@lists.example.com",
    "noreply+42@example.com",
    "noreply+a+b@example.com",
    " noreply@bücher.example ",
    '"noreply."@example.com',
    "noreply@localhost",
  ])("%s is never asked", (address) => {
    expect(whyNeverAsked({ ...dana, address })).toBe("role_address");
  });

  // S65
  test.each([
    "dana@example.com",
    "reply@example.com",
    "noreply1@example.com",
    "noreply-team@example.com",
    "my-noreply@example.com",
    "dana+noreply@example.com",
    "+noreply@example.com",
    "dana@noreply.example.com",
    "bouncer@example.com",
    "postmasters@example.com",
    "support@example.com",
    "constructor@example.com",
    "noreply",
    "",
  ])("%j is asked", (address) => {
    expect(whyNeverAsked({ ...dana, address })).toBeNull();
  });

  // S65
  test("are those of mail alone: in another channel the name means nothing", () => {
    const requester = { ...dana, channel: "chat", address: "noreply@example.com" };
    expect(whyNeverAsked(requester)).toBeNull();
  });

  // S65
  test("can be switched off", () => {
    const requester = { ...dana, address: "noreply@example.com" };
    expect(whyNeverAsked(requester, { roleAddresses: false })).toBeNull();
    expect(whyNeverAsked(requester, { oneself: false })).toBe("role_address");
  });
});

describe("who worked on the ticket", () => {
  const ann = { id: "op-1", email: "ann@bücher.example" };
  const bob = { id: "op-2", email: null };

  // S60, S65
  test.each([
    ["by the same address", { address: "ann@bücher.example" }],
    ["by its other spellings", { address: " ANN@xn--bcher-kva.EXAMPLE" }],
    ["by the operator's id", { operatorId: "op-1" }],
    ["by the id of the second of them", { operatorId: "op-2" }],
    ["by an address of another channel that is the same", { channel: "chat", address: "Ann@bücher.example" }],
  ])("is not asked about it: %s", (_, changed) => {
    expect(whyNeverAsked({ ...dana, ...changed, operators: [bob, ann] })).toBe("asked_oneself");
  });

  // S65
  test.each([
    ["another address", { address: "anna@bücher.example" }],
    ["a part of the address is another", { address: "ann+1@bücher.example" }],
    ["another operator's id", { operatorId: "op-3" }],
    ["ids in another case, which are other ids", { operatorId: "OP-1" }],
  ])("may be somebody else: %s", (_, changed) => {
    expect(whyNeverAsked({ ...dana, ...changed, operators: [ann, bob] })).toBeNull();
  });

  // S65
  test.each([null, "", " "])("is not guessed from what is unknown: %j", (unknown) => {
    const operators = [{ id: unknown, email: unknown }];
    const requester = { ...dana, address: unknown ?? "", operatorId: unknown, operators };
    expect(whyNeverAsked(requester)).toBeNull();
  });

  // S65
  test("can be switched off", () => {
    const requester = { ...dana, operatorId: "op-1", operators: [ann] };
    expect(whyNeverAsked(requester, { oneself: false })).toBeNull();
    expect(whyNeverAsked(requester, { roleAddresses: false })).toBe("asked_oneself");
  });

  // S59, S65: the order in which the rule names them.
  test("is told as a role address where it is both", () => {
    const postmaster = { id: "op-1", email: "postmaster@example.com" };
    const requester = { ...dana, address: "postmaster@example.com", operators: [postmaster] };
    expect(whyNeverAsked(requester)).toBe("role_address");
    expect(whyNeverAsked(requester, { roleAddresses: false })).toBe("asked_oneself");
  });
});
