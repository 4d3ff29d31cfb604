import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { answerOf, clearSession, client } from '../api/client.ts'
import { me } from '../api/queries.ts'
import { sessionChannel } from '../api/session-channel.ts'
import type { Me, Permission } from '../api/types.ts'

/** All tabs of a browser share one session. */
const tabs = new BroadcastChannel(sessionChannel)
const tellOtherTabs = () => tabs.postMessage('changed')

/** Who is logged in; behind the login it is always there. */
export function useMe(): Me | undefined {
  return useQuery(me).data
}

/** Whether this member may do something, by role. */
export function useMay(): (permission: Permission) => boolean {
  const mine = useMe()
  return useCallback((permission) => mine?.permissions.includes(permission) ?? false, [mine])
}

/** Another tab may log out, or switch the workspace: then this page no longer matches the session. */
export function useSharedSession(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const look = () => void queries.refetchQueries({ queryKey: me.queryKey })
    tabs.addEventListener('message', look)
    return () => tabs.removeEventListener('message', look)
  }, [queries])
}

export function useSession() {
  const queries = useQueryClient()
  return {
    async login(email: string, password: string) {
      await answerOf(client.POST('/v1/login', { body: { email, password } }))
      clearSession()
      queries.clear()
      tellOtherTabs()
    },
    /** Nothing of one workspace may be seen in another, so the page is loaded again. */
    async switchTo(id: string) {
      const path = { id }
      await answerOf(client.POST('/v1/workspaces/{id}/session', { params: { path } }))
      tellOtherTabs()
      location.assign('/calendar')
    },
    async logout() {
      await answerOf(client.POST('/v1/logout'))
      clearSession()
      queries.clear()
      tellOtherTabs()
    },
  }
}
