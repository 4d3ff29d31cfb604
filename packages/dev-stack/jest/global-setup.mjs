import { startTestServers } from '../src/test-servers.ts'

/** Gives the tests their servers through the environment, which Jest's workers inherit. */
export default async function setUp() {
  const servers = await startTestServers(process.env)
  Object.assign(process.env, servers.env)
  globalThis.hamavaTestServers = servers
}
