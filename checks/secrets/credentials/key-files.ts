import type { Hit } from "./hit.js";
import { nameBefore } from "./neighbourhood.js";
import type { Place } from "./place.js";

/** Longest encoded file that is decoded to look inside. */
const longestEncoded = 20_000;

/** Credentials that only the kind of their file makes readable: encoded keys, password lists, images that copy settings. */
export function credentialFiles(place: Place, text: string): Hit[] {
  if (place.isQuiet) return [];
  return [
    ...encodedKeys(text),
    ...encodedLogins(place, text),
    ...passwordLists(place, text),
    ...copiedSettings(place, text),
  ];
}

/** Private keys and service accounts in base64, as in kubeconfig files and one-line settings. */
function encodedKeys(text: string): Hit[] {
  const heads =
    /(?<![A-Za-z0-9+/])(?:LS0tLS1CRUdJTi|eyJ0eXBlIjo|ewogICJ0eXBlIjo)[A-Za-z0-9+/]{100,20000}={0,2}/g;
  return [...text.matchAll(heads)].flatMap((found) => {
    const inside = Buffer.from(
      found[0].slice(0, longestEncoded),
      "base64",
    ).toString("latin1");
    const isKey =
      /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----|"service_account"/.test(inside);
    return isKey
      ? [
          fileHit(
            "encoded-private-key",
            "private-key",
            text,
            found.index,
            found[0],
          ),
        ]
      : [];
  });
}

/** `_auth=` of npm and `"auth":` of Docker hold user and password in base64. */
function encodedLogins(place: Place, text: string): Hit[] {
  if (
    !/(^|\/)(\.npmrc|\.?docker[\w/.-]*config\.json|\.dockerconfigjson|\.dockercfg)$/i.test(
      place.path,
    )
  )
    return [];
  const logins =
    /(?:_auth\s{0,3}=|"auth"\s{0,3}:)\s{0,3}["']?([A-Za-z0-9+/]{8,400}={0,2})/g;
  return [...text.matchAll(logins)].flatMap((found) => {
    const value = found[1] as string;
    const isLogin = /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(
      Buffer.from(value, "base64").toString("latin1"),
    );
    const start = found.index + found[0].lastIndexOf(value);
    return isLogin
      ? [fileHit("registry-login", "key-file", text, start, value)]
      : [];
  });
}

const lists: readonly (readonly [RegExp, string, RegExp])[] = [
  [
    /(^|\/)\.?htpasswd$/i,
    "password-hash",
    /^[^\s:#]{1,64}:((?:\$|\{SHA\})[^\s]{10,200})$/gm,
  ],
  [
    /(^|\/)\.?pgpass(\.conf)?$/i,
    "database-login",
    /^[^\s:#]{1,120}:[^:\n]{1,10}:[^:\n]{1,60}:[^:\n]{1,60}:([^\s]{4,200})$/gm,
  ],
  [
    /(^|\/)(etc\/)?shadow$/i,
    "password-hash",
    /^[^\s:#]{1,64}:(\$\w{1,2}\$[^\s:]{10,200}):/gm,
  ],
];

/** Files whose only purpose is to hold logins. */
function passwordLists(place: Place, text: string): Hit[] {
  return lists
    .filter(([path]) => path.test(place.path))
    .flatMap(([, kind, lines]) =>
      [...text.matchAll(lines)].map((found) => {
        const value = found[1] as string;
        const start = found.index + found[0].lastIndexOf(value);
        return fileHit(kind, "key-file", text, start, value);
      }),
    );
}

/** `COPY .env` leaves the settings in a layer that everyone who pulls the image can read. */
function copiedSettings(place: Place, text: string): Hit[] {
  if (
    !/(^|\/)(Dockerfile|Containerfile)[\w.-]*$|\.Dockerfile$/i.test(place.path)
  )
    return [];
  const copies =
    /^[ \t]{0,8}(?:COPY|ADD)[ \t][^\n]{0,200}?(?<=[ \t/])(\.env(?:\.(?!example|sample|template)[\w-]{1,30})?)(?=[ \t])/gim;
  return [...text.matchAll(copies)].map((found) => ({
    ...fileHit(
      "copied-settings",
      "environment-file-in-image",
      text,
      found.index,
      found[0],
    ),
    name: "",
    value: "",
  }));
}

function fileHit(
  kind: string,
  rule: Hit["rule"],
  text: string,
  start: number,
  value: string,
): Hit {
  return {
    rule,
    kind,
    name: nameBefore(text, start),
    start,
    end: start + value.length,
    value,
    confidence: "likely",
  };
}

const keyStore = /\.(p12|pfx|jks|keystore|kdbx|ppk|bks)$/i;
const madeUp =
  /(^|\/)debug\.keystore$|(^|\/)(tests?|__tests__|fixtures?|testdata|node_modules|examples?)\//i;

/** Whether a path names a store of private keys. Its content is binary and is never looked at. */
export function isKeyStore(path: string): boolean {
  return keyStore.test(path) && !madeUp.test(path);
}
