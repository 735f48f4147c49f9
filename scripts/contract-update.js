/**
 * Renews the contract that the local GitHub is held to.
 *
 *   node scripts/contract-update.js
 *
 * Packs GitHub's own OpenAPI description from the registry into a temporary
 * folder, cuts it down to our operations and webhooks and the components that
 * they reach, and writes that slice with its provenance. GraphQL: checks that
 * each type, field, argument and nullability of our subset is in GitHub's
 * public schema, and writes down what was checked. Needs the network; the tests
 * only compare hashes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { disagreements } from "./contract-graphql.js";
import { operations, webhooks } from "./contract-operations.js";
import { corrections, sliceOf } from "./contract-slice.js";

const contract = fileURLToPath(
  new URL("../test/support/local-github/contract/", import.meta.url),
);
const openApi = "@octokit/openapi@23.0.2";
const graphqlSchema = "@octokit/graphql-schema@15.26.1";

const work = mkdtempSync(join(tmpdir(), "vibegate-contract-"));
try {
  const rest = writeSlice();
  const graphql = checkSubset();
  const provenance = { rest, graphql };
  writeFileSync(
    join(contract, "provenance.json"),
    `${JSON.stringify(provenance, null, 2)}\n`,
  );
  console.log(provenance);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function writeSlice() {
  const path = "package/generated/api.github.com.json";
  const { integrity, text } = unpacked(openApi, path);
  const slice = sliceOf(JSON.parse(text), operations, webhooks);
  const written = `${JSON.stringify(slice)}\n`;
  writeFileSync(join(contract, "openapi-slice.json"), written);
  const licence = unpacked(openApi, "package/LICENSE");
  writeFileSync(join(contract, "LICENSE.openapi-slice"), licence.text);
  return {
    package: openApi,
    file: path,
    integrity,
    licence: "MIT",
    copyright: licence.text.split("\n")[0],
    operations: Object.keys(slice.operations).length,
    webhooks: Object.keys(slice.webhooks).length,
    schemas: Object.keys(slice.schemas).length,
    corrections: corrections.map(({ reason }) => reason),
    sha256: sha256(written),
  };
}

function checkSubset() {
  const path = "package/schema.graphql";
  const { integrity, text } = unpacked(graphqlSchema, path);
  const subset = readFileSync(join(contract, "github-subset.graphql"), "utf8");
  const { wrong, fields, types } = disagreements(subset, text);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  return {
    package: graphqlSchema,
    file: path,
    integrity,
    licence: "MIT",
    types,
    fields,
    sha256: sha256(subset),
  };
}

/** One file of a package as the registry serves it, and the package's hash. */
function unpacked(name, path) {
  const folder = mkdtempSync(join(work, "pack-"));
  const options = { cwd: folder, encoding: "utf8" };
  const integrity = execFileSync(
    "npm",
    ["view", name, "dist.integrity"],
    options,
  ).trim();
  execFileSync("npm", ["pack", name, "--silent"], options);
  const [archive] = readdirSync(folder);
  const found = `sha512-${createHash("sha512")
    .update(readFileSync(join(folder, archive)))
    .digest("base64")}`;
  if (found !== integrity) throw new Error(`${name} is not what npm lists.`);
  execFileSync("tar", ["xzf", archive, path], options);
  return { integrity, text: readFileSync(join(folder, path), "utf8") };
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}
