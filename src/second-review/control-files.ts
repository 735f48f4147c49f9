import { globMatcher } from "#gate/glob.js";

/** Files that steer the gate, the pipeline, the deployment, or what git shows of a change. */
const patterns: readonly string[] = [
  ".vibegate.{yml,yaml}",
  ".github/.vibegate.{yml,yaml}",
  ".github/vibegate.{yml,yaml}",
  "{CODEOWNERS,.github/CODEOWNERS,docs/CODEOWNERS,.gitlab/CODEOWNERS}",
  ".github/workflows/**",
  ".github/actions/**",
  "**/action.{yml,yaml}",
  "**/.gitattributes",
  "**/.gitmodules",
  "**/{Dockerfile,Containerfile}",
  "**/{Dockerfile,Containerfile}.*",
  "**/*.{Dockerfile,dockerfile}",
  "**/{docker-compose,compose}.{yml,yaml}",
  "**/{docker-compose,compose}.*.{yml,yaml}",
  "**/{vercel,now}.json",
  "**/netlify.toml",
  "**/fly.toml",
  "**/fly.*.toml",
  "**/wrangler.{toml,json,jsonc}",
  "**/{render,serverless,app,amplify,heroku,nixpacks,buildspec,cloudbuild}.{yml,yaml}",
  "**/{railway,nixpacks}.{json,toml}",
  "**/{firebase,captain-definition}.json",
  "**/captain-definition",
  "**/Procfile",
  "**/*.{tf,tfvars,tf.json,hcl}",
  "**/{Pulumi,Chart,helmfile,skaffold}.{yml,yaml}",
  "**/Pulumi.*.{yml,yaml}",
  "**/{k8s,kubernetes,helm,charts,manifests}/**/*.{yml,yaml}",
  "supabase/config.toml",
  "**/supabase/config.toml",
  "{.gitlab-ci,azure-pipelines,bitbucket-pipelines,.travis,appveyor,.drone}.{yml,yaml}",
  "Jenkinsfile",
  ".circleci/**",
  ".buildkite/**",
  "**/.npmrc",
  "**/.yarnrc",
  "**/.yarnrc.yml",
  "**/.pnpmfile.cjs",
  "**/bunfig.toml",
];

const matches = globMatcher(patterns.map((pattern) => pattern.toLowerCase()));

/** Whether the file steers the gate, the pipeline or the deployment. No configuration can take it out. */
export function isControlFile(path: string): boolean {
  // Some file systems and GitHub's own lookups fold case, so a different spelling must not slip through.
  return matches(path.toLowerCase());
}
