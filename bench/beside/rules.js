import parser from "@typescript-eslint/parser";
import security from "eslint-plugin-security";

// What a team gets that adds the security plugin and nothing else; no types, which would need the app's dependencies.
export default [
  {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { reportUnusedDisableDirectives: "off" },
    plugins: security.configs.recommended.plugins,
    rules: security.configs.recommended.rules,
  },
];
