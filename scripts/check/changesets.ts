// Works out the next release from .changeset/: a wrong setting, or a name that is no package, stops it.
import getReleasePlan from "@changesets/get-release-plan";

const plan = await getReleasePlan(process.cwd());
// "none": a private package that merely depends on what is released.
const releases = plan.releases.filter(({ type }) => type !== "none");
for (const { name, oldVersion, newVersion } of releases)
  console.log(`${name} ${oldVersion} -> ${newVersion}`);

const strays = releases.filter(({ name }) => !name.startsWith("@csat/"));
if (strays.length > 0) {
  console.error(
    `Only @csat/* is published, not ${strays.map(({ name }) => name).join(", ")}: correct .changeset/.`,
  );
  process.exit(1);
}
