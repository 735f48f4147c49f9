import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type {
  HostileCase,
  HostileTools,
} from "#support/hostile/hostile-case.js";
import { hostileContent } from "#support/hostile/hostile-content.js";
import { hostileFolders } from "#support/hostile/hostile-folders.js";
import { hostileSources } from "#support/hostile/hostile-sources.js";
import { LocalRepository, temporaryFolder } from "#support/local-repository.js";

/** All hostile inputs. Nothing of them is stored; each is made when it is needed, always the same. */
export const hostileCases: readonly HostileCase[] = [
  ...hostileSources,
  ...hostileFolders,
  ...hostileContent,
];

/** A hostile repository that stands on the disk. */
export interface HostileRepository {
  readonly folder: string;
  /** Arguments of the look at it. */
  readonly look: readonly string[];
  /** Exists once something of the repository was run. */
  readonly trace: string;
  /** Every credential in it and around it; none may show, not even in part. */
  readonly secrets: readonly string[];
}

/** The innocent file with the credential that every look has to find. */
export const plantedPath = "src/lib/payments.ts";

/** Makes one hostile repository in a temporary folder. */
export function makeHostile(hostile: HostileCase): HostileRepository {
  const secrets: string[] = [];
  const secret = () => {
    const made = liveLookingKey(hostile.name.length * 1_000 + secrets.length);
    secrets.push(made);
    return made;
  };
  const around = temporaryFolder();
  const trace = join(around, "ran");
  const tools: HostileTools = {
    canary: writeCanary(around, trace),
    outside: writeOutside(secret),
    secret,
  };
  const repository = new LocalRepository(beginning());
  const isChange = hostile.look === "check";
  if (isChange) repository.git("checkout", "-q", "-b", "change");
  repository.write({ [plantedPath]: `export const stripe = "${secret()}";\n` });
  hostile.build(repository, tools);
  if (isChange) repository.commit();
  return { folder: repository.folder, look: lookAt(hostile), trace, secrets };
}

let begun: LocalRepository | undefined;

/** The innocent first commit: made once, for git takes its time. */
function beginning(): LocalRepository {
  if (begun) return begun;
  begun = new LocalRepository();
  begun.commit({ "readme.md": "# Shop\n" });
  return begun;
}

function lookAt({ look = "audit" }: HostileCase): readonly string[] {
  if (look === "check") return ["check", "--base", "main"];
  return look === "audit" ? ["audit"] : look;
}

function writeCanary(folder: string, trace: string): string {
  const canary = join(folder, "canary");
  writeFileSync(canary, `#!/bin/sh\n: > ${trace}\n`);
  chmodSync(canary, 0o755);
  return canary;
}

function writeOutside(secret: () => string): string {
  const folder = temporaryFolder();
  const text = `export const key = "${secret()}";\n`;
  writeFileSync(join(folder, "secret.ts"), text);
  return folder;
}

/** A key that a scanner takes for a live one; put together here, so that no scanner stops at this file. */
function liveLookingKey(seed: number): string {
  const alphabet =
    "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
  let state = seed + 1;
  const characters = Array.from({ length: 40 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[(state >>> 8) % alphabet.length];
  });
  return ["sk", "live", characters.join("")].join("_");
}
