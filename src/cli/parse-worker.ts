// Takes the facts of the files that it is sent, see parse-pool.ts; of a thread of its own.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { checks } from "#checks/index.js";
import { parsingOf } from "#model/parsing.js";
import { loadCompiler } from "#parse/compiler.js";
import type { FileText } from "#parse/parse-file.js";
import { fingerprintWith } from "./fingerprint-key.js";
import type { ParseSetup } from "./parse-pool.js";

const { key, generatedPaths } = workerData as ParseSetup;
const settings = { generatedPaths };
const { parse } = parsingOf({ checks, settings, ...fingerprintWith(key) });

// While the files are still being read; what V8 makes of so much code is kept from run to run.
enableCompileCache();
loadCompiler();

parentPort?.on("message", (files: readonly FileText[]) => {
  parentPort?.postMessage(files.map((file) => JSON.stringify(parse(file))));
});
