// Installs what ships, without development dependencies or install scripts, starts the server and asks for its health.
import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vibegate-production-"));
const port = 20_000 + Math.floor(Math.random() * 20_000);
let server;
try {
  const tarball = execFileSync(
    "npm",
    ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder],
    { cwd: root, encoding: "utf8" },
  ).trim();
  execFileSync("tar", ["xzf", join(folder, tarball), "-C", folder]);
  const home = join(folder, "package");
  cpSync(join(root, "package-lock.json"), join(home, "package-lock.json"));
  cpSync(join(root, ".npmrc"), join(home, ".npmrc"));
  execFileSync("npm", ["ci", "--omit=dev", "--ignore-scripts", "--silent"], {
    cwd: home,
    stdio: "inherit",
  });
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(
    join(folder, "key.pem"),
    privateKey.export({ type: "pkcs8", format: "pem" }),
    { mode: 0o600 },
  );
  server = spawn(process.execPath, ["bin/vibegate.js", "serve"], {
    cwd: home,
    stdio: "inherit",
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      APP_ID: "1",
      PRIVATE_KEY_PATH: join(folder, "key.pem"),
      WEBHOOK_SECRET: randomBytes(32).toString("hex"),
      PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: join(folder, "data"),
      LOG_LEVEL: "warn",
    },
  });
  const health = await healthOf(`http://127.0.0.1:${String(port)}/healthz`);
  console.log(`The production install answers: ${health}`);
  server.kill("SIGTERM");
  const code = await new Promise((done) => server.once("exit", done));
  if (code !== 0) throw new Error(`The server ended with ${String(code)}.`);
} finally {
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

async function healthOf(url) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return answer.text();
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error("The server did not answer within ten seconds.");
}
