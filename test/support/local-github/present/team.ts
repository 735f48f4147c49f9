import type { Team, World } from "../world/world.js";
import { nodeId } from "./account.js";

/** A team, as pull requests name it. */
export function teamSimple(world: World, team: Team) {
  const url = `${world.apiUrl}/organizations/${String(team.organization.id)}/team/${String(team.id)}`;
  return {
    id: team.id,
    node_id: nodeId("Team", team.id),
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${world.origin}/orgs/${team.organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: team.organization.id,
    parent: null,
  };
}
