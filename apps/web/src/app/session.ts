import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { answerOf, client, setCsrfToken } from '../api/client.ts'
import { me } from '../api/queries.ts'
import type { Me, Permission } from '../api/types.ts'

/** Who is logged in; behind the login it is always there. */
export function useMe(): Me | undefined {
  return useQuery(me).data
}

/** Whether this member may do something, by role. */
export function useMay(): (permission: Permission) => boolean {
  const mine = useMe()
  return useCallback((permission) => mine?.permissions.includes(permission) ?? false, [mine])
}

export function useSession() {
  const queries = useQueryClient()
  return {
    async login(email: string, password: string) {
      const opened = await answerOf(client.POST('/v1/login', { body: { email, password } }))
      setCsrfToken(opened.csrfToken)
      queries.clear()
    },
    async switchTo(id: string) {
      const path = { id }
      await answerOf(client.POST('/v1/workspaces/{id}/session', { params: { path } }))
      queries.clear()
    },
    async logout() {
      await answerOf(client.POST('/v1/logout'))
      setCsrfToken(null)
      queries.clear()
    },
  }
}
