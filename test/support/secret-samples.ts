/**
 * Made-up credentials in the documented shapes of their providers, built at run time so that nothing in this
 * repository looks like one. A shape is literal text with pieces `<alphabet:length>`.
 */
const shapes = {
  openai: "sk-proj-<url:74>T3BlbkFJ<url:74>",
  "openai-legacy": "sk-<b62:20>T3BlbkFJ<b62:20>",
  "openai-unmarked": "sk-<b62:48>",
  "openai-service-account": "sk-svcacct-<url:74>T3BlbkFJ<url:74>",
  anthropic: "sk-ant-api03-<url:93>AA",
  "anthropic-admin": "sk-ant-admin01-<url:93>AA",
  openrouter: "sk-or-v1-<hex:64>",
  groq: "gsk_<b62:52>",
  xai: "xai-<b62:80>",
  "hugging-face": "hf_<letters:34>",
  replicate: "r8_<b62:37>",
  perplexity: "pplx-<b62:48>",
  elevenlabs: "sk_<hex:48>",
  cerebras: "csk-<low:48>",
  nvidia: "nvapi-<url:64>",
  langsmith: "lsv2_pt_<hex:32>_<hex:10>",
  pinecone: "pcsk_<b62:70>",
  tavily: "tvly-<b62:32>",
  firecrawl: "fc-<hex:32>",
  "aws-access-key": "AKIA<upper32:16>",
  "google-oauth-secret": "GOCSPX-<url:28>",
  "azure-storage":
    "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=<b64:86>==",
  "azure-client-secret": "<b62:3>8Q~<url:34>",
  alibaba: "LTAI<b62:20>",
  digitalocean: "dop_v1_<hex:64>",
  fly: "fo1_<url:43>",
  heroku: "HRKU-AA<url:58>",
  render: "rnd_<b62:32>",
  planetscale: "pscale_tkn_<url:43>",
  neon: "napi_<low:64>",
  databricks: "dapi<hex:32>",
  vercel: "vcp_<b62:56>",
  "vercel-blob": "vercel_blob_rw_<b62:16>_<b62:30>",
  netlify: "nfp_<b62:36>",
  cloudflare: "cfut_<b62:40><hex:8>",
  "supabase-account": "sbp_<hex:40>",
  "supabase-secret": "sb_secret_<url:31>",
  convex: "prod:quick-otter-123|<b64:80>",
  vault: "hvs.<url:96>",
  doppler: "dp.pt.<b62:43>",
  pulumi: "pul-<hex:40>",
  tailscale: "tskey-auth-<b62:17>-<b62:32>",
  age: "AGE-SECRET-KEY-1<bech32:58>",
  "stripe-live": "sk_live_<b62:24>",
  "stripe-live-long": "sk_live_51<b62:97>",
  "stripe-restricted": "rk_live_<b62:24>",
  "stripe-test": "sk_test_<b62:24>",
  "webhook-secret": "whsec_<b62:32>",
  paddle: "pdl_live_apikey_<low:26>_<b62:22>_<b62:3>",
  polar: "polar_oat_<b62:43>",
  shopify: "shpat_<hex:32>",
  "square-oauth": "sq0csp-<url:43>",
  square: "EAAA<url:60>",
  flutterwave: "FLWSECK-<hex:32>-X",
  "mercado-pago": "APP_USR-<dig:16>-<dig:6>-<hex:32>-<dig:9>",
  midtrans: "Mid-server-<url:24>",
  xendit: "xnd_production_<b62:60>",
  resend: "re_<b62:8>_<b62:24>",
  sendgrid: "SG.<url:22>.<url:43>",
  mailgun: "key-<hex:32>",
  "mailgun-new": "<hex:32>-<hex:8>-<hex:8>",
  mailchimp: "<hex:32>-us14",
  brevo: "xkeysib-<hex:64>-<b62:16>",
  twilio: "SK<hex:32>",
  slack: "xoxb-<dig:12>-<dig:13>-<b62:24>",
  "slack-app": "xapp-1-A<upper32:10>-<dig:13>-<hex:64>",
  "slack-webhook":
    "https://hooks.slack.com/services/T<upper32:8>/B<upper32:8>/<b62:24>",
  "discord-webhook": "https://discord.com/api/webhooks/<dig:18>/<url:68>",
  "telegram-bot": "<dig:10>:AA<url:33>",
  meta: "EAAG<b62:170>",
  onesignal: "os_v2_app_<low:103>",
  github: "ghp_<b62:36>",
  "github-fine-grained": "github_pat_<b62:22>_<b62:59>",
  "github-app": "ghs_<b62:36>",
  "github-app-long": "ghs_<dig:6>_eyJ<url:40>.<url:300>.<url:86>",
  gitlab: "glpat-<url:20>",
  npm: "npm_<b62:36>",
  pypi: "pypi-AgEIcHlwaS5vcmc<url:150>",
  rubygems: "rubygems_<hex:48>",
  docker: "dckr_pat_<url:27>",
  linear: "lin_api_<b62:40>",
  notion: "ntn_<dig:11><b62:35>",
  "notion-old": "secret_<b62:43>",
  airtable: "pat<b62:14>.<hex:64>",
  figma: "figd_<url:43>",
  atlassian: "ATATT3<url:186>",
  hubspot: "pat-na1-<uuid:1>",
  postman: "PMAK-<hex:24>-<hex:34>",
  mapbox: "sk.eyJ<url:80>.<url:22>",
  sentry: "sntrys_eyJ<b64:120>_<b64:43>",
  "sentry-user": "sntryu_<hex:64>",
  posthog: "phx_<b62:43>",
  grafana: "glsa_<b62:32>_<hex:8>",
  "grafana-cloud": "glc_<b64:100>",
  "new-relic": "NRAK-<upper:27>",
  axiom: "xaat-<uuid:1>",
  buildkite: "bkua_<hex:40>",
  sonar: "sqp_<hex:40>",
  "postgres-url": "postgres://shop:<b62:16>@db.acme-shop.com:5432/shop",
  "mysql-url": "mysql://shop:<b62:16>@mysql.acme-shop.com/shop",
  "mongodb-url":
    "mongodb+srv://shop:<b62:16>@cluster0.ab1cd.mongodb.net/shop?retryWrites=true",
  "redis-url": "rediss://default:<b62:24>@eu1-fit-cat-3.upstash.io:6379",
  "amqp-url": "amqps://shop:<b62:24>@fish.rmq.cloudamqp.com/shop",
  "basic-auth-url": "https://deploy:<b62:20>@git.acme-shop.com/shop.git",
  // Values that nothing but their name gives away.
  "random-hex": "<hex:64>",
  "random-base64": "<b64:43>=",
  "random-password": "<upper:2><low:6><dig:3>!<upper:2><low:2>",
  "aws-secret": "<b64:40>",
  "google-api": "AIza<url:35>",
  // Public by design: must never fire.
  "stripe-publishable": "pk_live_<b62:24>",
  "supabase-publishable": "sb_publishable_<url:31>",
  "posthog-public": "phc_<b62:43>",
  "sentry-address": "https://<hex:32>@o<dig:6>.ingest.sentry.io/<dig:7>",
  "mapbox-public": "pk.eyJ<url:80>.<url:22>",
  "recaptcha-site": "6L<url:38>",
} as const;

