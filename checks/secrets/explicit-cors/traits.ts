import type { Trait } from "./marks.js";

/** What the code of a file does, by the words that it takes to do so. Comments are left out before. */
const signs: readonly (readonly [Trait, RegExp])[] = [
  [
    "session",
    /["'](?:express-session|cookie-session|iron-session(?:\/\w+)?|client-sessions|@fastify\/(?:session|secure-session)|koa-session|next-auth(?:\/[\w/-]+)?|@auth\/[\w-]+|lucia|better-auth(?:\/[\w/-]+)?|@supabase\/(?:ssr|auth-helpers[\w-]*)|@clerk\/nextjs(?:\/\w+)?|@auth0\/nextjs-auth0|hono-sessions|remix-auth)["']|createCookieSessionStorage|\bcookies?(?:\(\))?\??\.(?:get\(["'`])?\w*(?:sess|token|auth|jwt|sid\b|refresh)|\b(?:getCookie|getSignedCookie|parseCookies?|setCookie)\([^)]{0,60}["'`][\w.-]*(?:sess|token|auth|jwt|sid\b|refresh)|\.(?:cookie|setCookie)\(\s*["'`][\w.-]*(?:sess|token|auth|jwt|sid\b|refresh)|SessionMiddleware|flask_login|django\.contrib\.sessions/i,
  ],
  [
    "token",
    /\bheaders?\??\.(?:get\(\s*|\[\s*)?["'`]?(?:authorization|x-api-key)\b|\bheaders?\??\.?\[\s*["'`](?:authorization|x-api-key)["'`]|\b(?:get|header|getHeader|getRequestHeader)\((?:\w+,\s*)?["'`](?:authorization|x-api-key)["'`]|\bheaders?\??(?:\.get\(|\[)\s*["'`][\w-]*(?:signature|secret|key|token)[\w-]*["'`]|timingSafeEqual|new Webhook\(|fromAuthHeader|auth\.get(?:User|Claims)\(|verifyIdToken\(|jwtVerify\(|jwt\.verify\(|verifyToken\(|constructEvent(?:Async)?\(|passport\.authenticate\(|OAuth2PasswordBearer|HTTPBearer|@clerk\/(?:backend|express|fastify)|expressjwt|requireAuth|context\.auth\b|request\.auth\b|AuthGuard\(/i,
  ],
  [
    "costly",
    /["'](?:npm:|https:\/\/esm\.sh\/)?(?:openai|@anthropic-ai\/sdk|@google\/(?:generative-ai|genai)|@mistralai\/mistralai|cohere-ai|groq-sdk|replicate|together-ai|@fal-ai\/[\w-]+|elevenlabs|@elevenlabs\/[\w-]+|@deepgram\/sdk|assemblyai|ai|@ai-sdk\/[\w-]+|langchain|@langchain\/[\w-]+|@aws-sdk\/client-(?:bedrock-runtime|ses|sns)|twilio|@vonage\/[\w-]+|messagebird|resend|@sendgrid\/mail|mailgun\.js|postmark|nodemailer)(?:@[\w.^~-]+)?["']|https:\/\/(?:api\.openai\.com|api\.anthropic\.com|generativelanguage\.googleapis\.com|ai\.gateway\.lovable\.dev|openrouter\.ai|api\.groq\.com|api\.mistral\.ai|api\.deepseek\.com|api\.x\.ai|api\.together\.xyz|api\.perplexity\.ai|api\.replicate\.com|fal\.run|api\.elevenlabs\.io|api\.deepgram\.com|api\.assemblyai\.com|api\.stability\.ai|api\.resend\.com|api\.sendgrid\.com|api\.twilio\.com|api\.postmarkapp\.com|api\.brevo\.com)|^[ \t]*(?:from|import)\s+(?:openai|anthropic|google\.generativeai|twilio|sendgrid|resend|cohere|groq|replicate)\b/m,
  ],
  [
    "writes",
    /(?<=\b(?:server|api|fastify|route|routes|hono|\w*[rR]outer|\w*[aA]pp)\s*)\.(?:post|put|patch|delete)\(|@(?:Post|Put|Patch|Delete)\(|\b(?:POST|PUT|PATCH|DELETE)\b(?![^\n]*allow-methods)|\breq(?:uest)?\??\.(?:json|formData|body|text|arrayBuffer)\b|\bexport\s+(?:const|async function|function)\s+action\b|\breadBody\(|\.mutation\(|methods=\[[^\]]*["'](?:POST|PUT|PATCH|DELETE)/,
  ],
  [
    "browser",
    /^[ \t]*["']use client["']|\bfrom\s+["'](?:react|react-dom(?:\/client)?|vue|svelte|react-native|@angular\/core|solid-js|axios|jquery)["']|\bdocument\.(?:getElementById|querySelector|createElement)\(|\bwindow\./m,
  ],
];

/** What starts a server that answers requests from where it stands. */
const handler =
  /\bDeno\.serve\(|^[ \t]*serve\(|addEventListener\(\s*["']fetch["']|\bBun\.serve\(/m;

/** Without these no text shows a handler; a search for them is cheap. */
const handlerWords = ["serve(", "addEventListener("];

/** The traits of a file. */
export function traitsOf(text: string): Trait[] {
  const code = withoutComments(text);
  const traits = signs.flatMap(([trait, sign]) =>
    sign.test(code) ? [trait] : [],
  );
  const isHandler =
    handlerWords.some((word) => code.includes(word)) && handler.test(code);
  return isHandler ? [...traits, "handler"] : traits;
}

/**
 * The text without line comments, block comments and the lines that list allowed methods. Cheap: a `//` within a string
 * ends its line too, unless it follows a colon as in a URL.
 */
export function withoutComments(text: string): string {
  const code = withoutBlocks(text).replace(/(^|[^:"'`\\/])\/\/[^\n]*/g, "$1");
  return /allow-methods/i.test(code)
    ? code.replace(/^[^\n]*allow-methods[^\n]*$/gim, "")
    : code;
}

/** Not by a pattern: text full of `/*` that nothing closes would cost its square. */
function withoutBlocks(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf("/*", from);
    if (start < 0 && from === 0) return text;
    const end = start < 0 ? -1 : text.indexOf("*/", start + 2);
    // A glob such as `src/**/*.ts` starts no comment.
    const isGlob = start > 0 && /["'`\w/*]/.test(text.charAt(start - 1));
    if (start < 0 || (end < 0 && !isGlob)) break;
    kept.push(text.slice(from, isGlob ? start + 2 : start));
    from = isGlob ? start + 2 : end + 2;
  }
  kept.push(text.slice(from));
  return kept.join("");
}
