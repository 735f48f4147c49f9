import { styleText } from "node:util";
import { Probot, ProbotOctokit } from "probot";
import { readAppFacts } from "#github/app-facts.js";
import { forTerminal } from "#report/escape.js";
import { appRegistration } from "#server/app-manifest.js";
import { lacksCredentials } from "#server/credentials.js";
import { type Diagnosis, diagnose } from "#server/diagnose.js";
import { createLog } from "#server/log.js";
import { readSettings } from "#server/settings.js";
import { SettingsError } from "#server/settings-error.js";
import { complain } from "./complain.js";
import { exitCodes } from "./exit-code.js";

/**
 * Says what keeps the server from working, with the settings that `vibegate serve` would have.
 *
 * @returns the exit code: 0 when nothing is bad, 1 when something is, 2 when the settings themselves are refused.
 */
export async function doctorCommand(): Promise<number> {
  if (lacksCredentials(process.env)) {
    complain(
      "No app is registered yet: start `vibegate serve` with PUBLIC_URL, and open the address that it prints.",
    );
    return exitCodes.usage;
  }
  try {
    const settings = readSettings(process.env);
    const probot = new Probot({
      appId: settings.appId,
      privateKey: settings.privateKey.reveal(),
      baseUrl: settings.apiUrl,
      // Somebody waits: one try each tells enough.
      Octokit: ProbotOctokit.defaults({
        ...{ retry: { enabled: false }, throttle: { enabled: false } },
      }),
      log: createLog("silent", [settings.privateKey]),
    });
    const facts = await readAppFacts(await probot.auth(), Date.now);
    const found = diagnose({ settings, facts, wanted: appRegistration() });
    print({ state: "good", sentence: "The settings are readable." });
    found.forEach(print);
    return found.some(({ state }) => state === "bad")
      ? exitCodes.blocked
      : exitCodes.nothingBlocks;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    complain(error.message);
    return exitCodes.usage;
  }
}

const signs = {
  good: ["✓", "green"],
  warning: ["!", "yellow"],
  bad: ["✗", "red"],
} as const;

function print({ state, sentence }: Diagnosis): void {
  const [sign, style] = signs[state];
  const mark = styleText(style, sign, { stream: process.stdout });
  process.stdout.write(`${mark} ${forTerminal(sentence)}\n`);
}
