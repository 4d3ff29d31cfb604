import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ExternalLink, Plus, Unplug } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { channels } from '../../api/queries.ts'
import type { Channel } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button, buttonClass } from '../../kit/button.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { NetworkMark, useNetworkName } from '../../kit/network-mark.tsx'
import { Card, Page } from '../../kit/page.tsx'
import { sayProblem } from '../../kit/say-problem.ts'
import { StateBadge } from '../../kit/state-badge.tsx'
import { Empty, Loaded } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'

/** Every connected account and how it is. */
export function ChannelsScreen() {
  const { t } = useLanguage()
  const may = useMay()
  const query = useQuery(channels)
  const connect = may('channels:write') && (
    <Link to="/channels/connect" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      {t('channels.connect')}
    </Link>
  )
  return (
    <Page title={t('channels.title')} actions={connect}>
      <Loaded query={query}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('channels.empty')} text={t('channels.emptyText')} action={connect} />
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
  const { name, handle, network, health, healthReason, url, expiresAt, createdAt } = channel
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
        {healthReason && (
          <p className="rounded-control bg-bad-soft px-3 py-2 text-sm text-bad">
            {show.said(healthReason.message)} {show.said(healthReason.fix)}
          </p>
        )}
        <p className="text-sm text-muted">
          {expiresAt
            ? t('channels.expires', { when: show.distance(expiresAt) })
            : t('channels.since', { when: show.date(createdAt, { weekday: false }) })}
        </p>
        <div className="mt-auto flex flex-wrap gap-2">
          {health === 'reconnect' && may('channels:write') && (
            <Link
              to="/channels/connect"
              search={{ network }}
              className={buttonClass('primary', 'small')}
            >
              {t('channels.reconnect')}
            </Link>
          )}
          {url && (
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
      <RemoveDialog channel={channel} isOpen={isRemoving} onClose={() => setRemoving(false)} />
    </li>
  )
}

interface RemoveProps {
  channel: Channel
  isOpen: boolean
  onClose: () => void
}

function RemoveDialog({ channel: { id, name }, isOpen, onClose }: RemoveProps) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => answerOf(client.DELETE('/v1/channels/{id}', { params: { path: { id } } })),
    onSuccess: () => toast(t('channels.removed', { name })),
    onError: sayProblem,
    onSettled: async () => {
      onClose()
      await queries.invalidateQueries(channels)
    },
  })
  return (
    <Dialog
      role="alertdialog"
      title={t('channels.removeTitle', { name })}
      isOpen={isOpen}
      onClose={onClose}
    >
      <p>{t('channels.removeText')}</p>
      <DialogActions onCancel={onClose}>
        <Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate()}>
          {t('channels.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
