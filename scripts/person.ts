/**
 * `npm run person -- --phone +1… --name … [--group kitchen --role volunteer|coordinator] [--admin] [--token] [--by-text-again]`: makes
 * or updates a person. Vouched for by whoever runs it, so no code is asked. `--token` prints an API token alone on the last line;
 * `--by-text-again` takes away passkeys, app and paper of somebody who lost them.
 */
import { Problem } from "#app/core/problems.ts";
import { vouchForPerson } from "#app/groups/vouch-for-person.server.ts";
import { makeApiToken } from "#app/people/make-api-token.server.ts";
import { resetSecondSteps } from "#app/people/second-step/second-steps.server.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { asCommand, Trouble } from "#scripts/environment.ts";
import { readOptions, withDatabase } from "#scripts/operator.ts";

const NAME_LENGTH = 60;

function readArguments() {
  const text = { type: "string" } as const;
  const yes = { type: "boolean", default: false } as const;
  const given = readOptions({
    phone: text,
    name: text,
    group: text,
    role: text,
    admin: yes,
    token: yes,
    "by-text-again": yes,
  });
  if (!given.phone) throw new Trouble("Say whose number it is: --phone +15550100100");
  const phone = parsePhone(given.phone);
  if (!phone) throw new Trouble("--phone must be a whole phone number, like +15550100100.");
  const name = given.name?.trim() || null;
  if (name && name.length > NAME_LENGTH) throw new Trouble(`--name may have ${NAME_LENGTH} letters at most.`);
  const role = given.role ?? "volunteer";
  if (role !== "volunteer" && role !== "coordinator") throw new Trouble("--role must be volunteer or coordinator.");
  if (given.role && !given.group) throw new Trouble("--role needs a --group, like --group kitchen.");
  return {
    phone,
    name,
    role,
    group: given.group,
    admin: given.admin,
    token: given.token,
    byText: given["by-text-again"],
  } as const;
}

await asCommand(async () => {
  const given = readArguments();
  const membership = given.group ? { slug: given.group, role: given.role } : null;
  await withDatabase("person", async (ctx) => {
    const { id, made } = await vouchForPerson(ctx, { ...given, isAdmin: given.admin, membership }).catch(groupMissing);
    console.log(`${made ? "Made" : "Updated"} person ${id}.`);
    if (given.byText) {
      const had = await resetSecondSteps(ctx, id);
      console.log(had ? "A code by text signs them in again." : "A code by text was enough for them already.");
    }
    if (given.token) console.log(await makeApiToken(ctx, id));
  });

  function groupMissing(error: unknown): never {
    if (!(error instanceof Problem && error.kind === "not-found")) throw error;
    throw new Trouble(`There is no working group called ${given.group}.`);
  }
});
