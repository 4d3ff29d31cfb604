import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import { channels } from '../../api/queries.ts'
import { Page } from '../../kit/page.tsx'
import { Failed, Skeleton } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'

const route = getRouteApi('/inside/connected')

/** Back from the network: hands its code in, once. */
export function ConnectedScreen() {
  const { t } = useLanguage()
  const { code, state } = route.useSearch()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const isBegun = useRef(false)
  const finish = useMutation({
    mutationFn: async () => {
      // Somebody who says no at the network comes back with an error in place of a code.
      if (!code || !state) throw new Problem(422, { detail: t('channels.declined') })
      return answerOf(client.POST('/v1/channels/oauth/finish', { body: { code, state } }))
    },
    onSuccess: async ({ id, name }) => {
      await queries.invalidateQueries(channels)
      toast(t('channels.connected', { name }))
      await navigate({ to: '/channels', search: { connected: id }, replace: true })
    },
  })
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    finish.mutate()
  }, [finish])
  return (
    <Page title={t('channels.connect')}>
      {finish.error ? (
        <Failed
          error={finish.error}
          onRetry={() => void navigate({ to: '/channels/connect', search: {} })}
        />
      ) : (
        <Skeleton rows={1} />
      )}
    </Page>
  )
}
