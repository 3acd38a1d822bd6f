// The recipe of the guide to bounces, which readers copy into their project.
export { readSes } from "../../../packages/mail-reports/test/recipes/ses.ts";
