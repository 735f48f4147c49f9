import { brokenBy, type Outcome } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import type { Project } from "#model/project.js";
import { branchFindings } from "./branch.js";
import {
  byHandFindings,
  editorFindings,
  noPipelineFinding,
} from "./by-hand.js";
import { exposureFindings } from "./exposure.js";
import { pipelineMarker } from "./marker.js";
import { deploymentsOf, type Noted, notedIn } from "./noted.js";
import { deployedBy } from "./deployments.js";
import { triggerFindings } from "./triggers.js";
import { ignoredFindings, uncheckedFindings } from "./unchecked.js";

/** Item 5.1: production deploys go through a pipeline. */
export const deployPipeline = defineCheck({
  id: "5.1",
  name: "deploy-pipeline",
  title: "Production deploys go through a pipeline",
  why: "What is deployed from a laptop or a chat window was reviewed and tested by nobody, and nobody can tell later what is running.",
  needs: {
    files: [
      "**/.{github,gitea,forgejo}/workflows/*.{yml,yaml}",
      "**/.gitlab-ci.{yml,yaml}",
      "**/{bitbucket,azure}-pipelines*.{yml,yaml}",
      "**/.{circleci,buildkite}/*.{yml,yaml}",
      "**/{.travis,.drone,buildspec,render,amplify,serverless,heroku,cloudbuild,apprunner,app}.{yml,yaml}",
      "**/.do/*.{yml,yaml}",
      "**/{package,vercel,now,firebase,railway,eas}.json",
      "**/{netlify,railway,fly*,wrangler,nixpacks}.toml",
      "**/wrangler.{json,jsonc}",
      "**/*.{sh,bash,ps1}",
      "**/{Makefile,makefile,GNUmakefile,justfile,Jenkinsfile,Procfile,.replit,deploy,release,publish}",
    ],
    scope: "repository",
    branchRules: true,
  },
  rules: {
    "deploy-by-hand": {
      title: "A script deploys production, and no pipeline runs it",
      level: "advise",
    },
    "deploy-from-editor": {
      title: "The app is published from the editor it is written in",
      level: "advise",
    },
    "no-pipeline": {
      title: "Nothing in the repository deploys the app",
      level: "advise",
    },
    "deploy-without-checks": {
      title: "A workflow deploys what nothing tested",
      level: "advise",
    },
    "checks-ignored": {
      title: "A failed test does not stop the workflow",
      level: "advise",
    },
    "untrusted-code-with-secrets": {
      title: "Proposed code runs where the secrets are",
      level: "block",
    },
    "text-runs-as-command": {
      title: "Text of strangers becomes part of a command",
      level: "block",
    },
    "deploy-any-ref": {
      title: "Any branch can be deployed to production",
      level: "advise",
    },
    "secrets-outside-environment": {
      title: "Deployment secrets are open to every branch",
      level: "notice",
    },
    "unpinned-action": {
      title: "A deploying job uses an action that others can swap",
      level: "advise",
    },
    "direct-push": {
      title: "The default branch takes pushes without a pull request",
      level: "advise",
    },
    "gate-not-required": {
      title: "The default branch does not require VibeGate's check",
      level: "advise",
    },
    "gate-not-pinned": {
      title: "The default branch takes VibeGate's check from anyone",
      level: "advise",
    },
  },
  marker: pipelineMarker,
  evaluate,
});

function evaluate(project: Project): Outcome {
  const noted = notedIn(project);
  const deployments = deploymentsOf(noted);
  const findings = [
    ...byHandFindings(noted, deployments, project.snapshot),
    ...editorFindings(noted, deployments),
    ...uncheckedFindings(noted, deployments),
    ...ignoredFindings(noted, deployments),
    ...triggerFindings(noted),
    ...exposureFindings(deployments),
    ...branchFindings(noted, deployments, project.snapshot),
  ];
  if (findings.length > 0) return brokenBy(findings);
  if (deployments.length > 0 || deploysElsewhere(noted))
    return { status: "holds" };
  const missing = noPipelineFinding(noted);
  if (missing) return brokenBy([missing]);
  return noted.platforms.length + noted.commands.length > 0
    ? {
        status: "unknown",
        because: "nothing in the repository shows how production is deployed",
      }
    : {
        status: "inapplicable",
        because: "nothing shows that this is deployed anywhere",
      };
}

/** Whether a platform deploys what is pushed, or another system's file deploys. */
function deploysElsewhere({ platforms, others }: Noted): boolean {
  return (
    platforms.some(({ mark }) => mark.from === "git") ||
    others.some(({ mark }) =>
      mark.commands.some(({ text }) => deployedBy(text) !== undefined),
    )
  );
}
