import tseslint from "typescript-eslint";

/** House rules on size and shape; the compiler holds the rest. */
export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/", "checks/**/examples/"] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 60 }],
      complexity: ["error", 15],
      "max-depth": ["error", 4],
      "max-params": ["error", 5],
      "no-console": "error",
      "no-eval": "error",
      "no-new-func": "error",
      "no-restricted-exports": [
        "error",
        { restrictDefaultExports: { direct: true } },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["*.config.js", "scripts/**/*.js", "bin/**/*.js", "bench/**/*.js"],
    rules: { "no-restricted-exports": "off", "no-console": "off" },
  },
);
