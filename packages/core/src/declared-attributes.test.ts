import { expect, test } from "vitest";
import { idleOptions } from "../test/idle-options.ts";
import { createCsat } from "./create-csat.ts";

const names = (count: number, declared: object) =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`name_${place}`, declared]));

test.each([
  ["nothing", undefined, []],
  ["none", {}, []],
  [
    "five of eight",
    { ...names(5, { slice: true }), a: {}, b: {}, c: { slice: false } },
    Object.keys(names(5, {})),
  ],
  ["a name that every object has", { constructor: { slice: true } }, ["constructor"]],
])("attributes to cut figures by: %s", (_name, attributes, slicedBy) => {
  // S85
  expect(createCsat(idleOptions({ attributes })).slicedBy).toEqual(slicedBy);
});

test.each([
  ["null", null, "attributes must be an object such as"],
  ["a list", ["team"], "attributes must be an object such as"],
  ["a name with a capital", { Team: { slice: true } }, "attributes.Team must have a name such as team"],
  ["a name that is too long", { [`a${"b".repeat(40)}`]: {} }, "must have a name such as team"],
  ["a switch alone", { team: true }, "attributes.team must be an object such as { slice: true }"],
  ["a switch that is none", { team: { slice: "yes" } }, "attributes.team.slice must be true or false"],
  ["a field that is none", { team: { slices: true } }, "attributes.team must be an object such as"],
  ["nine names", names(9, {}), "attributes must be 8 attributes at most"],
  ["six to cut by", names(6, { slice: true }), "attributes must say slice: true of 5 attributes at most"],
])("are refused: %s", (_name, attributes, message) => {
  // S85
  expect(() => createCsat(idleOptions({ attributes }))).toThrow(message);
});
