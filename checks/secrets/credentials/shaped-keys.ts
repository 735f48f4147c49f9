import type { Hit } from "./hit.js";
import { nameBefore } from "./neighbourhood.js";
import { isPatterned, entropy } from "./randomness.js";
import { isStandIn } from "./placeholders.js";

/** A key without a telling beginning: something in its middle or at its end gives it away. */
interface Shape {
  readonly kind: string;
  /** What a linear search looks for. */
  readonly anchor: string;
  /** The text right before the anchor that belongs to the key, at its end. */
  readonly before: RegExp;
  /** The text right behind the anchor: sticky. */
  readonly after: RegExp;
  readonly accepts?: (key: string) => boolean;
}

const shapes: readonly Shape[] = [
  {
    kind: "telegram-bot",
    anchor: ":AA",
    before: /(?<![\w])\d{8,10}$/,
    after: /[\w-]{32,34}(?![\w-])/y,
  },
  {
    kind: "azure-client-secret",
    anchor: "Q~",
    before: /(?<![\w~.-])[\w~.-]{3}\d$/,
    after: /[\w~.-]{31,34}(?![\w~.-])/y,
  },
  {
    kind: "terraform-cloud",
    anchor: ".atlasv1.",
    before: /(?<![\w])[A-Za-z0-9]{14}$/,
    after: /[\w=-]{60,70}(?![\w=-])/y,
  },
  {
    kind: "mailchimp",
    anchor: "-us",
    before: /(?<![\w])[a-f0-9]{32}$/,
    after: /\d{1,2}(?![\w-])/y,
  },
  {
    kind: "firebase-messaging",
    anchor: ":APA91b",
    before: /(?<![\w])AAAA[\w-]{7}$/,
    after: /[\w-]{100,180}(?![\w-])/y,
  },
  {
    kind: "maxmind",
    anchor: "_mmk",
    before: /(?<![\w])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}$/,
    after: /(?![\w])/y,
  },
];

/** How far a key may reach before its anchor. */
const reach = 48;

/** Keys that are known by their shape rather than by a prefix. */
export function shapedKeys(text: string): Hit[] {
  return [
    ...shapes.flatMap((shape) => keysOfShape(text, shape)),
    ...mailgunKeys(text),
    ...discordTokens(text),
  ];
}

function keysOfShape(text: string, shape: Shape): Hit[] {
  const hits: Hit[] = [];
  let at = text.indexOf(shape.anchor);
  for (; at >= 0; at = text.indexOf(shape.anchor, at + 1)) {
    const before = shape.before.exec(text.slice(Math.max(0, at - reach), at));
    if (!before) continue;
    shape.after.lastIndex = at + shape.anchor.length;
    const after = shape.after.exec(text);
    if (!after) continue;
    hits.push(
      ...live(text, {
        kind: shape.kind,
        start: at - before[0].length,
        end: shape.after.lastIndex,
      }),
    );
  }
  return hits;
}

/** Mailgun's newer keys: three groups of hex of fixed length, no prefix. */
function mailgunKeys(text: string): Hit[] {
  // Searched from the first dash: hex digits are everywhere, and dashes are not.
  const groups =
    /-(?<=(?<![\w-])[a-f0-9]{32}-)[a-f0-9]{8}-[a-f0-9]{8}(?![\w-])/g;
  return [...text.matchAll(groups)].flatMap((found) =>
    live(text, {
      kind: "mailgun",
      start: found.index - 32,
      end: found.index + found[0].length,
    }),
  );
}

/** A Discord bot token begins with the bot's number in base64, so that it can be told from other dotted runs. */
function discordTokens(text: string): Hit[] {
  const dotted =
    /[MNO](?<![\w.-].)[\w-]{22,27}\.[\w-]{6}\.[\w-]{27,45}(?![\w.-])/g;
  return [...text.matchAll(dotted)].flatMap((found) => {
    const head = found[0].slice(0, found[0].indexOf("."));
    const number = Buffer.from(head, "base64url").toString("latin1");
    if (!/^\d{17,20}$/.test(number)) return [];
    const end = found.index + found[0].length;
    return live(text, { kind: "discord-bot", start: found.index, end });
  });
}

function live(text: string, key: Pick<Hit, "kind" | "start" | "end">): Hit[] {
  const value = text.slice(key.start, key.end);
  const isStand = isStandIn(value) || isPatterned(value.slice(0, 60));
  if (isStand || entropy(value) < 3) return [];
  return [
    {
      ...key,
      rule: "provider-key",
      name: nameBefore(text, key.start),
      value,
      confidence: "certain",
    },
  ];
}
