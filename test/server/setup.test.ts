import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pino from "pino";
import { lacksCredentials } from "#server/credentials.js";
import { startSetup } from "#server/setup.js";
import { readSetupSettings } from "#server/setup-settings.js";
import { LocalGitHub } from "#support/local-github/local-github.js";

const program = fileURLToPath(
  new URL("../../../bin/vibegate.js", import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), "setup-"));
let github: LocalGitHub;

beforeAll(async () => {
  github = await LocalGitHub.start({});
});

afterAll(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a server is told that knows no app. */
function environment(port: number, data: string) {
  const { GHE_HOST, GHE_PROTOCOL } = github.environment;
  return {
    ...{ GHE_HOST, GHE_PROTOCOL, HOST: "127.0.0.1", PORT: String(port) },
    PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
    DATA_DIR: join(folder, data),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The value of an attribute after a mark in a page. */
function attribute(html: string, mark: string): string {
  const at = html.indexOf(mark);
  const [, value = ""] =
    /"([^"]*)"/.exec(html.slice(at + mark.length - 1)) ?? [];
  return value
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

/** As a browser would: opens the page, goes on, and presses GitHub's button. @returns where GitHub sends it back. */
async function register(
  address: string,
  organization: string,
): Promise<string> {
  const confirm = new URL(address.replace("/setup?", "/setup/confirm?"));
  confirm.searchParams.set("organization", organization);
  confirm.searchParams.set("name", "Gate of Acme");
  const page = await (await fetch(confirm)).text();
  const action = attribute(page, 'action="').replace(
    /^http:\/\/[^/]+/,
    (origin) => `${origin}/api/v3`,
  );
  const answer = await fetch(action, {
    method: "POST",
    body: new URLSearchParams({
      manifest: attribute(page, 'name="manifest" value="'),
    }),
    redirect: "manual",
  });
  return answer.headers.get("location") ?? "";
}

test("a server that knows no app registers one and serves without a restart", async () => {
  const port = await freePort();
  const variables = environment(port, "whole");
  const server = spawn(process.execPath, [program, "serve", "--org", "acme"], {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const address = await new Promise<string>((resolve) => {
      let said = "";
      server.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
        const [found] = /http:\S+token=[0-9a-f]{48}/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    const first = await fetch(address);
    expect(await first.text()).toContain('value="acme"');
    expect(first.headers.get("content-security-policy")).toContain(
      "default-src 'none'",
    );
    expect((await fetch(`${variables.PUBLIC_URL}/readyz`)).status).toBe(503);

    const back = await register(address, "acme");
    expect(back).toMatch(/\/setup\/callback\?code=\w+&state=[0-9a-f]{48}$/);
    const done = await (await fetch(back)).text();
    expect(done).toContain("/installations/new");

    await expect(untilReady(variables.PUBLIC_URL)).resolves.toBe(200);
    expect((await fetch(address)).status).toBe(404);
    const file = join(variables.DATA_DIR, "app.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(lacksCredentials(variables)).toBe(false);
    const stored = JSON.parse(readFileSync(file, "utf8")) as {
      webhookSecret: string;
    };
    expect(done).not.toContain(stored.webhookSecret);
  } finally {
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("exit", resolve));
  }
}, 30_000);

async function untilReady(publicUrl: string): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const status = await fetch(`${publicUrl}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 0;
}

describe("the set-up page", () => {
  const log = pino({ level: "silent" });

  async function aSetup(data: string, now?: () => number) {
    const settings = readSetupSettings(environment(0, data));
    const end = new AbortController();
    const said: string[] = [];
    const setup = await startSetup(settings, {
      ...{ log, signal: end.signal },
      say: (sentence) => said.push(sentence),
      ...(now && { now }),
    });
    const origin = `http://127.0.0.1:${String(setup.port)}`;
    const stop = async () => {
      end.abort();
      return setup.finished;
    };
    const address = `${origin}/setup?token=${settings.token}`;
    return { origin, address, settings, said, stop };
  }

  test("is closed to whoever does not know the token", async () => {
    const { origin, address, settings, said, stop } = await aSetup("closed");

    expect((await fetch(`${origin}/setup`)).status).toBe(403);
    expect((await fetch(`${origin}/setup/confirm?token=`)).status).toBe(403);
    expect(
      (await fetch(`${origin}/setup?token=${"0".repeat(48)}`)).status,
    ).toBe(403);
    expect((await fetch(address)).status).toBe(200);
    expect(said.join("")).toContain(settings.token);
    await expect(stop()).resolves.toBe(false);
  });

  test("names the whole webhook address, our permissions and events", async () => {
    const { address, settings, stop } = await aSetup("manifest");
    const confirm = `${address.replace("/setup?", "/setup/confirm?")}&organization=acme&name=Gate`;
    const page = await (await fetch(confirm)).text();
    await stop();

    const manifest = JSON.parse(
      attribute(page, 'name="manifest" value="'),
    ) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      ...{ name: "Gate", public: false },
      hook_attributes: {
        url: `${settings.publicUrl}/api/github/webhooks`,
        active: true,
      },
      redirect_url: `${settings.publicUrl}/setup/callback`,
      default_permissions: { checks: "write", merge_queues: "read" },
    });
    expect(manifest["default_events"]).toContain("merge_group");
    expect(attribute(page, 'form action="')).toMatch(
      /\/organizations\/acme\/settings\/apps\/new\?state=[0-9a-f]{48}$/,
    );
  });

  test.each(["evil.example/x", '"><script>', "a".repeat(40)])(
    "refuses %j as an organization",
    async (name) => {
      const { address, stop } = await aSetup("names");
      const confirm = new URL(address.replace("/setup?", "/setup/confirm?"));
      confirm.searchParams.set("organization", name);
      confirm.searchParams.set("name", "Gate");

      const answer = await fetch(confirm);
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain("<script>");
      await stop();
    },
  );

  test("takes a code only for a form that it opened, once, within the hour", async () => {
    let now = Date.now();
    const { origin, address, stop } = await aSetup("states", () => now);
    const callback = (location: string) =>
      fetch(location.replace(/^http:\/\/[^/]+/, origin));

    expect(
      (await fetch(`${origin}/setup/callback?code=a&state=b`)).status,
    ).toBe(403);
    const late = await register(address, "acme");
    now += 61 * 60_000;
    expect((await callback(late)).status).toBe(403);
    const wrong = (await register(address, "acme")).replace(
      /code=\w+/,
      "code=nope",
    );
    expect((await callback(wrong)).status).toBe(502);
    expect((await callback(wrong)).status).toBe(403);
    const right = await register(address, "acme");
    expect((await callback(right)).status).toBe(200);
    await stop();
  });

  test("wants to know where the server is reached", () => {
    expect(() =>
      readSetupSettings({ ...environment(0, "none"), PUBLIC_URL: "" }),
    ).toThrow(/^PUBLIC_URL is not set/);
  });
});
