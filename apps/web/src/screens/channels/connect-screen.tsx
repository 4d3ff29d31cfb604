import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { channels, networks } from '../../api/queries.ts'
import type { Channel, Network } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { Segments } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Card, Page } from '../../kit/page.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'

import { saveAskedFor, sayConnected } from './asked-for.ts'

const route = getRouteApi('/inside/channels/connect')

type Method = Network['connect'][number]

/** Choose a network, see what it can do, and prove that the account is yours. */
export function ConnectScreen() {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const { network, channel } = route.useSearch()
  const query = useQuery(networks)
  const known = useQuery(channels)
  const again = known.data?.find(({ id }) => id === channel)
  // The form waits for the values that are known already.
  const isReady = !channel || !known.isPending
  return (
    <Page title={t('channels.connect')}>
      <Loaded query={query}>
        {(items) => {
          const chosen = items.find(({ id }) => id === network)
          return (
            <div className="grid items-start gap-4 md:grid-cols-2">
              <ul aria-label={t('channels.choose')} className="flex flex-col gap-3">
                {items.map((one) => (
                  <NetworkChoice
                    key={one.id}
                    network={one}
                    isChosen={one === chosen}
                    onChoose={() =>
                      void navigate({
                        to: '/channels/connect',
                        search: { network: one.id },
                        resetScroll: false,
                      })
                    }
                  />
                ))}
              </ul>
              {chosen && isReady && (
                <div key={chosen.id} ref={intoView} className="scroll-mb-20">
                  <ConnectForm network={chosen} again={again} />
                </div>
              )}
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** On a phone the form stands below all networks. */
const intoView = (form: HTMLElement | null) => form?.scrollIntoView({ block: 'nearest' })

interface ChoiceProps {
  network: Network
  isChosen: boolean
  onChoose: () => void
}

function NetworkChoice({ network, isChosen, onChoose }: ChoiceProps) {
  const { t, show } = useLanguage()
  const { id, name, text, media, capabilities } = network
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        className={`flex w-full flex-col gap-2 rounded-card border bg-surface p-4 text-start hover:border-line-strong
          ${isChosen ? 'border-accent ring-1 ring-accent' : 'border-line'}`}
      >
        <span className="flex items-center gap-3 font-semibold">
          <NetworkMark network={id} />
          {show.said(name)}
        </span>
        <span className="text-sm text-muted">
          {t('channels.limit', { number: show.number(text.max) })}
          {media.images && ` · ${t('channels.images', { number: show.number(media.images.max) })}`}
        </span>
        <span className="text-sm text-muted">
          {t('channels.can')}:{' '}
          {show.list(capabilities.map((one) => t(`channels.capability.${one}`)))}
        </span>
      </button>
    </li>
  )
}

interface ConnectFormProps {
  network: Network
  /** The channel that is connected again. */
  again: Channel | undefined
}

function ConnectForm({ network, again }: ConnectFormProps) {
  const language = useLanguage()
  const { t, show } = language
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      network.connect.findIndex(({ method }) => method === again?.connectedBy?.method),
    ),
  )
  const method = network.connect[at] as Method
  const [values, setValues] = useState<Record<string, string>>(() => ({
    ...defaultsOf(method),
    ...again?.connectedBy?.fields,
  }))
  const connect = useMutation({
    mutationFn: async () => {
      const asked = method.fields.map(({ name }) => [name, values[name] ?? ''])
      const fields = filledIn(Object.fromEntries(asked))
      if (method.method === 'oauth_code') {
        const redirectUri = `${location.origin}/connected`
        const body = { network: network.id, fields, redirectUri }
        const started = await answerOf(client.POST('/v1/channels/oauth/start', { body }))
        const { authorizeUrl, state } = started
        if (again) saveAskedFor(state, again)
        location.assign(authorizeUrl)
        return null
      }
      const body = { network: network.id, method: method.method, fields }
      return answerOf(client.POST('/v1/channels', { body }))
    },
    onSuccess: async (channel) => {
      if (!channel) return
      await queries.invalidateQueries(channels)
      sayConnected(language, channel, again)
      await navigate({ to: '/channels', search: { connected: channel.id } })
    },
  })
  return (
    <Card>
      <Form
        error={connect.error}
        onSubmit={() => connect.mutate()}
        actions={
          <Button type="submit" look="primary" isPending={connect.isPending}>
            <span className="grow text-center">
              {method.method === 'oauth_code'
                ? t('channels.oauth', { network: show.said(network.name) })
                : t('channels.connect')}
            </span>
          </Button>
        }
      >
        <h2 className="flex items-center gap-2 text-base">
          <NetworkMark network={network.id} />
          {show.said(network.name)}
        </h2>
        {again && (
          <p className="text-sm text-muted">
            {t('channels.again')} <bdi>{again.handle}</bdi>
          </p>
        )}
        {network.connect.length > 1 && (
          <Segments
            label={t('channels.connect')}
            isLabelHidden
            value={method.method}
            onChange={(chosen) => {
              const next = network.connect.findIndex((one) => one.method === chosen)
              setAt(next)
              // Keeps what was typed into fields that both methods have.
              setValues({ ...defaultsOf(network.connect[next] as Method), ...filledIn(values) })
            }}
            options={network.connect.map((one) => ({
              id: one.method,
              label: t(`channels.method.${one.method}`),
            }))}
          />
        )}
        {method.fields.map(({ name, label, hint, secret, required }) => (
          <Field
            key={name}
            name={name}
            label={show.said(label)}
            hint={hint && show.said(hint)}
            dir="ltr"
            type={secret ? 'password' : 'text'}
            autoComplete="off"
            isRequired={required}
            value={values[name] ?? ''}
            onChange={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
      </Form>
    </Card>
  )
}

const filledIn = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))

const defaultsOf = ({ fields }: Method): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field.name, field.default ?? '']))
