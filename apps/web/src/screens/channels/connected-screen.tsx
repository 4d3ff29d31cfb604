import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Unplug } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import { channels } from '../../api/queries.ts'
import { buttonClass } from '../../kit/button.tsx'
import { Page } from '../../kit/page.tsx'
import { wordsOf } from '../../kit/say-problem.ts'
import { Empty, Skeleton } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { askedFor, sayConnected } from './asked-for.ts'
import { labels } from './labels.ts'

const route = getRouteApi('/inside/connected')

/** The network sends people back here: hands in its code, once. */
export function ConnectedScreen() {
  const language = useLanguage()
  const { t, show } = language
  const { code, state } = route.useSearch()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const isBegun = useRef(false)
  const asked = askedFor(state ?? '')
  const finish = useMutation({
    mutationFn: async () => {
      // A person who declines at the network comes back with an error instead of a code.
      if (!code || !state) throw new Problem(422, { detail: show.said(labels.declined) })
      return answerOf(client.POST('/v1/channels/oauth/finish', { body: { code, state } }))
    },
    onSuccess: async (channel) => {
      const { id } = channel
      await queries.invalidateQueries(channels)
      sayConnected(language, channel, asked)
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
        <div role="alert">
          <Empty
            icon={<Unplug aria-hidden className="size-7" />}
            title={
              finish.error instanceof Problem ? show.said(labels.notConnected) : t('app.failed')
            }
            text={wordsOf(finish.error)}
            action={
              <Link
                to="/channels/connect"
                search={asked ? { network: asked.network, channel: asked.id } : {}}
                className={buttonClass('plain')}
              >
                {t('app.retry')}
              </Link>
            }
          />
        </div>
      ) : (
        <Skeleton rows={1} />
      )}
    </Page>
  )
}
