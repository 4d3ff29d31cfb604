import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ExternalLink, Plus, Unplug } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { channels, networks } from '../../api/queries.ts'
import type { Channel } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button, buttonClass } from '../../kit/button.tsx'
import { Confirm } from '../../kit/confirm.tsx'
import { NetworkMark, useNetworkName } from '../../kit/network-mark.tsx'
import { Card, Page } from '../../kit/page.tsx'
import { Reasons } from '../../kit/reasons.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { Empty, Loaded } from '../../kit/states.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { healthOf, missingScopes } from './health.ts'
import { labels } from './labels.ts'
import { Recovered } from './recovered.tsx'

const route = getRouteApi('/inside/channels')

/** The states that a person mends by connecting the channel again. */
const needsPerson: ReadonlySet<string> = new Set(['reconnect', 'scopes', 'expires'])

/** Every connected account and how it is. */
export function ChannelsScreen() {
  const { t, show } = useLanguage()
  const may = useMay()
  const { connected } = route.useSearch()
  const query = useQuery(channels)
  const connect = may('channels:write') && (
    <Link to="/channels/connect" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      {t('channels.connect')}
    </Link>
  )
  return (
    <Page title={t('channels.title')} actions={connect}>
      {connected && <Recovered channelId={connected} />}
      <Loaded query={query}>
        {(items) =>
          items.length === 0 ? (
            <Empty
              title={t('channels.empty')}
              text={show.said(labels.emptyText)}
              action={connect}
            />
          ) : (
            <ul className="grid gap-3 md:grid-cols-2">
              {items.map((channel) => (
                <ChannelCard key={channel.id} channel={channel} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function ChannelCard({ channel }: { channel: Channel }) {
  const { t, show } = useLanguage()
  const may = useMay()
  const nameOf = useNetworkName()
  const [isRemoving, setRemoving] = useState(false)
  const { id, name, handle, network, healthReason, url, expiresAt, createdAt, renews } = channel
  const known = useQuery(networks).data?.find((one) => one.id === network)
  const health = healthOf(channel, known)
  return (
    <li>
      <Card className="flex h-full flex-col gap-3">
        <div className="flex items-start gap-3">
          <NetworkMark network={network} />
          <div className="min-w-0 grow">
            <h2 className="truncate text-base">
              <bdi>{name}</bdi>
            </h2>
            <p className="truncate text-sm text-muted">
              {nameOf(network)} · <bdi>{handle}</bdi>
            </p>
          </div>
          <StateBadge state={health} />
        </div>
        {healthReason && <Reasons of={[healthReason]} />}
        {health === 'scopes' && (
          <p className="rounded-control bg-warn-soft px-3 py-2 text-sm text-warn">
            {show.said(labels.scopesMissing)} <bdi>{show.list(missingScopes(channel, known))}</bdi>
          </p>
        )}
        {health === 'waits' && channel.waitsUntil && (
          <p className="rounded-control bg-warn-soft px-3 py-2 text-sm text-warn">
            {t('channels.waits', { when: show.time(channel.waitsUntil) })}
          </p>
        )}
        {channel.unreadable && (
          <section className="flex flex-col gap-2">
            <p className="rounded-control bg-warn-soft px-3 py-2 text-sm text-warn">
              {show.said(labels.unreadable)}{' '}
              <time dateTime={channel.unreadable.since}>{show.when(channel.unreadable.since)}</time>
            </p>
            <Reasons of={[channel.unreadable.reason]} />
          </section>
        )}
        <p className="text-sm text-muted">
          {expiresAt && !renews
            ? t('channels.expires', { when: show.distance(expiresAt) })
            : t('channels.since', { when: show.date(createdAt, { weekday: false }) })}
        </p>
        <div className="mt-auto flex flex-wrap gap-2">
          {needsPerson.has(health) && may('channels:write') && (
            <Link
              to="/channels/connect"
              search={{ network, channel: id }}
              className={buttonClass('primary', 'small')}
            >
              {t('channels.reconnect')}
            </Link>
          )}
          {url && /^https?:/.test(url) && (
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              className={buttonClass('plain', 'small')}
            >
              <ExternalLink aria-hidden className="size-4" />
              {t('channels.visit')}
              <span className="sr-only">
                {name}, {t('app.opensNew')}
              </span>
            </a>
          )}
          {may('channels:write') && (
            <Button look="quiet" size="small" onPress={() => setRemoving(true)}>
              <Unplug aria-hidden className="size-4" />
              {t('channels.remove')}
              <span className="sr-only">{name}</span>
            </Button>
          )}
        </div>
      </Card>
      {isRemoving && <RemoveDialog channel={channel} onClose={() => setRemoving(false)} />}
    </li>
  )
}

interface RemoveProps {
  channel: Channel
  onClose: () => void
}

function RemoveDialog({ channel: { id, name }, onClose }: RemoveProps) {
  const { t, show } = useLanguage()
  const remove = useOptimisticMutation({
    queryKey: channels.queryKey,
    alsoRead: ['publications', 'calendar'],
    isSaidHere: true,
    carryOut: () => answerOf(client.DELETE('/v1/channels/{id}', { params: { path: { id } } })),
    said: () => ({ text: t('channels.removed', { name }) }),
  })
  return (
    <Confirm
      title={t('channels.removeTitle', { name })}
      verb={t('channels.remove')}
      action={remove}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {show.said(labels.removeText)}
    </Confirm>
  )
}
