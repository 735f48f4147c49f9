import type { SecretMark } from "./mark.js";
import { keyFormats } from "./provider-keys.js";

interface Described {
  /** With its article, for the middle of a sentence. */
  readonly what: string;
  readonly rotate: string;
}

const supabaseKeys =
  "Supabase dashboard > Project Settings > API keys (migrate to new keys, or rotate the JWT secret)";
const googleConsole = "Google Cloud console > APIs & Services > Credentials";

/** Kinds that no prefix table describes. */
const others: Readonly<Record<string, Described>> = {
  "supabase-service-role": {
    what: "a Supabase service role key, which bypasses row level security",
    rotate: supabaseKeys,
  },
  gemini: {
    what: "a Google AI (Gemini) API key",
    rotate: "aistudio.google.com > API keys",
  },
  "google-api": {
    what: "a Google API key",
    rotate: `${googleConsole}; restrict the new one to the APIs and addresses it serves`,
  },
  "clerk-live": {
    what: "a Clerk live secret key",
    rotate: "Clerk dashboard > API keys",
  },
  "clerk-test": {
    what: "a Clerk development secret key",
    rotate: "Clerk dashboard > API keys",
  },
  "telegram-bot": {
    what: "a Telegram bot token",
    rotate: "@BotFather > /revoke",
  },
  "discord-bot": {
    what: "a Discord bot token",
    rotate: "discord.com/developers > your application > Bot > Reset token",
  },
  "azure-client-secret": {
    what: "an Azure client secret",
    rotate: "Azure portal > App registrations > Certificates & secrets",
  },
  "terraform-cloud": {
    what: "a Terraform Cloud token",
    rotate: "app.terraform.io > User settings > Tokens",
  },
  mailchimp: {
    what: "a Mailchimp API key",
    rotate: "Mailchimp > Account > Extras > API keys",
  },
  mailgun: {
    what: "a Mailgun API key",
    rotate: "Mailgun > Account > API security",
  },
  "firebase-messaging": {
    what: "a Firebase messaging server key",
    rotate: "Firebase console > Project settings > Cloud Messaging",
  },
  maxmind: {
    what: "a MaxMind licence key",
    rotate: "maxmind.com > Manage license keys",
  },
  "private-key": {
    what: "a private key",
    rotate: "wherever its public half is installed (a new pair replaces both)",
  },
  "ssh-private-key": {
    what: "an SSH private key",
    rotate: "every server and account that lists its public half",
  },
  "pgp-private-key": {
    what: "a PGP private key",
    rotate: "the key servers (publish its revocation)",
  },
  "encoded-private-key": {
    what: "a private key in base64",
    rotate: "the service that issued it (delete this key, create another)",
  },
  "registry-login": {
    what: "a registry's user name and password",
    rotate: "the registry's account settings",
  },
  "password-hash": {
    what: "a list of users with password hashes",
    rotate: "each listed account (new passwords)",
  },
  "basic-header": {
    what: "a user name and password in base64",
    rotate: "the service that it signs in to (new password or client secret)",
  },
  "database-login": {
    what: "a database login",
    rotate: "the database (new password for that user)",
  },
  "json-web-token": {
    what: "a signed token",
    rotate:
      "the service that issued it (revoke it, or rotate its signing secret)",
  },
  "postgres-url": {
    what: "a Postgres address with its password",
    rotate: "the database (new password for that user)",
  },
  "mysql-url": {
    what: "a MySQL address with its password",
    rotate: "the database (new password for that user)",
  },
  "mongodb-url": {
    what: "a MongoDB address with its password",
    rotate: "MongoDB (new password for that user)",
  },
  "redis-url": {
    what: "a Redis address with its password",
    rotate: "the Redis host (new password)",
  },
  "amqp-url": {
    what: "a message broker's address with its password",
    rotate: "the broker (new password for that user)",
  },
  "smtp-url": {
    what: "a mail server's address with its password",
    rotate: "the mail provider (new password)",
  },
  "cloudinary-url": {
    what: "a Cloudinary address with its API secret",
    rotate: "Cloudinary console > Settings > API keys",
  },
  "basic-auth-url": {
    what: "a web address with user name and password",
    rotate: "that site (new password or token)",
  },
  "connection-url": {
    what: "a connection address with its password",
    rotate: "that service (new password)",
  },
};

const bySort: Readonly<Record<string, Described>> = {
  signing: {
    what: "a secret that signs or encrypts",
    rotate:
      "your host's secret settings (a new random value; sessions signed with the old one end)",
  },
  shared: {
    what: "a secret that this app tests callers with",
    rotate: "your host's secret settings, and every caller that holds it",
  },
  password: { what: "a password", rotate: "the account that it opens" },
  connection: {
    what: "the password of a connection",
    rotate: "the server that it opens",
  },
  mnemonic: {
    what: "the words that open a wallet",
    rotate: "a new wallet (move the funds: these words cannot be revoked)",
  },
  "private-key": {
    what: "a private key",
    rotate: "the service or wallet that it belongs to",
  },
  "api-key": { what: "an API key", rotate: "the provider's dashboard" },
  token: { what: "an access token", rotate: "the service that issued it" },
  secret: { what: "a secret", rotate: "the service that issued it" },
};

