#!/usr/bin/env node
// Plain old JavaScript: it must run on a Node far too old for the rest, to say so in one sentence.
import { spawn } from "child_process";
import { existsSync, readFileSync, realpathSync } from "fs";
import * as nodeModule from "module";
import { dirname, join } from "path";
import { fileURLToPath, pathToFileURL } from "url";

var needed = [22, 13];
var root = dirname(dirname(fileURLToPath(import.meta.url)));

function isNewEnough(version) {
  var parts = version.split(".").map(Number);
  if (parts[0] !== needed[0]) return parts[0] > needed[0];
  return parts[1] >= needed[1];
}

/** The Node that a checkout brings along as a development dependency. */
function bundledNode() {
  var binary = process.platform === "win32" ? "node.exe" : "node";
  var path = join(root, "node_modules", "node", "bin", binary);
  if (!existsSync(path)) return undefined;
  return realpathSync(path) === realpathSync(process.execPath)
    ? undefined
    : path;
}

function refuse(sentence) {
  process.stderr.write(sentence + "\n");
  process.exitCode = 2;
}

/** Runs the same command on another Node; what ends that one, ends this one. */
function runAgainOn(node) {
  var child = spawn(
    node,
    [fileURLToPath(import.meta.url)].concat(process.argv.slice(2)),
    { stdio: "inherit" },
  );
  // A terminal sends its interrupt to both processes; other signals come to this one alone.
  process.on("SIGINT", function () {
    return undefined;
  });
  ["SIGTERM", "SIGHUP"].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on("error", function () {
    refuse(tooOld());
  });
  child.on("exit", function (code, signal) {
    if (signal === null) return process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function tooOld() {
  return (
    "VibeGate needs Node 22.13 or newer; this is " + process.versions.node + "."
  );
}

function printVersion() {
  var manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  process.stdout.write(manifest.version + "\n");
}

function start() {
  var entry = join(root, "dist", "src", "cli", "main.js");
  if (!existsSync(entry)) {
    refuse("VibeGate is not built yet; run `npm run build` in " + root + ".");
    return;
  }
  if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();
  import(pathToFileURL(entry).href).then(
    function (cli) {
      return cli.main(process.argv.slice(2));
    },
    function (error) {
      refuse("VibeGate could not start: " + error.message);
    },
  );
}

if (process.argv[2] === "--version" || process.argv[2] === "-V") {
  printVersion();
} else if (isNewEnough(process.versions.node)) {
  start();
} else {
  var node = bundledNode();
  if (node === undefined) refuse(tooOld());
  else runAgainOn(node);
}
