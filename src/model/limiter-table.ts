/** A package that limits how often something may be asked for. */
export interface LimiterPackage {
  readonly name: RegExp;
  /** The way from the import to the function that asks, for limiters that are asked; absent for middleware alone. */
  readonly asks?: RegExp;
}

/** Packages that limit incoming calls. Those that only space out one's own calls (`bottleneck`, `p-limit`) are none. */
export const limiterPackages: readonly LimiterPackage[] = [
  {
    name: /^(?:express-rate-limit|express-slow-down|koa-ratelimit|koa2-ratelimit|hono-rate-limiter|@hono-rate-limiter\/.+|@fastify\/rate-limit|fastify-rate-limit|@nestjs\/throttler|nestjs-throttler|elysia-rate-limit|express-brute|ratelimit|next-limitr|nestjs-rate-limiter|graphql-rate-limit|@envelop\/rate-limiter|@trpc-limiter\/.+|nuxt-security|nuxt-api-shield|express-bouncer)$/,
  },
  {
    name: /^(?:@upstash\/ratelimit|@unkey\/ratelimit|@vercel\/firewall|@convex-dev\/rate-limiter|rate-limiter-flexible|sveltekit-rate-limiter|next-rate-limit|lambda-rate-limiter|limiter|@isaacs\/ttlcache-limiter|async-ratelimiter|redis-rate-limiter|@daveyplate\/.+|@nodesecure\/ratelimit|@cloudflare\/.*rate.*)$/,
    asks: /(?:^|\.)(?:limit|blockUntilReady|consume|penalty|check|checkNext|checkRateLimit|isLimited|cookieLimiter|removeTokens|tryRemoveTokens|get|rateLimit)$/,
  },
  {
    name: /^@arcjet\/.+$/,
    asks: /\.protect$/,
  },
];

/** The package of the table that a package is. */
export function limiterPackage(name: string): LimiterPackage | undefined {
  return limiterPackages.find((one) => one.name.test(name));
}

/** Names of functions and settings that speak of a limit for callers. */
export const limitName =
  /rate_?-?limit|throttl|too_?many|slow_?down|(?:check|enforce|consume|verify|assert|require|has|use|get|deduct|spend|decrement|reserve|within|over|exceed)\w*?(?:limits?(?![a-z])|quota|credits?(?![a-z])|usage|allowance)|(?:limit|quota|credits?|usage)\w*?(?:exceed|reached|check|guard|left|remaining|allowed)|increment_?\w*(?:usage|count(?![a-z])|quota)|insufficient_?(?:credit|quota|balance)/i;

/** Names of functions that ask whether a person is there. */
export const captchaName =
  /captcha|turnstile|check_?bot_?id|(?:^|[._])bot_?check|(?:is|verify)_?bot(?![a-z])/i;

/** Names of things that are counted for callers. */
export const countedName =
  /credit|quota|usage|remaining|(?:^|[._])limit|Limit(?![a-z])|(?:^|[._])count$|Count$|attempts|generations|balance|dailyMessages|messageCount|requestsToday|hits/;
