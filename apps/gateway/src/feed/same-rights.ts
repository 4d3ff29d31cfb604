import type { Identity } from '../identity/authenticator.ts'

/** Whether somebody may hear the same as before: as the same member, with the same permissions and channels. */
export const haveSameRights = (before: Rights, now: Rights): boolean =>
  rightsOf(before) === rightsOf(now)

type Rights = Pick<Identity, 'call' | 'permissions'>

function rightsOf({ call, permissions }: Rights): string {
  const { workspaceId, actor, channelIds } = call
  const channels = channelIds && [...channelIds].sort()
  return JSON.stringify([workspaceId, actor.memberId, channels, [...permissions].sort()])
}
