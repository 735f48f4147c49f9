import type { SensitiveCategory } from "#gate/review-policy.js";
import { hitOn, type Hit, type Side } from "./hit.js";
import { foreignPackageCategory } from "./watched-packages.js";

/** How a language names the modules that a file takes; each captures one name. */
const imports: readonly (readonly [RegExp, RegExp])[] = [
  [/\.(py|ipynb)$/i, /^[ \t"]*(?:from|import)[ \t]+([\w.]+)/gm],
  [/\.go$/i, /^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"([\w./-]+)"/gm],
  [/\.(rb|erb)$/i, /^[ \t]*require(?:_relative)?[ \t(]+['"]([\w./-]+)['"]/gm],
  [/\.php$/i, /^[ \t]*use[ \t]+\\?([\w\\]+)/gm],
  [
    /\.(java|kts?|scala|groovy)$/i,
    /^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]+)/gm,
  ],
  [
    /\.(cs|cshtml|razor)$/i,
    /^[ \t]*@?(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?([\w.]+)/gm,
  ],
  [/\.rs$/i, /^[ \t]*(?:pub[ \t]+)?use[ \t]+([\w:]+)/gm],
  [/\.dart$/i, /^[ \t]*import[ \t]+['"]package:(\w+)/gm],
  [/\.exs?$/i, /^[ \t]*(?:alias|import|use|require)[ \t]+([\w.]+)/gm],
  [/\.swift$/i, /^[ \t]*import[ \t]+(\w+)/gm],
];

/** Guards of other languages; they speak for their line only. */
const guards: readonly (readonly [SensitiveCategory, RegExp])[] = [
  [
    "auth",
    /login_required|permission_required|user_passes_test|permission_classes|authentication_classes|IsAuthenticated\b|AllowAny\b|csrf_exempt|get_current_(?:active_)?user|(?:before_action|skip_before_action|before_filter)[ \t(]+:?(?:authenticate|authorize|require|verify)\w*|protect_from_forgery|load_and_authorize_resource|@PreAuthorize|@PostAuthorize|@Secured|@RolesAllowed|@PermitAll|\[(?:Allow)?(?:Authorize|Anonymous)|->middleware\(\s?\[?\s?['"](?:auth|can|role)|Gate::|\$this->authorize|check_password|make_password|set_password|verify_password|password_hash|password_verify|CompareHashAndPassword|GenerateFromPassword|is_superuser|is_staff|CORS_(?:ALLOW|ORIGIN)\w*|CORSMiddleware/,
  ],
  [
    "payment",
    /\bstripe\.[A-Za-z]+|\bStripe::|\bpaypal\.|construct_event|constructEvent|ConstructEvent/,
  ],
  [
    "data",
    /\bcursor\.execute|\.execute\(\s?f?['"]|raw_sql|RawSQL|\.objects\.(?:filter|get|create|all|exclude|update|raw)\b|session\.(?:query|execute|add|delete|commit)\(|\bActiveRecord::|ApplicationRecord|DB::(?:table|select|insert|update|delete|statement)|has_secure_password|models\.(?:Model|CharField|EmailField|ForeignKey)/,
  ],
];

/** Swift's own frameworks, which no manifest names. */
const frameworks: Readonly<Record<string, SensitiveCategory>> = {
  StoreKit: "payment",
  PassKit: "payment",
  AuthenticationServices: "auth",
  LocalAuthentication: "auth",
  FirebaseAuth: "auth",
  FirebaseFirestore: "data",
  CoreData: "data",
  SwiftData: "data",
};

/** What a file in another language is about: by what it imports as a whole, by guards on touched lines. */
export function foreignHits(side: Side): readonly Hit[] {
  const lines = side.text.split("\n");
  const touched = lines.findIndex(
    (line, index) => line.trim() !== "" && side.isTouched(index + 1),
  );
  if (touched < 0) return [];
  return [
    ...importedCategories(side).map(([category, name]) =>
      hitOn(side, category, touched + 1, `code that imports ${name}`),
    ),
    ...guardHits(side, lines),
  ];
}

/** Whether the language is one whose imports are known. */
export function isForeignCode(path: string): boolean {
  return imports.some(([language]) => language.test(path));
}

function importedCategories(
  side: Side,
): readonly (readonly [SensitiveCategory, string])[] {
  const pattern = imports.find(([language]) => language.test(side.path))?.[1];
  if (pattern === undefined) return [];
  return [...side.text.matchAll(pattern)].flatMap(([, name = ""]) => {
    const category = categoryOfModule(name);
    return category === undefined ? [] : [[category, name] as const];
  });
}

/** `django.contrib.auth.models` is in `django.contrib.auth`, `sqlx::query` in `sqlx`. */
function categoryOfModule(name: string): SensitiveCategory | undefined {
  if (Object.hasOwn(frameworks, name)) return frameworks[name];
  const parts = name.split(/(::|[./\\])/);
  for (let count = parts.length; count > 0; count -= 2) {
    const category = foreignPackageCategory(parts.slice(0, count).join(""));
    if (category !== undefined) return category;
  }
  return undefined;
}

function guardHits(side: Side, lines: readonly string[]): Hit[] {
  return lines.flatMap((line, index) =>
    side.isTouched(index + 1)
      ? guards
          .filter(([, pattern]) => pattern.test(line.slice(0, 1_000)))
          .map(([category]) =>
            hitOn(side, category, index + 1, "a guard or a query on this line"),
          )
      : [],
  );
}
