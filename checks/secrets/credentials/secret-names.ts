/**
 * What a name says its value is.
 * `signing`: whoever knows it can forge sessions or tokens of this app. `shared`: a secret that this app itself tests
 * callers with. `secret`, `token`, `api-key`, `private-key`: somebody else's. `mnemonic`: words that open a wallet.
 */
export type SecretSort =
  | "signing"
  | "shared"
  | "secret"
  | "token"
  | "api-key"
  | "private-key"
  | "password"
  | "mnemonic";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const passwordWords = words(
  "password passwd passwort kennwort pwd passphrase contrasena contraseña clave senha mdp motdepasse parola wachtwoord haslo hasło sifre şifre parol lozinka heslo losenord lösenord adgangskode salasana kodeord пароль 密码 パスワード 비밀번호 sandi",
);
const secretWords = words(
  "secret secrets segredo secreto geheim geheimnis gizli sekret секрет rahasia",
);
const keyWords = words(
  "key keys chave llave clé cle schluessel schlüssel anahtar kunci",
);

const signingContext = words(
  "jwt session sessions cookie cookies auth nextauth token access refresh signing signature sign hmac encryption encrypt crypto cipher aes app flask django rails hash csrf better betterauth authjs lucia iron magic verification verify reset",
);
const sharedContext = words(
  "cron webhook webhooks admin internal service bypass revalidate revalidation preview setup seed migration license licence invite master job worker",
);

const vendors = words(
  "openai anthropic claude gemini groq mistral cohere deepseek openrouter perplexity replicate huggingface hf xai grok together elevenlabs deepgram assemblyai stability fal pinecone tavily serper firecrawl resend sendgrid mailgun postmark brevo sendinblue mailchimp mailersend loops twilio vonage messagebird plivo telnyx telegram slack discord whatsapp stripe paypal paddle lemonsqueezy razorpay midtrans xendit mercadopago mollie adyen square braintree plaid shopify algolia cloudinary pusher ably livekit mux supabase clerk auth0 okta aws s3 r2 azure gcp google cloudflare vercel netlify heroku railway render digitalocean datadog sentry posthog segment github gitlab bitbucket npm notion airtable linear jira hubspot salesforce zendesk intercom upstash turso neon planetscale mongodb redis postgres weather openweather openweathermap instagram facebook tiktok linkedin twitter spotify zoom strava twitch youtube telnyx tmdb rapidapi serpapi newsapi alchemy infura moralis etherscan unsplash pexels giphy mapbox",
);

/** Last words that turn a name into something about a secret instead of one. */
const aboutSecrets = words(
  "id ids name names type types url uri urls endpoint path file filename dir length len size count field fields label labels placeholder header headers prefix suffix expiry expires expiration expire ttl lifetime duration age regex pattern schema error errors message messages msg hint text title description desc validator validation strength policy rules min max input form selector class classname style icon color symbol address contract version algorithm alg format status state mode enabled disabled visible visibility show toggle template example docs help limit usage budget price cost at date time by index map list set group row column table param params query ref arn provider issuer audience scope scopes manager rotation encoder storage hash digest checksum fingerprint handle route page screen link button modal dialog section test regexp kind variant env var variable alias hook handler callback fn component props config options option settings required rule attempts tries",
);

/** Words anywhere that say everybody may see it. */
const publicWords = words(
  "bugsnag logrocket amplitude mixpanel hotjar public pub publishable anon anonymous site measurement foreign primary idempotency cache partition sort i18n translation locale csrf xsrf recaptchasite storagekey query react design placeholder unique object lookup dictionary hot shortcut keyboard press license_plate product header thumbprint integrity etag commit sha nonce cursor continuation pagination page next device push fcm apns expo cancel cancellation",
);

const publicPrefixes =
  /^(NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_|NUXT_PUBLIC_|GATSBY_|NG_APP_|VUE_APP_|PUBLIC_)/;

/** The words of a name: `dbPassword`, `DB_PASSWORD` and `db-password` are `db`, `password`. */
export function wordsOf(name: string): string[] {
  const bare = name.replace(publicPrefixes, "");
  return separated(bare)
    .flatMap((word) => compounds.get(word)?.split(" ") ?? ending(word))
    .filter((word) => word !== "");
}

function separated(name: string): string[] {
  return name
    .slice(0, 80)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
}

/** `pgpassword` ends in `password`: nobody writes the gap. */
function ending(word: string): string[] {
  const found = /^(\w{2,20}?)(password|passwd|secret|apikey|token)$/.exec(word);
  return found ? [found[1] as string, found[2] as string] : [word];
}

// A map, because names are anything: an object would also know `constructor`.
const compounds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apikey: "api key",
    apikeys: "api keys",
    apitoken: "api token",
    apisecret: "api secret",
    secretkey: "secret key",
    privatekey: "private key",
    accesskey: "access key",
    accesstoken: "access token",
    authtoken: "auth token",
    refreshtoken: "refresh token",
    bottoken: "bot token",
    clientsecret: "client secret",
    jwtsecret: "jwt secret",
    sessionsecret: "session secret",
    appsecret: "app secret",
    dbpass: "db password",
    dbpassword: "db password",
    userpassword: "user password",
    rootpassword: "root password",
    adminpassword: "admin password",
    adminpass: "admin password",
    smtppass: "smtp password",
    authpassword: "auth password",
    encryptionkey: "encryption key",
    signingkey: "signing key",
    connectionstring: "connection string",
    motdepasse: "password",
    pass: "pass",
  }),
);

