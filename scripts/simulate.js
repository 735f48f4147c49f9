// Plays seeded schedules of lost, doubled and reordered events, faults, kills and limits. `--seeds N` plays N of them,
// `--from N` begins elsewhere, `--seed N` plays one and prints all that happened. `--postgres` plays them on a Postgres that is
// started for them, and `--database URL` on an empty database.
import { parseArgs } from "node:util";

const compiled = new URL("../dist/test/server/simulation/", import.meta.url);
const load = (name) => import(new URL(name, compiled).href);
const { playSeed } = await load("seeds.js");
const { openMemoryStore } = await load("memory-store.js");

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    postgres: { type: "boolean", default: false },
    database: { type: "string" },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const own =
  values.postgres && !values.database ? await ownPostgres() : undefined;
const url = values.database ?? (await own?.database());
const open = url ? await postgresStore(url) : openMemoryStore;
const failed = [];
const started = Date.now();
for (let seed = first; seed < first + count; seed++) {
  const failure = await playSeed(seed, open);
  if (!failure) continue;
  failed.push(seed);
  console.log(`Seed ${seed} failed: ${failure.wrong.join("; ")}`);
  if (values.seed !== undefined) console.log(failure.history.join("\n"));
}
console.log(
  `${count - failed.length} of ${count} schedules ended well, in ${(Date.now() - started) / 1000} s.`,
);
await own?.stop();
process.exit(failed.length === 0 ? 0 : 1);

async function ownPostgres() {
  const support = new URL("../dist/test/support/postgres.js", import.meta.url);
  const { startPostgres } = await import(support.href);
  return startPostgres();
}

async function postgresStore(url) {
  const { openPostgresStore } = await load("postgres-store.js");
  return openPostgresStore(url);
}