function described({ kind, rule }: SecretMark): Described {
  const format = keyFormats.find((known) => known.kind === kind);
  if (format && rule === "provider-key") return format;
  const vendor = /^named-(.+)$/.exec(kind)?.[1];
  if (vendor !== undefined)
    return {
      what: `${/^[aeiou]/i.test(vendor) ? "an" : "a"} ${vendor} credential`,
      rotate: placeOfVendor(vendor),
    };
  return (
    others[kind] ??
    bySort[kind] ?? { what: "a secret", rotate: "the service that issued it" }
  );
}

/** Words of names that are written otherwise in the table of formats. */
const otherNames: Readonly<Record<string, string>> = {
  ...{ claude: "anthropic", grok: "xai", hf: "hugging-face" },
  ...{ huggingface: "hugging-face", gcp: "google-oauth-secret" },
  ...{ aws: "aws-access-key", s3: "aws-access-key" },
  ...{ supabase: "supabase-secret", stripe: "stripe-live" },
  ...{ mercadopago: "mercado-pago", sendinblue: "brevo" },
  ...{ facebook: "meta", whatsapp: "meta", clerk: "clerk-live" },
  ...{ telegram: "telegram-bot", discord: "discord-bot" },
  ...{ azure: "azure-client-secret", cloudinary: "cloudinary-url" },
  ...{ google: "google-oauth-secret" },
};

/** Where a vendor's keys are replaced; of one that only a name tells, no more is known than that it has a dashboard. */
function placeOfVendor(vendor: string): string {
  const kind = otherNames[vendor] ?? vendor;
  return (
    keyFormats.find((format) => format.kind === kind)?.rotate ??
    others[kind]?.rotate ??
    `the ${vendor} dashboard > API keys (create a new one there, then delete this one)`
  );
}

/** What is wrong at this place, in one sentence. Holds no value. */
export function messageOf(mark: SecretMark, isInHistory: boolean): string {
  const { what } = described(mark);
  const named = mark.name === "" ? "" : ` (${mark.name})`;
  switch (mark.rule) {
    case "published-secret":
      if (mark.kind === "whole-environment")
        return "The whole environment of the machine that builds, with every secret in it, is copied into what every visitor downloads.";
      return `${mark.name} is a server's secret under a public name: the build copies its value into what every visitor downloads.`;
    case "sent-secret":
      return mark.component === undefined
        ? `${mark.name}, a server's secret, is part of what is sent to whoever asks.`
        : `${mark.name}, a server's secret, is handed to ${mark.component}, which runs in the browser: it stands in the page's source.`;
    case "server-client-in-browser":
      return `Browsers load this module, which opens a client with ${mark.name}: there the value is missing, or public.`;
    case "fallback-secret":
      return `Where the environment does not set ${mark.name || "it"}, the app runs with a value that is written here${mark.kind === "signing" ? ", and whoever has read it can forge what it signs" : ""}.`;
    case "hard-coded-login":
      return `This login compares with a value that is written here${named}: everyone who can read the code can sign in.`;
    case "environment-file-in-image":
      return "This copies an environment file into the image, where everyone who can pull the image can read it.";
    case "environment-file":
      return `This committed environment file holds ${what}${named}.`;
    default:
      return `${capital(what)}${named} ${exposure(mark, isInHistory)}.`;
  }
}

function exposure(mark: SecretMark, isInHistory: boolean): string {
  if (isInHistory)
    return "was committed here and removed again: it stays readable in the history";
  return mark.isClient
    ? "is written into a file that browsers download, so every visitor can use it"
    : "is written here, so everyone who can read the repository or its history can use it";
}

/** What to do about it, as an order. */
export function fixOf(mark: SecretMark): string {
  const { rotate } = described(mark);
  switch (mark.rule) {
    case "sent-secret":
      return `Keep ${mark.name} on the server: let the page ask an endpoint that does the work with it. Replace the value if this was ever deployed.`;
    case "server-client-in-browser":
      return "Move it into a module of its own that only server code imports, and import server-only there.";
    case "published-secret":
      if (mark.kind === "whole-environment")
        return "Name the few values that the page needs, one by one, and replace every secret that was set where it was built.";
      return `Rename it without the public prefix, use it only in server code, and let the page call that server. Replace the value if it was ever deployed.`;
    case "fallback-secret":
      return `Delete the literal and refuse to start when ${mark.name || "the variable"} is not set. Replace the value if it was ever in use: ${rotate}.`;
    case "hard-coded-login":
      return "Sign people in through your auth provider, and remove the value; change it wherever else it is in use.";
    case "environment-file-in-image":
      return "Remove the COPY, list .env in .dockerignore, and pass the settings when the container starts.";
    case "environment-file":
      return `Replace the value at ${rotate}; then untrack the file (git rm --cached), list it in .gitignore, and keep the value in your host's secret settings.`;
    default:
      return `Replace it now at ${rotate}: deleting the line leaves it in the history. Then read it from ${variable(mark)} on the server.`;
  }
}

function variable({ name }: SecretMark): string {
  return /^[A-Z][A-Z0-9_]{2,50}$/.test(name)
    ? `the environment variable ${name}`
    : "an environment variable";
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