/** Trailing words that say which of several a secret is. */
const qualifiers = words(
  "prod production live dev development test testing staging local default value val str string base64 b64 hex raw new old current backup main primary secondary key1 key2 1 2 3 v1 v2 v3 literal const",
);

/** Code repeats its names. Not kept for ever: a name is what somebody wrote. */
const sorts = new Map<string, SecretSort | undefined>();
const mostSorts = 5_000;

/** What a name promises, or undefined when it promises no secret. */
export function secretSort(name: string): SecretSort | undefined {
  if (sorts.has(name)) return sorts.get(name);
  const sort = sortOf(name);
  if (sorts.size >= mostSorts) sorts.clear();
  if (name.length <= 80) sorts.set(name, sort);
  return sort;
}

function sortOf(name: string): SecretSort | undefined {
  const all = wordsOf(name);
  while (all.length > 1 && qualifiers.has(all.at(-1) as string)) all.pop();
  const last = all.at(-1);
  if (last === undefined || aboutSecrets.has(last)) return undefined;
  const before = all.slice(0, -1);
  if (isPasswordName(all, last)) return "password";
  if (isMnemonicName(all, last)) return "mnemonic";
  if (secretWords.has(last)) return secretOf(before);
  if (all.some((word) => publicWords.has(word))) return undefined;
  if (last === "token" || last === "pat") return "token";
  if (/^(credentials?|pepper)$/.test(last)) return "secret";
  return keyWords.has(last) ? keyOf(before) : reversedKey(all);
}

/** Tickets are called so too, and runs over data: `monthlyPass`, `boardingPass`, `secondPass`. */
const otherPasses = words(
  "monthly month weekly week daily day annual yearly year season seasonal travel transit bus train metro tram boarding event battle guest parking visitor museum ski gym single multi first second third final next render forward backward free all",
);

function isPasswordName(all: readonly string[], last: string): boolean {
  if (passwordWords.has(last)) return true;
  if (last === "pass" && all.length > 1)
    return !otherPasses.has(all.at(-2) as string);
  // Romance languages put the noun first: senha_do_banco, contraseña_correo.
  if (/^(senha|contraseña|contrasena)$/.test(all[0] as string)) return true;
  return all.slice(-3).join(" ") === "mot de passe";
}

function isMnemonicName(all: readonly string[], last: string): boolean {
  return last === "mnemonic" || (last === "phrase" && all.includes("seed"));
}

function secretOf(before: readonly string[]): SecretSort {
  if (before.some((word) => vendors.has(word))) return "secret";
  if (before.includes("client") || before.includes("consumer")) return "secret";
  if (before.some((word) => sharedContext.has(word))) return "shared";
  if (before.length === 0 || before.some((word) => signingContext.has(word)))
    return "signing";
  return "secret";
}

const signingKeys = words(
  "secret signing encryption jwt hmac aes cipher crypto",
);

function keyOf(before: readonly string[]): SecretSort | undefined {
  const has = (...wanted: string[]): boolean =>
    wanted.some((word) => before.includes(word));
  const isVendors = before.some((word) => vendors.has(word));
  if (has("private")) return "private-key";
  if (isVendors || has("api", "access")) {
    const isOwn = !isVendors && before.some((word) => sharedContext.has(word));
    return isOwn ? "shared" : "api-key";
  }
  if (before.some((word) => signingKeys.has(word))) return "signing";
  if (has("admin", "master", "internal")) return "shared";
  if (has("service", "role", "auth", "session", "cookie")) return "api-key";
  return before.length === 1 && has("app") ? "signing" : undefined;
}

/** Romance languages put the noun first: `chave_api`, `clave_secreta`, `llave_privada`. */
function reversedKey(all: readonly string[]): SecretSort | undefined {
  const last = all.at(-1) as string;
  if (!all.some((word) => keyWords.has(word) || word === "clave"))
    return undefined;
  if (/^(api|acceso|acesso|acces)$/.test(last)) return "api-key";
  if (/^(secreta|secrète|gizli)$/.test(last)) return "signing";
  return /^(privada|privée|privata)$/.test(last) ? "private-key" : undefined;
}

/** Whether a name begins like a variable that bundlers publish. */
export function isPublishedName(name: string): boolean {
  return publicPrefixes.test(name);
}

/** Vendors that also give out keys for pages: only a name that says more than `key` makes theirs a secret. */
const vendorsOfPublicKeys = words(
  "pusher ably algolia mapbox unsplash giphy pexels segment posthog sentry google supabase stripe clerk shopify tmdb weather openweather openweathermap cloudinary livekit paypal razorpay mercadopago square auth0 okta infura alchemy etherscan intercom whatsapp",
);

/** The vendor whose secret a name promises; undefined when it names none, or a key that may be for pages. */
export function vendorOf(name: string): string | undefined {
  const all = wordsOf(name);
  const vendor = all.find((word) => vendors.has(word));
  if (vendor === undefined || !vendorsOfPublicKeys.has(vendor)) return vendor;
  const isGuarded = all.some((word) =>
    ["secret", "admin", "private", "service"].includes(word),
  );
  return isGuarded ? vendor : undefined;
}
