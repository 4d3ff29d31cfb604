/** Stops the servers that global-setup started. */
export default async function tearDown() {
  await globalThis.hamavaTestServers?.stop()
}