const alphabets: Readonly<Record<string, string>> = {
  hex: "0123456789abcdef",
  dig: "123456789",
  low: "abcdefghijklmnopqrstuvwxyz0123456789",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  upper32: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  b62: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
  b64: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  url: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_",
  bech32: "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
};

type Random = () => number;

const built: Readonly<Record<string, (random: Random) => string>> = {
  "supabase-service-role": (random) => supabaseToken("service_role", random),
  "supabase-anon": (random) => supabaseToken("anon", random),
  "signed-token": (random) =>
    token({ sub: text("low", 12, random), scopes: ["write"] }, random),
  "discord-bot": (random) =>
    `${Buffer.from(text("dig", 18, random)).toString("base64url")}.${text("b62", 6, random)}.${text("url", 38, random)}`,
  "one-password": (random) =>
    `ops_${Buffer.from(JSON.stringify({ email: "a@b.c", secretKey: text("b62", 120, random) })).toString("base64url")}`,
  "private-key": (random) => pem("RSA PRIVATE KEY", 24, random),
  "ssh-private-key": (random) => pem("OPENSSH PRIVATE KEY", 6, random),
  "encoded-private-key": (random) =>
    Buffer.from(pem("PRIVATE KEY", 24, random)).toString("base64"),
  mnemonic: (random) =>
    Array.from({ length: 12 }, () => pick(mnemonicWords, random)).join(" "),
};

const mnemonicWords =
  "river orange tunnel garden velvet ladder copper winter saddle canyon mirror button".split(
    " ",
  );

/** Every sort of credential that can be made up. */
export const secretKinds: readonly string[] = [
  ...Object.keys(shapes),
  ...Object.keys(built),
];

/**
 * A credential of a sort; equal seeds give equal values.
 *
 * @throws Error when nobody described that sort.
 */
export function generateSecret(kind: string, seed = 1): string {
  const random = randomFrom(`${kind} ${String(seed)}`);
  const build = built[kind];
  if (build) return build(random);
  const shape = (shapes as Readonly<Record<string, string>>)[kind];
  if (shape === undefined) throw new Error(`No sample of "${kind}".`);
  return shape.replace(
    /<(\w+):(\d+)>/g,
    (_piece, alphabet: string, length: string) =>
      alphabet === "uuid"
        ? uuid(random)
        : text(alphabet, Number(length), random),
  );
}

function text(alphabet: string, length: number, random: Random): string {
  const letters = alphabets[alphabet];
  if (letters === undefined) throw new Error(`No alphabet "${alphabet}".`);
  return Array.from({ length }, () => pick([...letters], random)).join("");
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((size) => text("hex", size, random)).join("-");
}

function pem(label: string, lines: number, random: Random): string {
  const body = Array.from({ length: lines }, () => text("b64", 64, random));
  const dashes = "-".repeat(5);
  return [
    `${dashes}BEGIN ${label}${dashes}`,
    ...body,
    `${dashes}END ${label}${dashes}`,
  ].join("\n");
}

function supabaseToken(role: string, random: Random): string {
  return token(
    {
      iss: "supabase",
      ref: text("low", 20, random),
      role,
      iat: 1_700_000_000,
      exp: 2_015_360_000,
    },
    random,
  );
}

function token(claims: object, random: Random): string {
  const encode = (part: object): string =>
    Buffer.from(JSON.stringify(part)).toString("base64url");
  return [
    encode({ alg: "HS256", typ: "JWT" }),
    encode(claims),
    text("url", 43, random),
  ].join(".");
}

/** Small and good enough to spread letters: mulberry32 over a hash of the seed's text. */
function randomFrom(seed: string): Random {
  let state = 2_166_136_261;
  for (const character of seed)
    state = Math.imul(state ^ character.charCodeAt(0), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
